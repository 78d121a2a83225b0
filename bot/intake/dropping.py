"""A release is given up: those who wait in it go on in the current one, and it is forgotten."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from bot.casework.house import House
from bot.casework.release import Release
from bot.domain.ids import ContactId
from bot.engine.moving import is_same_question, target_of
from bot.intake.settling import AT_ONCE, open_place, settle
from storage import audit, releases
from storage.database import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Who waits in a release.

    ``questions`` counts the conversations by each question they wait at or come back to;
    ``closed`` those that cannot be opened with this key file.
    """

    questions: Counter[str] = field(default_factory=Counter)
    conversations: int = 0
    closed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where those go on who wait at ``question``; ``""`` is to a person."""

    question: str
    target: str
    count: int
    is_known: bool
    is_unchanged: bool


async def look_who_waits(house: House, release: str) -> Waiting:
    """Return who waits in *release*; a few at a time, so that nothing else has to wait."""
    questions: Counter[str] = Counter()
    conversations = closed = 0
    after = ""
    while found := await _next(house, release, after):
        after = found[-1]
        for contact in found:
            places = await house.database.read(partial(_places, contact=contact, release=release))
            conversations += places is None or bool(places)
            closed += places is None
            questions.update(places or ())
    return Waiting(questions=questions, conversations=conversations, closed=closed)


async def _next(house: House, release: str, after: str) -> Sequence[ContactId]:
    return await house.database.read(
        lambda tx: releases.open_on(tx, release, after=after, most=AT_ONCE)
    )


async def _places(tx: Transaction, *, contact: ContactId, release: str) -> frozenset[str] | None:
    place = await open_place(tx, contact)
    if place is None or place.session is None:
        return None
    session = place.session
    is_there = bool(session.state) and session.release == release
    return frozenset((session.state, *session.calls)) if is_there else frozenset()


def ways_out(
    waiting: Waiting, old: Release | None, current: Release, ways: Mapping[str, str]
) -> tuple[Way, ...]:
    """Return where those go on who are *waiting*, the most conversations first."""
    return tuple(
        Way(
            question=place,
            target=(target := target_of(place, current.plan, ways)),
            count=count,
            is_known=bool(target) or place in ways,
            is_unchanged=old is not None and is_same_question(place, old.plan, current.plan),
        )
        for place, count in waiting.questions.most_common()
    )


async def give_up(
    house: House, release: str, ways: Mapping[str, str], note: Callable[[int], None]
) -> bool:
    """Move everybody from *release* to the current one by *ways*, and forget it.

    A transaction moves a few; *note* hears how many after each. Returns whether it is forgotten:
    not while there are sessions that cannot be opened. What was done stays done if this is cut
    short; begin it again.
    """
    await house.database.read(lambda tx: house.releases.leave(tx, release, ways))
    after = ""
    while found := await _next(house, release, after):
        after = found[-1]
        await house.database.write(partial(_settle_all, house=house, found=found))
        note(len(found))
    return await house.database.write(lambda tx: _forget(tx, house, release))


async def _settle_all(tx: Transaction, *, house: House, found: Sequence[ContactId]) -> None:
    for contact in found:
        await settle(tx, house, contact)


async def _forget(tx: Transaction, house: House, release: str) -> bool:
    is_forgotten = await releases.drop_release(tx, release)
    if is_forgotten:
        await audit.note(tx, "operator", "release_dropped", release, at=house.clock())
    return is_forgotten
