"""Reading a page that has a section for each id: Markdown with ``## its_id`` above each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from re import Pattern

from bot.domain.errors import Finding

_MARK = "## "

Lines = Sequence[tuple[int, str]]
"""Lines with their numbers in the file, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSection:
    """The lines below one heading, and where it stands."""

    file: str
    line: int
    lines: Lines

    @property
    def text(self) -> str:
        """All of it as one text."""
        return "\n".join(line for _, line in self.lines).strip()


def read_sections(
    text: str, file: str, *, ids: Pattern[str], code: str
) -> tuple[dict[str, PageSection], list[Finding]]:
    """Return the sections of *text* by their ids, and what is wrong with its form.

    A heading that *ids* does not match, or that was there before, is a finding with *code*.
    """
    found: dict[str, PageSection] = {}
    findings = []
    for line, heading, lines in _parts(text):
        id_ = heading.removeprefix(_MARK)
        if not ids.fullmatch(id_) or id_ in found:
            fault = f'"{heading}" must be ## and the id of a section, each once'
            findings.append(Finding(file=file, line=line, code=code, text=fault))
        else:
            found[id_] = PageSection(file=file, line=line, lines=tuple(lines))
    return found, findings


def _parts(text: str) -> Iterator[tuple[int, str, Lines]]:
    """Yield line, heading and lines of each section; what stands before the first is for no one."""
    line, heading = 0, ""
    lines: list[tuple[int, str]] = []
    for number, raw in enumerate(text.splitlines(), 1):
        if not raw.lstrip().startswith(_MARK):
            lines.append((number, raw.strip()))
            continue
        if heading:
            yield line, heading, lines
        line, heading, lines = number, raw.strip(), []
    if heading:
        yield line, heading, lines
