"""Noting that two cases are about the same child, and taking that back; both cases show it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from bot.casework.cases import add_status
from bot.casework.house import House
from bot.domain.case import Case, CaseBody
from bot.domain.errors import NotAllowedError, RefusedError
from bot.domain.ids import CaseId
from bot.domain.worker import Worker
from storage import audit, cases
from storage.database import Transaction

MOST_LINKED = 20
"""With how many others a case can be linked."""


async def link(tx: Transaction, house: House, worker: Worker, case_id: CaseId, number: int) -> Case:
    """Keep with both cases that they are about the same child; *number* is the other's.

    Nothing is said to anybody. Noting it again changes nothing.

    Raises:
        NotAllowedError: there is no such case.
        RefusedError: *number* is no other case's, or the two have too many others already.

    """
    case = await cases.find_case(tx, case_id)
    other = await cases.find_by_number(tx, number)
    if other is None or other.id == case.id:
        text = "choose another case by its number"
        raise RefusedError(text, missing="other")
    bodies = await _bodies(tx, case, other)
    if other.id in bodies[case.id].linked:
        return case
    if any(len(body.linked) >= MOST_LINKED for body in bodies.values()):
        text = f"a case can be linked with {MOST_LINKED} others"
        raise RefusedError(text, missing="other")
    await _keep(tx, case, other, bodies, is_linked=True)
    await _note(tx, house, worker, case=case, other=other, what="linked")
    return case


async def unlink(
    tx: Transaction, house: House, worker: Worker, case_id: CaseId, number: int
) -> Case:
    """Take back that the case and that with *number* are about the same child.

    Raises:
        NotAllowedError: there is no such case.

    """
    case = await cases.find_case(tx, case_id)
    other = await cases.find_by_number(tx, number)
    bodies = await _bodies(tx, case, other) if other else {}
    if other is not None and other.id in bodies[case.id].linked:
        await _keep(tx, case, other, bodies, is_linked=False)
        await _note(tx, house, worker, case=case, other=other, what="unlinked")
    return case


async def linked_with(tx: Transaction, body: CaseBody) -> Sequence[Case]:
    """Return the cases of which was noted that they are about the child of *body*'s case."""
    found = []
    for other in body.linked:
        with suppress(NotAllowedError):
            found.append(await cases.find_case(tx, other))
    return sorted(found, key=lambda case: -case.number)


async def _bodies(tx: Transaction, case: Case, other: Case) -> dict[CaseId, CaseBody]:
    """Return what the two keep, always read in the same order: nobody waits for each other."""
    return {one: await cases.read_body(tx, one) for one in sorted({case.id, other.id})}


async def _keep(
    tx: Transaction, case: Case, other: Case, bodies: dict[CaseId, CaseBody], *, is_linked: bool
) -> None:
    for one, another in ((case.id, other.id), (other.id, case.id)):
        rest = tuple(each for each in bodies[one].linked if each != another)
        linked = (*rest, another) if is_linked else rest
        await cases.save_body(tx, one, replace(bodies[one], linked=linked))


async def _note(
    tx: Transaction, house: House, worker: Worker, *, case: Case, other: Case, what: str
) -> None:
    now = house.clock()
    for one, another in ((case, other), (other, case)):
        await add_status(tx, one.id, f"{what}:{another.code}", at=now, author=worker.name)
        await audit.note(tx, worker.id, f"case_{what}", one.id, at=now, other=another.id)
