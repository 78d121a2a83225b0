"""What is to be sent next: for each recipient one message, the most pressing."""

from dataclasses import dataclass

from sqlalchemy import Subquery, bindparam, func, literal_column, select

from bot.domain.ids import MessageId
from bot.domain.message import Message, Urgency
from storage.database import Row
from storage.schema import PULLED, outbox, to_send
from storage.statements import ready

_other = outbox.alias("other")


def _first_of_each_recipient() -> Subquery:
    """Select what is next for each recipient who has nothing under way: the most pressing.

    Only columns of the index of what waits are ranked, so that what was sent costs nothing.
    """
    rank = func.row_number().over(
        partition_by=outbox.c.recipient, order_by=(outbox.c.urgency, outbox.c.id)
    )
    following = func.lead(outbox.c.id).over(
        partition_by=outbox.c.recipient, order_by=(outbox.c.urgency, outbox.c.id)
    )
    under_way = select(_other.c.recipient).where(
        _other.c.sent_at.is_(None),
        _other.c.failed_at.is_(None),
        _other.c.channel != literal_column(f"'{PULLED}'"),
        _other.c.leased_until > bindparam("now"),
    )
    ranked = (
        select(outbox.c.id, outbox.c.due_at, rank.label("place"), following.label("following"))
        .where(
            to_send,
            outbox.c.urgency <= bindparam("pressing"),
            outbox.c.recipient.not_in(under_way),
        )
        .subquery()
    )
    first = select(ranked.c.id, ranked.c.due_at, ranked.c.following).where(ranked.c.place == 1)
    return first.subquery("first")


_first = _first_of_each_recipient()
DUE = ready(
    select(outbox, _first.c.following)
    .join(_first, _first.c.id == outbox.c.id)
    .where(_first.c.due_at <= bindparam("now"))
    .order_by(outbox.c.urgency, outbox.c.id)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A message that cannot be opened."""

    id: MessageId
    channel: str
    urgency: Urgency


def lost_in(row: Row) -> Lost:
    """Return the message in *row* as far as it is not sealed."""
    urgency = Urgency(row["urgency"])
    return Lost(id=MessageId(row["id"]), channel=row["channel"], urgency=urgency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leased:
    """What to send now, and what cannot be opened and is to be given up.

    ``followed`` are those after which more waits for the same recipient.
    """

    messages: tuple[Message, ...]
    unreadable: tuple[Lost, ...]
    followed: frozenset[MessageId] = frozenset()
