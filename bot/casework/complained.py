"""Whom a complaint about us may be about: they do not get the case back, but in an emergency."""

from contextlib import suppress

import orjson

from bot.casework.alerts import tell_supervisors
from bot.casework.house import House
from bot.casework.phrases import COMPLAINT, COMPLAINT_OF_OWNER
from bot.domain.case import COMPLAINED, OF_OWNER, Case
from bot.domain.errors import HadItError
from bot.domain.ids import WorkerId
from bot.domain.level import Level
from bot.domain.worker import Worker
from storage import audit, cases, staff
from storage.database import Transaction
from storage.sealing import UnsealError

_OWNING = frozenset({"case_claimed", "case_taken_over", "case_reopened"})
"""What in the audit made the one who did it the owner."""


async def is_complaint(tx: Transaction, case: Case) -> bool:
    """Whether they complain about us in *case*; not known where it cannot be opened."""
    return bool(await _complaint_in(tx, case))


async def _complaint_in(tx: Transaction, case: Case) -> str:
    with suppress(UnsealError, ValueError):
        return (await cases.read_body(tx, case.id)).answers.get(COMPLAINED, "")
    return ""


async def have_had(tx: Transaction, case: Case) -> frozenset[WorkerId]:
    """Return everybody who has or had *case*."""
    had = set()
    for line in await audit.lines_of(tx, case.id):
        if line["action"] in _OWNING:
            had.add(WorkerId(line["actor"]))
        elif line["action"] == "case_handed_over":
            had.add(WorkerId(orjson.loads(line["detail"])["to"]))
    return frozenset(had)


async def passed_over(tx: Transaction, case: Case) -> frozenset[WorkerId]:
    """Return who may not have *case*: they complain about us in it, and each of these had it.

    Whom exactly it is about is not known; supervisors may always. In an emergency nobody is passed
    over, nor where nobody else is left: no child waits for somebody who cannot come.
    """
    if case.level is Level.EMERGENCY or not await is_complaint(tx, case):
        return frozenset()
    return await _passed_over(tx, await have_had(tx, case))


async def _passed_over(tx: Transaction, had: frozenset[WorkerId]) -> frozenset[WorkerId]:
    workers = await staff.all_workers(tx)
    passed = frozenset(one.id for one in workers if one.id in had and not one.may_supervise)
    return passed if len(passed) < len(workers) else frozenset()


async def check_owner(tx: Transaction, worker: Worker, case: Case) -> bool:
    """Whether they complain about us in *case*, and may do so about *worker*, who would own it.

    That is who had it before and is no supervisor. Supervisors are to hear of it.

    Raises:
        HadItError: such a one does not get it. Its text does not say why: only supervisors are
            told.

    """
    if worker.may_supervise or not await is_complaint(tx, case):
        return False
    had = await have_had(tx, case)
    if worker.id not in had:
        return False
    if case.level is not Level.EMERGENCY and worker.id in await _passed_over(tx, had):
        text = "the case waits for somebody who has not had it yet"
        raise HadItError(text)
    return True


async def tell_who_has_it(tx: Transaction, house: House, case: Case) -> None:
    """Tell the supervisors of the complaint in *case*: whom it may be about has it once more."""
    is_of_owner = (await _complaint_in(tx, case)).endswith(OF_OWNER)
    words = COMPLAINT_OF_OWNER if is_of_owner else COMPLAINT
    await tell_supervisors(tx, house, case, words, now=house.clock())
