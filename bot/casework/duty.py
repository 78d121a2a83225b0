"""Who is on duty, and so first to be alerted: said at the desk, or by an operator."""

import orjson

from bot.casework.house import House
from bot.domain.ids import Instant, WorkerId
from storage import audit, staff, timers
from storage.database import Transaction
from storage.timers import Timer

OFF_DUTY = "off_duty"
"""The timer of a worker who is off duty until then."""

_LANTERN = "lantern"


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


async def has_come_on_duty(tx: Transaction, worker: WorkerId, *, since: Instant) -> bool:
    """Whether *worker* was put on duty *since* then, and so was off it until lately."""
    return any(
        line["action"] == "duty_set" and line["at"] >= since and orjson.loads(line["detail"])["on"]
        for line in await audit.lines_of(tx, worker)
    )


async def come_back_on_duty(tx: Transaction, house: House, timer: Timer) -> None:
    """Put the worker of *timer* on duty again, unless they left the staff meanwhile."""
    worker = await staff.find_worker(tx, WorkerId(timer.subject))
    if worker is not None and not worker.is_on_duty:
        await staff.set_duty(tx, worker.id, is_on_duty=True)
        await audit.note(tx, _LANTERN, "duty_set", worker.id, at=house.clock(), on=True)
