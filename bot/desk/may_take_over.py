"""Who may take a case over from a colleague who does not look, answer or decide."""

from bot.casework.complained import have_had, is_complaint
from bot.casework.ringing import is_left_undone, is_left_unread
from bot.domain.case import Case
from bot.domain.ids import Instant
from bot.domain.level import Level
from bot.domain.worker import Worker
from storage import staff
from storage.database import Transaction


async def may_take_over(tx: Transaction, worker: Worker, case: Case, now: Instant) -> bool:
    """Whether others were called about *case* in vain for its owner, and *worker* may have it.

    Where they complain about us in it, whom it is about is not known: only supervisors may; in an
    emergency, or where no other supervisor is left, whoever never had the case; and where nobody
    else is left than who had it, they may: no child waits for somebody who cannot come.
    """
    if case.owner in {None, worker.id}:
        return False
    if not (await is_left_unread(tx, case) or await is_left_undone(tx, case, now)):
        return False
    if worker.may_supervise:
        return True
    if not await is_complaint(tx, case):
        return True
    others = [one for one in await staff.all_workers(tx) if one.id != case.owner]
    has_boss = any(one.may_supervise for one in others)
    if has_boss and case.level is not Level.EMERGENCY:
        return False
    had = await have_had(tx, case)
    return worker.id not in had or (not has_boss and had.issuperset(one.id for one in others))
