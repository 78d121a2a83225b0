"""Nothing lies once somebody has it: an answer that is late, a decision that nobody has noted.

Every minute the database is asked what is overdue, so that nothing depends on a timer that was set
when it began. Each such case then has a timer of its own, which calls until somebody acts.
"""

from bot.casework.house import House
from bot.casework.phrases import NOT_ANSWERED, NOT_DECIDED, Phrase
from bot.casework.ringing import HAS_CALLED, LATE, LOOK
from bot.casework.turn_to_act import is_running
from bot.domain.case import Case
from bot.domain.ids import MINUTE, CaseId, Instant
from bot.domain.level import Level
from bot.triage.alarm import microseconds
from bot.watch.ladder import call
from storage import cases, overdue, timers
from storage.database import Transaction
from storage.timers import Timer

SWEEP = "overdue"
_EVERY = MINUTE


async def sweep(tx: Transaction, house: House, timer: Timer) -> None:
    """Have each case that lies call, and look again in a minute."""
    now = house.clock()
    for kind, found in (
        (LATE, await overdue.unanswered(tx, now=now, but=LATE)),
        (LOOK, await overdue.not_looked_at(tx, now=now, but=LOOK)),
    ):
        for case in found:
            await timers.set_timer(tx, kind, case.id, due_at=_calls_from(house, case, now))
    await timers.set_timer(tx, SWEEP, timer.subject, due_at=now + _EVERY, is_soon=False)


async def call_late(tx: Transaction, house: House, timer: Timer) -> None:
    """Tell that nobody has answered in a case in time, unless somebody has."""
    case = await cases.find_case(tx, CaseId(timer.subject))
    if is_running(case) and case.due_at <= house.clock():
        await _call(tx, house, timer, case, NOT_ANSWERED)


async def call_to_look(tx: Transaction, house: House, timer: Timer) -> None:
    """Tell that nobody has decided what follows in a case, or looked again, unless they have."""
    case = await cases.find_case(tx, CaseId(timer.subject))
    if case.look_by <= house.clock():
        await _call(tx, house, timer, case, NOT_DECIDED)


async def _call(tx: Transaction, house: House, timer: Timer, case: Case, words: Phrase) -> None:
    """Tell its owner; where it is pressing, or they were told before, the supervisors as well.

    What can wait waits until somebody reads.
    """
    if case.owner is None or case.closed_at is not None:
        return
    now = house.clock()
    opens = _calls_from(house, case, now)
    if opens > now:
        await timers.set_timer(tx, timer.kind, case.id, due_at=opens, version=timer.version)
        return
    is_first = timer.version != HAS_CALLED
    await call(tx, house, case, words, alone=is_first and case.level > Level.URGENT)
    pause = microseconds(house.levels.of(case.level).repeat_every)
    await timers.set_timer(tx, timer.kind, case.id, due_at=now + pause, version=HAS_CALLED)


def _calls_from(house: House, case: Case, now: Instant) -> Instant:
    """Return from when on *case* may call: whoever has just taken it first has time to look."""
    within = microseconds(house.levels.of(case.level).acknowledge_within)
    at = Instant(max(now, (case.acknowledged_at or 0) + within))
    hours = house.directory.organisation.reading_hours
    if case.level <= Level.URGENT or hours.includes(at):
        return at
    return hours.next_after(at) or at
