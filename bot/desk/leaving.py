"""When somebody leaves the staff: no case stays without an owner who can see it."""

from bot.casework.cases import add_status
from bot.casework.claiming import free_conversation
from bot.casework.ringing import LADDER, stop_calling, stop_ringing
from bot.casework.turn_to_act import due_by
from bot.domain.case import Status
from bot.domain.ids import Instant
from bot.domain.place import OwnerKind
from bot.domain.worker import Worker
from bot.triage.levels import Levels
from storage import audit, cases, timers
from storage.database import Transaction


async def release_all(
    tx: Transaction, worker: Worker, levels: Levels, *, now: Instant
) -> list[str]:
    """Put every open case of *worker* back into its queue; return their codes.

    Where the contact was awaited, staff have the whole time of *levels* to act.
    """
    freed = []
    for case in await cases.cases_owned_by(tx, worker.id):
        await cases.change(
            tx,
            case.id,
            owner=None,
            status=Status.NEW.value,
            due_at=due_by(levels, case, now=now),
            acknowledged_at=None,
            acknowledged_by=None,
            rung=0,
        )
        await stop_ringing(tx, case.id)
        await stop_calling(tx, case.id)
        await timers.set_timer(tx, LADDER, case.id, due_at=now)
        await free_conversation(tx, case, OwnerKind.QUEUE)
        await add_status(tx, case.id, "released", at=now, author=worker.name)
        await audit.note(tx, "operator", "case_released", case.id, at=now)
        freed.append(case.code)
    return freed
