"""What rings until somebody looks: the ladder of a case, and the timer of what is unread."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.casework.alerts import tell_owner
from bot.casework.house import House
from bot.casework.phrases import Phrase
from bot.domain.case import Case, runs
from bot.domain.ids import MINUTE, CaseId, Instant
from bot.domain.level import Level
from bot.triage.alarm import microseconds
from storage import alarm, cases, staff, timers
from storage.database import Transaction

LADDER = "ladder"
UNREAD = "unread"
"""The timer of a claimed case in which something new waits to be read."""

UNSEEN = "unseen"
"""The timer of a case that was claimed on a phone, where nothing of it is shown.

The version of each such timer counts the calls.
"""

LATE = "late"
"""The timer of a case in which somebody has to answer, and the time for it is over."""

LOOK = "look"
"""The timer of a case in which nothing was decided in time, or that is to be looked at again."""

Calls = Mapping[str, int]
"""Which of these timers are set for a case, each with how often it has called."""

AT_DESK_FOR = 2 * MINUTE
"""How long after its last sign a desk that was open counts as open."""


async def expect_read(tx: Transaction, house: House, case: Case) -> None:
    """Have the supervisors hear of it if the owner of *case* does not look in time.

    The time runs from the first thing they have not read; what comes later does not move it.
    """
    within = house.levels.of(case.level).acknowledge_within
    due = house.clock() + microseconds(within)
    await timers.set_timer_by(tx, UNREAD, case.id, due_at=due)


async def expect_seen(tx: Transaction, house: House, case: Case) -> None:
    """Have the supervisors hear of it if the owner of *case*, who has seen nothing of it, does not.

    "I have it" on a phone stops the ladder, and shows nothing of what was written.
    """
    within = house.levels.of(case.level).acknowledge_within
    await timers.set_timer(tx, UNSEEN, case.id, due_at=house.clock() + microseconds(within))


async def tell_news(tx: Transaction, house: House, case: Case, words: Phrase) -> None:
    """Have the owner of *case* read something new; they are told of the first since they looked.

    What was unread already when they said "I have it" on a phone has not been told of.
    """
    if case.owner is None:
        return
    if case.unread == 0 or await timers.when_due(tx, UNREAD, case.id) is None:
        await tell_owner(tx, house, case, now=house.clock(), words=words)
    await expect_read(tx, house, case)


async def ring_owner(tx: Transaction, house: House, case: Case, words: Phrase) -> None:
    """Tell the owner, who is to look in the time of the level that *case* has now.

    If they do not look in an emergency, the ladder goes on from there; where they have no desk
    open, and no address or are off duty, at once. A ladder that runs already goes on as it was:
    whoever calls again pushes nobody away.
    """
    now = house.clock()
    count = await tell_owner(tx, house, case, now=now, words=words)
    await expect_read(tx, house, case)
    if await timers.when_due(tx, UNSEEN, case.id) is not None:
        due = now + microseconds(house.levels.of(case.level).acknowledge_within)
        await timers.set_timer_by(tx, UNSEEN, case.id, due_at=due)
    if case.level is not Level.EMERGENCY:
        return
    is_running = await timers.when_due(tx, LADDER, case.id) is not None
    is_called = count > 0 and await _is_on_duty(tx, case)
    is_told = is_called or is_running or await _is_at_desk(tx, case, now)
    pause = house.levels.of(case.level).rung(1).after if is_told else timedelta()
    due = now + microseconds(pause)
    await cases.change(tx, case.id, rung=max(1, case.rung) if is_running else 1)
    await timers.set_timer_by(tx, LADDER, case.id, due_at=due)


async def calls_about(tx: Transaction, found: Sequence[Case]) -> Mapping[str, Calls]:
    """Return what calls about each of the cases *found*, which somebody has, and how often."""
    kinds = (LADDER, UNREAD, UNSEEN, LATE, LOOK)
    return await timers.versions_of(tx, kinds, [case.id for case in found])


def is_left_unread(case: Case, calls: Calls) -> bool:
    """Whether others have been called, because the owner of *case* does not look in time."""
    if case.owner is None or case.closed_at is not None:
        return False
    if case.unread and case.rung > 1 and LADDER in calls:
        return True
    return any(calls.get(kind) for kind in (UNREAD, UNSEEN))


def is_left_undone(case: Case, calls: Calls, now: Instant, *, is_on_duty: bool) -> bool:
    """Whether others have been called, because *case* was not answered or decided about in time.

    About what is not pressing the first call is the owner's alone, while they are on duty.
    """
    late = overdue_in(case, now)
    if case.owner is None or not late:
        return False
    is_alone = case.level > Level.URGENT and is_on_duty
    return max(calls.get(kind, 0) for kind in late) > (1 if is_alone else 0)


def overdue_in(case: Case, now: Instant) -> Sequence[str]:
    """Return the timers that call for what is overdue in *case*: an answer, a decision, or both."""
    if case.closed_at is not None:
        return ()
    is_unanswered = runs(case.status, case.due_at) and case.due_at <= now
    is_undecided = case.look_by <= now
    return (*((LATE,) if is_unanswered else ()), *((LOOK,) if is_undecided else ()))


async def is_at_work(tx: Transaction, case: Case, now: Instant) -> bool:
    """Whether the owner of *case* is on duty or has the desk open, so that an alert counts."""
    return await _is_on_duty(tx, case) or await _is_at_desk(tx, case, now)


async def _is_on_duty(tx: Transaction, case: Case) -> bool:
    owner = await staff.find_worker(tx, case.owner) if case.owner else None
    return owner is not None and owner.is_on_duty


async def _is_at_desk(tx: Transaction, case: Case, now: Instant) -> bool:
    """Whether the owner of *case* has the desk open, where what they have not read rings."""
    if case.owner is None:
        return False
    return await alarm.at_desk(tx, case.owner, now=now) > now - AT_DESK_FOR


async def stop_ringing(tx: Transaction, case_id: CaseId) -> None:
    """Have nobody alerted about what is in the case by now: somebody has looked, or it is over."""
    await timers.stop_timer(tx, LADDER, case_id)
    await timers.stop_timer(tx, UNREAD, case_id)
    await timers.stop_timer(tx, UNSEEN, case_id)


async def stop_calling(tx: Transaction, case_id: CaseId) -> None:
    """Have the case not called for as it was: it is over, nobody's, or more pressing now.

    If it still lies, it calls anew a minute later, in its time and to whom it concerns now.
    """
    for kind in (LATE, LOOK):
        await timers.stop_timer(tx, kind, case_id)


async def give_time(tx: Transaction, house: House, case: Case) -> None:
    """Have *case* not called for before its new owner had the time to take one of its level."""
    within = house.levels.of(case.level).acknowledge_within
    for kind in (LATE, LOOK):
        await timers.set_timer(tx, kind, case.id, due_at=house.clock() + microseconds(within))
