"""The outbox: everything that waits to be sent, each part with its own delivery record."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from sqlalchemy import (
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.domain.ids import AddressId, Instant, MessageId, new_id
from bot.domain.message import Act, Message, Urgency
from bot.domain.values import Value
from storage import data_keys, schema
from storage.database import LEASES, Row, Transaction
from storage.next_to_send import DUE, Leased, lost_in
from storage.packing import Letter, pack_letter, unpack_letter
from storage.schema import outbox, to_send, waits
from storage.sealing import UnsealError
from storage.statements import ready

PULLED = schema.PULLED
"""The channel whose messages are fetched by the contact's page instead of being sent."""

_ADD = ready(
    insert(outbox).values(
        id=bindparam("id"),
        channel=bindparam("channel"),
        recipient=bindparam("recipient"),
        key=bindparam("key"),
        urgency=bindparam("urgency"),
        act=bindparam("act"),
        case_id=bindparam("case_id"),
        sealed_body=bindparam("sealed"),
        made_at=bindparam("now"),
        due_at=bindparam("now"),
    )
)
_LEASE = ready(
    update(outbox)
    .where(outbox.c.id == bindparam("message"))
    .values(
        leased_until=bindparam("until"),
        leased_by=bindparam("by"),
        attempts=outbox.c.attempts + 1,
    )
)
_FINISH = ready(
    update(outbox)
    .where(outbox.c.id == bindparam("message"))
    .values(sent_at=bindparam("now"), leased_until=None, reference=bindparam("reference"))
)
_POSTPONE = ready(
    update(outbox)
    .where(outbox.c.id == bindparam("message"))
    .values(due_at=bindparam("until"), leased_until=None)
)
_FAIL = ready(
    update(outbox)
    .where(outbox.c.id == bindparam("message"))
    .values(failed_at=bindparam("now"), leased_until=None)
)
_IS_WAITING = ready(select(outbox.c.id).where(waits, outbox.c.id == bindparam("message")))
_CASE = ready(
    select(outbox.c.case_id, outbox.c.key, outbox.c.act).where(outbox.c.id == bindparam("message"))
)
_SHIFT = ready(
    update(outbox)
    .where(to_send, outbox.c.due_at > bindparam("now"))
    .values(due_at=outbox.c.due_at - bindparam("by"))
)
_WAITING = ready(
    select(outbox).where(waits, outbox.c.recipient == bindparam("to")).order_by(outbox.c.id)
)
_LATEST = ready(
    select(outbox)
    .where(outbox.c.recipient == bindparam("to"), outbox.c.act == Act.SAY.value)
    .order_by(outbox.c.id.desc())
    .limit(bindparam("most"))
)
_RECEIVED = ready(
    update(outbox)
    .where(waits, outbox.c.recipient == bindparam("to"), outbox.c.id == bindparam("message"))
    .values(sent_at=bindparam("now"))
)
_SENT = ready(
    select(outbox.c.reference).where(
        outbox.c.recipient == bindparam("to"),
        outbox.c.reference != "",
        outbox.c.sent_at > bindparam("since"),
    )
)
_DROP_WAITING = ready(delete(outbox).where(waits, outbox.c.recipient == bindparam("to")))
_FORGET_REFERENCES = ready(
    update(outbox)
    .where(outbox.c.recipient == bindparam("to"), outbox.c.reference != "")
    .values(reference="")
)
_COUNTS = ready(
    select(outbox.c.urgency, func.count(), func.min(outbox.c.made_at))
    .where(to_send)
    .group_by(outbox.c.urgency)
)


class Envelope(Value, frozen=True, kw_only=True):
    """What stands outside of a letter; it is sealed under the data key of ``key``."""

    id: MessageId
    channel: str
    recipient: AddressId
    key: str
    urgency: Urgency
    act: Act = Act.SAY
    case_id: str | None = None


async def post(
    tx: Transaction, message: Message, *, key: str, now: Instant, case_id: str | None = None
) -> None:
    """Put *message* into the outbox, its contents sealed under the data key of *key*."""
    letter = Letter(
        address=message.address,
        text=message.text,
        buttons=message.buttons,
        references=message.references,
        is_from_person=message.is_from_person,
        is_question=message.is_question,
        is_unasked=message.is_unasked,
    )
    envelope = Envelope(
        id=message.id,
        channel=message.channel,
        recipient=message.recipient,
        key=key,
        urgency=message.urgency,
        act=message.act,
        case_id=case_id,
    )
    tx.touched.add(message.address)
    await post_packed(tx, envelope, pack_letter(letter), now=now)


async def post_packed(tx: Transaction, envelope: Envelope, packed: bytes, *, now: Instant) -> None:
    """Put the letter *packed* into the outbox; whoever is there should look at their address."""
    message, urgency = envelope.id, envelope.urgency
    tx.later(
        _ADD,
        message,
        id=message,
        channel=envelope.channel,
        recipient=envelope.recipient,
        key=envelope.key,
        urgency=urgency.value,
        act=envelope.act.value,
        case_id=envelope.case_id,
        sealed=await data_keys.seal_bytes_for(tx, envelope.key, "outbox", packed),
        now=now,
    )
    tx.touched.add("delivery")
    if urgency is Urgency.SAFETY:
        tx.touched.add("pressing")


