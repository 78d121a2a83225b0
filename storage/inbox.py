"""What has been taken in already, and what had to be set aside."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, insert, select, tuple_
from sqlalchemy.dialects.postgresql import insert as insert_or_not

from bot.domain.ids import Instant, new_id
from bot.domain.update import Update
from storage import data_keys
from storage.database import Transaction
from storage.schema import inbox, incoming, set_aside, tries
from storage.statements import ready

_PURPOSE = "set aside"
_DESK = "desk"
_NOBODY = "nobody"
"""A channel that there is not."""

_NOTE = ready(
    insert_or_not(inbox)
    .values(
        channel=bindparam("channel"), update_id=bindparam("update_id"), taken_at=bindparam("now")
    )
    .on_conflict_do_nothing()
)
_UNNOTE = ready(
    delete(inbox).where(
        inbox.c.channel == bindparam("channel"), inbox.c.update_id == bindparam("update_id")
    )
)
_OLD = (
    select(inbox.c.channel, inbox.c.update_id)
    .where(inbox.c.taken_at < bindparam("before"))
    .order_by(inbox.c.taken_at)
    .limit(bindparam("most"))
)
_FORGET = ready(delete(inbox).where(tuple_(inbox.c.channel, inbox.c.update_id).in_(_OLD)))
_SET_ASIDE = ready(
    insert(set_aside).values(
        id=bindparam("id"),
        channel=bindparam("channel"),
        update_id=bindparam("update_id"),
        error=bindparam("error"),
        at=bindparam("now"),
        found_by=bindparam("found_by"),
        sealed_update=bindparam("sealed"),
    )
)
_COUNT = ready(select(func.count()).select_from(set_aside))
_LIST = ready(select(set_aside).order_by(set_aside.c.id))
_FIND_ASIDE = ready(select(set_aside.c.sealed_update).where(set_aside.c.id == bindparam("aside")))
_DROP_ASIDE = ready(delete(set_aside).where(set_aside.c.found_by == bindparam("address")))
_KEEP_REFERENCE = ready(
    insert_or_not(incoming)
    .values(recipient=bindparam("recipient"), reference=bindparam("reference"), at=bindparam("now"))
    .on_conflict_do_nothing()
)
_REFERENCES = ready(
    select(incoming.c.reference).where(
        incoming.c.recipient == bindparam("recipient"), incoming.c.at > bindparam("since")
    )
)
_DROP_REFERENCES = ready(delete(incoming).where(incoming.c.recipient == bindparam("recipient")))
_FORGET_REFERENCES = ready(delete(incoming).where(incoming.c.at < bindparam("before")))
_TRY = ready(
    insert(tries).values(
        id=bindparam("id"), kind=bindparam("kind"), found_by=bindparam("who"), at=bindparam("now")
    )
)
_TRIES = ready(
    select(func.count())
    .select_from(tries)
    .where(
        tries.c.kind == bindparam("kind"),
        tries.c.found_by == bindparam("who"),
        tries.c.at > bindparam("since"),
    )
)
_DROP_TRIES = ready(
    delete(tries).where(tries.c.kind == bindparam("kind"), tries.c.found_by == bindparam("who"))
)
_FORGET_TRIES = ready(delete(tries).where(tries.c.at < bindparam("before")))


async def note(tx: Transaction, update: Update, *, now: Instant) -> bool:
    """Record *update* as taken in; return False if it already was."""
    values = {"channel": update.channel, "update_id": update.id, "now": now}
    key = (update.channel, update.id)
    if tx.ahead is not None and key in tx.ahead.asked:
        if not tx.ahead.is_new(key):
            return False
        tx.later(_NOTE, key, **values)
        return True
    return await tx.run(_NOTE, **values) == 1


async def note_form(tx: Transaction, form: str, *, now: Instant) -> bool:
    """Record that a worker's *form* was taken in; return False if just that one already was.

    Of *form*, which may hold their words, only a keyed hash is kept.
    """
    number = tx.keys.find("form", form).hex()
    return await tx.run(_NOTE, channel=_DESK, update_id=number, now=now) == 1


async def touch(tx: Transaction) -> None:
    """Write as for an update that comes in, and take it back: only to see whether that works."""
    update = new_id()
    await tx.run(_NOTE, channel=_NOBODY, update_id=update, now=0)
    await tx.run(_UNNOTE, channel=_NOBODY, update_id=update)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """One update that could not be taken in; what it holds stays sealed."""

    id: str
    channel: str
    at: Instant
    error: str


async def put_aside(
    tx: Transaction,
    channel: str,
    update_id: str,
    raw: bytes,
    *,
    error: str,
    now: Instant,
    where: str = "",
) -> None:
    """Keep an update from *where* that could not be taken in, sealed, for a person to look at."""
    sealed = await data_keys.seal_bytes_for(tx, data_keys.HOUSE, _PURPOSE, raw)
    await tx.run(
        _SET_ASIDE,
        id=new_id(),
        channel=channel,
        update_id=update_id,
        error=error,
        now=now,
        found_by=tx.keys.find(channel, where) if where else None,
        sealed=sealed,
    )


async def count_set_aside(tx: Transaction) -> int:
    """Return how many updates lie aside."""
    row = await tx.one(_COUNT)
    return int(row[0]) if row else 0


async def all_set_aside(tx: Transaction) -> Sequence[SetAside]:
    """Return what lies aside, oldest first."""
    return [
        SetAside(id=row["id"], channel=row["channel"], at=Instant(row["at"]), error=row["error"])
        for row in await tx.all(_LIST)
    ]


async def open_set_aside(tx: Transaction, aside: str) -> bytes | None:
    """Return what the update *aside* held, which may be a contact's words; None if there is none.

    Raises:
        UnsealError: the key file does not open it.

    """
    row = await tx.one(_FIND_ASIDE, aside=aside)
    if row is None:
        return None
    sealed = row["sealed_update"]
    return await data_keys.open_bytes_for(tx, data_keys.HOUSE, _PURPOSE, sealed)


async def drop_set_aside(tx: Transaction, channel: str, where: str) -> None:
    """Erase what was set aside from *where*."""
    await tx.run(_DROP_ASIDE, address=tx.keys.find(channel, where))


async def keep_reference(tx: Transaction, recipient: str, reference: str, *, now: Instant) -> None:
    """Remember the channel's number of a message that came in, so that it can be removed."""
    key = (recipient, reference)
    tx.later(_KEEP_REFERENCE, key, recipient=recipient, reference=reference, now=now)


