"""Which master key wraps which data keys, and wrapping them by another one.

The data keys themselves stay as they are, so that whatever has one at hand goes on with it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select, update

from storage.database import Row, Transaction
from storage.schema import data_keys
from storage.sealing import Keys, UnsealError
from storage.statements import ready

AT_ONCE = 100
"""How many data keys are wrapped anew in one transaction: others wait for some milliseconds."""

_COUNTS = ready(
    select(data_keys.c.master, func.count(data_keys.c.wrapped)).group_by(data_keys.c.master)
)
_NEXT = ready(
    select(data_keys.c.id, data_keys.c.master, data_keys.c.wrapped)
    .where(
        data_keys.c.wrapped.is_not(None),
        data_keys.c.master != bindparam("active"),
        data_keys.c.id > bindparam("after"),
    )
    .order_by(data_keys.c.id)
    .limit(AT_ONCE)
)
_WRAP_ANEW = ready(
    update(data_keys)
    .where(data_keys.c.id == bindparam("key"), data_keys.c.wrapped == bindparam("was"))
    .values(master=bindparam("by"), wrapped=bindparam("anew"))
)
"""One that was destroyed or made anew meanwhile is left alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What became of some data keys: the ``last`` one that was looked at, how many were moved.

    ``left`` are those that stay, as their master key is missing or another one, by its id.
    """

    last: str
    moved: int
    left: Mapping[str, int]


async def count_by_master(tx: Transaction) -> Mapping[str, int]:
    """Return how many data keys each master key wraps; 0 for one that has only wrapped others."""
    return {str(master): int(count) for master, count in await tx.all(_COUNTS)}


async def move_some(tx: Transaction, after: str) -> Moved | None:
    """Wrap the next data keys behind *after* by the active master key; None if there are none."""
    rows = await tx.all(_NEXT, active=tx.keys.active, after=after)
    if not rows:
        return None
    wrapped = [_wrapped_anew(row, tx.keys) for row in rows]
    await tx.many(_WRAP_ANEW, [values for values in wrapped if values])
    left = Counter(row["master"] for row, values in zip(rows, wrapped, strict=True) if not values)
    return Moved(last=rows[-1]["id"], moved=len(rows) - left.total(), left=left)


def _wrapped_anew(row: Row, keys: Keys) -> Mapping[str, object]:
    """Return what to store for *row*; nothing if the key file does not open it."""
    try:
        data_key = keys.unwrap(row["master"], row["wrapped"])
    except UnsealError:
        return {}
    by, anew = keys.wrap_by_active(data_key)
    return {"key": row["id"], "was": row["wrapped"], "by": by, "anew": anew}
