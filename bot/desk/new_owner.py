"""Giving a case to a worker who has not claimed it themselves: handed over, or taken over."""

from bot.casework.house import House
from bot.casework.ringing import give_time, stop_ringing
from bot.casework.turn_to_act import due_still
from bot.domain.case import Case, Status
from bot.domain.worker import Worker
from storage import cases
from storage.database import Transaction


async def give_to(
    tx: Transaction,
    house: House,
    case: Case,
    owner: Worker,
    *,
    by: Worker,
    version: int,
    unread: int,
) -> None:
    """Make *owner* the owner of *case*, with so many *unread* entries; what rang for it is silent.

    What is late in it calls only once they had time. Whoever does so, *by*, has acknowledged it
    then, and at the latest now.

    Raises:
        ConflictError: it was changed since *version*.

    """
    await cases.change(
        tx,
        case.id,
        version=version,
        owner=owner.id,
        status=Status.CLAIMED.value,
        due_at=due_still(house, case),
        acknowledged_at=case.acknowledged_at or house.clock(),
        acknowledged_by=by.id,
        unread=unread,
    )
    await stop_ringing(tx, case.id)
    await give_time(tx, house, case)
