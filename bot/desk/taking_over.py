"""Taking a case over from a colleague who was called in vain, so that no child waits for one."""

from bot.casework.alerts import tell_colleagues
from bot.casework.cases import add_status
from bot.casework.claiming import own_conversation, tell_contact
from bot.casework.house import House
from bot.desk.conditions import must_be_open
from bot.desk.may_take_over import left_to_take_over
from bot.desk.new_owner import give_to
from bot.domain.case import Case
from bot.domain.errors import ConflictError
from bot.domain.ids import CaseId
from bot.domain.worker import Worker
from bot.log import Action, record
from storage import audit, cases
from storage.database import Transaction

TAKEN_UNREAD, TAKEN_UNDONE = "taken_over", "taken_over_late"
"""How the log says that a case was taken over, by what its owner had left undone."""


async def take_over(
    tx: Transaction, house: House, worker: Worker, case_id: CaseId, *, version: int
) -> Case:
    """Make *worker* the owner of a case that its owner has left unread, unanswered or undecided.

    The owner is told, as is everybody else who was called.

    Raises:
        NotAllowedError: there is no such case.
        ConflictError: it is closed, was changed first, or ``by``, who has it, has done
            so; or they complain about us in it, and *worker* may be whom it is about.

    """
    case = await cases.find_case(tx, case_id)
    must_be_open(case)
    if case.owner == worker.id:
        return case
    now = house.clock()
    left = await left_to_take_over(tx, worker, [case], now)
    if case.id not in left:
        text = f"{case.owner_name or 'nobody'} has this case"
        raise ConflictError(text, by=case.owner_name)
    how = TAKEN_UNREAD if left[case.id] else TAKEN_UNDONE
    await give_to(tx, house, case, worker, by=worker, version=version, unread=0)
    await add_status(tx, case_id, f"{how}:{case.owner_name}", at=now, author=worker.name)
    await audit.note(tx, worker.id, "case_taken_over", case_id, at=now, owner=case.owner)
    await own_conversation(tx, house, case, worker)
    await tell_contact(tx, house, case, "always.worker_has_it.say")
    taken = await cases.find_case(tx, case_id)
    await tell_colleagues(tx, house, taken, now=now, former=case.owner)
    tx.once_kept(record, Action.CASE_TAKEN_OVER, case=case_id, worker=worker.id)
    return taken
