"""Changing how pressing a case is: colleagues raise it, and only a supervisor lowers it."""

from dataclasses import replace
from typing import Any

from bot.casework.cases import add_status, queue_for
from bot.casework.house import House
from bot.casework.phrases import RAISED
from bot.casework.ringing import LADDER, expect_read, ring_owner, stop_calling
from bot.casework.turn_to_act import due_at_level, look_anew, look_raised
from bot.desk.conditions import must_be_open
from bot.desk.reading import has_seen_all
from bot.domain.case import Case
from bot.domain.errors import NotReadError, RefusedError
from bot.domain.ids import CaseId
from bot.domain.level import Level
from bot.domain.worker import Worker
from storage import audit, cases, timers
from storage.database import Transaction


async def set_level(
    tx: Transaction,
    house: House,
    worker: Worker,
    case_id: CaseId,
    *,
    level: Level,
    reason: str,
    version: int,
    seen: int | None = None,
) -> Case:
    """Change how pressing the case is. Only a supervisor lowers a level, with a *reason*.

    Raises:
        NotAllowedError: there is no such case.
        RefusedError: no level, or the reason or the supervisor is missing.
        ConflictError: it is closed, or somebody changed it first.
        NotReadError: it would be lowered over words that came in after *seen* of them were shown.

    """
    case = await cases.find_case(tx, case_id)
    must_be_open(case)
    _must_be_settable(case, worker, level, reason)
    if level > case.level:
        await _must_know_all(tx, case, worker, seen)
    now = house.clock()
    clocks = {"due_at": due_at_level(house, case, level), **_look(house, case, level)}
    queue = queue_for(case.queue, level)
    await cases.change(tx, case_id, version=version, level=level.value, queue=queue, **clocks)
    await _alert_anew(tx, house, worker, case, level)
    if level > case.level:
        body = await cases.read_body(tx, case_id)
        await cases.save_body(tx, case_id, replace(body, is_settled=True))
    text = f"level:{case.level.word}:{level.word}: {reason.strip()}"
    await add_status(tx, case_id, text, at=now, author=worker.name)
    await audit.note(tx, worker.id, "level_changed", case_id, at=now, level=level.word)
    return await cases.find_case(tx, case_id)


def _look(house: House, case: Case, level: Level) -> dict[str, Any]:
    """Return what changes in the day to look at *case*, which is of *level* from now on.

    Lowering gives the time of the lower level, and moves no day ahead that somebody chose.
    """
    if level < case.level:
        return look_raised(house, case, level)
    is_planned = case.is_look_chosen and case.look_by > house.clock()
    if level == case.level or is_planned:
        return {}
    return {"look_by": max(case.look_by, look_anew(house, level)), "look_chosen": 0}


async def _must_know_all(tx: Transaction, case: Case, worker: Worker, seen: int | None) -> None:
    is_unread = case.unread > 0 and case.owner == worker.id
    if is_unread or not await has_seen_all(tx, case.id, seen):
        text = "something new came in that you have not read"
        raise NotReadError(text)


async def _alert_anew(
    tx: Transaction, house: House, worker: Worker, case: Case, level: Level
) -> None:
    """Begin the ladder of a case without an owner anew; what is raised is to be read sooner.

    That a colleague raised it is news to its owner.
    """
    if level < case.level:
        await stop_calling(tx, case.id)
    if not case.owner:
        await timers.set_timer(tx, LADDER, case.id, due_at=house.clock())
        await cases.change(tx, case.id, rung=0)
        return
    raised = replace(case, level=level)
    if level < case.level and case.owner != worker.id:
        await cases.change(tx, case.id, unread=max(1, case.unread))
        await ring_owner(tx, house, raised, RAISED)
    elif level < case.level and case.unread:
        await expect_read(tx, house, raised)


def _must_be_settable(case: Case, worker: Worker, level: Level, reason: str) -> None:
    is_lower = level > case.level
    if level is Level.NONE or (is_lower and not worker.may_supervise):
        text = "choose a level; only a supervisor may lower it"
        raise RefusedError(text, missing="level")
    if not reason.strip():
        text = "write why the level changes"
        raise RefusedError(text, missing="level_reason")
