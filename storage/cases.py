"""Cases: finding them, counting them, and who has them."""

from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import and_, bindparam, func, or_, select, update

from bot.domain.case import Case, CaseBody, Status
from bot.domain.errors import NotAllowedError
from bot.domain.ids import AddressId, CaseId, ContactId, Instant, WorkerId, new_id
from bot.domain.level import Level
from storage import audit, case_rows, data_keys
from storage.case_rows import CASES, read_case
from storage.database import Row, Transaction
from storage.packing import unpack_case
from storage.schema import addresses, cases, timers
from storage.sealing import UnsealError
from storage.statements import ready

_FIND = ready(CASES.where(cases.c.id == bindparam("case")))
_BY_CODE = ready(CASES.where(cases.c.found_by == bindparam("found_by")))
_BY_NUMBER = ready(CASES.where(cases.c.number == bindparam("number")))
_OPENED = ready(
    CASES.where(cases.c.opened_at >= bindparam("since"), cases.c.opened_at < bindparam("before"))
    .order_by(cases.c.number.desc())
    .limit(bindparam("most"))
)
_ONE_BODY = select(cases.c.sealed_body).where(cases.c.id == bindparam("case"))
_BODY, _BODY_TO_CHANGE = ready(_ONE_BODY), ready(_ONE_BODY.with_for_update())
_WAITING = CASES.where(cases.c.closed_at.is_(None)).order_by(
    cases.c.level, cases.c.due_at, cases.c.id
)
_OPEN = ready(_WAITING.limit(bindparam("most")))
_FREE = ready(_WAITING.where(cases.c.owner.is_(None)).limit(bindparam("most")))
_OWNED = ready(_WAITING.where(cases.c.owner == bindparam("worker")).limit(bindparam("most")))
_PRESSING = ready(_WAITING.where(cases.c.owner.is_(None), cases.c.level <= Level.URGENT.value))
_CLOSED = ready(
    CASES.where(cases.c.closed_at.is_not(None))
    .order_by(cases.c.closed_at.desc())
    .limit(bindparam("most"))
)
_OWNED_ELSEWHERE = ready(
    select(cases.c.id)
    .where(
        cases.c.address.in_(
            select(addresses.c.id).where(addresses.c.contact == bindparam("contact"))
        ),
        cases.c.id != bindparam("but"),
        cases.c.closed_at.is_(None),
        cases.c.owner.is_not(None),
    )
    .limit(1)
)
_THEIRS = or_(cases.c.contact == bindparam("contact"), cases.c.address == bindparam("address"))
_LATELY = CASES.where(cases.c.closed_at > bindparam("since")).order_by(cases.c.closed_at.desc())
_CLOSED_LATELY = ready(_LATELY.where(cases.c.contact == bindparam("contact")).limit(1))
_CLOSED_HERE_LATELY = ready(_LATELY.where(cases.c.address == bindparam("address")).limit(1))
_OPEN_AT = ready(
    select(cases.c.id)
    .where(cases.c.address == bindparam("address"), cases.c.closed_at.is_(None))
    .order_by(cases.c.id)
)
_OF_CONTACT = ready(select(cases.c.id).where(_THEIRS).order_by(cases.c.id))
_LAST_NUMBER = ready(select(func.coalesce(func.max(cases.c.number), 0)))
_CLAIM = ready(
    update(cases)
    .where(cases.c.id == bindparam("case"), cases.c.owner.is_(None), cases.c.closed_at.is_(None))
    .values(
        owner=bindparam("worker"),
        status=Status.CLAIMED.value,
        acknowledged_at=func.coalesce(cases.c.acknowledged_at, bindparam("now")),
        acknowledged_by=func.coalesce(cases.c.acknowledged_by, bindparam("worker")),
        version=cases.c.version + 1,
    )
)
_COUNTS = ready(
    select(cases.c.level, func.count(), func.count(cases.c.acknowledged_at))
    .where(cases.c.closed_at.is_(None))
    .group_by(cases.c.level)
)
_CLIMBS = (
    select(timers.c.id)
    .where(timers.c.kind == bindparam("climbing"), timers.c.subject == cases.c.id)
    .exists()
)
_IS_ANYBODYS = or_(cases.c.owner == bindparam("worker"), and_(cases.c.rung > 1, _CLIMBS))
_IS_UNREAD = and_(cases.c.owner.is_not(None), cases.c.unread > 0, _IS_ANYBODYS)
_CALLING = ready(
    select(
        cases.c.level,
        func.count().filter(cases.c.acknowledged_at.is_(None)),
        func.count().filter(cases.c.acknowledged_at.is_not(None), _IS_UNREAD),
    )
    .where(cases.c.closed_at.is_(None), cases.c.level <= Level.URGENT.value)
    .group_by(cases.c.level)
)
_SHARES = ready(
    select(
        func.count(),
        func.count().filter(cases.c.owner.is_(None)),
        func.count().filter(cases.c.owner == bindparam("worker")),
    ).where(cases.c.closed_at.is_(None))
)
ALL_OF_THEM = 2**31 - 1
add_case, save_body, change = case_rows.add, case_rows.save_body, case_rows.change


