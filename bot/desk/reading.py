"""Looking at cases: whoever opens one, or a file of it, is recorded."""

from collections.abc import Mapping
from dataclasses import replace

from bot.casework.complained import passed_over
from bot.casework.gone import Reach, knows_code, reach
from bot.casework.happened import what_happened
from bot.casework.house import House
from bot.casework.ringing import LADDER, stop_ringing
from bot.desk.belonging import linked_with
from bot.desk.grounds import judged
from bot.desk.lines import as_seen_by, grounds_at, line_of, lines, related_to
from bot.desk.may_take_over import left_to_take_over
from bot.desk.safety import may_note_safe
from bot.desk.views import CaseFile, CaseLine, Counts
from bot.domain.case import CaseBody, EntryKind
from bot.domain.errors import NotAllowedError
from bot.domain.ids import CaseId
from bot.domain.level import Level
from bot.domain.worker import Worker
from bot.engine.walk import CODE_ASKED
from storage import audit, case_log, cases, contacts
from storage.database import Transaction
from storage.related import related

MOST_LINES, MOST_ENTRIES = 100, 200
"""How much is shown unless more is asked for."""


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
    shown = await lines(tx, house, worker, found)
    left = await left_to_take_over(tx, worker, found, house.clock())
    return tuple(_as_it_lies(line, left) for line in shown)


def _as_it_lies(line: CaseLine, left: Mapping[CaseId, bool]) -> CaseLine:
    """Return *line* with whether it may be taken over, and if it was left unread."""
    return replace(line, may_take_over=line.id in left, is_left_unread=left.get(line.id, False))


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
    left = await left_to_take_over(tx, worker, [case], house.clock())
    return _as_it_lies(line_of(house, case), left)


async def closed(
    tx: Transaction, house: House, worker: Worker, *, most: int
) -> tuple[CaseLine, ...]:
    """Return the cases closed last."""
    return await lines(tx, house, worker, await cases.closed_cases(tx, most=most))


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
    body = as_seen_by(worker, await cases.read_body(tx, case_id))
    place = await contacts.place_at(tx, case.address) if case.address else None
    happened = await what_happened(tx, case_id)
    reached = await reach(tx, case, place, happened)
    entries = await case_log.read_log(tx, case_id, most=most)
    others = (await related(tx, [case]))[case_id]
    linked = await linked_with(tx, body)
    passed = await passed_over(tx, case)
    line = line_of(house, case, body, others=others)
    line = _as_it_lies(line, await left_to_take_over(tx, worker, [case], house.clock()))
    return replace(
        _as_kept(line, body, reached, channel=place.channel if place else ""),
        related=await related_to(tx, house, worker, case, others=others, linked=linked),
        entries=entries,
        earlier=await case_log.count_entries(tx, case_id) - len(entries),
        words=await case_log.count_words(tx, case_id),
        grounds=grounds_at(house, case, body),
        judged=judged(entries),
        asked_to_erase=happened.asked_to_erase,
        may_be_taken=happened.may_be_taken,
        had_before=worker.id in passed,
        passed_over=frozenset() if worker.may_supervise else passed,
        knows_code=await knows_code(tx, case_id),
        decided=body.decided or happened.decided,
        is_answered=bool(await case_log.read_last(tx, case_id, EntryKind.WORKER, most=1)),
    )


def _as_kept(line: CaseLine, body: CaseBody, reached: Reach, *, channel: str) -> CaseFile:
    """Return what the case of *line* holds besides its log."""
    return CaseFile(
        line=line,
        entries=(),
        signals=body.signals,
        modifiers=body.modifiers,
        is_quiet=body.is_quiet,
        answers=_answers(body),
        language=body.language,
        who=body.who,
        safe_to_reply=body.safe_to_reply,
        help_arrived=body.help_arrived,
        channel=channel,
        can_reach=reached.can_reach,
        has_left=reached.has_left,
        may_be_another=reached.is_left_behind and not reached.has_left,
        is_noted=body.answered_safety is not None,
        may_note_safe=may_note_safe(body),
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


def _answers(body: CaseBody) -> tuple[tuple[str, str], ...]:
    """Return what was answered; a return code is the contact's secret."""
    return tuple((place, answer) for place, answer in body.answers.items() if place != CODE_ASKED)
