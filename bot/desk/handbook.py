"""Whether a worker has had a look at how everything works; the audit knows it."""

from bot.casework.house import House
from bot.domain.worker import Worker
from storage import audit
from storage.database import Transaction

OPENED, PUT_AWAY = "handbook_opened", "handbook_put_away"
"""What stands in the audit once a worker has opened the handbook, or wanted no hint at it."""


async def is_new(tx: Transaction, worker: Worker) -> bool:
    """Whether *worker* has neither opened the handbook nor put the hint at it away."""
    return not await audit.has_done(tx, worker.id, (OPENED, PUT_AWAY))


async def is_opened(tx: Transaction, worker: Worker) -> bool:
    """Whether *worker* has opened the handbook."""
    return await audit.has_done(tx, worker.id, (OPENED,))


async def note(tx: Transaction, house: House, worker: Worker, action: str) -> None:
    """Record *action* of *worker*; each of them once."""
    if not await audit.has_done(tx, worker.id, (action,)):
        await audit.note(tx, worker.id, action, worker.id, at=house.clock())
