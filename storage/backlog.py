"""What could not be sent for long: of several questions only the last one is still asked."""

from sqlalchemy import bindparam, select

from bot.domain.ids import HOUR, AddressId, Instant, MessageId
from bot.domain.message import Urgency
from storage import outbox
from storage.database import Transaction
from storage.next_to_send import Leased
from storage.schema import outbox as table
from storage.schema import waits
from storage.statements import ready

STALE = 3 * HOUR
"""After so long somebody else may hold the phone: it does not ring for questions that are over."""


_IS_ANYTHING_WAITING = ready(
    select(table.c.id).where(waits, table.c.recipient == bindparam("to")).limit(1)
)


async def is_anything_waiting(tx: Transaction, recipient: AddressId) -> bool:
    """Whether something is still to be sent to *recipient*, or to be fetched by their page."""
    return await tx.one(_IS_ANYTHING_WAITING, to=recipient) is not None


async def lease_current(
    tx: Transaction,
    *,
    now: Instant,
    until: int,
    most: int,
    pressing: Urgency = Urgency.REST,
) -> Leased:
    """Lease what is due, without the questions that a later one has made old.

    Safety texts, answers, a person's words and alerts are sent however late it is.
    """
    leased = await outbox.lease_due(tx, now=now, until=until, most=most, pressing=pressing)
    folded: set[MessageId] = set()
    for message in leased.messages:
        if message.is_question and now - message.made_at > STALE:
            folded |= await _fold(tx, message.recipient, now=now)
    if not folded:
        return leased
    current = tuple(message for message in leased.messages if message.id not in folded)
    following = await lease_current(tx, now=now, until=until, most=len(folded), pressing=pressing)
    return Leased(
        messages=(*current, *following.messages),
        unreadable=(*leased.unreadable, *following.unreadable),
        followed=leased.followed | following.followed,
    )


async def _fold(tx: Transaction, recipient: AddressId, *, now: Instant) -> set[MessageId]:
    waiting = await outbox.waiting_for(tx, recipient)
    asked = [m.id for m in waiting if m.is_question and m.urgency is Urgency.REPLY]
    for message in asked[:-1]:
        await outbox.fail(tx, message, now=now)
    return set(asked[:-1])