async def lease_due(
    tx: Transaction,
    *,
    now: Instant,
    until: int,
    most: int = 50,
    pressing: Urgency = Urgency.REST,
) -> Leased:
    """Take the most pressing due message of each recipient, so that nobody else sends it.

    Only what is as *pressing* as that is taken. A recipient with a message under way is left
    alone: one at a time, in order. What cannot be opened is taken as well: whoever took it gives
    it up, so that it does not hold back the others, and tells of it.
    """
    await tx.take_turns(LEASES)
    rows = await tx.all(DUE, now=now, most=most, pressing=pressing.value)
    messages = await _readable(tx, rows)
    for row in rows:
        tx.later(_LEASE, row["id"], message=row["id"], until=until, by=tx.process)
    opened = {message.id for message in messages}
    unreadable = tuple(lost_in(row) for row in rows if row["id"] not in opened)
    followed = frozenset(MessageId(row["id"]) for row in rows if row["following"])
    return Leased(messages=messages, unreadable=unreadable, followed=followed)


async def shift(tx: Transaction, by: int, *, now: Instant) -> None:
    """Bring what is not due yet nearer by *by*: the clock was put back that far."""
    await tx.run(_SHIFT, by=by, now=now)


async def finish(tx: Transaction, message: MessageId, reference: str, *, now: Instant) -> bool:
    """Record that *message* was sent, and its number; return False if it was taken back."""
    return await tx.run(_FINISH, message=message, reference=reference, now=now) == 1


async def is_waiting(tx: Transaction, message: MessageId) -> bool:
    """Whether *message* is still to be sent."""
    return await tx.one(_IS_WAITING, message=message) is not None


async def case_of(tx: Transaction, message: MessageId) -> tuple[str, bool, Act]:
    """Return the id of the case of *message*, ``""`` if none, whether staff get it, and its act."""
    row = await tx.one(_CASE, message=message)
    if row is None:
        return "", False, Act.SAY
    return row["case_id"] or "", row["key"] == data_keys.HOUSE, Act(row["act"])


async def postpone(tx: Transaction, message: MessageId, *, until: int) -> None:
    """Try *message* again at *until*; what comes after it for the same recipient waits."""
    await tx.run(_POSTPONE, message=message, until=until)


async def fail(tx: Transaction, message: MessageId, *, now: Instant) -> None:
    """Record that *message* will never arrive."""
    await tx.run(_FAIL, message=message, now=now)


async def waiting_for(tx: Transaction, recipient: AddressId) -> Sequence[Message]:
    """Return what waits for *recipient*, oldest first."""
    return await _readable(tx, await tx.all(_WAITING, to=recipient))


async def latest_for(tx: Transaction, recipient: AddressId, *, most: int) -> Sequence[Message]:
    """Return the last things said to *recipient*, at most so many, the oldest first."""
    rows = await tx.all(_LATEST, to=recipient, most=most)
    return await _readable(tx, rows[::-1])


async def note_received(
    tx: Transaction, recipient: AddressId, messages: Iterable[str], *, now: Instant
) -> None:
    """Record that *recipient* has these *messages*, and no other, whatever their ids are."""
    for message in messages:
        await tx.run(_RECEIVED, to=recipient, message=message, now=now)


async def sent_references(
    tx: Transaction, recipient: AddressId, *, since: Instant
) -> tuple[str, ...]:
    """Return the channel's numbers of what was sent to *recipient* after *since*."""
    rows = await tx.all(_SENT, to=recipient, since=since)
    return tuple(row["reference"] for row in rows)


async def drop_waiting(tx: Transaction, recipient: AddressId) -> None:
    """Take back everything that still waits for *recipient*, and forget what was sent."""
    await tx.run(_DROP_WAITING, to=recipient)
    await tx.run(_FORGET_REFERENCES, to=recipient)


async def count_waiting(tx: Transaction) -> dict[Urgency, tuple[int, Instant]]:
    """Return, for each urgency, how many messages are to be sent and since when the oldest is."""
    rows = await tx.all(_COUNTS)
    return {Urgency(row[0]): (row[1], Instant(row[2])) for row in rows}


async def _readable(tx: Transaction, rows: Sequence[Row]) -> tuple[Message, ...]:
    """Return the messages in *rows*, but what cannot be opened, or is in no known form."""
    messages = []
    for row in rows:
        with suppress(UnsealError, ValueError):
            messages.append(await _message(tx, row))
    return tuple(messages)


async def _message(tx: Transaction, row: Row) -> Message:
    packed = await data_keys.open_bytes_for(tx, row["key"], "outbox", row["sealed_body"])
    letter = unpack_letter(packed)
    return Message(
        id=MessageId(row["id"]),
        channel=row["channel"],
        recipient=AddressId(row["recipient"]),
        address=letter.address,
        urgency=Urgency(row["urgency"]),
        act=Act(row["act"]),
        text=letter.text,
        buttons=letter.buttons,
        references=letter.references,
        attempts=row["attempts"],
        is_from_person=letter.is_from_person,
        is_question=letter.is_question,
        is_unasked=letter.is_unasked,
        made_at=Instant(row["made_at"]),
    )


def new_message_id() -> MessageId:
    """Return an id for a message; ids sort in the order in which they were made."""
    return MessageId(new_id())
