"""Whose a case is changes without a claim: it is given to a worker, or back to its queue."""

from bot.casework.claiming import free_conversation
from bot.casework.house import House
from bot.casework.ringing import LADDER, give_time, stop_calling, stop_ringing
from bot.casework.turn_to_act import due_still
from bot.domain.case import Case, Status
from bot.domain.ids import Instant
from bot.domain.place import OwnerKind
from bot.domain.worker import Worker
from storage import cases, timers
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


async def give_back(
    tx: Transaction, case: Case, *, due_at: Instant, now: Instant, version: int | None = None
) -> None:
    """Put *case* back into its queue, where staff have to act by *due_at*; the alerts begin anew.

    Raises:
        ConflictError: it was changed since *version*, if that is given.

    """
    await cases.change(
        tx,
        case.id,
        version=version,
        owner=None,
        status=Status.NEW.value,
        due_at=due_at,
        acknowledged_at=None,
        acknowledged_by=None,
        rung=0,
    )
    await stop_ringing(tx, case.id)
    await stop_calling(tx, case.id)
    await timers.set_timer(tx, LADDER, case.id, due_at=now)
    await free_conversation(tx, case, OwnerKind.QUEUE)
