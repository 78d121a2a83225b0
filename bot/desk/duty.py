"""A worker says for how long they are off duty, or that they are on duty again."""

from dataclasses import dataclass

from bot.casework.duty import OFF_DUTY, go_off_duty, go_on_duty
from bot.casework.house import House
from bot.domain.errors import RefusedError
from bot.domain.ids import HOUR, Instant
from bot.domain.worker import Worker
from storage import audit, cases, staff, timers
from storage.database import Transaction

HOURS_OFF = (8, 12, 16, 24, 72, 168, 336)
"""For how many hours a worker can say that they are off duty; then they are on it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Whether a worker is on duty, *until* when they are not, and what depends on them.

    *until* is None if they are, or if only a person ends it. *others* is how many colleagues are
    on duty, *cases* how many open cases the worker has.
    """

    is_on: bool
    until: Instant | None
    others: int
    cases: int


async def look(tx: Transaction, worker: Worker) -> Duty:
    """Return how it stands with the duty of *worker*."""
    everybody = await staff.all_workers(tx)
    _, _, mine = await cases.count_shares(tx, worker.id)
    return Duty(
        is_on=any(one.is_on_duty for one in everybody if one.id == worker.id),
        until=await timers.when_due(tx, OFF_DUTY, worker.id),
        others=sum(one.is_on_duty for one in everybody if one.id != worker.id),
        cases=mine,
    )


async def go_off(tx: Transaction, house: House, worker: Worker, *, hours: int) -> None:
    """Take *worker* off duty for so many *hours*.

    Raises:
        RefusedError: that cannot be chosen.

    """
    if hours not in HOURS_OFF:
        text = "choose until when"
        raise RefusedError(text, missing="hours")
    now = house.clock()
    until = Instant(now + hours * HOUR)
    await go_off_duty(tx, worker.id, until=until)
    await audit.note(tx, worker.id, "duty_set", worker.id, at=now, on=False, hours=hours)


async def come_on(tx: Transaction, house: House, worker: Worker) -> None:
    """Put *worker* on duty again."""
    await go_on_duty(tx, worker.id)
    await audit.note(tx, worker.id, "duty_set", worker.id, at=house.clock(), on=True)
