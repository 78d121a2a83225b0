"""Noting what was decided about a case, and when to look at it again: no open case has no date."""

from bot.casework.cases import add_status
from bot.casework.gone import reach
from bot.casework.house import House
from bot.casework.ringing import LATE, LOOK, stop_calling
from bot.casework.turn_to_act import CONTACTS_TURN
from bot.desk.closing import must_be_seen
from bot.desk.handing import must_be_theirs
from bot.desk.reading import must_be_open
from bot.domain.case import Case
from bot.domain.errors import ConflictError, RefusedError
from bot.domain.ids import DAY, CaseId
from bot.domain.level import Level
from bot.domain.worker import Worker
from storage import audit, cases, contacts
from storage.database import Transaction

DECISIONS = ("reported", "passed_on", "goes_on", "no_report")
"""What may be decided: a report was made (MPL 11), others take over, we go on, no report."""

DECIDED = "decided"
"""How the line of the log begins that says so: behind it the decision, the days, and the reason."""

LOOK_AGAIN = (1, 3, 7, 14, 30)
"""In how many days at most an open case is looked at again."""

USUALLY = {Level.EMERGENCY: 1, Level.URGENT: 3}
"""What is proposed for a level; for the others a week."""

A_WEEK = 7


async def decide(
    tx: Transaction,
    house: House,
    worker: Worker,
    case_id: CaseId,
    *,
    decision: str,
    reason: str,
    again: int,
    version: int,
) -> Case:
    """Note the *decision*, its *reason*, and that the case is looked at *again* in so many days.

    Nobody is told. Until then nothing calls for a decision; the time for an answer goes on, unless
    nothing that is written can reach the contact: then what was decided is what there is to do.

    Raises:
        NotAllowedError: there is no such case.
        RefusedError: no such decision or day, or no reason.
        ConflictError: it is closed, somebody else's, nobody's, or was changed first.
        NotReadError: something came in that its owner has not read.

    """
    case = await cases.find_case(tx, case_id)
    must_be_open(case)
    must_be_theirs(case, worker)
    if case.owner is None:
        text = "claim the case first: nothing is decided unseen"
        raise ConflictError(text)
    must_be_seen(case, worker)
    _must_be_said(decision, reason, again)
    now = house.clock()
    place = await contacts.place_at(tx, case.address) if case.address else None
    is_done = not (await reach(tx, case, place)).can_reach
    changes = CONTACTS_TURN if is_done else {}
    await cases.change(tx, case_id, version=version, look_by=now + again * DAY, **changes)
    await stop_calling(tx, case_id, LOOK, *([LATE] if is_done else []))
    text = f"{DECIDED}:{decision}:{again}: {reason.strip()}"
    await add_status(tx, case_id, text, at=now, author=worker.name)
    await audit.note(tx, worker.id, "case_decided", case_id, at=now, decision=decision)
    return await cases.find_case(tx, case_id)


def _must_be_said(decision: str, reason: str, again: int) -> None:
    if decision not in DECISIONS:
        text = "choose what was decided"
        raise RefusedError(text, missing="decision")
    if again not in LOOK_AGAIN:
        text = "choose when to look at the case again"
        raise RefusedError(text, missing="again")
    if not reason.strip():
        text = "write what was decided, and why"
        raise RefusedError(text, missing="decision_reason")
