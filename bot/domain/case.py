"""A case: what a worker must look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.ids import AddressId, CaseId, ContactId, Instant, WorkerId
from bot.domain.level import Level
from bot.domain.modifier import Modifier
from bot.domain.signal import Signal

NOT_DUE = Instant(2**62)
"""When a case is due in which the contact has to act: behind all others."""


class Status(StrEnum):
    """How far a case has come."""

    NEW = "new"
    ALERTED = "alerted"
    CLAIMED = "claimed"
    WAITING = "waiting"
    REFERRED = "referred"
    CLOSED = "closed"
    REOPENED = "reopened"


class EntryKind(StrEnum):
    """What one line of a case's log is."""

    SAID = "said"
    TOLD = "told"
    TAPPED = "tapped"
    WORKER = "worker"
    NOTE = "note"
    FILE = "file"
    STATUS = "status"


ASKED = "asked"
"""What is known of whether it is safe to write to them while that question waits.

Lantern writes nothing of its own accord then, and a worker is asked before an answer is sent.
"""

OK = "ok"
"""That it is safe to write to them, at any time."""

AT_TIMES = "sometimes"
"""Writing to them is safe at the times they tell, and kept so."""

NOT_OK = "not_ok"
"""That it is not safe to write to them, as they chose it."""

REFUSED = "refused"
"""What is known of that where words of their own were taken for a no; a worker may correct it."""


COMPLAINED = "talk_to_a_person.complaint"
"""Where it stands among the answers that they complain about us, or about one of our workers."""

TOLD = "told"
"""How its value begins once a supervisor was reached, and not only tried."""

OF_OWNER = "_of_owner"
"""How its value ends if a worker had the case then: only supervisors see it marked so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided about a case, why, and the name of the worker who noted it."""

    by: str
    decision: str
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBody:
    """What a case keeps sealed, besides its log.

    ``modifiers`` are what made it more pressing than its signals and answers alone.
    ``is_settled`` says that a supervisor has judged all that was known: only what is new raises.
    ``is_quiet`` says that they used the safe word and nothing has been written to them since.
    ``answered_safety`` is what they had answered themselves about writing to them when a worker
    noted what they said of it, None if nobody did; until they answer otherwise, the note counts.
    ``linked`` are the cases of which a worker noted that they are about the same child,
    ``decided`` is what was decided last.
    """

    code: tuple[int, ...] = field(default=(), repr=False)
    language: str = ""
    who: str = ""
    safe_to_reply: str = field(default="", repr=False)
    help_arrived: str = ""
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    signals: tuple[Signal, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
    is_settled: bool = False
    is_quiet: bool = False
    answered_safety: str | None = field(default=None, repr=False)
    linked: tuple[CaseId, ...] = ()
    decided: Decided | None = None


def runs(status: Status, due_at: Instant) -> bool:
    """Whether the clock of a case runs: it does not while its contact is awaited."""
    return status is not Status.WAITING and due_at != NOT_DUE


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case as it stands. ``version`` grows with every change.

    ``due_at`` is until when staff must act, :data:`NOT_DUE` while the contact is awaited;
    ``look_by`` until when they must decide what follows, or, once they did, look at it again:
    ``is_look_chosen`` says that somebody chose that day.
    """

    id: CaseId
    number: int
    contact: ContactId
    address: AddressId | None
    queue: str
    level: Level
    status: Status
    owner: WorkerId | None
    owner_name: str
    opened_at: Instant
    due_at: Instant
    acknowledged_at: Instant | None
    closed_at: Instant | None
    outcome: str
    rung: int
    unread: int
    may_write: bool
    version: int
    look_by: Instant = NOT_DUE
    is_look_chosen: bool = False

    @property
    def code(self) -> str:
        """The number staff call the case by; it opens nothing."""
        return f"L-{self.number:04d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a case's log: never changed, never removed."""

    id: str
    at: Instant
    kind: EntryKind
    author: str = ""
    state: str = ""
    text: str = field(default="", repr=False)
    file_id: str = ""
    media_type: str = ""
