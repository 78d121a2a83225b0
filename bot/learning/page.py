"""Reading a page of lessons or questions: Markdown with a section for each id."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.domain.errors import Finding
from bot.learning.model import Wording

_ANSWER, _TOLD = "- ", "> "
_HEADING = re.compile(r"## (?P<id>[a-z0-9_]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The lines below one heading, and where it stands."""

    file: str
    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it as one text."""
        return "\n".join(self.lines).strip()


def read_sections(text: str, file: str) -> tuple[dict[str, Section], list[Finding]]:
    """Return the sections of *text* by their ids, and what is wrong with its form."""
    found: dict[str, Section] = {}
    findings = []
    for line, heading, lines in _blocks(text):
        match = _HEADING.fullmatch(heading)
        if match is None or match["id"] in found:
            fault = f'"{heading}" must be ## and the id of a lesson, each once'
            findings.append(Finding(file=file, line=line, code="E103", text=fault))
        else:
            found[match["id"]] = Section(file=file, line=line, lines=tuple(lines))
    return found, findings


def _blocks(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yield the line, heading and lines of each section; what stands before the first is not."""
    line, heading = 0, ""
    lines: list[str] = []
    for number, raw in enumerate(text.splitlines(), 1):
        if not raw.startswith("## "):
            lines.append(raw.strip())
            continue
        if heading:
            yield line, heading, lines
        line, heading, lines = number, raw.strip(), []
    if heading:
        yield line, heading, lines


def wording_of(section: Section) -> Wording:
    """Return the question that *section* holds: the answers after ``-``, how it is after ``>``."""
    asked = [line for line in section.lines if line and line[:2] not in {_ANSWER, _TOLD}]
    return Wording(
        asked="\n".join(asked),
        answers=tuple(_after(section.lines, _ANSWER)),
        told="\n".join(_after(section.lines, _TOLD)),
    )


def _after(lines: tuple[str, ...], mark: str) -> Iterator[str]:
    return (line.removeprefix(mark) for line in lines if line.startswith(mark))


Sections = Mapping[str, Mapping[str, Section]]
"""Language, then id."""
