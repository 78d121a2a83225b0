"""Cases, their queue and their log."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, or_, select, update

from bot.domain.case import Case, CaseBody, Status
from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.ids import AddressId, CaseId, ContactId, Instant, WorkerId, new_id
from bot.domain.level import Level
from storage import data_keys
from storage.database import Row, Transaction
from storage.packing import pack_case, unpack_case
from storage.schema import cases, workers
from storage.statements import ready

_CASES: Select[Any] = select(cases, workers.c.name.label("owner_name")).outerjoin(
    workers, workers.c.id == cases.c.owner
)
_FIND = ready(_CASES.where(cases.c.id == bindparam("case")))
_BY_CODE = ready(_CASES.where(cases.c.found_by == bindparam("found_by")))
_ONE_BODY = select(cases.c.sealed_body).where(cases.c.id == bindparam("case"))
_BODY, _BODY_TO_CHANGE = ready(_ONE_BODY), ready(_ONE_BODY.with_for_update())
_WAITING = _CASES.where(cases.c.closed_at.is_(None)).order_by(
    cases.c.level, cases.c.due_at, cases.c.id
)
_OPEN = ready(_WAITING.limit(bindparam("most")))
_FREE = ready(_WAITING.where(cases.c.owner.is_(None)).limit(bindparam("most")))
_OWNED = ready(_WAITING.where(cases.c.owner == bindparam("worker")).limit(bindparam("most")))
_PRESSING = ready(_WAITING.where(cases.c.owner.is_(None), cases.c.level <= Level.URGENT.value))
_CLOSED = ready(
    _CASES.where(cases.c.closed_at.is_not(None))
    .order_by(cases.c.closed_at.desc())
    .limit(bindparam("most"))
)
_OWNED_ELSEWHERE = ready(
    select(cases.c.id)
    .where(
        cases.c.contact == bindparam("contact"),
        cases.c.id != bindparam("but"),
        cases.c.closed_at.is_(None),
        cases.c.owner.is_not(None),
    )
    .limit(1)
)
_CLOSED_LATELY = ready(
    _CASES.where(cases.c.contact == bindparam("contact"), cases.c.closed_at > bindparam("since"))
    .order_by(cases.c.closed_at.desc())
    .limit(1)
)
_OPENED_LATELY = ready(
    select(func.max(cases.c.opened_at)).where(
        cases.c.contact == bindparam("contact"), cases.c.opened_at > bindparam("since")
    )
)
_OF_CONTACT = ready(
    select(cases.c.id)
    .where(or_(cases.c.contact == bindparam("contact"), cases.c.address == bindparam("address")))
    .order_by(cases.c.id)
)
_NUMBER = ready(select(func.coalesce(func.max(cases.c.number), 0) + 1))
_ADD = ready(
    insert(cases).values(
        {
            name: bindparam(name)
            for name in (
                "id",
                "number",
                "contact",
                "address",
                "queue",
                "level",
                "status",
                "opened_at",
                "due_at",
                "may_write",
                "found_by",
                "sealed_body",
            )
        }
    )
)
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
_SAVE_BODY = ready(
    update(cases).where(cases.c.id == bindparam("case")).values(sealed_body=bindparam("sealed"))
)
_COUNTS = ready(
    select(cases.c.level, func.count(), func.count(cases.c.acknowledged_at))
    .where(cases.c.closed_at.is_(None))
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
CHANGEABLE = frozenset(
    {
        "queue",
        "level",
        "status",
        "owner",
        "due_at",
        "acknowledged_at",
        "acknowledged_by",
        "closed_at",
        "outcome",
        "rung",
        "unread",
        "may_write",
        "address",
    }
)


async def add_case(
    tx: Transaction,
    case: Case,
    body: CaseBody,
    *,
    code: str,
) -> None:
    """Open *case*; *code* is the return code by which its contact finds it again."""
    await data_keys.make_key(tx, case.id)
    await tx.run(
        _ADD,
        id=case.id,
        number=case.number,
        contact=case.contact,
        address=case.address,
        queue=case.queue,
        level=case.level.value,
        status=case.status.value,
        opened_at=case.opened_at,
        due_at=case.due_at,
        may_write=int(case.may_write),
        found_by=tx.keys.find("code", code),
        sealed_body=await data_keys.seal_for(tx, case.id, "case", pack_case(body)),
    )


async def next_number(tx: Transaction) -> int:
    """Return the number the next case will have."""
    await tx.take_turns()
    row = await tx.one(_NUMBER)
    return int(row[0]) if row else 1


async def find_case(tx: Transaction, case: CaseId) -> Case:
    """Return the case with the id *case*.

    Raises:
        NotAllowedError: there is none.

    """
    row = await tx.one(_FIND, case=case)
    if row is None:
        text = "there is no such case"
        raise NotAllowedError(text)
    return _case(row)


async def find_by_code(tx: Transaction, code: str) -> Case | None:
    """Return the case whose return code is *code*, if there is one."""
    row = await tx.one(_BY_CODE, found_by=tx.keys.find("code", code))
    return _case(row) if row else None


async def read_body(tx: Transaction, case: CaseId) -> CaseBody:
    """Return what *case* keeps sealed."""
    row = await tx.one(_BODY_TO_CHANGE if tx.may_write else _BODY, case=case)
    if row is None:
        text = "there is no such case"
        raise NotAllowedError(text)
    return unpack_case(await data_keys.open_for(tx, case, "case", row["sealed_body"]))


async def save_body(tx: Transaction, case: CaseId, body: CaseBody) -> None:
    """Keep *body* as what *case* keeps sealed."""
    sealed = await data_keys.seal_for(tx, case, "case", pack_case(body))
    await tx.run(_SAVE_BODY, case=case, sealed=sealed)


async def open_cases(tx: Transaction, *, most: int = ALL_OF_THEM) -> Sequence[Case]:
    """Return the open cases, by level, then by time left, the first *most* of them."""
    return [_case(row) for row in await tx.all(_OPEN, most=most)]


async def free_cases(tx: Transaction, *, most: int = ALL_OF_THEM) -> Sequence[Case]:
    """Return the open cases that nobody owns, in the same order."""
    return [_case(row) for row in await tx.all(_FREE, most=most)]


async def cases_owned_by(
    tx: Transaction, worker: WorkerId, *, most: int = ALL_OF_THEM
) -> Sequence[Case]:
    """Return the open cases of *worker*, in the same order."""
    return [_case(row) for row in await tx.all(_OWNED, worker=worker, most=most)]


async def pressing_cases(tx: Transaction) -> Sequence[Case]:
    """Return the open emergencies and urgent cases that nobody owns, in the same order."""
    return [_case(row) for row in await tx.all(_PRESSING)]


async def closed_cases(tx: Transaction, *, most: int = 50) -> Sequence[Case]:
    """Return the cases closed last."""
    return [_case(row) for row in await tx.all(_CLOSED, most=most)]


async def is_owned_elsewhere(tx: Transaction, contact: ContactId, case: CaseId) -> bool:
    """Whether a worker owns an open case of *contact* other than *case*."""
    return await tx.one(_OWNED_ELSEWHERE, contact=contact, but=case) is not None


async def closed_lately(tx: Transaction, contact: ContactId, *, since: Instant) -> Case | None:
    """Return the case of *contact* that was closed last, if that was after *since*."""
    row = await tx.one(_CLOSED_LATELY, contact=contact, since=since)
    return _case(row) if row else None


async def opened_lately(tx: Transaction, contact: ContactId, *, since: Instant) -> Instant | None:
    """Return when the newest case of *contact* opened, if that was after *since*."""
    row = await tx.one(_OPENED_LATELY, contact=contact, since=since)
    return None if row is None or row[0] is None else Instant(row[0])


async def cases_of(tx: Transaction, contact: ContactId, address: AddressId) -> Sequence[CaseId]:
    """Return every case, open or closed, of *contact* or answered at *address*."""
    rows = await tx.all(_OF_CONTACT, contact=contact, address=address)
    return [CaseId(row["id"]) for row in rows]


async def count_open(tx: Transaction) -> dict[Level, tuple[int, int]]:
    """Return, for each level, how many cases are open and how many are not acknowledged."""
    rows = await tx.all(_COUNTS)
    return {Level(row[0]): (row[1], row[1] - row[2]) for row in rows}


async def count_shares(tx: Transaction, worker: WorkerId) -> tuple[int, int, int]:
    """Return how many cases are open, how many of them nobody owns, and how many *worker* does."""
    row = await tx.one(_SHARES, worker=worker)
    return (row[0], row[1], row[2]) if row else (0, 0, 0)


async def claim(tx: Transaction, case: CaseId, worker: WorkerId, *, now: Instant) -> bool:
    """Assign *case* to *worker* if nobody has it; return whether that worked."""
    tx.touched.add("desk")
    return await tx.run(_CLAIM, case=case, worker=worker, now=now) == 1


async def change(
    tx: Transaction, case: CaseId, *, version: int | None = None, **values: object
) -> None:
    """Set *values* of *case*; with *version*, only if nobody decided anything about it since.

    Raises:
        ConflictError: *version* is not the case's any more.

    """
    if not CHANGEABLE.issuperset(values):
        text = f"not a column that may change: {sorted(set(values) - CHANGEABLE)}"
        raise ValueError(text)
    statement = _changing(tuple(sorted(values)), with_version=version is not None)
    if not await tx.run(statement, case=case, seen=version, **values):
        text = "somebody else changed this case first; look again"
        raise ConflictError(text)
    tx.touched.add("desk")


_DECIDED = frozenset({"owner", "level", "closed_at", "outcome"})
_CHANGES: dict[tuple[tuple[str, ...], bool], Any] = {}


def _changing(names: tuple[str, ...], *, with_version: bool) -> Any:  # noqa: ANN401
    key = (names, with_version)
    if key not in _CHANGES:
        values: Mapping[str, Any] = {name: bindparam(name) for name in names}
        statement = update(cases).where(cases.c.id == bindparam("case"))
        if with_version:
            statement = statement.where(cases.c.version == bindparam("seen"))
        _CHANGES[key] = ready(statement.values(version=_next_version(names), **values))
    return _CHANGES[key]


def _next_version(names: Iterable[str]) -> object:
    """Return the version: only what people decide makes a worker's open page stale."""
    return cases.c.version + 1 if _DECIDED.intersection(names) else cases.c.version


def new_case_id() -> CaseId:
    """Return an id for a case."""
    return CaseId(new_id())


def _case(row: Row) -> Case:
    return Case(
        id=CaseId(row["id"]),
        number=row["number"],
        contact=ContactId(row["contact"]),
        address=AddressId(row["address"]) if row["address"] else None,
        queue=row["queue"],
        level=Level(row["level"]),
        status=Status(row["status"]),
        owner=WorkerId(row["owner"]) if row["owner"] else None,
        owner_name=row["owner_name"] or "",
        opened_at=Instant(row["opened_at"]),
        due_at=Instant(row["due_at"]),
        acknowledged_at=row["acknowledged_at"],
        closed_at=row["closed_at"],
        outcome=row["outcome"] or "",
        rung=row["rung"],
        unread=row["unread"],
        may_write=bool(row["may_write"]),
        version=row["version"],
    )
