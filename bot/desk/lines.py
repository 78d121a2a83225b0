"""Cases as a worker sees them in lists: in the queue, and beside another case."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.casework.house import House
from bot.casework.turn_to_act import since
from bot.desk.grounds import Ground, about, grounds_of
from bot.desk.views import CaseLine, Related
from bot.domain.case import COMPLAINED, OF_OWNER, Case, CaseBody
from bot.domain.ids import CaseId
from bot.domain.worker import Worker
from storage import cases
from storage.database import Transaction
from storage.related import related


async def lines(
    tx: Transaction, house: House, worker: Worker, found: Sequence[Case]
) -> tuple[CaseLine, ...]:
    """Return the cases *found* as the queue shows them to *worker*."""
    bodies = _all_as_seen_by(worker, await cases.read_bodies(tx, found))
    others = await related(tx, found)
    return tuple(
        line_of(house, case, bodies.get(case.id), others=others[case.id]) for case in found
    )


def _all_as_seen_by(worker: Worker, bodies: Mapping[CaseId, CaseBody]) -> Mapping[CaseId, CaseBody]:
    return {case: as_seen_by(worker, body) for case, body in bodies.items()}


async def related_to(
    tx: Transaction,
    house: House,
    worker: Worker,
    case: Case,
    *,
    others: Sequence[Case],
    linked: Sequence[Case],
) -> tuple[Related, ...]:
    """Return those *linked* with *case*, then the *others*: whose they are, and about what."""
    noted = {other.id for other in linked}
    every = [*linked, *(other for other in others if other.id not in noted)]
    bodies = _all_as_seen_by(worker, await cases.read_bodies(tx, every))
    shown = [line_of(house, other, bodies.get(other.id)) for other in every]
    return tuple(
        Related(
            id=line.id,
            code=line.code,
            level=line.level,
            closed_at=other.closed_at,
            about=line.about,
            is_later=other.number > case.number,
            is_theirs=other.contact == case.contact,
            is_linked=other.id in noted,
        )
        for other, line in zip(every, shown, strict=True)
    )


def line_of(
    house: House, case: Case, body: CaseBody | None = None, *, others: Sequence[Case] = ()
) -> CaseLine:
    """Return *case* as the queue shows it, with what is told of its *body* and the *others*."""
    known = body or CaseBody()
    theirs = (other for other in others if other.contact == case.contact)
    earlier = next((other.code for other in theirs if other.number < case.number), "")
    return CaseLine(
        id=case.id,
        code=case.code,
        queue=case.queue,
        level=case.level,
        status=case.status.value,
        owner=case.owner,
        owner_name=case.owner_name,
        opened_at=case.opened_at,
        due_at=case.due_at,
        look_by=case.look_by,
        is_look_chosen=case.is_look_chosen,
        unread=case.unread,
        version=case.version,
        is_acknowledged=case.acknowledged_at is not None,
        is_closed=case.closed_at is not None,
        closed_at=case.closed_at,
        outcome=case.outcome,
        since=since(house, case),
        about=about(known.signals, grounds_at(house, case, known)) if body else (),
        who=known.who,
        language=known.language,
        raised=known.modifiers,
        earlier=earlier,
    )


def as_seen_by(worker: Worker, body: CaseBody) -> CaseBody:
    """Return *body* without the mark of a complaint that may be about a worker who is not told."""
    noted = body.answers.get(COMPLAINED, "")
    if worker.may_supervise or not noted.endswith(OF_OWNER):
        return body
    answers = {place: each for place, each in body.answers.items() if place != COMPLAINED}
    return replace(body, answers=answers)


def grounds_at(house: House, case: Case, body: CaseBody) -> tuple[Ground, ...]:
    """Return what of the answers in *body* makes *case* pressing, by the flows of today."""
    plan, queues = house.releases.current.plan, house.directory.queues
    return tuple(grounds_of(plan, queues, case, body.answers))
