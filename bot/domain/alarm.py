"""What is known about the alarm path: the way on which an alert reaches a worker."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import Instant, WorkerId


class Reason(StrEnum):
    """Why the alarm path is broken."""

    NOBODY = "nobody"
    NOT_TAKEN = "not_taken"
    NOT_ANSWERED = "not_answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Since ``began_at`` an alert reaches nobody."""

    began_at: Instant
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmTest:
    """One test of the alarm; ``asked_by`` is ``schedule``, ``operator`` or ``probe``."""

    id: str
    made_at: Instant
    asked_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What became of a test at one address; a group's (``worker`` is None) is nobody's own."""

    worker: WorkerId | None
    channel: str
    taken_at: Instant | None
    failed_at: Instant | None
    answered_at: Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How *worker* answers tests: since when they get them, and when they last answered one."""

    worker: WorkerId
    called_since: Instant
    answered_at: Instant | None
