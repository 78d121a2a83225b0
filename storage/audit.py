"""The audit: who saw, did and exported what, each line chained to the one before by a hash."""

import hashlib
from collections.abc import Sequence

import orjson
from sqlalchemy import bindparam, insert, select

from bot.domain.ids import Instant
from storage.database import Row, Transaction
from storage.schema import audit
from storage.statements import ready

LAST = ready(select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1))
_ADD = ready(
    insert(audit).values(
        number=bindparam("number"),
        at=bindparam("at"),
        actor=bindparam("actor"),
        action=bindparam("action"),
        subject=bindparam("subject"),
        detail=bindparam("detail"),
        hash=bindparam("hash"),
    )
)
_ALL = ready(select(audit).order_by(audit.c.number))
_HAS = ready(
    select(audit.c.number)
    .where(
        audit.c.subject == bindparam("of"),
        audit.c.actor == bindparam("by"),
        audit.c.action == bindparam("did"),
    )
    .limit(1)
)
_OF = ready(select(audit).where(audit.c.subject == bindparam("of")).order_by(audit.c.number))


async def note(
    tx: Transaction, actor: str, action: str, subject: str, *, at: Instant, **detail: object
) -> None:
    """Add a line to the audit; *detail* must hold nothing a contact wrote."""
    number, before = await _last_line(tx)
    number += 1
    text = orjson.dumps(detail, option=orjson.OPT_SORT_KEYS).decode()
    line = (number, at, actor, action, subject, text)
    digest = _hash(before, line)
    names = ("number", "at", "actor", "action", "subject", "detail")
    tx.later(_ADD, number, **dict(zip(names, line, strict=True)), hash=digest)
    tx.known.line = (number, digest)


async def _last_line(tx: Transaction) -> tuple[int, bytes]:
    """Return the number and the hash of the last line, from now on the same for nobody else."""
    if tx.known.line is None:
        await tx.take_turns()
        last = await tx.one(LAST)
        tx.known.line = (last["number"], last["hash"]) if last else (0, b"")
    return tx.known.line


async def broken_at(tx: Transaction) -> int | None:
    """Return the number of the first line that does not follow from the one before, if any."""
    before = b""
    for expected, row in enumerate(await tx.all(_ALL), 1):
        line = tuple(row)[:6]
        if row["number"] != expected or _hash(before, line) != row["hash"]:
            return expected
        before = row["hash"]
    return None


async def lines_of(tx: Transaction, subject: str) -> Sequence[Row]:
    """Return what was done with *subject*, oldest first."""
    return await tx.all(_OF, of=subject)


async def has_done(tx: Transaction, actor: str, actions: Sequence[str]) -> bool:
    """Return whether *actor* has done one of *actions* with what is their own."""
    for action in actions:
        if await tx.one(_HAS, of=actor, by=actor, did=action):
            return True
    return False


def _hash(before: bytes, line: tuple[object, ...]) -> bytes:
    return hashlib.sha256(before + orjson.dumps(line)).digest()
