"""Rows of cases: what a transaction has read of them is not read again, nor written twice."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, insert, select, update

from bot.domain.case import Case, CaseBody, Status
from bot.domain.errors import ConflictError
from bot.domain.ids import AddressId, CaseId, ContactId, Instant, WorkerId
from bot.domain.level import Level
from storage import data_keys
from storage.database import Row, Transaction
from storage.many import answered, asked, shares, size_for
from storage.packing import pack_case
from storage.schema import cases, workers
from storage.schema import data_keys as keys
from storage.statements import Statement, ready

CASES: Select[Any] = select(cases, workers.c.name.label("owner_name")).outerjoin(
    workers, workers.c.id == cases.c.owner
)
_WITH_KEYS = (
    CASES.add_columns(keys.c.master, keys.c.wrapped)
    .join(keys, keys.c.id == cases.c.id)
    .order_by(cases.c.id)
    .with_for_update(of=cases)
)
_ADDED = (
    "id",
    "number",
    "contact",
    "address",
    "queue",
    "level",
    "status",
    "opened_at",
    "due_at",
    "look_by",
    "unread",
    "may_write",
    "found_by",
    "sealed_body",
)
_ADD = ready(insert(cases).values({name: bindparam(name) for name in _ADDED}))
_SAVE_BODY = ready(
    update(cases).where(cases.c.id == bindparam("case")).values(sealed_body=bindparam("sealed"))
)
CHANGEABLE = frozenset(
    {
        "queue",
        "level",
        "status",
        "owner",
        "due_at",
        "look_by",
        "look_chosen",
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
_DECIDED = frozenset({"owner", "level", "closed_at", "outcome"})
_WHOSE = frozenset({"closed_at", "address"})
"""What decides whose open case it is."""

_READ: dict[str, Callable[[Any], object]] = {"unread": int, "may_write": bool, "rung": int}
"""What may change in a case that is known, without reading it anew, and what it becomes."""


async def recall(tx: Transaction, wanted: Iterable[CaseId]) -> None:
    """Have the cases *wanted* at hand, read together."""
    ids = sorted(set(wanted) - tx.known.cases.keys())
    for some in shares(ids):
        rows = await tx.all(_many(size_for(len(some))), **answered(some))
        data_keys.remember_many(tx, rows, owner="id")
        for row in rows:
            case = tx.known.cases[CaseId(row["id"])] = read_case(row)
            tx.known.sealed[case.id] = row["sealed_body"]


@cache
def _many(size: int) -> Statement:
    return ready(_WITH_KEYS.where(cases.c.id.in_(asked(size))))


async def add(tx: Transaction, case: Case, body: CaseBody, *, code: str) -> None:
    """Have *case* written with what else this transaction brings about."""
    await data_keys.make_key(tx, case.id)
    tx.later(
        _ADD,
        case.id,
        id=case.id,
        number=case.number,
        contact=case.contact,
        address=case.address,
        queue=case.queue,
        level=case.level.value,
        status=case.status.value,
        opened_at=case.opened_at,
        due_at=case.due_at,
        look_by=case.look_by,
        unread=case.unread,
        may_write=int(case.may_write),
        found_by=tx.keys.find("code", code),
        sealed_body=await _seal(tx, case.id, body),
    )
    tx.touched.add("desk")
    tx.known.number = case.number
    tx.known.cases[case.id] = case
    tx.known.bodies[case.id] = body
    if tx.ahead is not None:
        tx.ahead.change(case.contact, case=case.id, case_opened_at=case.opened_at)


async def save_body(tx: Transaction, case: CaseId, body: CaseBody) -> None:
    """Keep *body* as what *case* keeps sealed."""
    sealed = await _seal(tx, case, body)
    tx.known.bodies[case] = body
    if (new := tx.waiting(_ADD, case)) is not None:
        tx.later(_ADD, case, **{**new, "sealed_body": sealed})
    else:
        tx.later(_SAVE_BODY, case, case=case, sealed=sealed)


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
    if version is None:
        _change_later(tx, case, values)
    elif not await tx.run(
        _changing(frozenset(values), with_version=True), case=case, seen=version, **values
    ):
        text = "somebody else changed this case first; look again"
        raise ConflictError(text)
    _note(tx, case, values)
    tx.touched.add("desk")


def _change_later(tx: Transaction, case: CaseId, values: Mapping[str, object]) -> None:
    """Have *values* written in one statement with whatever else of *case* waits.

    A new row takes them in, unless an earlier change waits, which would be written after it.
    """
    new = tx.waiting(_ADD, case)
    waiting = tx.known.changes.get(case, {})
    if new is not None and not waiting and new.keys() >= values.keys():
        tx.later(_ADD, case, **{**new, **values})
        return
    if waiting:
        tx.forget(_changing(frozenset(waiting), with_version=False), case)
    every = tx.known.changes[case] = {**waiting, **values}
    tx.later(_changing(frozenset(every), with_version=False), case, case=case, **every)


def _note(tx: Transaction, case: CaseId, values: Mapping[str, Any]) -> None:
    """Let *values* be known of *case*, or have it read anew when it is asked for."""
    known = tx.known.cases.get(case)
    if known is not None and _READ.keys() >= values.keys():
        read: dict[str, Any] = {name: _READ[name](value) for name, value in values.items()}
        tx.known.cases[case] = replace(known, **read)
    else:
        tx.known.cases.pop(case, None)
    if tx.ahead is not None and _WHOSE.intersection(values):
        tx.ahead.distrust()


@cache
def _changing(names: frozenset[str], *, with_version: bool) -> Statement:
    values: Mapping[str, Any] = {name: bindparam(name) for name in sorted(names)}
    statement = update(cases).where(cases.c.id == bindparam("case"))
    if with_version:
        statement = statement.where(cases.c.version == bindparam("seen"))
    return ready(statement.values(version=_next_version(names), **values))


def _next_version(names: frozenset[str]) -> object:
    """Return the version: only what people decide makes a worker's open page stale."""
    return cases.c.version + 1 if _DECIDED.intersection(names) else cases.c.version


async def _seal(tx: Transaction, case: CaseId, body: CaseBody) -> bytes:
    return await data_keys.seal_bytes_for(tx, case, "case", pack_case(body))


def read_case(row: Row) -> Case:
    """Return the case that *row* holds."""
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
        look_by=Instant(row["look_by"]),
        is_look_chosen=bool(row["look_chosen"]),
        acknowledged_at=row["acknowledged_at"],
        closed_at=row["closed_at"],
        outcome=row["outcome"] or "",
        rung=row["rung"],
        unread=row["unread"],
        may_write=bool(row["may_write"]),
        version=row["version"],
    )
