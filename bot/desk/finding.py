"""Finding a case again by what a worker remembers of it: its number, its day, its place."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.casework.house import House
from bot.desk.lines import lines
from bot.desk.views import CaseLine
from bot.domain.case import Case, CaseBody
from bot.domain.expression import expression
from bot.domain.ids import CaseId, Instant
from bot.domain.worker import Worker
from bot.flow.model import SKIPPED
from storage import audit, cases
from storage.database import Transaction

WHERE = (
    "where_now",
    "where_are_you",
    "where_is_the_child",
    "where_to_find",
    "where_it_happens",
)
"""The questions whose answers are places."""

MOST_FOUND, MOST_OPENED = 50, 2000
"""How many cases are shown, and in how many of the newest a place is looked for."""

BEGINNING, END = Instant(0), Instant(2**62)
"""All the time in which a case can have been opened."""

_NUMBER = expression(r"l?\W*0*([0-9]{1,7})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a worker remembers; *place* may be what a contact wrote, and is never kept."""

    place: str = field(default="", repr=False)
    since: Instant = BEGINNING
    before: Instant = END


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The cases found, the newest first; *has_more* says that older ones may fit as well."""

    lines: tuple[CaseLine, ...]
    has_more: bool


def number_in(words: str) -> int:
    """Return the number of a case that *words* are, as "L-0042", "l 42" or "42"; 0 if none."""
    match = _NUMBER.fullmatch(_plain(words))
    return int(match[1]) if match else 0


async def numbered(tx: Transaction, number: int) -> CaseId | None:
    """Return the case with that number, if there is one."""
    case = await cases.find_by_number(tx, number)
    return case.id if case else None


async def find(tx: Transaction, house: House, worker: Worker, sought: Sought) -> Found:
    """Return the cases, as *worker* sees them, opened then and with an answer that names the place.

    The transaction must be one that only reads: the bodies of many cases are opened.
    """
    most = MOST_OPENED if sought.place else MOST_FOUND
    opened = await cases.opened_between(tx, sought.since, sought.before, most=most + 1)
    fit = await _at_place(tx, opened[:most], sought.place) if sought.place else opened[:most]
    return Found(
        lines=await lines(tx, house, worker, fit[:MOST_FOUND]),
        has_more=len(opened) > most or len(fit) > MOST_FOUND,
    )


async def note_search(
    tx: Transaction, house: House, worker: Worker, sought: Sought, found: Found
) -> None:
    """Have the audit know that *worker* looked for cases, by what kind of thing, never by which."""
    by = "place" if sought.place else "day"
    at, count = house.clock(), len(found.lines)
    await audit.note(tx, worker.id, "cases_sought", worker.id, at=at, by=by, found=count)


async def _at_place(tx: Transaction, opened: Sequence[Case], place: str) -> Sequence[Case]:
    bodies = await cases.read_bodies(tx, opened)
    wanted = _plain(place).split()
    return [case for case in opened if _names(bodies.get(case.id), wanted)]


def _names(body: CaseBody | None, wanted: Sequence[str]) -> bool:
    """Whether each of the words *wanted* stands in an answer of *body* about a place."""
    told = _plain("\n".join(places_told(body))) if body else ""
    return all(word in told for word in wanted)


def places_told(body: CaseBody) -> list[str]:
    """Return the answers of *body* that are places."""
    return [
        answer
        for place, answer in body.answers.items()
        if place.rpartition(".")[2] in WHERE and answer != SKIPPED
    ]


def _plain(text: str) -> str:
    """Return *text* with wide letters and capitals made plain."""
    return unicodedata.normalize("NFKC", text).casefold().strip()
