"""Who is on duty, and so first to be alerted: said at the desk, or by an operator."""

from collections.abc import Sequence

import orjson

from bot.casework.house import House
from bot.casework.telling import LANTERN
from bot.domain.alarm import Habit
from bot.domain.ids import DAY, Instant, WorkerId
from bot.domain.worker import Worker
from storage import audit, staff, timers
from storage.database import Transaction
from storage.timers import Timer

OFF_DUTY = "off_duty"
"""The timer of a worker who is off duty until then."""


async def go_off_duty(tx: Transaction, worker: WorkerId, *, until: Instant | None = None) -> None:
    """Take *worker* off duty: *until* then, or else until somebody puts them on again.

    What is new in their own cases and the tests of the alarm reach them all the same; a supervisor
    is called about complaints and where others do not look in time, as before.
    """
    await staff.set_duty(tx, worker, is_on_duty=False)
    if until is None:
        await timers.stop_timer(tx, OFF_DUTY, worker)
    else:
        await timers.set_timer(tx, OFF_DUTY, worker, due_at=until)


async def go_on_duty(tx: Transaction, worker: WorkerId) -> None:
    """Put *worker* on duty."""
    await staff.set_duty(tx, worker, is_on_duty=True)
    await timers.stop_timer(tx, OFF_DUTY, worker)


async def is_silent(
    tx: Transaction, worker: Worker, habit: Habit, *, now: Instant, after: int
) -> bool:
    """Whether *worker*, who is on duty, has answered no test of the alarm for so long as *after*.

    The longest time off duty of a day or more does not count: a holiday. All other hours off do:
    else whoever says every evening that they are off duty would never be missed.
    """
    since = Instant(max(habit.called_since, habit.answered_at or 0))
    if not worker.is_on_duty or now - since <= after:
        return False
    lines = await audit.lines_of(tx, worker.id)
    changes = [
        (Instant(line["at"]), bool(orjson.loads(line["detail"])["on"]))
        for line in lines
        if line["action"] == "duty_set"
    ]
    return now - since - longest_off(changes, since=since, until=now) > after


def longest_off(changes: Sequence[tuple[Instant, bool]], *, since: Instant, until: Instant) -> int:
    """Return how much of *since* to *until*, in microseconds, the longest time off duty took.

    One of less than a day does not count.

    *changes* say when they went off duty (False) or on it, in order.
    """
    longest, began = 0, None
    for at, is_on in (*changes, (until, True)):
        if not is_on:
            began = at if began is None else began
        elif began is not None:
            longest = max(longest, at - max(began, since) if at - began >= DAY else 0)
            began = None
    return longest


async def come_back_on_duty(tx: Transaction, house: House, timer: Timer) -> None:
    """Put the worker of *timer* on duty again, unless they left the staff meanwhile."""
    worker = await staff.find_worker(tx, WorkerId(timer.subject))
    if worker is not None and not worker.is_on_duty:
        await staff.set_duty(tx, worker.id, is_on_duty=True)
        await audit.note(tx, LANTERN, "duty_set", worker.id, at=house.clock(), on=True)
