"""Who may take a case over from a colleague who does not look."""

import orjson

from bot.casework.ringing import is_left_unread
from bot.domain.case import COMPLAINED, Case
from bot.domain.ids import CaseId
from bot.domain.level import Level
from bot.domain.worker import Worker
from storage import audit, cases
from storage.database import Transaction

_OWNING = frozenset({"case_claimed", "case_taken_over", "case_reopened"})
"""What in the audit made the one who did it the owner."""


async def may_take_over(tx: Transaction, worker: Worker, case: Case) -> bool:
    """Whether others were called about *case* in vain for its owner, and *worker* may have it.

    Where they complain about us in it, whom it is about is not known: only supervisors may, and in
    an emergency whoever never had the case.
    """
    if case.owner == worker.id or not await is_left_unread(tx, case):
        return False
    if worker.may_supervise:
        return True
    body = await cases.read_body(tx, case.id)
    if COMPLAINED not in body.answers:
        return True
    return case.level is Level.EMERGENCY and not await _has_had(tx, worker, case.id)


async def _has_had(tx: Transaction, worker: Worker, case_id: CaseId) -> bool:
    for line in await audit.lines_of(tx, case_id):
        has_taken = line["action"] in _OWNING and line["actor"] == worker.id
        is_given = line["action"] == "case_handed_over"
        if has_taken or (is_given and orjson.loads(line["detail"])["to"] == worker.id):
            return True
    return False
