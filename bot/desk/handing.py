"""Giving a case to somebody else, or back to its queue."""

from bot.casework.alerts import tell_former_owner
from bot.casework.cases import add_status
from bot.casework.claiming import own_conversation, tell_contact
from bot.casework.complained import check_owner, tell_who_has_it
from bot.casework.house import House
from bot.casework.phrases import HANDED
from bot.casework.ringing import expect_read, ring_owner
from bot.casework.turn_to_act import due_still
from bot.desk.conditions import must_be_open, must_be_theirs
from bot.desk.new_owner import give_back, give_to
from bot.domain.case import Case, EntryKind
from bot.domain.errors import HadItError, RefusedError
from bot.domain.ids import CaseId, Instant, WorkerId
from bot.domain.worker import Worker
from bot.log import Action, record
from storage import audit, case_log, cases, staff
from storage.database import Transaction

_WHO = "choose who takes the case"


async def release(
    tx: Transaction, house: House, worker: Worker, case_id: CaseId, *, version: int
) -> Case:
    """Put the case back into its queue; the alerts begin anew.

    Raises:
        NotAllowedError: there is no such case.
        ConflictError: it is closed, somebody else's, or was changed first.

    """
    case = await cases.find_case(tx, case_id)
    must_be_open(case)
    must_be_theirs(case, worker)
    now = house.clock()
    await give_back(tx, case, due_at=due_still(house, case), now=now, version=version)
    await tell_contact(tx, house, case, "always.worker_left.say")
    await add_status(tx, case_id, "released", at=now, author=worker.name)
    await audit.note(tx, worker.id, "case_released", case_id, at=now)
    tx.once_kept(record, Action.CASE_RELEASED, case=case_id, worker=worker.id)
    return await cases.find_case(tx, case_id)


async def hand_over(
    tx: Transaction,
    house: House,
    worker: Worker,
    case_id: CaseId,
    *,
    to: WorkerId,
    summary: str,
    version: int,
) -> Case:
    """Make *to* the owner; the *summary* stands in the log, and they are told.

    So is whoever had it, if a supervisor gives it away; and supervisors hear of it where in an
    emergency a colleague gives it to whom a complaint in it may be about.

    Until they look they have not said "I have it": others hear in time that they do not. That time
    begins anew, however long whoever had it did not look.

    Raises:
        NotAllowedError: there is no such case.
        RefusedError: there is no such worker, or no summary; or it holds a complaint that may be
            about *to*: then only a supervisor gives it to them.
        ConflictError: it is closed, somebody else's, or was changed first.

    """
    case = await cases.find_case(tx, case_id)
    must_be_open(case)
    must_be_theirs(case, worker)
    receiver = await staff.find_worker(tx, to)
    if receiver is None:
        raise RefusedError(_WHO, missing="to")
    had_before = await _had_before(tx, worker, receiver, case)
    if not summary.strip():
        text = "write what they must know"
        raise RefusedError(text, missing="summary")
    await give_to(tx, house, case, receiver, by=worker, version=version, unread=max(1, case.unread))
    await _write_down(tx, worker, receiver, case_id, summary=summary, now=house.clock())
    changed = await cases.find_case(tx, case_id)
    await own_conversation(tx, house, changed, receiver)
    await _tell_owners(tx, house, worker, changed, was=case.owner)
    if had_before:
        await tell_who_has_it(tx, house, changed)
    tx.once_kept(record, Action.CASE_HANDED_OVER, case=case_id, worker=receiver.id)
    return changed


async def _had_before(tx: Transaction, worker: Worker, receiver: Worker, case: Case) -> bool:
    """Whether a complaint in *case* may be about *receiver*, to whom *worker* would give it.

    Raises:
        RefusedError: that may be so, and there is time for somebody else.

    """
    if worker.may_supervise:
        return False
    try:
        return await check_owner(tx, receiver, case)
    except HadItError:
        raise RefusedError(_WHO, missing="to") from None


async def _tell_owners(
    tx: Transaction, house: House, worker: Worker, case: Case, *, was: WorkerId | None
) -> None:
    """Tell who has *case* now, and who had it, but *worker*, who did it."""
    if case.owner == worker.id:
        await expect_read(tx, house, case)
    else:
        await ring_owner(tx, house, case, HANDED)
    if was and was not in {worker.id, case.owner}:
        await tell_former_owner(tx, house, case, was, now=house.clock())


async def _write_down(
    tx: Transaction,
    worker: Worker,
    receiver: Worker,
    case_id: CaseId,
    *,
    summary: str,
    now: Instant,
) -> None:
    at = now
    entry = case_log.new_entry(EntryKind.NOTE, at=at, author=worker.name, text=summary.strip())
    await case_log.add_entry(tx, case_id, entry)
    await add_status(tx, case_id, f"handed_over:{receiver.name}", at=at, author=worker.name)
    await audit.note(tx, worker.id, "case_handed_over", case_id, at=at, to=receiver.id)
