"""Noting what a contact said about whether it is safe to write to them."""

from dataclasses import replace

from bot.casework.cases import add_status, take_back
from bot.casework.gone import is_to_be_written_to
from bot.casework.happened import SAFETY_NOTED
from bot.casework.house import House
from bot.casework.turn_to_act import contact_acted
from bot.desk.conditions import must_be_open, must_be_theirs
from bot.domain.case import ASKED, NOT_OK, OK, REFUSED, Case, CaseBody, Status
from bot.domain.errors import RefusedError
from bot.domain.ids import CaseId
from bot.domain.worker import Worker
from storage import audit, cases
from storage.database import Transaction

_UNCLEAR = frozenset({"", ASKED, REFUSED, "skipped", OK})


async def note_safety(
    tx: Transaction, house: House, worker: Worker, case_id: CaseId, *, safety: str, version: int
) -> Case:
    """Keep with the case that they said it is :data:`OK`, or :data:`NOT_OK`, to write.

    If it is not, what a worker wrote to them and has not arrived yet is taken back. If it is, what
    nobody could answer before is to be answered now.
    Their own clear answer that it is not, or only at times, is never overruled as safe.

    Raises:
        NotAllowedError: there is no such case.
        RefusedError: neither of the two, or they answered otherwise themselves.
        ConflictError: it is closed, somebody else's, or was changed first.

    """
    case = await cases.find_case(tx, case_id)
    must_be_open(case)
    must_be_theirs(case, worker)
    body = await cases.read_body(tx, case_id)
    if safety not in {OK, NOT_OK} or (safety == OK and not may_note_safe(body)):
        text = "they answered otherwise themselves"
        raise RefusedError(text, missing="safety")
    noted = replace(body, safe_to_reply=safety, answered_safety=_answered_safety(body))
    is_owed = safety == OK and not await is_to_be_written_to(tx, case)
    clock = contact_acted(house, case) if is_owed and case.status is not Status.WAITING else {}
    await cases.change(tx, case_id, version=version, may_write=int(safety == OK), **clock)
    await cases.save_body(tx, case_id, noted)
    now = house.clock()
    await add_status(tx, case_id, f"{SAFETY_NOTED}{safety}", at=now, author=worker.name)
    if safety == NOT_OK:
        await take_back(tx, case_id, now=now)
    await audit.note(tx, worker.id, "safety_noted", case_id, at=now, safety=safety)
    return await cases.find_case(tx, case_id)


def _answered_safety(body: CaseBody) -> str:
    """Return what they answered themselves about writing to them."""
    return body.safe_to_reply if body.answered_safety is None else body.answered_safety


def may_note_safe(body: CaseBody) -> bool:
    """Whether it may be noted that writing is safe: not against what they clearly answered."""
    return _answered_safety(body).split(" ")[0] in _UNCLEAR