async def references(tx: Transaction, recipient: str, *, since: Instant) -> tuple[str, ...]:
    """Return the numbers of the messages that came in from *recipient* after *since*."""
    rows = await tx.all(_REFERENCES, recipient=recipient, since=since)
    return tuple(row["reference"] for row in rows)


async def drop_references(tx: Transaction, recipient: str) -> None:
    """Forget the numbers of the messages that came in from *recipient*."""
    await tx.run(_DROP_REFERENCES, recipient=recipient)


async def note_try(tx: Transaction, kind: str, who: str, *, now: Instant) -> None:
    """Record that *who* tried something that is to be slowed, such as a return code."""
    await tx.run(_TRY, id=new_id(), kind=kind, who=tx.keys.find("try", who), now=now)


async def count_tries(tx: Transaction, kind: str, who: str, *, since: Instant) -> int:
    """Return how often *who* tried *kind* after *since*."""
    row = await tx.one(_TRIES, kind=kind, who=tx.keys.find("try", who), since=since)
    return int(row[0]) if row else 0


async def forget_tries(tx: Transaction, kind: str, who: str) -> None:
    """Forget how often *who* tried *kind*."""
    await tx.run(_DROP_TRIES, kind=kind, who=tx.keys.find("try", who))


async def forget(tx: Transaction, *, before: Instant, most: int) -> int:
    """Drop what nobody will ask for again: old references and tries, and some update numbers.

    Return how many of the numbers were dropped; *most* are at once.
    """
    dropped = await tx.run(_FORGET, before=before, most=most)
    await tx.run(_FORGET_REFERENCES, before=before)
    await tx.run(_FORGET_TRIES, before=before)
    return dropped
