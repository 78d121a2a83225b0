"""Who may take a case over from a colleague who does not look."""

from bot.casework.complained import have_had, is_complaint
from bot.casework.ringing import is_left_unread
from bot.domain.case import Case
from bot.domain.level import Level
from bot.domain.worker import Worker
from storage.database import Transaction


async def may_take_over(tx: Transaction, worker: Worker, case: Case) -> bool:
    """Whether others were called about *case* in vain for its owner, and *worker* may have it.

    Where they complain about us in it, whom it is about is not known: only supervisors may, and in
    an emergency whoever never had the case.
    """
    if case.owner == worker.id or not await is_left_unread(tx, case):
        return False
    if worker.may_supervise:
        return True
    if not await is_complaint(tx, case):
        return True
    return case.level is Level.EMERGENCY and worker.id not in await have_had(tx, case)
