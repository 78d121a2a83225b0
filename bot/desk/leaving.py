"""When somebody leaves the staff: no case stays without an owner who can see it."""

from bot.casework.cases import add_status
from bot.casework.turn_to_act import due_by
from bot.desk.new_owner import give_back
from bot.domain.ids import Instant
from bot.domain.worker import Worker
from bot.triage.levels import Levels
from storage import audit, cases
from storage.database import Transaction


async def release_all(
    tx: Transaction, worker: Worker, levels: Levels, *, now: Instant
) -> list[str]:
    """Put every open case of *worker* back into its queue; return their codes.

    Where the contact was awaited, staff have the whole time of *levels* to act.
    """
    freed = []
    for case in await cases.cases_owned_by(tx, worker.id):
        await give_back(tx, case, due_at=due_by(levels, case, now=now), now=now)
        await add_status(tx, case.id, "released", at=now, author=worker.name)
        await audit.note(tx, "operator", "case_released", case.id, at=now)
        freed.append(case.code)
    return freed
