"""Nothing lies once somebody has it: an answer that is late, a decision that nobody has noted.

Every minute the database is asked what is overdue, so that nothing depends on a timer that was set
when it began. Each such case then has a timer of its own, which calls until somebody acts. Where
the case becomes more pressing, or somebody else has it, its timers are dropped, and set anew.
"""

from datetime import timedelta

from bot.casework.gone import reach
from bot.casework.house import House
from bot.casework.phrases import NOT_ANSWERED, NOT_DECIDED, Phrase
from bot.casework.ringing import HAS_CALLED, LATE, LOOK, UNSEEN
from bot.casework.turn_to_act import is_running
from bot.domain.case import Case
from bot.domain.ids import MINUTE, CaseId, Instant
from bot.domain.level import Level
from bot.triage.alarm import microseconds
from bot.watch.ladder import call
from storage import cases, contacts, overdue, timers
from storage.database import Transaction
from storage.timers import Timer

SWEEP = "overdue"
_EVERY = MINUTE

_AT_NIGHT = {LATE: Level.URGENT, LOOK: Level.EMERGENCY}
"""From which level on each calls outside the reading hours as well."""


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

    Where nothing that is written arrives, it is time to decide what else to do.
    """
    case = await cases.find_case(tx, CaseId(timer.subject))
    if not _is_late(case, house.clock()):
        return
    place = await contacts.place_at(tx, case.address) if case.address else None
    can_answer = (await reach(tx, case, place)).can_reach
    words = NOT_ANSWERED if can_answer else NOT_DECIDED
    await _call(tx, house, timer, case, words, pause=house.levels.of(case.level).repeat_every)


async def call_to_look(tx: Transaction, house: House, timer: Timer) -> None:
    """Tell that nobody has decided what follows in a case, or looked again, unless they have.

    Whoever is called for an answer is not called for this as well.
    """
    case = await cases.find_case(tx, CaseId(timer.subject))
    times = house.levels.of(case.level)
    now = house.clock()
    if case.look_by > now:
        return
    if _is_late(case, now):
        await _wait(tx, timer, now, times.repeat_every)
    else:
        await _call(tx, house, timer, case, NOT_DECIDED, pause=times.decide_within)


def _is_late(case: Case, now: Instant) -> bool:
    return is_running(case) and case.due_at <= now


async def _call(
    tx: Transaction, house: House, timer: Timer, case: Case, words: Phrase, *, pause: timedelta
) -> None:
    """Tell its owner; where it is pressing, or they were told before, the supervisors as well.

    So again after a *pause*. While what is new in it calls, this does not; what can wait waits
    until somebody reads.
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
    is_first = timer.version != HAS_CALLED
    await call(tx, house, case, words, alone=is_first and case.level > Level.URGENT)
    due = now + microseconds(pause)
    await timers.set_timer(tx, timer.kind, case.id, due_at=due, version=HAS_CALLED)


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
