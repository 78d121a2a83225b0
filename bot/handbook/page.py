"""Reading a page of the handbook: Markdown of one plain form.

A section begins with ``## its_id`` and, below, ``### Its title``. Then paragraphs, lists (``- ``),
steps (``1. ``) and facts: ``{level_urgent}`` on a line of its own. ``**words**`` are strong,
``[words]`` are what stands at the desk.
"""

from collections.abc import Iterator

from bot.directory.sections import Lines, PageSection, read_sections
from bot.domain.errors import Finding
from bot.domain.expression import expression
from bot.handbook.model import Block, Kind, Words

_TITLE = "### "
_ID = expression(r"[a-z][a-z0-9_]*")
_FACT = expression(r"\{([a-z_]+)\}")
_ITEM = expression(r"(?P<mark>-|[0-9]+\.) +(?P<text>.+)")


def read_page(text: str, file: str) -> tuple[dict[str, Words], list[Finding]]:
    """Return the words of each section in *text* by its id, and what is wrong with the form."""
    sections, findings = read_sections(text, file, ids=_ID, code="H103")
    found: dict[str, Words] = {}
    for id_, section in sections.items():
        titles = [each.removeprefix(_TITLE) for _, each in section.lines if _is_title(each)]
        if len(titles) != 1:
            fault = f'"{id_}" has {len(titles)} titles; write one, as "### Its title"'
            findings.append(Finding(file=file, line=section.line, code="H103", text=fault))
        found[id_] = _words(section, titles[0] if titles else id_)
    return found, findings


def _is_title(line: str) -> bool:
    return line.startswith(_TITLE)


def _words(section: PageSection, title: str) -> Words:
    below = [each for each in section.lines if not _is_title(each[1])]
    return Words(file=section.file, line=section.line, title=title, blocks=tuple(_blocks(below)))


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
