"""Whose turn it is in a case: its status and its clock follow who has to act now."""

from collections.abc import Mapping
from typing import Any

from bot.casework.house import House
from bot.domain.case import NOT_DUE, Case, Status, runs
from bot.domain.ids import Instant
from bot.domain.level import Level
from bot.triage.alarm import microseconds
from bot.triage.levels import Levels

CONTACTS_TURN: Mapping[str, Any] = {"status": Status.WAITING.value, "due_at": NOT_DUE}
"""What changes in a case when a worker has answered: no clock runs until the contact acts."""


def contact_acted(house: House, case: Case) -> dict[str, Any]:
    """Return what changes in *case* when its contact did something: if no clock ran, much."""
    if is_running(case):
        return {}
    status = Status.CLAIMED if case.owner else Status.NEW
    return {"status": status.value, "due_at": due_anew(house, case.level)}


def due_anew(house: House, level: Level) -> Instant:
    """Return until when staff must act on a case of *level* in which it became their turn now."""
    return Instant(house.clock() + within(house, level))


def look_anew(house: House, level: Level) -> Instant:
    """Return until when staff must decide what follows in a case that came to *level* now."""
    return Instant(house.clock() + microseconds(house.levels.of(level).decide_within))


def clocks_raised(house: House, case: Case, level: Level) -> dict[str, Any]:
    """Return what changes in the clocks of *case* that became as pressing as *level*."""
    return {
        **contact_acted(house, case),
        "due_at": min(case.due_at, due_anew(house, level)),
        **look_raised(house, case, level),
    }


def look_raised(house: House, case: Case, level: Level) -> dict[str, Any]:
    """Return what changes in the day to look at *case* that became as pressing as *level*.

    It is decided sooner; a day before that stays, but nobody chose it for what it is now.
    """
    return {"look_by": min(case.look_by, look_anew(house, level)), "look_chosen": 0}


def due_still(house: House, case: Case) -> Instant:
    """Return until when staff must act on *case*: as before, or anew if no clock ran."""
    return due_by(house.levels, case, now=house.clock())


def due_by(levels: Levels, case: Case, *, now: Instant) -> Instant:
    """Return the same by the times of *levels*."""
    return case.due_at if is_running(case) else Instant(now + _within(levels, case.level))


def due_at_level(house: House, case: Case, level: Level) -> Instant:
    """Return until when staff must act on *case* if it is of *level*, counted as it was before."""
    return Instant(since(house, case) + within(house, level)) if is_running(case) else case.due_at


def since(house: House, case: Case) -> Instant:
    """Return since when it is the turn of staff in *case*; since it was opened, if it is not."""
    began = case.due_at - within(house, case.level) if is_running(case) else 0
    return Instant(max(case.opened_at, began))


def is_running(case: Case) -> bool:
    """Whether the clock of *case* runs: it does not while its contact is awaited."""
    return runs(case.status, case.due_at)


def within(house: House, level: Level) -> int:
    """Return how long staff have to act on a case of *level*, in microseconds."""
    return _within(house.levels, level)


def _within(levels: Levels, level: Level) -> int:
    return microseconds(levels.of(level).first_reply_within)
