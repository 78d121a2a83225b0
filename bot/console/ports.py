"""What the pages ask of the desk, and the values that it hands back."""

from dataclasses import dataclass, field
from typing import Protocol

from bot.domain.ids import CaseId, Instant, WorkerId
from bot.domain.level import Level
from bot.domain.signal import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Somebody of the staff; *role* is ``worker``, ``supervisor`` or ``director``."""

    id: WorkerId
    name: str
    role: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A worker at the desk, the value of their cookie, and what their forms must carry."""

    worker: Worker
    session: str = field(repr=False)
    csrf: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case as the queue shows it: nothing in it was written by a contact."""

    id: CaseId
    code: str
    queue: str
    level: Level
    status: str
    owner: WorkerId | None
    owner_name: str
    opened_at: Instant
    due_at: Instant
    unread: int
    version: int
    is_acknowledged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing in a case's log.

    *kind* is ``said`` (the contact), ``told`` (the bot), ``worker`` (an answer), ``note``,
    ``file`` or ``status``; *state* is how far an answer has come.
    """

    id: str
    at: Instant
    kind: str
    author: str
    state: str
    text: str = field(repr=False)
    file_id: str = ""
    media_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """Everything known about a case."""

    line: CaseLine
    entries: tuple[Entry, ...] = field(repr=False)
    signals: tuple[Signal, ...] = field(repr=False)
    answers: tuple[tuple[str, str], ...] = field(repr=False)
    language: str
    who: str = field(repr=False)
    safe_to_reply: str = field(repr=False)
    channel: str
    can_reach: bool


class Desk(Protocol):
    """What workers do. Raises NotAllowedError and ConflictError."""

    async def queue(self, worker: Worker) -> tuple[CaseLine, ...]:
        """Return the open cases that *worker* may see, the most pressing first."""

    async def read(self, worker: Worker, case: CaseId) -> CaseFile:
        """Return the case; every view is recorded."""

    async def claim(self, worker: Worker, case: CaseId) -> CaseLine:
        """Make *worker* the owner of a case that has none."""

    async def release(self, worker: Worker, case: CaseId, *, version: int) -> CaseLine:
        """Put the case back into its queue."""

    async def answer(self, worker: Worker, case: CaseId, text: str, *, version: int) -> CaseLine:
        """Send *text* to the contact."""

    async def note(self, worker: Worker, case: CaseId, text: str) -> CaseLine:
        """Add what only staff see."""

    async def hand_over(
        self, worker: Worker, case: CaseId, *, to: WorkerId, summary: str, version: int
    ) -> CaseLine:
        """Make *to* the owner, with a *summary* of what they must know."""

    async def close(
        self, worker: Worker, case: CaseId, *, outcome: str, reason: str, version: int
    ) -> CaseLine:
        """Close the case for good, with its *outcome* and *reason*."""

    async def set_level(
        self, worker: Worker, case: CaseId, level: Level, *, reason: str, version: int
    ) -> CaseLine:
        """Change how pressing the case is; lowering needs a *reason*."""

    async def reopen(self, worker: Worker, case: CaseId, *, version: int) -> CaseLine:
        """Open a closed case again."""

    async def file(self, worker: Worker, case: CaseId, file_id: str) -> tuple[str, bytes]:
        """Return the media type and the content of a file of the case."""

    async def workers(self) -> tuple[Worker, ...]:
        """Return everybody who can own a case."""


class Staff(Protocol):
    """Who is at the desk."""

    async def sign_in(self, token: str) -> SignedIn | None:
        """Use up a one-time link; None if it was used or is too old."""

    async def who_is(self, session: str) -> SignedIn | None:
        """Return who is signed in with *session*, or None."""

    async def name_of(self, token: str) -> str:
        """Return whose link it is, without using it up; ``""`` if nobody's."""

    async def sign_out(self, session: str) -> None:
        """End the session."""


class Bell(Protocol):
    """Says when something at the desk has changed."""

    async def wait(self, seconds: float) -> bool:
        """Wait until something changed; False if *seconds* went by."""
