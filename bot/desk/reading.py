"""Looking at cases: every view of a case is recorded."""

from bot.casework.house import House
from bot.desk.views import CaseFile, CaseLine
from bot.domain.case import Case, CaseBody
from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.ids import CaseId
from bot.domain.worker import Worker
from storage import audit, case_log, cases, contacts
from storage.database import Transaction


async def queue(tx: Transaction) -> tuple[CaseLine, ...]:
    """Return the open cases, by level, then by time left."""
    return tuple(line_of(case) for case in await cases.open_cases(tx))


async def closed(tx: Transaction) -> tuple[CaseLine, ...]:
    """Return the cases closed last."""
    return tuple(line_of(case) for case in await cases.closed_cases(tx))


async def read(tx: Transaction, house: House, worker: Worker, case_id: CaseId) -> CaseFile:
    """Return everything known about the case; its owner has now seen what is new.

    Raises:
        NotAllowedError: there is no such case.

    """
    case = await cases.find_case(tx, case_id)
    if case.unread and case.owner == worker.id:
        await cases.change(tx, case_id, unread=0)
        case = await cases.find_case(tx, case_id)
    await audit.note(tx, worker.id, "case_read", case_id, at=house.clock())
    body = await cases.read_body(tx, case_id)
    place = await contacts.place_at(tx, case.address) if case.address else None
    return CaseFile(
        line=line_of(case),
        entries=await case_log.read_log(tx, case_id),
        signals=body.signals,
        answers=_answers(body),
        language=body.language,
        who=body.who,
        safe_to_reply=body.safe_to_reply,
        help_arrived=body.help_arrived,
        channel=place.channel if place else "",
        can_reach=bool(place and place.where and case.may_write),
    )


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


def line_of(case: Case) -> CaseLine:
    """Return *case* as the queue shows it."""
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
        unread=case.unread,
        version=case.version,
        is_acknowledged=case.acknowledged_at is not None,
        is_closed=case.closed_at is not None,
    )


def _answers(body: CaseBody) -> tuple[tuple[str, str], ...]:
    return tuple(body.answers.items())


def must_be_open(case: Case) -> None:
    """Stop what needs an open case.

    Raises:
        ConflictError: the case is closed.

    """
    if case.closed_at is not None:
        text = "the case is closed"
        raise ConflictError(text)
