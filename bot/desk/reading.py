"""Looking at cases: every view of a case is recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.casework.complained import passed_over
from bot.casework.gone import asked_to_erase, knows_code, may_be_taken, reach
from bot.casework.house import House
from bot.casework.ringing import LADDER, stop_ringing
from bot.casework.turn_to_act import since
from bot.desk.belonging import linked_with
from bot.desk.grounds import Ground, about, grounds_of, judged
from bot.desk.may_take_over import may_take_over
from bot.desk.views import CaseFile, CaseLine, Counts, Related
from bot.domain.case import ASKED, COMPLAINED, OF_OWNER, REFUSED, Case, CaseBody, EntryKind
from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.ids import CaseId
from bot.domain.level import Level
from bot.domain.worker import Worker
from bot.engine.walk import CODE_ASKED
from storage import audit, case_log, cases, contacts
from storage.database import Transaction
from storage.related import related

MOST_LINES, MOST_ENTRIES = 100, 200
"""How much is shown unless more is asked for."""

SAFE = "ok"
_UNCLEAR = frozenset({"", ASKED, REFUSED, "skipped", SAFE})


async def queue(
    tx: Transaction, house: House, worker: Worker, show: str, *, most: int
) -> tuple[CaseLine, ...]:
    """Return the *most* pressing open cases; emergencies all, however many they are."""
    emergencies, _ = (await cases.count_open(tx)).get(Level.EMERGENCY, (0, 0))
    most = max(most, emergencies)
    match show:
        case "mine":
            found = await cases.cases_owned_by(tx, worker.id, most=most)
        case "unclaimed":
            found = await cases.free_cases(tx, most=most)
        case _:
            found = await cases.open_cases(tx, most=most)
    return await lines(tx, house, worker, found)


async def count(tx: Transaction, worker: Worker) -> Counts:
    """Return how many cases are open, whose, and how many ring at the desk of *worker*."""
    every, unclaimed, mine = await cases.count_shares(tx, worker.id)
    calling = await cases.count_calling(tx, worker.id, ladder=LADDER)
    _, unread_emergencies = calling.get(Level.EMERGENCY, (0, 0))
    return Counts(
        all=every,
        unclaimed=unclaimed,
        mine=mine,
        emergencies=sum(calling.get(Level.EMERGENCY, ())),
        urgent=sum(calling.get(Level.URGENT, ())),
        unread=sum(unread for _, unread in calling.values()),
        unread_emergencies=unread_emergencies,
    )


async def line(tx: Transaction, house: House, worker: Worker, case_id: CaseId) -> CaseLine:
    """Return the case as the queue shows it, and whether *worker* may take it over.

    Raises:
        NotAllowedError: there is no such case.

    """
    case = await cases.find_case(tx, case_id)
    may_take = await may_take_over(tx, worker, case)
    return replace(line_of(house, case), may_take_over=may_take)


async def closed(
    tx: Transaction, house: House, worker: Worker, *, most: int
) -> tuple[CaseLine, ...]:
    """Return the cases closed last."""
    return await lines(tx, house, worker, await cases.closed_cases(tx, most=most))


async def lines(
    tx: Transaction, house: House, worker: Worker, found: Sequence[Case]
) -> tuple[CaseLine, ...]:
    """Return the cases *found* as the queue shows them to *worker*."""
    bodies = _all_as_seen_by(worker, await cases.read_bodies(tx, found))
    others = await related(tx, found)
    return tuple(
        line_of(house, case, bodies.get(case.id), others=others[case.id]) for case in found
    )


async def read(
    tx: Transaction, house: House, worker: Worker, case_id: CaseId, *, most: int
) -> CaseFile:
    """Return what is known about the case, *most* entries; its owner has now seen what is new.

    Raises:
        NotAllowedError: there is no such case.

    """
    case = await cases.find_case(tx, case_id)
    if case.owner == worker.id:
        if case.unread:
            await cases.change(tx, case_id, unread=0)
        await stop_ringing(tx, case_id)
    return await look(tx, house, worker, case_id, most=most)


async def look(
    tx: Transaction, house: House, worker: Worker, case_id: CaseId, *, most: int
) -> CaseFile:
    """Return what is known about the case as :func:`read` does; what is new stays unseen.

    Raises:
        NotAllowedError: there is no such case.

    """
    case = await cases.find_case(tx, case_id)
    await audit.note(tx, worker.id, "case_read", case_id, at=house.clock())
    body = _as_seen_by(worker, await cases.read_body(tx, case_id))
    place = await contacts.place_at(tx, case.address) if case.address else None
    reached = await reach(tx, case, place)
    log = await case_log.read_log(tx, case_id, most=most)
    entries = tuple(log)
    others = (await related(tx, [case]))[case_id]
    linked = await linked_with(tx, body)
    may_take = await may_take_over(tx, worker, case)
    passed = await passed_over(tx, case)
    return CaseFile(
        line=replace(line_of(house, case, body, others=others), may_take_over=may_take),
        related=await _related(tx, house, worker, case, others=others, linked=linked),
        entries=entries,
        earlier=await case_log.count_entries(tx, case_id) - len(entries),
        words=await case_log.count_words(tx, case_id),
        signals=body.signals,
        modifiers=body.modifiers,
        grounds=_grounds(house, case, body),
        judged=judged(entries),
        is_quiet=body.is_quiet,
        answers=_answers(body),
        language=body.language,
        who=body.who,
        safe_to_reply=body.safe_to_reply,
        help_arrived=body.help_arrived,
        channel=place.channel if place else "",
        can_reach=reached.can_reach,
        has_left=reached.has_left,
        may_be_another=reached.is_left_behind and not reached.has_left,
        asked_to_erase=await asked_to_erase(tx, case_id),
        may_be_taken=await may_be_taken(tx, case_id),
        had_before=worker.id in passed,
        passed_over=frozenset() if worker.may_supervise else passed,
        is_noted=body.answered_safety is not None,
        may_note_safe=may_note_safe(body),
        knows_code=await knows_code(tx, case_id),
        decided=body.decided,
        is_answered=bool(await case_log.read_last(tx, case_id, EntryKind.WORKER, most=1)),
    )


async def count_unseen(tx: Transaction, case_id: CaseId, seen: int | None) -> int:
    """Return how many words came in since *seen* of them were shown; 0 if that is not known."""
    return 0 if seen is None else max(0, await case_log.count_words(tx, case_id) - seen)


async def has_seen_all(tx: Transaction, case_id: CaseId, seen: int | None) -> bool:
    """Whether no words have come in since *seen* of them were shown; True if that is not known."""
    return not await count_unseen(tx, case_id, seen)


async def file(
    tx: Transaction, house: House, worker: Worker, case_id: CaseId, file_id: str
) -> tuple[str, bytes]:
    """Return the media type and content of a file of the case.

    Raises:
        NotAllowedError: the case has no such file, or it has not been fetched yet.

    """
    found = await case_log.find_file(tx, file_id)
    if found.case != case_id or found.content is None:
        text = "there is no such file"
        raise NotAllowedError(text)
    await audit.note(tx, worker.id, "file_read", case_id, at=house.clock(), file=file_id)
    return found.media_type, found.content


async def _related(
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
    lines = [line_of(house, other, bodies.get(other.id)) for other in every]
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
        for other, line in zip(every, lines, strict=True)
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
        about=about(known.signals, _grounds(house, case, known)) if body else (),
        who=known.who,
        language=known.language,
        raised=known.modifiers,
        earlier=earlier,
    )


def _as_seen_by(worker: Worker, body: CaseBody) -> CaseBody:
    """Return *body* without the mark of a complaint that may be about a worker who is not told."""
    noted = body.answers.get(COMPLAINED, "")
    if worker.may_supervise or not noted.endswith(OF_OWNER):
        return body
    answers = {place: each for place, each in body.answers.items() if place != COMPLAINED}
    return replace(body, answers=answers)


def _all_as_seen_by(worker: Worker, bodies: Mapping[CaseId, CaseBody]) -> Mapping[CaseId, CaseBody]:
    return {case: _as_seen_by(worker, body) for case, body in bodies.items()}


def _grounds(house: House, case: Case, body: CaseBody) -> tuple[Ground, ...]:
    plan, queues = house.releases.current.plan, house.directory.queues
    return tuple(grounds_of(plan, queues, case, body.answers))


def _answers(body: CaseBody) -> tuple[tuple[str, str], ...]:
    """Return what was answered; a return code is the contact's secret."""
    return tuple((place, answer) for place, answer in body.answers.items() if place != CODE_ASKED)


def answered_safety(body: CaseBody) -> str:
    """Return what they answered themselves about writing to them."""
    return body.safe_to_reply if body.answered_safety is None else body.answered_safety


def may_note_safe(body: CaseBody) -> bool:
    """Whether it may be noted that writing is safe: not against what they clearly answered."""
    return answered_safety(body).split(" ")[0] in _UNCLEAR


def must_be_open(case: Case) -> None:
    """Stop what needs an open case.

    Raises:
        ConflictError: the case is closed.

    """
    if case.closed_at is not None:
        text = "the case is closed"
        raise ConflictError(text)
