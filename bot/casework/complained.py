"""Whom a complaint about us may be about: they do not get the case back."""

from contextlib import suppress

import orjson

from bot.domain.case import COMPLAINED, Case
from bot.domain.errors import HadItError
from bot.domain.ids import WorkerId
from bot.domain.worker import Worker
from storage import audit, cases
from storage.database import Transaction
from storage.sealing import UnsealError

_OWNING = frozenset({"case_claimed", "case_taken_over", "case_reopened"})
"""What in the audit made the one who did it the owner."""


async def is_complaint(tx: Transaction, case: Case) -> bool:
    """Whether they complain about us in *case*; not known where it cannot be opened."""
    with suppress(UnsealError, ValueError):
        return COMPLAINED in (await cases.read_body(tx, case.id)).answers
    return False


async def have_had(tx: Transaction, case: Case) -> frozenset[WorkerId]:
    """Return everybody who has or had *case*."""
    had = set()
    for line in await audit.lines_of(tx, case.id):
        if line["action"] in _OWNING:
            had.add(WorkerId(line["actor"]))
        elif line["action"] == "case_handed_over":
            had.add(WorkerId(orjson.loads(line["detail"])["to"]))
    return frozenset(had)


async def may_be_about(tx: Transaction, worker: Worker, case: Case) -> bool:
    """Whether they complain about us in *case*, which *worker* had, who is no supervisor.

    Whom exactly it is about is not known.
    """
    if worker.may_supervise or not await is_complaint(tx, case):
        return False
    return worker.id in await have_had(tx, case)


async def must_not_be_about(tx: Transaction, worker: Worker, case: Case) -> None:
    """Stop who would make a case theirs in which somebody may complain about them.

    Raises:
        HadItError: that may be so. Its text does not say why: only supervisors are told.

    """
    if await may_be_about(tx, worker, case):
        text = "the case waits for somebody who has not had it yet"
        raise HadItError(text)
