"""Dropping what nobody will ask for again."""

from sqlalchemy import Column, ColumnElement, bindparam, delete, select

from bot.domain.ids import DAY, Instant
from storage import alarm, case_log, inbox, sign_ups, tokens
from storage.database import Transaction
from storage.schema import outbox, to_fetch
from storage.statements import Statement, ready

_SIGN_UPS_KEPT = 30 * DAY
"""How long after an activity it is known who had signed up for it; the counts stay."""

_TESTS_KEPT = 90 * DAY
"""Tests of the alarm name nobody but workers, and show over months who answers."""

AT_ONCE = 1_000
"""How much is dropped in one transaction: whoever writes meanwhile waits for it."""


def _dropping(at: Column[int], *conditions: ColumnElement[bool]) -> Statement:
    some = select(outbox.c.id).where(at < bindparam("before"), *conditions).order_by(at)
    return ready(delete(outbox).where(outbox.c.id.in_(some.limit(bindparam("most")))))


_DROPS = (
    _dropping(outbox.c.sent_at),
    _dropping(outbox.c.failed_at),
    _dropping(outbox.c.made_at, to_fetch),
)


async def forget(tx: Transaction, *, before: Instant, most: int = AT_ONCE) -> bool:
    """Drop some of what was over before *before*; return whether there may be more.

    That is: messages delivered, given up, or not come for; numbers of updates; ended tokens;
    and files that never came to belong to a case. Tests of the alarm are kept for longer.
    """
    dropped = [await tx.run(statement, before=before, most=most) for statement in _DROPS]
    dropped.append(await inbox.forget(tx, before=before, most=most))
    await tokens.forget_tokens(tx, before=before)
    await case_log.forget_staged(tx, before=before)
    await sign_ups.forget(tx, before=Instant(before - _SIGN_UPS_KEPT))
    await alarm.forget(tx, before=Instant(before - _TESTS_KEPT))
    return max(dropped) >= most
