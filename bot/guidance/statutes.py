"""Citations compared with the law itself, as somebody else keeps it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.directory.model import Statute
from bot.directory.sheet import Sheet
from bot.domain.errors import Finding
from bot.flow.strict import Node
from bot.guidance.model import Citation, Citing

HAND_FILE = "flows/guidance/checked_by_hand.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A statute as the independent source carries it: when that text was passed, and its articles.

    Articles go by the numbers that citations use: ``39``, ``236-1``.
    """

    as_of: str
    articles: Mapping[str, str] = field(repr=False)


Library = Mapping[str, Edition]
"""The editions by the whole official names of the statutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """Articles of one law that somebody has looked up, outside of the independent source."""

    articles: frozenset[str]
    on: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchecked:
    """A cited article that could not be compared; ``by_hand`` is who looked it up, if anyone."""

    law: str
    article: str
    why: str
    by_hand: ByHand | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What came of comparing all citations; ``compared`` counts the articles that were found.

    ``carried`` are the laws that can be compared, cited or not.
    """

    findings: tuple[Finding, ...]
    carried: frozenset[str]
    compared: int
    unchecked: tuple[Unchecked, ...]


def read_by_hand(sheet: Sheet) -> dict[str, ByHand]:
    """Return what was checked by hand, by law; faults stay with *sheet*."""
    return {law: _by_hand(sheet, node) for law, node in sheet.entries("checked")}


def _by_hand(sheet: Sheet, node: Node) -> ByHand:
    sheet.check_keys(node, ("articles", "on", "by"))
    return ByHand(
        articles=frozenset(sheet.listed(node, "articles")),
        on=sheet.day(node, "on"),
        by=sheet.word(node, "by"),
    )


def compare(
    citing: Sequence[Citing],
    statutes: Mapping[str, Statute],
    library: Library,
    by_hand: Mapping[str, ByHand],
) -> Comparison:
    """Compare every citation of *citing* with *library*.

    What it does not carry, or carries in another version, is never passed over: it is listed, and
    it is a finding if nobody has read it by hand either.
    """
    findings: list[Finding] = []
    compared: set[tuple[str, str]] = set()
    unchecked: dict[tuple[str, str], Unchecked] = {}
    for topic in citing:
        for citation in topic.citations:
            key = (citation.law, citation.article)
            if why := _why_not(statutes.get(citation.law), library):
                unchecked[key] = _unchecked(citation, why, by_hand.get(citation.law))
                findings += _unread(topic, citation, unchecked[key])
            else:
                compared.add(key)
                findings += _differences(topic, citation, library[statutes[citation.law].name])
    listed = tuple(unchecked[key] for key in sorted(unchecked, key=_in_order))
    return Comparison(
        findings=tuple(findings),
        carried=frozenset(law for law, known in statutes.items() if not _why_not(known, library)),
        compared=len(compared),
        unchecked=listed,
    )


def _in_order(key: tuple[str, str]) -> tuple[str, list[int]]:
    law, article = key
    return law, [int(part) if part.isdecimal() else 0 for part in article.split("-")]


def _why_not(statute: Statute | None, library: Library) -> str:
    if statute is None or statute.name not in library:
        return "the source does not carry this law"
    theirs, ours = library[statute.name].as_of, statute.as_of.isoformat()
    if theirs != ours:
        return f"the source carries the text of {theirs}; in force is that of {ours}"
    return ""


def _unchecked(citation: Citation, why: str, read: ByHand | None) -> Unchecked:
    has_read = read if read and citation.article in read.articles else None
    return Unchecked(law=citation.law, article=citation.article, why=why, by_hand=has_read)


def _unread(topic: Citing, citation: Citation, unchecked: Unchecked) -> Iterator[Finding]:
    if unchecked.by_hand is None:
        text = (
            f"nobody has compared {citation.law} {citation.article}: {unchecked.why}; "
            f"read it in the official text and add it to {HAND_FILE}"
        )
        yield Finding(file=topic.file, line=citation.line, code="G119", text=text)


def _differences(topic: Citing, citation: Citation, edition: Edition) -> Iterator[Finding]:
    text = edition.articles.get(citation.article)
    where = f"{citation.law} {citation.article}"
    if text is None:
        says = f"there is no {where} in the text of {edition.as_of}"
        yield Finding(file=topic.file, line=citation.line, code="G118", text=says)
        return
    whole = "".join(text.split())
    for word in citation.speaks_of:
        if "".join(word.split()) not in whole:
            says = f'{where} does not hold "{word}"'
            yield Finding(file=topic.file, line=citation.line, code="G118", text=says)
