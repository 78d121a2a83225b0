"""Workers, and where they are reached."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_update

from bot.domain.errors import ConflictError
from bot.domain.ids import Instant, WorkerId, new_id
from bot.domain.worker import Role, StaffAddress, Worker
from storage import data_keys, tokens
from storage.database import Row, Transaction
from storage.schema import staff_addresses, workers
from storage.sealing import UnsealError
from storage.statements import ready

_ACTIVE: Select[Any] = select(workers).where(workers.c.removed_at.is_(None))
_ALL = ready(_ACTIVE.order_by(workers.c.id))
_FIND = ready(_ACTIVE.where(workers.c.id == bindparam("worker")))
_NAMED = ready(select(workers).where(workers.c.name == bindparam("name")))
_ADD = ready(
    insert(workers).values(
        {name: bindparam(name) for name in ("id", "name", "role", "language", "added_at")}
    )
)
_RETURN = ready(
    update(workers)
    .where(workers.c.id == bindparam("worker"))
    .values(
        role=bindparam("new_role"),
        language=bindparam("new_language"),
        removed_at=None,
        on_duty=1,
    )
)
_REMOVE = ready(
    update(workers)
    .where(workers.c.id == bindparam("worker"))
    .values(removed_at=bindparam("now"), on_duty=0)
)
_DUTY = ready(
    update(workers).where(workers.c.id == bindparam("worker")).values(on_duty=bindparam("duty"))
)
_SPEAKS = ready(
    update(workers)
    .where(workers.c.id == bindparam("worker"))
    .values(language=bindparam("new_language"))
)
_NEW_ADDRESS = insert_or_update(staff_addresses).values(
    {
        name: bindparam(name)
        for name in ("id", "worker", "channel", "found_by", "sealed_address", "linked_at")
    }
)
_LINK = ready(
    _NEW_ADDRESS.on_conflict_do_update(
        index_elements=["channel", "found_by"],
        set_={"worker": _NEW_ADDRESS.excluded.worker, "dead_at": None},
    )
)
_ADDRESSES = ready(
    select(staff_addresses)
    .where(staff_addresses.c.dead_at.is_(None))
    .order_by(staff_addresses.c.id)
)
_BY_ADDRESS = ready(
    select(staff_addresses.c.id, workers)
    .join(workers, workers.c.id == staff_addresses.c.worker)
    .where(
        staff_addresses.c.channel == bindparam("channel"),
        staff_addresses.c.found_by == bindparam("found_by"),
        workers.c.removed_at.is_(None),
    )
)
BY_ANY_ADDRESS = ready(
    select(staff_addresses.c.found_by, workers)
    .join(workers, workers.c.id == staff_addresses.c.worker)
    .where(workers.c.removed_at.is_(None))
)
_LINKED_AT = ready(
    select(staff_addresses.c.worker).where(
        staff_addresses.c.channel == bindparam("channel"),
        staff_addresses.c.found_by == bindparam("found_by"),
    )
)
_DEAD = ready(
    update(staff_addresses)
    .where(staff_addresses.c.id == bindparam("address"))
    .values(dead_at=bindparam("now"))
)
_FIND_ADDRESS = ready(
    select(staff_addresses.c.channel).where(staff_addresses.c.id == bindparam("address"))
)
_TAKEN = ready(
    delete(staff_addresses).where(
        staff_addresses.c.id != bindparam("address"),
        staff_addresses.c.channel == bindparam("at_channel"),
        staff_addresses.c.found_by == bindparam("at"),
    )
)
_MOVE = ready(
    update(staff_addresses)
    .where(staff_addresses.c.id == bindparam("address"))
    .values(found_by=bindparam("at"), sealed_address=bindparam("sealed"), dead_at=None)
)
_ALIVE = ready(
    update(staff_addresses)
    .where(
        staff_addresses.c.channel == bindparam("on_channel"),
        staff_addresses.c.found_by == bindparam("address"),
        staff_addresses.c.dead_at.is_not(None),
    )
    .values(dead_at=None)
)
_NAMES = ready(select(workers.c.id, workers.c.name))
_UNLINK = ready(delete(staff_addresses).where(staff_addresses.c.worker == bindparam("worker")))


async def all_workers(tx: Transaction) -> Sequence[Worker]:
    """Return everybody on the staff, in the order in which they joined."""
    return [_worker(row) for row in await tx.all(_ALL)]


async def names_of_all(tx: Transaction) -> dict[str, str]:
    """Return the names, by id, of everybody who is or was on the staff."""
    return {row["id"]: row["name"] for row in await tx.all(_NAMES)}


async def find_worker(tx: Transaction, worker: WorkerId) -> Worker | None:
    """Return the worker with the id *worker* if they are still on the staff."""
    row = await tx.one(_FIND, worker=worker)
    return _worker(row) if row else None


async def worker_named(tx: Transaction, name: str) -> Worker | None:
    """Return the worker called *name* if they are still on the staff."""
    row = await tx.one(_NAMED, name=name)
    return _worker(row) if row and row["removed_at"] is None else None


async def add_worker(
    tx: Transaction, name: str, role: Role, language: str, *, now: Instant
) -> WorkerId:
    """Add somebody to the staff, or take them back with the new role.

    Raises:
        ConflictError: somebody of that name is on the staff.

    """
    row = await tx.one(_NAMED, name=name)
    if row is None:
        worker = WorkerId(new_id())
        await tx.run(_ADD, id=worker, name=name, role=role.value, language=language, added_at=now)
        return worker
    if row["removed_at"] is None:
        text = f'"{name}" is on the staff already; choose a name that tells the two apart'
        raise ConflictError(text)
    await tx.run(_RETURN, worker=row["id"], new_role=role.value, new_language=language)
    return WorkerId(row["id"])


async def remove_worker(tx: Transaction, worker: WorkerId, *, now: Instant) -> None:
    """Take *worker* off the staff: their sessions and addresses end at once."""
    await tx.run(_REMOVE, worker=worker, now=now)
    await tx.run(_UNLINK, worker=worker)
    await tokens.drop_tokens_of(tx, worker)


async def set_duty(tx: Transaction, worker: WorkerId, *, is_on_duty: bool) -> None:
    """Put *worker* on or off the rota."""
    await tx.run(_DUTY, worker=worker, duty=int(is_on_duty))


async def set_language(tx: Transaction, worker: WorkerId, language: str) -> None:
    """Have *worker* spoken to in *language* from now on: on the pages and in alerts."""
    await tx.run(_SPEAKS, worker=worker, new_language=language)


async def link_address(
    tx: Transaction, channel: str, where: str, worker: WorkerId | None, *, now: Instant
) -> None:
    """Reach *worker*, or everybody (None: a group), at *where* from now on, and nobody else."""
    address = new_id()
    await tx.run(
        _LINK,
        id=address,
        worker=worker,
        channel=channel,
        found_by=tx.keys.find(channel, where),
        sealed_address=await data_keys.seal_for(tx, data_keys.HOUSE, "staff address", where),
        linked_at=now,
    )


async def linked_at(tx: Transaction, channel: str, where: str) -> Sequence[WorkerId | None]:
    """Return who is reached at *where*: nobody, one worker, or everybody (None: a group)."""
    rows = await tx.all(_LINKED_AT, channel=channel, found_by=tx.keys.find(channel, where))
    return [WorkerId(row["worker"]) if row["worker"] else None for row in rows]


def address_at(tx: Transaction, channel: str, where: str) -> StaffAddress:
    """Return the address *where* to answer it: by a keyed hash, which never shows where it is.

    That it is answered is no sign that alerts arrive: those go to the address that is linked.
    """
    found_by = tx.keys.find(channel, where).hex()[:32]
    return StaffAddress(id=found_by, channel=channel, where=where, worker=None)


async def staff_addresses_of(tx: Transaction) -> Sequence[StaffAddress]:
    """Return every address of the staff that works; one that cannot be opened is passed over."""
    addresses = []
    for row in await tx.all(_ADDRESSES):
        with suppress(UnsealError):
            addresses.append(await _address(tx, row))
    return addresses


def workers_by_address(rows: Sequence[Row]) -> dict[bytes, Worker]:
    """Return every worker by the keyed hash of each address of theirs, from BY_ANY_ADDRESS."""
    return {row["found_by"]: _worker_joined(row) for row in rows}


async def worker_at(tx: Transaction, channel: str, where: str) -> Worker | None:
    """Return the worker whose address *where* is, if it is one."""
    ahead = tx.ahead.staff if tx.ahead is not None else None
    if ahead is not None and not ahead:
        return None
    found_by = tx.keys.find(channel, where)
    if ahead is not None:
        return ahead.get(found_by)
    row = await tx.one(_BY_ADDRESS, channel=channel, found_by=found_by)
    return _worker_joined(row) if row else None


async def mark_dead(tx: Transaction, address: str, *, now: Instant) -> None:
    """Record that nothing sent to the staff address *address* arrives."""
    await tx.run(_DEAD, address=address, now=now)


async def move_address(tx: Transaction, address: str, where: str) -> bool:
    """Reach whoever was at the staff address *address* at *where*; return False if it is none.

    If *where* was linked by itself in the meantime, the two become one.
    """
    row = await tx.one(_FIND_ADDRESS, address=address)
    if row is None:
        return False
    at = tx.keys.find(row["channel"], where)
    sealed = await data_keys.seal_for(tx, data_keys.HOUSE, "staff address", where)
    await tx.run(_TAKEN, address=address, at_channel=row["channel"], at=at)
    await tx.run(_MOVE, address=address, at=at, sealed=sealed)
    return True


async def note_alive(tx: Transaction, channel: str, where: str) -> None:
    """Record that the staff address *where* works: somebody wrote from it."""
    await tx.run(_ALIVE, on_channel=channel, address=tx.keys.find(channel, where))


async def _address(tx: Transaction, row: Row) -> StaffAddress:
    where = await data_keys.open_for(tx, data_keys.HOUSE, "staff address", row["sealed_address"])
    return StaffAddress(id=row["id"], channel=row["channel"], where=where, worker=row["worker"])


def _worker_joined(row: Row) -> Worker:
    names = [column.name for column in workers.columns]
    return _from(dict(zip(names, tuple(row)[1:], strict=True)))


def _worker(row: Row) -> Worker:
    return _from(dict(row))


def _from(row: dict[str, Any]) -> Worker:
    return Worker(
        id=WorkerId(row["id"]),
        name=row["name"],
        role=Role(row["role"]),
        language=row["language"],
        is_on_duty=bool(row["on_duty"]),
    )
