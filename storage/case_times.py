"""When cases were opened, taken and closed: what is counted, and nothing of anybody."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, or_, select

from bot.domain.ids import Instant
from bot.domain.level import Level
from storage.database import Transaction
from storage.schema import cases
from storage.statements import ready

_TIMES = ready(
    select(
        cases.c.level,
        cases.c.opened_at,
        cases.c.acknowledged_at,
        cases.c.closed_at,
        cases.c.outcome,
    ).where(or_(cases.c.opened_at >= bindparam("since"), cases.c.closed_at >= bindparam("since")))
)


class CaseTimes(NamedTuple):
    """When a case was opened, first taken and closed, and how it ended."""

    level: Level
    opened_at: Instant
    acknowledged_at: Instant | None
    closed_at: Instant | None
    outcome: str


async def times_since(tx: Transaction, since: Instant) -> Sequence[CaseTimes]:
    """Return the times of each case that was opened or closed *since* then."""
    return [
        CaseTimes(Level(row[0]), row[1], row[2], row[3], row[4] or "")
        for row in await tx.all(_TIMES, since=since)
    ]