async def next_number(tx: Transaction) -> int:
    """Return the number the next case will have."""
    if tx.known.number is None:
        await tx.take_turns()
        tx.known.number, line = await _counted(tx)
        tx.known.line = tx.known.line or line
    return tx.known.number + 1


async def _counted(tx: Transaction) -> tuple[int, tuple[int, bytes]]:
    """Return the number of the last case, and the last line of the audit, which comes next."""
    [number], lines = await tx.together([(_LAST_NUMBER, {}), (audit.LAST, {})])
    return number[0], (lines[0]["number"], lines[0]["hash"]) if lines else (0, b"")


async def find_case(tx: Transaction, case: CaseId) -> Case:
    """Return the case with the id *case*.

    Raises:
        NotAllowedError: there is none.

    """
    known = tx.known.cases.get(case)
    if known is not None:
        return known
    row = await tx.one(_FIND, case=case)
    if row is None:
        text = "there is no such case"
        raise NotAllowedError(text)
    found = tx.known.cases[case] = read_case(row)
    return found


async def find_by_number(tx: Transaction, number: int) -> Case | None:
    """Return the case that staff call by *number*, if there is one."""
    row = await tx.one(_BY_NUMBER, number=number)
    return read_case(row) if row else None


async def opened_between(
    tx: Transaction, since: Instant, before: Instant, *, most: int
) -> Sequence[Case]:
    """Return the cases, open or closed, that were opened then, the newest *most* of them."""
    return _found(tx, await tx.all(_OPENED, since=since, before=before, most=most))


async def find_by_code(tx: Transaction, code: str) -> Case | None:
    """Return the case whose return code is *code*, if there is one."""
    row = await tx.one(_BY_CODE, found_by=tx.keys.find("code", code))
    return read_case(row) if row else None


async def read_body(tx: Transaction, case: CaseId) -> CaseBody:
    """Return what *case* keeps sealed."""
    known = tx.known.bodies.get(case)
    if known is not None:
        return known
    sealed = tx.known.sealed.get(case) or await _sealed_body(tx, case)
    body = tx.known.bodies[case] = unpack_case(
        await data_keys.open_bytes_for(tx, case, "case", sealed)
    )
    return body


async def _sealed_body(tx: Transaction, case: CaseId) -> bytes:
    row = await tx.one(_BODY_TO_CHANGE if tx.may_write else _BODY, case=case)
    if row is None:
        text = "there is no such case"
        raise NotAllowedError(text)
    return bytes(row["sealed_body"])


async def read_bodies(tx: Transaction, found: Sequence[Case]) -> dict[CaseId, CaseBody]:
    """Return what each of the cases *found* keeps sealed; what cannot be opened is left out."""
    await data_keys.recall_many(tx, [case.id for case in found])
    bodies = {}
    for case in found:
        with suppress(UnsealError, ValueError):
            bodies[case.id] = await read_body(tx, case.id)
    return bodies


def _found(tx: Transaction, rows: Sequence[Row]) -> Sequence[Case]:
    """Return the cases in *rows*; if nothing is to be written, their bodies are at hand too."""
    if not tx.may_write:
        tx.known.sealed.update({CaseId(row["id"]): bytes(row["sealed_body"]) for row in rows})
    return [read_case(row) for row in rows]


