"""The heartbeat: a synthetic emergency goes the way of a real one, to every worker's address."""

from collections.abc import Iterable

from bot.casework.alerts import send_test, tell_addresses
from bot.casework.duty import is_silent
from bot.casework.house import House
from bot.casework.phrases import ALARM_MISSED, ALARM_SILENT, Phrase
from bot.casework.speech import phrase
from bot.domain.alarm import Reason
from bot.domain.ids import Instant, WorkerId, new_id
from bot.log import Action, record
from bot.triage.alarm import microseconds
from bot.watch.alarm_path import (
    HOUSE,
    PROBE,
    RECHECK,
    break_path,
    is_anybody_there,
    is_through,
)
from storage import alarm, staff, timers
from storage.database import Transaction
from storage.timers import Timer

HEARTBEAT = "heartbeat"
"""The timer of the next test by the schedule."""

ASKED_FOR = "alarm_test"
"""The timer of a test that an operator asks for; its subject is the test's id."""

TAKEN_BY_NOW = "alarm_taken"
ANSWERED_BY_NOW = "alarm_answered"
SCHEDULE, OPERATOR = "schedule", "operator"


async def set_the_heart_going(tx: Transaction, house: House) -> None:
    """Set the next test by the schedule; one that was missed while Lantern was away is due now.

    Whether there is anybody at all to be alerted is looked at a little later, so that the first
    worker can be added first.
    """
    now = house.clock()
    soon = now + microseconds(house.alarm.taken_within)
    await timers.set_timer(tx, RECHECK, HOUSE, due_at=soon)
    if house.heartbeat is None:
        await timers.stop_timer(tx, HEARTBEAT, HOUSE)
        return
    last = await alarm.latest_test(tx, asked_by=SCHEDULE)
    await _set_next(tx, house, after=last.made_at if last else now)


async def beat(tx: Transaction, house: House, _: Timer) -> None:
    """Test the alarm, and set the timer of the next test."""
    if house.heartbeat is None:
        return
    await _set_next(tx, house, after=house.clock())
    await _start_test(tx, house, new_id(), asked_by=SCHEDULE)


async def test_now(tx: Transaction, house: House, timer: Timer) -> None:
    """Begin the test that an operator asked for."""
    await _start_test(tx, house, timer.subject, asked_by=OPERATOR)


async def probe(tx: Transaction, house: House, timer: Timer) -> None:
    """Begin a test to see whether phones can be reached again."""
    await _start_test(tx, house, timer.subject, asked_by=PROBE)


async def _start_test(tx: Transaction, house: House, test: str, *, asked_by: str) -> None:
    """Send the synthetic emergency to every address, and have its arrival looked at."""
    now = house.clock()
    await alarm.add_test(tx, test, asked_by=asked_by, now=now)
    sent = await send_test(tx, house, test, now=now)
    for address, message in sent:
        await alarm.add_call(tx, test, address.worker, address.channel, message)
    taken_by = now + microseconds(house.alarm.taken_within)
    await timers.set_timer(tx, TAKEN_BY_NOW, test, due_at=taken_by)
    if asked_by != PROBE:
        answered_by = now + microseconds(house.alarm.answered_within)
        await timers.set_timer(tx, ANSWERED_BY_NOW, test, due_at=answered_by)
    tx.once_kept(record, Action.ALARM_TESTED, kind=asked_by, count=len(sent))
    tx.touched.add("desk")


async def judge_taking(tx: Transaction, house: House, timer: Timer) -> None:
    """Look whether any address took the test; name those whose phones did not."""
    test = await alarm.find_test(tx, timer.subject)
    if test is None:
        return
    await alarm.settle(tx, test.id)
    calls = await alarm.calls_of(tx, test.id)
    taken = {call.worker for call in calls if call.taken_at is not None}
    if not taken and not await is_through(tx, house, test.made_at):
        has_addresses = bool(await staff.staff_addresses_of(tx))
        await break_path(tx, house, Reason.NOT_TAKEN if has_addresses else Reason.NOBODY)
    elif test.asked_by != PROBE:
        called = {call.worker for call in calls}
        await _name_to_supervisors(tx, house, ALARM_MISSED, called - taken)


async def judge_answering(tx: Transaction, house: House, timer: Timer) -> None:
    """Look whether anybody answered the test; name those who have answered none for days."""
    test = await alarm.find_test(tx, timer.subject)
    if test is None:
        return
    await alarm.settle(tx, test.id)
    if await alarm.last_sign_of_life(tx) >= test.made_at:
        await _name_to_supervisors(tx, house, ALARM_SILENT, await _silent(tx, house))
    elif await is_anybody_there(tx):
        await break_path(tx, house, Reason.NOT_ANSWERED)


async def _set_next(tx: Transaction, house: House, *, after: Instant) -> None:
    if house.heartbeat is not None:
        zone = house.directory.organisation.reading_hours.zone
        due = house.heartbeat.after(after, zone)
        await timers.set_timer(tx, HEARTBEAT, HOUSE, due_at=due)


async def _silent(tx: Transaction, house: House) -> set[WorkerId]:
    """Return who has been on duty for days and answered nothing; whoever was away need not."""
    now, after = house.clock(), microseconds(house.alarm.worker_silent_after)
    habits = await alarm.habits(tx)
    return {
        worker.id
        for worker in await staff.all_workers(tx)
        if worker.id in habits
        and await is_silent(tx, worker, habits[worker.id], now=now, after=after)
    }


async def _name_to_supervisors(
    tx: Transaction, house: House, words: Phrase, whom: Iterable[WorkerId | None]
) -> None:
    workers = await staff.all_workers(tx)
    wanted = set(whom)
    names = ", ".join(worker.name for worker in workers if worker.id in wanted)
    if not names:
        return
    texts = {language: phrase(house, language, words, names=names) for language in house.languages}
    supervisors = [worker.id for worker in workers if worker.may_supervise]
    await tell_addresses(tx, house, texts, now=house.clock(), only=supervisors)
