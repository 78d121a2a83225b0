"""Releases: the flows and wordings that open sessions are pinned to."""

import zlib
from typing import Any

import orjson
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert

from bot.domain.ids import Instant
from storage.database import Transaction
from storage.schema import releases
from storage.statements import ready

_KEEP = ready(
    insert(releases)
    .values(id=bindparam("id"), first_used_at=bindparam("now"), body=bindparam("body"))
    .on_conflict_do_nothing()
)
_FIND = ready(select(releases.c.body).where(releases.c.id == bindparam("release")))


async def keep_release(tx: Transaction, release: str, body: object, *, now: Instant) -> None:
    """Keep *body*, anything JSON can hold, as *release*; a kept release never changes."""
    packed = zlib.compress(orjson.dumps(body), level=9)
    await tx.run(_KEEP, id=release, now=now, body=packed)


async def find_release(tx: Transaction, release: str) -> Any:  # noqa: ANN401 - it is plain JSON
    """Return what was kept as *release*, or None."""
    row = await tx.one(_FIND, release=release)
    return orjson.loads(zlib.decompress(row["body"])) if row else None
