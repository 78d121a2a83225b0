"""How pressing a case is, by what was seen, what was answered, and what is known around it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from bot.casework.house import House
from bot.directory.model import Queue
from bot.domain.case import Case, Status
from bot.domain.ids import NEVER, Instant
from bot.domain.level import Level, worse
from bot.domain.modifier import Modifier
from bot.domain.place import Place
from bot.domain.session import Session
from bot.domain.signal import Signal
from bot.domain.values import Value
from bot.triage.judge import by_whom, judge, was_asked_about_danger
from bot.triage.modifiers import Circumstances, Modifiers, modifiers_of
from bot.triage.signals import level_of

_JUST_NOW = timedelta()


class Concern(Value, frozen=True, kw_only=True):
    """Why a case is asked for: the queue, and what was seen."""

    queue: str
    signals: tuple[Signal, ...] = ()
    level: Level = Level.NONE


class Weighed(NamedTuple):
    """How pressing it is, and what made it more pressing than signals and answers alone."""

    level: Level
    modifiers: tuple[Modifier, ...]


def weigh(
    queues: Mapping[str, Queue], table: Modifiers, concern: Concern, known: Circumstances
) -> Weighed:
    """Judge *concern*: by its signals, its queue, the answers if danger was asked about, and more.

    However much makes it more pressing, that is one level. What the answer about danger makes of
    it, and so the queue, comes on top: what was told besides is weighed as if that were unknown.
    """
    floor = worse(concern.level, level_of(known.signals))
    was_asked = was_asked_about_danger(known.answers)
    calm = by_whom(known.answers, floor) if was_asked else worse(Level.ROUTINE, floor)
    found = modifiers_of(table, calm, known)
    queue = queues.get(concern.queue)
    level = worse(Level(calm - 1) if found else calm, queue.level if queue else Level.NONE)
    return Weighed(worse(level, judge(known.answers, floor)) if was_asked else level, found)


def circumstances(
    house: House, session: Session, signals: Sequence[Signal], *, came_before: timedelta | None
) -> Circumstances:
    """Return what is known around a case with *signals* whose contact is at *session*."""
    now, latest = house.clock(), max(session.risky_at, default=NEVER)
    return Circumstances(
        answers=session.answers,
        signals=signals,
        told=session.told,
        risky=[_since(at, latest) for at in session.risky_at],
        came_before=came_before,
        has_gone_silent=session.has_gone_silent,
        is_outside_hours=not house.directory.organisation.reading_hours.includes(now),
    )


def came_before(house: House, place: Place, concern: Concern) -> timedelta | None:
    """Return how long ago the last case of *place* opened, None if that does not matter."""
    within, opened = house.modifiers.came_within, place.case_opened_at
    if not (concern.signals and within and opened):
        return None
    ago = house.clock() - opened
    return None if ago >= within // timedelta(microseconds=1) else _since(opened, house.clock())


def came_again(case: Case) -> timedelta | None:
    """Return that the contact of *case* came again just now, if it had been closed."""
    return _JUST_NOW if case.status is Status.REOPENED else None


def _since(at: Instant, now: Instant) -> timedelta:
    return timedelta(microseconds=max(0, now - at))
