"""Releases: the flows and wordings that open sessions are pinned to."""

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from bot.domain.ids import ContactId, Instant
from storage.database import Transaction
from storage.schema import releases, sessions, waits_at_a_question
from storage.statements import ready

_IN_USE = (
    select(sessions.c.release)
    .where(waits_at_a_question, sessions.c.release == releases.c.id)
    .exists()
)
_NEW = insert(releases).values(
    id=bindparam("id"),
    first_used_at=bindparam("now"),
    used_at=bindparam("now"),
    body=bindparam("body"),
)
_KEEP = ready(
    _NEW.on_conflict_do_update(index_elements=["id"], set_={"used_at": _NEW.excluded.used_at})
)
_FIND = ready(select(releases.c.body).where(releases.c.id == bindparam("release")))
_ALL = ready(
    select(releases.c.id, releases.c.first_used_at, releases.c.used_at).order_by(
        releases.c.first_used_at, releases.c.id
    )
)
_COUNT = ready(
    select(sessions.c.release, func.count().label("count"))
    .where(waits_at_a_question)
    .group_by(sessions.c.release)
)
_ON = ready(
    select(sessions.c.contact)
    .where(
        waits_at_a_question,
        sessions.c.release == bindparam("release"),
        sessions.c.contact > bindparam("after"),
    )
    .order_by(sessions.c.contact)
    .limit(bindparam("most"))
)
_DROP = ready(delete(releases).where(releases.c.id == bindparam("release"), ~_IN_USE))
_FORGET = ready(
    delete(releases).where(
        releases.c.used_at < bindparam("before"), releases.c.id != bindparam("current"), ~_IN_USE
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A release that is kept; a Lantern last started on it at ``used_at``."""

    id: str
    first_used_at: Instant
    used_at: Instant


async def keep_release(tx: Transaction, release: str, body: object, *, now: Instant) -> None:
    """Keep *body*, anything JSON can hold, as *release*; a Lantern starts on it *now*.

    What is kept never changes.
    """
    packed = zlib.compress(orjson.dumps(body), level=9)
    await tx.run(_KEEP, id=release, now=now, body=packed)


async def find_release(tx: Transaction, release: str) -> Any:  # noqa: ANN401 - it is plain JSON
    """Return what was kept as *release*, or None.

    Raises:
        ValueError: it is damaged.

    """
    row = await tx.one(_FIND, release=release)
    try:
        return orjson.loads(zlib.decompress(row["body"])) if row else None
    except zlib.error:
        text = "the release is damaged"
        raise ValueError(text) from None


async def all_releases(tx: Transaction) -> Sequence[Kept]:
    """Return every release that is kept, the oldest first."""
    return [Kept(**dict(row)) for row in await tx.all(_ALL)]


async def count_open(tx: Transaction) -> Mapping[str, int]:
    """Return how many sessions wait at a question, by the release they are pinned to."""
    return Counter({row["release"]: row["count"] for row in await tx.all(_COUNT)})


async def open_on(
    tx: Transaction, release: str, *, after: str = "", most: int
) -> Sequence[ContactId]:
    """Return contacts who wait at a question of *release*, in the order of ids behind *after*."""
    rows = await tx.all(_ON, release=release, after=after, most=most)
    return [ContactId(row["contact"]) for row in rows]


async def drop_release(tx: Transaction, release: str) -> bool:
    """Forget *release*, unless somebody still waits at a question of it; return whether it did."""
    return await tx.run(_DROP, release=release) == 1


async def forget(tx: Transaction, *, before: Instant, current: str) -> int:
    """Forget what nobody is in and no Lantern has started on since *before*, but for *current*.

    Returns how many releases that were.
    """
    return await tx.run(_FORGET, before=before, current=current)
