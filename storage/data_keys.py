"""The data keys: one for each contact and each case, and one for Lantern's own affairs."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.domain.errors import ConfigError
from bot.domain.ids import Instant
from storage.database import Row, Transaction
from storage.many import answered, asked, shares, size_for
from storage.schema import data_keys
from storage.sealing import KEY, UnsealError, seal, unseal
from storage.statements import Statement, ready

HOUSE = "house"
"""The data key of what belongs to nobody in particular: staff addresses, set-aside updates."""

_NEW = insert(data_keys).values(
    id=bindparam("id"), master=bindparam("master"), wrapped=bindparam("wrapped")
)
_ADD = ready(
    _NEW.on_conflict_do_update(
        index_elements=["id"],
        set_={
            "master": _NEW.excluded.master,
            "wrapped": _NEW.excluded.wrapped,
            "destroyed_at": None,
        },
    )
)
_FIND = ready(
    select(data_keys.c.master, data_keys.c.wrapped).where(data_keys.c.id == bindparam("key"))
)
_WRAPPED = ready(
    select(data_keys.c.master, data_keys.c.wrapped)
    .where(data_keys.c.wrapped.is_not(None))
    .order_by(data_keys.c.id)
)
_DESTROY = ready(
    update(data_keys)
    .where(data_keys.c.id == bindparam("key"))
    .values(wrapped=None, destroyed_at=bindparam("now"))
)


async def make_key(tx: Transaction, owner: str) -> None:
    """Give *owner* a data key of its own; one that was destroyed is replaced."""
    key = os.urandom(KEY)
    master, wrapped = tx.keys.wrap(key)
    tx.later(_ADD, owner, id=owner, master=master, wrapped=wrapped)
    tx.changed_keys.add(owner)
    tx.cache.remember(owner, key)


async def make_house_key(tx: Transaction) -> None:
    """Give the house its data key, once.

    Raises:
        ConfigError: it has one, and the key file does not open it.

    """
    row = await tx.one(_FIND, key=HOUSE)
    if row is None:
        await make_key(tx, HOUSE)
    elif row["master"] not in tx.keys.masters:
        raise ConfigError([_lacking(row["master"])])
    try:
        await _key_of(tx, HOUSE)
    except UnsealError:
        says = "the key file is not the one that this database was written with"
        raise ConfigError([f"{says}; put that one back"]) from None


def _lacking(master: str) -> str:
    says = f"the key file lacks {master}, which opens this database"
    advice = f"run: lantern keys put-back COPY, a copy of the key file that has {master}"
    return f"{says}; {advice}"


async def destroy_key(tx: Transaction, owner: str, *, now: Instant) -> None:
    """Make everything sealed for *owner* unreadable for ever."""
    await tx.run(_DESTROY, key=owner, now=now)
    tx.changed_keys.add(owner)
    tx.has_erased = True
    tx.cache.forget(owner)


async def seal_for(tx: Transaction, owner: str, purpose: str, value: object) -> bytes:
    """Return *value*, anything JSON can hold, sealed under the data key of *owner*."""
    return await seal_bytes_for(tx, owner, purpose, orjson.dumps(value))


async def seal_bytes_for(tx: Transaction, owner: str, purpose: str, content: bytes) -> bytes:
    """Return *content* sealed under the data key of *owner*."""
    return seal(tx.cache.recall(owner) or await _key_of(tx, owner), content, purpose)


async def open_for(tx: Transaction, owner: str, purpose: str, sealed: bytes) -> Any:  # noqa: ANN401 - it is plain JSON
    """Return the value that :func:`seal_for` sealed.

    Raises:
        UnsealError: the key was destroyed, or is not in the key file.

    """
    return orjson.loads(await open_bytes_for(tx, owner, purpose, sealed))


async def open_bytes_for(tx: Transaction, owner: str, purpose: str, sealed: bytes) -> bytes:
    """Return the bytes that :func:`seal_bytes_for` sealed.

    Raises:
        UnsealError: the key was destroyed, or is not in the key file.

    """
    remembered = tx.cache.recall(owner)
    try:
        return unseal(remembered or await _key_of(tx, owner), sealed, purpose)
    except UnsealError:
        tx.cache.forget(owner)
        if remembered is None:
            raise
    return unseal(await _key_of(tx, owner), sealed, purpose)


async def recall_many(tx: Transaction, owners: Sequence[str]) -> None:
    """Have the data keys of *owners* at hand, read with one statement."""
    unknown = [owner for owner in owners if tx.cache.recall(owner) is None]
    for some in shares(unknown):
        [rows] = await tx.together([(_find_many(size_for(len(some))), answered(some))])
        remember_many(tx, rows, owner="id")


@cache
def _find_many(size: int) -> Statement:
    keys = select(data_keys.c.id, data_keys.c.master, data_keys.c.wrapped)
    return ready(keys.where(data_keys.c.id.in_(asked(size))))


def remember_many(tx: Transaction, rows: Sequence[Row], *, owner: str) -> None:
    """Have the data keys in *rows* at hand, each that of whoever stands in the column *owner*."""
    for row in rows:
        if row["wrapped"] is not None and tx.cache.recall(row[owner]) is None:
            with suppress(UnsealError):
                tx.cache.remember(row[owner], tx.keys.unwrap(row["master"], row["wrapped"]))


async def _key_of(tx: Transaction, owner: str) -> AESGCM:
    key = tx.cache.recall(owner)
    if key is None:
        row = await tx.one(_FIND, key=owner)
        if row is None or row["wrapped"] is None:
            text = f"the data key of {owner} was destroyed"
            raise UnsealError(text)
        key = tx.cache.remember(owner, tx.keys.unwrap(row["master"], row["wrapped"]))
    return key


async def find_unreadable(tx: Transaction, note: Callable[[int, int], None]) -> tuple[int, int]:
    """Return how many data keys there are, and how many of them the key file cannot open.

    *note* is told the count so far and the whole count. Destroyed keys are passed over.
    """
    rows = await tx.all(_WRAPPED)
    unreadable = 0
    for done, row in enumerate(rows, 1):
        try:
            tx.keys.unwrap(row["master"], row["wrapped"])
        except UnsealError:
            unreadable += 1
        note(done, len(rows))
    return len(rows), unreadable
