"""What goes out on a channel."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import ClassVar

from bot.domain.ids import NEVER, AddressId, Instant, MessageId
from bot.domain.values import Value


class Urgency(IntEnum):
    """The order in which messages leave; the smaller the number, the sooner."""

    SAFETY = 1
    REPLY = 2
    ALERT = 3
    REST = 4


class Act(StrEnum):
    """What a channel is to do with a message."""

    SAY = "say"
    DELETE = "delete"
    NOTE_TAP = "note_tap"


class Button(Value, frozen=True, kw_only=True, array_like=True, gc=False):
    """One button: what it says, and what the channel hands back when it is tapped."""

    hidden: ClassVar[frozenset[str]] = frozenset({"label"})

    label: str
    data: str = ""
    url: str = ""


Buttons = tuple[tuple[Button, ...], ...]


EVERYTHING = "*"
"""Names everything that a page shows: the page is emptied."""

AWAY = "away"
"""Names the page itself: it is left at once, as by its own button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One part to be sent to one address.

    For ``Act.DELETE``, ``references`` are the channel's numbers of the messages to remove;
    to a page they are ``EVERYTHING`` or ``AWAY``;
    for ``Act.NOTE_TAP``, the one number of the tap, and ``text`` the short notice, if any.
    ``is_question`` says that nothing is lost if a later question is sent in its place;
    ``is_unasked`` that it answers nothing they wrote; ``made_at`` is when it was put into the
    outbox.
    """

    id: MessageId
    channel: str
    recipient: AddressId
    address: str = field(repr=False)
    urgency: Urgency
    act: Act = Act.SAY
    text: str = field(default="", repr=False)
    buttons: Buttons = field(default=(), repr=False)
    references: tuple[str, ...] = ()
    attempts: int = 0
    is_from_person: bool = False
    is_question: bool = False
    is_unasked: bool = False
    made_at: Instant = field(default=NEVER, compare=False)
