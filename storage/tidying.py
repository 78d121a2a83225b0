"""Dropping what nobody will ask for again."""

from sqlalchemy import Column, bindparam, delete, select

from bot.domain.ids import DAY, Instant
from storage import alarm, case_log, inbox, sign_ups, tokens
from storage.database import Transaction
from storage.schema import outbox
from storage.statements import Statement, ready

_SIGN_UPS_KEPT = 30 * DAY
"""How long after an activity it is known who had signed up for it; the counts stay."""

_TESTS_KEPT = 90 * DAY
"""Tests of the alarm name nobody but workers, and show over months who answers."""

AT_ONCE = 1_000
"""How much is dropped in one transaction: whoever writes meanwhile waits for it."""


def _dropping(at: Column[int]) -> Statement:
    some = select(outbox.c.id).where(at < bindparam("before")).order_by(at)
    return ready(delete(outbox).where(outbox.c.id.in_(some.limit(bindparam("most")))))


_DROPS = (
    _dropping(outbox.c.sent_at),
    _dropping(outbox.c.failed_at),
)


async def forget(tx: Transaction, *, before: Instant, most: int = AT_ONCE) -> bool:
    """Drop some of what was over before *before*; return whether there may be more.

    That is: messages delivered or given up; numbers of updates; ended tokens; and files that
    never came to belong to a case. Tests of the alarm are kept for longer. What a page has not
    come for stays: it may be a worker's answer, and a child may come back weeks later.
    """
    dropped = [await tx.run(statement, before=before, most=most) for statement in _DROPS]
    dropped.append(await inbox.forget(tx, before=before, most=most))
    await tokens.forget_tokens(tx, before=before)
    await case_log.forget_staged(tx, before=before)
    await sign_ups.forget(tx, before=Instant(before - _SIGN_UPS_KEPT))
    await alarm.forget(tx, before=Instant(before - _TESTS_KEPT))
    has_more = max(dropped) >= most
    tx.has_erased = tx.has_erased or not has_more
    return has_more
