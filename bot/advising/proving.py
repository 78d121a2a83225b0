"""Everything that is wrong with the guidance, and what nobody but a person can tell."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.advising.characters import PACKAGE as CHARACTERS
from bot.advising.characters import common_characters
from bot.advising.library import PACKAGE as STATUTES
from bot.advising.library import find_source, name_of_source, read_library
from bot.content import Content, directory_texts, read_content
from bot.directory.checked import is_late
from bot.directory.model import Directory, Helpline, Place
from bot.directory.read import read_directory
from bot.directory.sheet import open_sheet
from bot.domain.errors import Finding
from bot.guidance.check import Known, check_shelf
from bot.guidance.model import Citing
from bot.guidance.proved import check_proved
from bot.guidance.read import Shelf, read_shelf
from bot.guidance.reviewed import count_reviews, reviews_told
from bot.guidance.sections import look_for_gaps
from bot.guidance.statutes import HAND_FILE, Comparison, Library, compare, read_by_hand
from bot.handbook.read import read_shelf as read_handbook_shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was found. ``warnings`` are for people to look into, and do not fail anything.

    ``comparison`` is None if the citations were not compared with the law; ``notes`` say why, and
    what else was not looked at. ``source`` names what they were compared with. ``reviews`` counts
    the topics by the role that reviewed them last, ``reviewed`` says it in a sentence.
    """

    findings: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    notes: tuple[str, ...]
    comparison: Comparison | None
    source: str
    topics: int
    reviews: Mapping[str, int]
    reviewed: str


def prove_guidance(own: Path | None = None, *, today: date) -> Proof:
    """Prove all guidance in every way there is, an organisation's *own* over Lantern's.

    Raises:
        FlowError: the directory, against which it is proved, is broken.

    """
    content = read_content(own)
    directory = read_directory(directory_texts(content))
    shelf = read_shelf(content.texts)
    known = Known(today=today, common=common_characters())
    findings = [*content.findings, *check_shelf(shelf, directory, known)]
    for section in _sections(content):
        findings.extend(check_proved(section, shelf.proved, directory.statutes))
    notes = (
        [] if known.common else [_not_looked_at("Rare characters were not looked for", CHARACTERS)]
    )
    held = compare_with_law(content, shelf, directory)
    findings.extend(held.findings)
    notes.extend(held.notes)
    return Proof(
        findings=tuple(sorted(_told_once(findings, held.comparison))),
        warnings=tuple(sorted(_warnings(shelf, directory, today))),
        notes=tuple(notes),
        comparison=held.comparison,
        source=held.source,
        topics=len(shelf.topics),
        reviews=count_reviews(shelf.topics.values()),
        reviewed=reviews_told(shelf.topics.values()),
    )


def _told_once(findings: Iterable[Finding], comparison: Comparison | None) -> set[Finding]:
    """Return all findings; what differs from the law is not called unproved as well."""
    compared = comparison.findings if comparison else ()
    places = {(found.file, found.line) for found in compared}
    rest = (
        found
        for found in findings
        if found.code != "G122" or (found.file, found.line) not in places
    )
    return {*rest, *compared}


def _not_looked_at(what: str, package: str) -> str:
    return f"{what}: install it with pip install {package} (or: make lint, which installs it)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a comparison with the law found.

    ``comparison`` is None, and ``source`` empty, if nothing could be compared; ``notes`` then say
    why. ``findings`` are what is wrong with the file of what was checked by hand.
    """

    comparison: Comparison | None = None
    source: str = ""
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()


def citing_in(content: Content, shelf: Shelf) -> Sequence[Citing]:
    """Return all that rests on the law: the topics on *shelf*, and the workers' handbook."""
    return (*shelf.topics.values(), *_sections(content))


def _sections(content: Content) -> Sequence[Citing]:
    handbook, _ = read_handbook_shelf(content.texts)
    return handbook.sections


def compare_with_law(content: Content, shelf: Shelf, directory: Directory) -> Compared:
    """Compare all citations on *shelf*, and of the handbook, with the independent source."""
    notes: list[str] = []
    library = _library(directory, notes)
    if library is None:
        return Compared(notes=tuple(notes))
    sheet = open_sheet(content.texts, HAND_FILE, kind="G", languages=())
    by_hand = read_by_hand(sheet)
    return Compared(
        comparison=compare(citing_in(content, shelf), directory.statutes, library, by_hand),
        source=name_of_source(),
        findings=tuple(sheet.findings),
    )


def _library(directory: Directory, notes: list[str]) -> Library | None:
    source = find_source()
    if source is None:
        notes.append(_not_looked_at("Citations were not compared with the law itself", STATUTES))
        return None
    try:
        return read_library(source, [statute.name for statute in directory.statutes.values()])
    except sqlite3.Error:
        notes.append(f"Citations were not compared: {name_of_source()} has another form by now.")
        return None


def _warnings(shelf: Shelf, directory: Directory, today: date) -> Iterator[Finding]:
    yield from look_for_gaps(shelf.contents, shelf.topics)
    kept: tuple[Helpline | Place, ...] = (*directory.helplines.values(), *directory.places.values())
    for known in kept:
        if is_late(known.last_checked, today):
            text = f'"{known.id}" was last checked on {known.last_checked}, more than a year ago'
            yield Finding(file=known.file, line=known.line, code="D107", text=text)
