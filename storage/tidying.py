"""Dropping what nobody will ask for again."""

from sqlalchemy import bindparam, delete

from bot.domain.ids import DAY, Instant
from storage import alarm, case_log, inbox, tokens
from storage.database import Transaction
from storage.schema import PULLED, outbox
from storage.statements import ready

_TESTS_KEPT = 90 * DAY
"""Tests of the alarm name nobody but workers, and show over months who answers."""

_DROP = ready(delete(outbox).where(outbox.c.sent_at < bindparam("before")))
_DROP_FAILED = ready(delete(outbox).where(outbox.c.failed_at < bindparam("before")))
_DROP_UNFETCHED = ready(
    delete(outbox).where(
        outbox.c.sent_at.is_(None),
        outbox.c.channel == PULLED,
        outbox.c.made_at < bindparam("before"),
    )
)


async def forget(tx: Transaction, *, before: Instant) -> None:
    """Drop what was over before *before*.

    That is: messages delivered, given up, or not come for; numbers of updates; ended tokens;
    and files that never came to belong to a case. Tests of the alarm are kept for longer.
    """
    for statement in (_DROP, _DROP_FAILED, _DROP_UNFETCHED):
        await tx.run(statement, before=before)
    await inbox.forget(tx, before=before)
    await tokens.forget_tokens(tx, before=before)
    await case_log.forget_staged(tx, before=before)
    await alarm.forget(tx, before=Instant(before - _TESTS_KEPT))
