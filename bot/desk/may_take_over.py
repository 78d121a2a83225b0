"""Who may take a case over from a colleague who does not look, answer or decide."""

from collections.abc import Mapping, Sequence

from bot.casework.complained import have_had, is_complaint
from bot.casework.ringing import calls_about, is_left_undone, is_left_unread
from bot.domain.case import Case
from bot.domain.ids import CaseId, Instant
from bot.domain.level import Level
from bot.domain.worker import Worker
from storage import staff
from storage.database import Transaction


async def left_to_take_over(
    tx: Transaction, worker: Worker, found: Sequence[Case], now: Instant
) -> Mapping[CaseId, bool]:
    """Return which of the cases *found* *worker* may take over, and whether each was left unread.

    Others were called about it in vain for its owner; else it was not answered or decided about in
    time. The database is asked for all of them together: the queue shows many.
    """
    theirs = [case for case in found if case.owner not in {None, worker.id}]
    if not theirs:
        return {}
    calls = await calls_about(tx, theirs)
    workers = await staff.all_workers(tx)
    on_duty = {one.id for one in workers if one.is_on_duty}
    left = {}
    for case in theirs:
        is_unread = is_left_unread(case, calls[case.id])
        is_on_duty = case.owner in on_duty
        is_undone = is_left_undone(case, calls[case.id], now, is_on_duty=is_on_duty)
        if (is_unread or is_undone) and await _may_have(tx, worker, case, workers):
            left[case.id] = is_unread
    return left


async def _may_have(tx: Transaction, worker: Worker, case: Case, workers: Sequence[Worker]) -> bool:
    """Whether *case* is not about *worker*, as far as is known.

    Where they complain about us in it, whom it is about is not known: only supervisors may; in an
    emergency, or where no other supervisor is left, whoever never had the case; and where nobody
    else is left than who had it, they may: no child waits for somebody who cannot come.
    """
    if worker.may_supervise or not await is_complaint(tx, case):
        return True
    others = [one for one in workers if one.id != case.owner]
    has_boss = any(one.may_supervise for one in others)
    if has_boss and case.level is not Level.EMERGENCY:
        return False
    had = await have_had(tx, case)
    return worker.id not in had or (not has_boss and had.issuperset(one.id for one in others))
