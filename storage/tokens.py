"""The tokens by which workers sign in or link an address; only keyed hashes are kept."""

import secrets

from sqlalchemy import bindparam, delete, insert, select, update

from bot.domain.ids import Instant, WorkerId
from storage.database import Transaction
from storage.schema import tokens
from storage.statements import ready

_ADD_TOKEN = ready(
    insert(tokens).values(
        {name: bindparam(name) for name in ("found_by", "kind", "worker", "made_at", "ends_at")}
    )
)
_TOKEN = ready(
    select(tokens.c.worker).where(
        tokens.c.found_by == bindparam("found_by"),
        tokens.c.kind == bindparam("kind"),
        tokens.c.ends_at > bindparam("now"),
    )
)
_EXTEND = ready(
    update(tokens)
    .where(tokens.c.found_by == bindparam("token"))
    .values(ends_at=bindparam("until"), seen_at=bindparam("now"))
)
_DROP_TOKEN = ready(delete(tokens).where(tokens.c.found_by == bindparam("found_by")))
_FORGET_TOKENS = ready(delete(tokens).where(tokens.c.ends_at < bindparam("before")))
_DROP_TOKENS = ready(delete(tokens).where(tokens.c.worker == bindparam("worker")))


async def make_token(
    tx: Transaction, kind: str, worker: WorkerId | None, *, now: Instant, lasts: int
) -> str:
    """Return a new secret of *kind* for *worker*; only its keyed hash is kept."""
    token = secrets.token_urlsafe(32)
    found_by = tx.keys.find(kind, token)
    await tx.run(
        _ADD_TOKEN, found_by=found_by, kind=kind, worker=worker, made_at=now, ends_at=now + lasts
    )
    return token


async def find_token(
    tx: Transaction, kind: str, token: str, *, now: Instant
) -> tuple[bool, WorkerId | None]:
    """Return whether *token* of *kind* is good now, and whose it is."""
    row = await tx.one(_TOKEN, kind=kind, found_by=tx.keys.find(kind, token), now=now)
    return (True, row["worker"]) if row else (False, None)


async def extend_token(tx: Transaction, kind: str, token: str, *, now: Instant, until: int) -> None:
    """Let *token* last until *until*: it was used."""
    await tx.run(_EXTEND, token=tx.keys.find(kind, token), until=until, now=now)


async def drop_token(tx: Transaction, kind: str, token: str) -> None:
    """Make *token* worthless."""
    await tx.run(_DROP_TOKEN, found_by=tx.keys.find(kind, token))


async def forget_tokens(tx: Transaction, *, before: Instant) -> None:
    """Drop the tokens that ended before *before*."""
    await tx.run(_FORGET_TOKENS, before=before)


async def drop_tokens_of(tx: Transaction, worker: WorkerId) -> None:
    """Make every token of *worker* worthless."""
    await tx.run(_DROP_TOKENS, worker=worker)
