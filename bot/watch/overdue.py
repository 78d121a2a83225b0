"""Nothing lies once somebody has it: an answer that is late, a decision that nobody has noted.

Every minute the database is asked what is overdue, so that nothing depends on a timer that was set
when it began. Each such case then has a timer of its own, which calls until somebody acts. Where
the case becomes more pressing, or somebody else has it, its timers are dropped, and set anew.
"""

from datetime import timedelta

from bot.casework.gone import is_to_be_written_to
from bot.casework.house import House
from bot.casework.phrases import NOT_ANSWERED, NOT_DECIDED, Phrase
from bot.casework.ringing import LATE, LOOK, UNSEEN
from bot.casework.turn_to_act import is_running
from bot.domain.case import Case
from bot.domain.ids import DAY, HOUR, MINUTE, CaseId, Instant
from bot.domain.level import Level
from bot.learning.when import when_awake
from bot.triage.alarm import microseconds
from bot.watch.ladder import call, call_again
from storage import cases, overdue, timers
from storage.database import Transaction
from storage.sealing import UnsealError
from storage.timers import Timer

SWEEP = "overdue"
_EVERY = MINUTE

_AT_NIGHT = {LATE: Level.URGENT, LOOK: Level.EMERGENCY}
"""From which level on each calls outside the reading hours as well."""

_AT_MOST = {LATE: HOUR, LOOK: DAY}
"""How long at most it takes until each calls again, unless the level says longer."""

_CALLS_BEFORE_MORNING = 4
"""After so many calls for a decision, by day or by night, the next one is not at night."""


async def sweep(tx: Transaction, house: House, timer: Timer) -> None:
    """Have each case that lies call, and look again in a minute."""
    now = house.clock()
    for kind, found in (
        (LATE, await overdue.unanswered(tx, now=now, but=LATE)),
        (LOOK, await overdue.not_looked_at(tx, now=now, but=LOOK)),
    ):
        for case in found:
            due = _calls_from(house, kind, case, now)
            await timers.set_timer(tx, kind, case.id, due_at=due)
    await timers.set_timer(tx, SWEEP, timer.subject, due_at=now + _EVERY, is_soon=False)


async def call_late(tx: Transaction, house: House, timer: Timer) -> None:
    """Tell that nobody has answered in a case in time, unless somebody has.

    Where nothing that is written arrives, or it may harm, it is time to decide what else to do.
    """
    case = await cases.find_case(tx, CaseId(timer.subject))
    if not _is_late(case, house.clock()):
        return
    words = NOT_ANSWERED if await _can_be_answered(tx, case) else NOT_DECIDED
    await _call(tx, house, timer, case, words, pause=house.levels.of(case.level).repeat_every)


async def _can_be_answered(tx: Transaction, case: Case) -> bool:
    try:
        return await is_to_be_written_to(tx, case)
    except (UnsealError, ValueError):
        return True


async def call_to_look(tx: Transaction, house: House, timer: Timer) -> None:
    """Tell that nobody has decided what follows in a case, or looked again, unless they have.

    Whoever is called for an answer is not called for this as well. A day that somebody chose wakes
    nobody at night, nor does what nobody has decided after some calls.
    """
    case = await cases.find_case(tx, CaseId(timer.subject))
    times = house.levels.of(case.level)
    now = house.clock()
    if case.look_by > now:
        return
    if _is_late(case, now):
        await _wait(tx, timer, now, times.repeat_every)
        return
    zone = house.directory.organisation.reading_hours.zone
    morning = when_awake(house.learning.hours, now, zone)
    if morning > now and (timer.version >= _CALLS_BEFORE_MORNING or case.is_look_chosen):
        await timers.set_timer(tx, LOOK, case.id, due_at=morning, version=timer.version)
    else:
        await _call(tx, house, timer, case, NOT_DECIDED, pause=times.decide_within)


def _is_late(case: Case, now: Instant) -> bool:
    return is_running(case) and case.due_at <= now


async def _call(
    tx: Transaction, house: House, timer: Timer, case: Case, words: Phrase, *, pause: timedelta
) -> None:
    """Tell its owner; where it is pressing, or they were told before, the supervisors as well.

    So again after a *pause*, and then less and less often. While what is new in it calls, this does
    not; what can wait waits until somebody reads.
    """
    if case.owner is None or case.closed_at is not None:
        return
    now = house.clock()
    if case.unread or await timers.when_due(tx, UNSEEN, case.id) is not None:
        await _wait(tx, timer, now, house.levels.of(case.level).repeat_every)
        return
    opens = _calls_from(house, timer.kind, case, now)
    if opens > now:
        await timers.set_timer(tx, timer.kind, case.id, due_at=opens, version=timer.version)
        return
    is_first = not timer.version
    await call(tx, house, case, words, alone=is_first and case.level > Level.URGENT)
    await call_again(tx, house, timer, pause, at_most=_AT_MOST[timer.kind])
    tx.touched.add("desk")


async def _wait(tx: Transaction, timer: Timer, now: Instant, pause: timedelta) -> None:
    due = now + microseconds(pause)
    await timers.set_timer(tx, timer.kind, timer.subject, due_at=due, version=timer.version)


def _calls_from(house: House, kind: str, case: Case, now: Instant) -> Instant:
    """Return from when on *case* may call: whoever has just taken it first has time to look."""
    within = microseconds(house.levels.of(case.level).acknowledge_within)
    at = Instant(max(now, (case.acknowledged_at or 0) + within))
    hours = house.directory.organisation.reading_hours
    if case.level <= _AT_NIGHT[kind] or hours.includes(at):
        return at
    return hours.next_after(at) or at
