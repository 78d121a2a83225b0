"""The table of what was proved of the law: which article holds which words.

The texts of the law are too large to be looked at when Lantern starts. So what was found when they
were looked at is kept, and a citation that nobody has proved keeps its topic from being told.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.directory.model import Directory, Statute
from bot.directory.sheet import Sheet, open_sheet
from bot.domain.errors import Finding
from bot.flow.strict import Node, hint
from bot.guidance.model import Citation, Citing

FILE = "flows/guidance/proved.yaml"
OWN_FILE = "flows/guidance/proved_here.yaml"
"""What an organisation has proved beyond Lantern's table, which comes anew with each version."""

SECTION = "proved"
"""The only word of a table, under which the laws stand."""

_TO_DO = (
    "run lantern guidance check --write-proved, or have it read in the official text and written "
    f"into {OWN_FILE}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """The words that were found in the articles of one law, in the text passed on ``as_of``.

    ``as_of`` is the earliest date there is for a law of which no such day is known. ``file`` and
    ``line`` are where it stands.
    """

    as_of: date
    words: Mapping[str, frozenset[str]] = field(repr=False)
    file: str
    line: int


Table = Mapping[str, Sequence[Proved]]
"""What was proved, by the codes of laws: of each, all that any table holds of any text of it."""


def read_proved(sheet: Sheet) -> dict[str, Proved]:
    """Return the table that *sheet* holds, which may be empty; its faults stay with it."""
    section = sheet.root.block.get(SECTION)
    if section is not None and not section.value and len(sheet.root.block) == 1:
        return {}
    return {law: _proved(sheet, node) for law, node in sheet.entries(SECTION)}


def read_proved_in(texts: Mapping[str, str]) -> Table:
    """Return what the tables among *texts* prove together; a faulty or missing one proves less."""
    return together(
        read_proved(open_sheet(texts, file, kind="G", languages=())) for file in (FILE, OWN_FILE)
    )


def _proved(sheet: Sheet, node: Node) -> Proved:
    sheet.check_keys(node, ("articles", "by"), ("as_of",))
    articles = node.block.get("articles", Node(value={}, line=node.line)).block
    return Proved(
        as_of=sheet.day(node, "as_of"),
        words={article: frozenset(_words(words.text)) for article, words in articles.items()},
        file=sheet.file,
        line=node.line,
    )


def _words(text: str) -> Iterator[str]:
    return (word for each in text.split("|") if (word := each.strip()))


def read_citations(
    sheet: Sheet,
    node: Node,
    *,
    needed: Collection[str] = ("law", "article"),
    also: Collection[str] = (),
) -> Iterator[Citation]:
    """Yield what is listed under the "citations" of *node*, each with the words *needed*."""
    cited = node.block.get("citations")
    if cited is not None and cited.value and not cited.items:
        sheet.fault(cited.line, 103, "write a list of citations")
    for each in cited.items if cited else ():
        sheet.check_keys(each, needed, also)
        yield Citation(
            law=sheet.word(each, "law"),
            article=sheet.word(each, "article"),
            speaks_of=tuple(_words(sheet.word(each, "speaks_of"))),
            line=each.line,
        )


def together(tables: Iterable[Mapping[str, Proved]]) -> Table:
    """Return what any of *tables* proves."""
    found: dict[str, list[Proved]] = {}
    for table in tables:
        for law, proved in table.items():
            found.setdefault(law, []).append(proved)
    return found


def is_proved(citation: Citation, table: Table, statute: Statute | None) -> bool:
    """Whether *table* knows that the article holds every word, in the text that is in force."""
    held = (
        proved.words.get(citation.article, frozenset())
        for proved in table.get(citation.law, ())
        if proved.as_of == _in_force(statute)
    )
    return frozenset(citation.speaks_of) <= frozenset().union(*held)


def _in_force(statute: Statute | None) -> date:
    return statute.as_of if statute else date.min


def check_own_table(table: Table, directory: Directory) -> Iterator[Finding]:
    """Yield what an organisation proved of no law of ours, or of another text than is in force."""
    for law, known in table.items():
        in_force = _in_force(directory.statutes.get(law))
        for proved in known:
            is_other = law not in directory.laws or proved.as_of != in_force
            if proved.file.endswith(OWN_FILE) and is_other:
                text = _why_not(law, proved.as_of, directory)
                yield Finding(file=proved.file, line=proved.line, code="G126", text=text)


def _why_not(law: str, as_of: date, directory: Directory) -> str:
    if law not in directory.laws:
        return f'"{law}" is not a law of laws.yaml{hint(law, list(directory.laws))}'
    in_force = _in_force(directory.statutes.get(law))
    if in_force == date.min:
        return f'laws.yaml knows no day for {law}: take "as_of" out'
    says = "is missing" if as_of == date.min else f"is {as_of}"
    return f'"as_of" {says}; in force is the text of {law} of {in_force} (laws.yaml)'


def check_proved(
    citing: Citing, table: Table, statutes: Mapping[str, Statute]
) -> Iterator[Finding]:
    """Yield the citations of *citing* that nobody has proved."""
    for citation in citing.citations:
        if citation.speaks_of and not is_proved(citation, table, statutes.get(citation.law)):
            said = " and ".join(f'"{word}"' for word in citation.speaks_of)
            text = (
                f"nobody has proved that {citation.law} {citation.article} holds {said}: {_TO_DO}"
            )
            yield Finding(file=citing.file, line=citation.line, code="G122", text=text)
