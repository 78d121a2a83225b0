"""Where a contact is: their address, their session, and who owns the conversation."""

from enum import StrEnum
from typing import ClassVar

from bot.domain.ids import AddressId, CaseId, ContactId, Instant
from bot.domain.session import Session
from bot.domain.values import Value


class OwnerKind(StrEnum):
    """Who may speak in a conversation."""

    BOT = "bot"
    QUEUE = "queue"
    WORKER = "worker"


class Place(Value, frozen=True, kw_only=True):
    """A contact at one of their addresses.

    ``session`` is None before the first message. ``case`` is the open case that is answered here,
    if any, and ``case_opened_at`` when the contact's newest was opened, be it closed.
    ``spoken_at`` is when this contact was last heard of before now, ``silence_at`` when their
    silence is next looked at. ``is_current`` says that they used no other address since, and
    that what is sent to this one arrives as far as is known; ``is_dead`` that nothing does.
    """

    hidden: ClassVar[frozenset[str]] = frozenset({"where"})

    contact: ContactId
    address: AddressId
    channel: str
    where: str
    spoken_at: Instant
    owner_kind: OwnerKind = OwnerKind.BOT
    owner: str = ""
    lease_until: Instant | None = None
    session: Session | None = None
    case: CaseId | None = None
    case_opened_at: Instant | None = None
    silence_at: Instant | None = None
    is_current: bool = False
    is_dead: bool = False

    def is_owned_by_worker(self, now: Instant) -> bool:
        """Whether a worker owns the conversation and has not let the lease run out."""
        if self.owner_kind is not OwnerKind.WORKER:
            return False
        return self.lease_until is not None and self.lease_until > now
