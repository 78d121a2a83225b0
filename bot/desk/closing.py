"""Closing a case, and opening it again."""

from bot.casework.alerts import tell_owner, tell_supervisors
from bot.casework.cases import add_status
from bot.casework.claiming import end_conversation, own_conversation, tell_contact
from bot.casework.complained import check_owner, is_complaint, tell_who_has_it
from bot.casework.house import House
from bot.casework.phrases import CLOSED, CLOSED_COMPLAINT
from bot.casework.ringing import stop_calling, stop_ringing
from bot.casework.turn_to_act import due_anew, look_anew
from bot.desk.conditions import must_be_open, must_be_seen, must_be_theirs
from bot.domain.case import Case, Status
from bot.domain.errors import ConflictError, RefusedError
from bot.domain.ids import CaseId
from bot.domain.level import Level
from bot.domain.worker import Worker
from bot.log import Action, record
from storage import audit, cases
from storage.database import Transaction

OUTCOMES = (
    "helped",
    "referred",
    "reported_to_police",
    "advice_given",
    "no_contact",
    "not_a_concern",
    "complaint_answered",
    "another_case",
)


async def close(
    tx: Transaction,
    house: House,
    worker: Worker,
    case_id: CaseId,
    *,
    outcome: str,
    reason: str,
    version: int,
) -> Case:
    """Close the case with its *outcome*.

    An emergency or urgent case is not closed without a report to the police (the *reason* holds
    the receipt: MPL 11, ADVL 14) or a supervisor's written reason. Supervisors hear of it where
    somebody else closes a complaint about us, which may be about whoever closes it.

    Raises:
        NotAllowedError: there is no such case.
        RefusedError: no such outcome, or the reason or the supervisor is missing.
        ConflictError: it is closed, somebody else's, nobody's, or was changed first.
        NotReadError: something came in that its owner has not read.

    """
    case = await cases.find_case(tx, case_id)
    must_be_open(case)
    must_be_theirs(case, worker)
    must_be_seen(case, worker)
    _must_be_closable(case, worker, outcome, reason)
    now = house.clock()
    closed = {"status": Status.CLOSED.value, "closed_at": now, "outcome": outcome, "unread": 0}
    await cases.change(tx, case_id, version=version, **closed)
    await stop_ringing(tx, case_id)
    await stop_calling(tx, case_id)
    await end_conversation(tx, house, case)
    await tell_contact(tx, house, case, "always.case_closed.say")
    await _tell_staff(tx, house, worker, case)
    text = f"closed:{outcome}" + (f": {reason.strip()}" if reason.strip() else "")
    await add_status(tx, case_id, text, at=now, author=worker.name)
    await audit.note(tx, worker.id, "case_closed", case_id, at=now, outcome=outcome)
    tx.once_kept(record, Action.CASE_CLOSED, case=case_id, worker=worker.id)
    return await cases.find_case(tx, case_id)


async def _tell_staff(tx: Transaction, house: House, worker: Worker, case: Case) -> None:
    """Tell whoever must know that *worker* has closed *case*, but them."""
    now = house.clock()
    if case.owner != worker.id:
        await tell_owner(tx, house, case, now=now, words=CLOSED)
    if not worker.may_supervise and await is_complaint(tx, case):
        await tell_supervisors(tx, house, case, CLOSED_COMPLAINT, now=now)


async def reopen(
    tx: Transaction, house: House, worker: Worker, case_id: CaseId, *, version: int
) -> Case:
    """Open a closed case again; *worker* owns it.

    Supervisors hear of it where whom a complaint in it may be about opens an emergency again.

    Raises:
        NotAllowedError: there is no such case.
        ConflictError: it is open, or was changed first.
        HadItError: they had it, and it holds a complaint that may be about them.

    """
    case = await cases.find_case(tx, case_id)
    if case.closed_at is None:
        text = "the case is open already"
        raise ConflictError(text, by=case.owner_name)
    had_before = await check_owner(tx, worker, case)
    await _make_theirs(tx, house, worker, case, version=version)
    reopened = await cases.find_case(tx, case_id)
    await own_conversation(tx, house, reopened, worker)
    if had_before:
        await tell_who_has_it(tx, house, reopened)
    return reopened


async def _make_theirs(
    tx: Transaction, house: House, worker: Worker, case: Case, *, version: int
) -> None:
    now = house.clock()
    await cases.change(
        tx,
        case.id,
        version=version,
        status=Status.REOPENED.value,
        due_at=due_anew(house, case.level),
        look_by=look_anew(house, case.level),
        look_chosen=0,
        closed_at=None,
        outcome=None,
        owner=worker.id,
        acknowledged_at=now,
        acknowledged_by=worker.id,
    )
    await add_status(tx, case.id, "reopened", at=now, author=worker.name)
    await audit.note(tx, worker.id, "case_reopened", case.id, at=now)


def _must_be_closable(case: Case, worker: Worker, outcome: str, reason: str) -> None:
    if outcome not in OUTCOMES:
        text = "choose how the case ended"
        raise RefusedError(text, missing="outcome")
    if case.owner is None:
        text = "claim the case first: a case is not closed unseen"
        raise ConflictError(text)
    if case.level > Level.URGENT:
        return
    is_reported = outcome == "reported_to_police"
    if not reason.strip() or not (is_reported or worker.may_supervise):
        text = (
            "an emergency or urgent case is closed with the receipt of the police report, "
            "or by a supervisor with a reason"
        )
        is_told = is_reported or worker.may_supervise
        raise RefusedError(text, missing="reason" if is_told else "receipt")
