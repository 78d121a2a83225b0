"""Which cases somebody has and lets lie: an answer, or a decision, that is overdue."""

from collections.abc import Sequence

from sqlalchemy import Column, bindparam, select

from bot.domain.case import Case
from bot.domain.ids import Instant
from storage.case_rows import CASES, read_case
from storage.database import Transaction
from storage.schema import cases, timers
from storage.statements import Statement, ready

_MOST = 500
"""So many are found at once; the others a little later."""


def _lying(due: Column[int]) -> Statement:
    """Return the open cases that somebody has, *due* by now, for which no such timer runs yet."""
    is_called = (
        select(timers.c.id)
        .where(timers.c.kind == bindparam("kind"), timers.c.subject == cases.c.id)
        .exists()
    )
    return ready(
        CASES.where(
            cases.c.closed_at.is_(None),
            cases.c.owner.is_not(None),
            due <= bindparam("now"),
            ~is_called,
        )
        .order_by(cases.c.level, due)
        .limit(_MOST)
    )


_UNANSWERED, _NOT_LOOKED_AT = _lying(cases.c.due_at), _lying(cases.c.look_by)


async def unanswered(tx: Transaction, *, now: Instant, but: str) -> Sequence[Case]:
    """Return the cases in which staff had to act by *now*, *but* those with a timer of that kind.

    The most pressing come first.
    """
    return [read_case(row) for row in await tx.all(_UNANSWERED, now=now, kind=but)]


async def not_looked_at(tx: Transaction, *, now: Instant, but: str) -> Sequence[Case]:
    """Return those in which somebody had to decide, or look again, by *now*, in the same way."""
    return [read_case(row) for row in await tx.all(_NOT_LOOKED_AT, now=now, kind=but)]
