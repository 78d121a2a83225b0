"""Noting what was decided about a case, and when to look at it again: no open case has no date."""

from dataclasses import replace

from bot.casework.alerts import tell_supervisors
from bot.casework.cases import add_status
from bot.casework.gone import is_to_be_written_to
from bot.casework.house import House
from bot.casework.phrases import NO_REPORT
from bot.casework.ringing import LATE, LOOK
from bot.desk.conditions import must_be_open, must_be_seen, must_be_theirs
from bot.domain.case import NOT_DUE, Case, Decided, EntryKind
from bot.domain.errors import ConflictError, RefusedError
from bot.domain.ids import DAY, CaseId, Instant
from bot.domain.level import Level
from bot.domain.worker import Worker
from storage import audit, case_log, cases, timers
from storage.database import Transaction

_NO_REPORT = "no_report"
DECISIONS = ("reported", "passed_on", "goes_on", _NO_REPORT)
"""What may be decided: a report was made (MPL 11), others take over, we go on, no report."""

LOOK_AGAIN = (1, 3, 7, 14, 30)
"""In how many days at most an open case is looked at again."""

_A_WEEK = 7
_USUALLY = {Level.EMERGENCY: 1, Level.URGENT: 3}
_LONGEST = {Level.EMERGENCY: 1, Level.URGENT: _A_WEEK}


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
    needs_answer: bool = True,
) -> Case:
    """Note the *decision*, its *reason*, and that the case is looked at *again* in so many days.

    Until then nothing calls for a decision; the time for an answer goes on, unless nothing that is
    written can reach the contact, or it may harm them: then what was decided is what there is to
    do. So it is where what they wrote last *needs* no *answer*, once they had one. That a pressing
    case needs no report is told to the supervisors, unless one of them noted it.

    Raises:
        NotAllowedError: there is no such case.
        RefusedError: no such decision, no reason, a day that is not theirs to choose, or they
            were never answered.
        ConflictError: it is closed, somebody else's, nobody's, or was changed first.
        NotReadError: something came in that its owner has not read.

    """
    case = await cases.find_case(tx, case_id)
    _must_be_decidable(case, worker)
    _must_be_said(decision, reason, may_wait=again in days_for(case.level, worker))
    now = house.clock()
    is_awaited = await is_to_be_written_to(tx, case)
    if is_awaited and not needs_answer:
        await _must_have_written(tx, case)
    is_done = not (is_awaited and needs_answer)
    clocks = {"look_by": now + again * DAY} | ({"due_at": NOT_DUE} if is_done else {})
    await cases.change(tx, case_id, version=version, look_chosen=1, **clocks)
    for kind in (LOOK, LATE) if is_done else (LOOK,):
        await timers.stop_timer(tx, kind, case_id)
    decided = Decided(by=worker.name, decision=decision, reason=reason.strip())
    await _keep(tx, case, decided, again, now)
    if not needs_answer:
        await add_status(tx, case_id, "no_answer", at=now, author=worker.name)
    await audit.note(tx, worker.id, "case_decided", case_id, at=now, decision=decision)
    if decision == _NO_REPORT and case.level <= Level.URGENT and not worker.may_supervise:
        await tell_supervisors(tx, house, case, NO_REPORT, now=now)
    return await cases.find_case(tx, case_id)


async def _must_have_written(tx: Transaction, case: Case) -> None:
    """Stop who says that no answer is needed before there was one."""
    if not await case_log.read_last(tx, case.id, EntryKind.WORKER, most=1):
        text = "write to them first: they have had no answer yet"
        raise RefusedError(text, missing="no_answer")


async def _keep(tx: Transaction, case: Case, decided: Decided, again: int, at: Instant) -> None:
    """Keep with *case* what was *decided*, and in its log, with the days."""
    body = await cases.read_body(tx, case.id)
    await cases.save_body(tx, case.id, replace(body, decided=decided))
    text = f"decided:{decided.decision}:{again}: {decided.reason}"
    await add_status(tx, case.id, text, at=at, author=decided.by)


def days_for(level: Level, worker: Worker) -> tuple[int, ...]:
    """Return the days after which *worker* may have a case of *level* looked at again."""
    longest = max(LOOK_AGAIN) if worker.may_supervise else _LONGEST.get(level, max(LOOK_AGAIN))
    return tuple(days for days in LOOK_AGAIN if days <= longest)


def usual_days(level: Level) -> int:
    """Return what is proposed for a case of *level*."""
    return _USUALLY.get(level, _A_WEEK)


def _must_be_decidable(case: Case, worker: Worker) -> None:
    must_be_open(case)
    must_be_theirs(case, worker)
    if case.owner is None:
        text = "claim the case first: nothing is decided unseen"
        raise ConflictError(text)
    must_be_seen(case, worker)


def _must_be_said(decision: str, reason: str, *, may_wait: bool) -> None:
    if decision not in DECISIONS:
        text = "choose what was decided"
        raise RefusedError(text, missing="decision")
    if not may_wait:
        text = "choose when to look at the case again"
        raise RefusedError(text, missing="again")
    if not reason.strip():
        text = "write what was decided, and why"
        raise RefusedError(text, missing="decision_reason")