async def open_cases(tx: Transaction, *, most: int = ALL_OF_THEM) -> Sequence[Case]:
    """Return the open cases, by level, then by time left, the first *most* of them."""
    return _found(tx, await tx.all(_OPEN, most=most))


async def free_cases(tx: Transaction, *, most: int = ALL_OF_THEM) -> Sequence[Case]:
    """Return the open cases that nobody owns, in the same order."""
    return _found(tx, await tx.all(_FREE, most=most))


async def cases_owned_by(
    tx: Transaction, worker: WorkerId, *, most: int = ALL_OF_THEM
) -> Sequence[Case]:
    """Return the open cases of *worker*, in the same order."""
    return _found(tx, await tx.all(_OWNED, worker=worker, most=most))


async def pressing_cases(tx: Transaction) -> Sequence[Case]:
    """Return the open emergencies and urgent cases that nobody owns, in the same order."""
    return [read_case(row) for row in await tx.all(_PRESSING)]


async def closed_cases(tx: Transaction, *, most: int = 50) -> Sequence[Case]:
    """Return the cases closed last."""
    return _found(tx, await tx.all(_CLOSED, most=most))


async def is_owned_elsewhere(tx: Transaction, contact: ContactId, case: CaseId) -> bool:
    """Whether a worker owns an open case other than *case* that is answered where *contact* is."""
    return await tx.one(_OWNED_ELSEWHERE, contact=contact, but=case) is not None


async def closed_lately(tx: Transaction, contact: ContactId, *, since: Instant) -> Case | None:
    """Return the case of *contact* closed last after *since*, wherever it was answered."""
    row = await tx.one(_CLOSED_LATELY, contact=contact, since=since)
    return read_case(row) if row else None


async def has_closed_at(tx: Transaction, address: AddressId, *, since: Instant) -> bool:
    """Whether a case answered at *address*, whoever's it is, was closed after *since*."""
    return await tx.one(_CLOSED_HERE_LATELY, address=address, since=since) is not None


async def open_cases_at(tx: Transaction, address: AddressId) -> Sequence[CaseId]:
    """Return every open case answered at *address*, whoever's it is."""
    return [CaseId(row["id"]) for row in await tx.all(_OPEN_AT, address=address)]


async def cases_of(tx: Transaction, contact: ContactId, address: AddressId) -> Sequence[CaseId]:
    """Return every case, open or closed, of *contact* or answered at *address*."""
    rows = await tx.all(_OF_CONTACT, contact=contact, address=address)
    return [CaseId(row["id"]) for row in rows]


async def count_open(tx: Transaction) -> dict[Level, tuple[int, int]]:
    """Return, for each level, how many cases are open and how many are not acknowledged."""
    rows = await tx.all(_COUNTS)
    return {Level(row[0]): (row[1], row[1] - row[2]) for row in rows}


async def count_calling(
    tx: Transaction, worker: WorkerId, *, ladder: str
) -> dict[Level, tuple[int, int]]:
    """Return, for each pressing level, how many cases nobody has taken, and how many are unread.

    Unread for *worker* is what is new in a case of theirs, and in anybody's as soon as the timer
    of the kind *ladder* has alerted others about it.
    """
    rows = await tx.all(_CALLING, worker=worker, climbing=ladder)
    return {Level(row[0]): (row[1], row[2]) for row in rows}


async def count_shares(tx: Transaction, worker: WorkerId) -> tuple[int, int, int]:
    """Return how many cases are open, how many of them nobody owns, and how many *worker* does."""
    row = await tx.one(_SHARES, worker=worker)
    return (row[0], row[1], row[2]) if row else (0, 0, 0)


async def claim(tx: Transaction, case: CaseId, worker: WorkerId, *, now: Instant) -> bool:
    """Assign *case* to *worker* if nobody has it; return whether that worked."""
    tx.touched.add("desk")
    tx.known.cases.pop(case, None)
    return await tx.run(_CLAIM, case=case, worker=worker, now=now) == 1


def new_case_id() -> CaseId:
    """Return an id for a case."""
    return CaseId(new_id())
