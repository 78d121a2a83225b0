"""Reading a page of the handbook: Markdown of one plain form.

A section begins with ``## its_id`` and, below, ``### Its title``. Then paragraphs, lists (``- ``),
steps (``1. ``) and facts: ``{level_urgent}`` on a line of its own. ``**words**`` are strong.
"""

import re
from collections.abc import Iterator, Sequence

from bot.domain.errors import Finding
from bot.handbook.model import Block, Kind, Words

_SECTION, _TITLE = "## ", "### "
_ID = re.compile(r"[a-z][a-z0-9_]*")
_FACT = re.compile(r"\{([a-z_]+)\}")
_ITEM = re.compile(r"(?P<mark>-|[0-9]+\.) +(?P<text>.+)")

Lines = Sequence[tuple[int, str]]


def read_page(text: str, file: str) -> tuple[dict[str, Words], list[Finding]]:
    """Return the words of each section in *text* by its id, and what is wrong with the form."""
    found: dict[str, Words] = {}
    findings = []
    for line, heading, lines in _parts(text):
        if not _ID.fullmatch(heading) or heading in found:
            fault = f'"## {heading}" must be the id of a section, each once'
            findings.append(Finding(file=file, line=line, code="H103", text=fault))
            continue
        titles = [each.removeprefix(_TITLE) for _, each in lines if each.startswith(_TITLE)]
        if len(titles) != 1:
            fault = f'"{heading}" has {len(titles)} titles; write one, as "### Its title"'
            findings.append(Finding(file=file, line=line, code="H103", text=fault))
        below = [each for each in lines if not each[1].startswith(_TITLE)]
        title = titles[0] if titles else heading
        found[heading] = Words(file=file, line=line, title=title, blocks=tuple(_blocks(below)))
    return found, findings


def _parts(text: str) -> Iterator[tuple[int, str, Lines]]:
    """Yield line, heading and lines of each section; what stands before the first is for no one."""
    begun: tuple[int, str] | None = None
    lines: list[tuple[int, str]] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line.startswith(_SECTION):
            lines.append((number, line))
            continue
        if begun:
            yield (*begun, lines)
        begun, lines = (number, line.removeprefix(_SECTION)), []
    if begun:
        yield (*begun, lines)


def _blocks(lines: Lines) -> Iterator[Block]:
    """Yield the blocks of a section; an empty line, or another kind of line, ends one."""
    waiting: list[str] = []
    kind, began = Kind.WORDS, 0
    for number, line in (*lines, (0, "")):
        next_kind, text = _read(line)
        if waiting and (not line or next_kind is not kind or kind is Kind.FACT):
            yield Block(kind=kind, lines=tuple(waiting), line=began)
            waiting = []
        if line:
            kind, began = next_kind, began if waiting else number
            waiting.append(text)


def _read(line: str) -> tuple[Kind, str]:
    if fact := _FACT.fullmatch(line):
        return Kind.FACT, fact[1]
    if item := _ITEM.fullmatch(line):
        return (Kind.LIST if item["mark"] == "-" else Kind.STEPS), item["text"]
    return Kind.WORDS, line
