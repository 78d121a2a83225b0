"""What workers are handed to look at."""

from dataclasses import dataclass, field

from bot.desk.grounds import Ground, Judged
from bot.domain.alarm import AlarmTest, Break
from bot.domain.case import NOT_DUE, Decided, Entry, Status, runs
from bot.domain.ids import CaseId, Instant, WorkerId
from bot.domain.level import Level
from bot.domain.modifier import Modifier
from bot.domain.signal import Signal
from bot.domain.worker import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another case, opened before or, if ``is_later``, after it.

    It ``is_theirs`` if it is of the same contact, ``is_linked`` if a worker noted that it is about
    the same child; else it was only written from the same phone.
    """

    id: CaseId
    code: str
    level: Level
    closed_at: Instant | None
    about: tuple[str, ...] = ()
    is_later: bool = False
    is_theirs: bool = True
    is_linked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case as the queue shows it: nothing in it was written by a contact.

    ``since`` is when it became the turn of staff, ``about`` in a few keys what it is about, the
    most pressing first; ``raised`` is what made it one level more pressing than that, ``earlier``
    the code of the contact's case before, ``who`` and ``language`` are the contact's. They are
    empty where only the case itself was read. ``may_take_over`` says that its owner was called in
    vain, so that whoever looks may take it over; ``is_left_unread`` if that was to read it, and not
    to answer or decide. ``look_by`` is until when its owner must decide what follows, or look at it
    again, on a day that somebody chose if ``is_look_chosen``.
    """

    id: CaseId
    code: str
    queue: str
    level: Level
    status: str
    owner: WorkerId | None
    owner_name: str
    opened_at: Instant
    due_at: Instant
    since: Instant
    unread: int
    version: int
    is_acknowledged: bool
    is_closed: bool = False
    closed_at: Instant | None = None
    outcome: str = ""
    about: tuple[str, ...] = ()
    who: str = ""
    language: str = ""
    raised: tuple[Modifier, ...] = ()
    earlier: str = ""
    may_take_over: bool = False
    is_left_unread: bool = False
    look_by: Instant = NOT_DUE
    is_look_chosen: bool = False

    @property
    def has_clock(self) -> bool:
        """Whether staff have to act by ``due_at``."""
        return runs(Status(self.status), self.due_at)

    @property
    def is_waiting(self) -> bool:
        """Whether the contact has to act now, so that no clock runs."""
        return self.status == Status.WAITING.value and not self.is_closed


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many cases are open, and whose.

    ``emergencies`` and ``urgent`` ring at the desk: nobody has them, or, as ``unread`` of both
    together, somebody has and something new in them has not been read; ``unread_emergencies`` are
    the emergencies among the latter.
    """

    all: int
    unclaimed: int
    mine: int
    emergencies: int
    urgent: int
    unread: int = 0
    unread_emergencies: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """Everything known about a case; ``earlier`` entries of its log are left out.

    What Lantern said and what was tapped stands between what was said, and does not count.

    ``safe_to_reply`` is ``ok``, ``sometimes`` with the times behind it, ``not_ok``,
    ``refused`` in words of their own, ``skipped``, ``asked`` without an answer that was
    understood, or empty when it was not asked yet.
    ``grounds`` are the answers that made it so pressing, ``judged`` how a colleague set the level
    last. ``has_left`` says that they chose to leave and their page was emptied,
    ``may_be_taken`` says that somebody else seems to have taken their phone,
    ``may_be_another`` that somebody wrote since they left, or that they had all erased, and the
    code was not typed there, ``knows_code`` that they were told the code to come back with.
    ``words`` is how many messages and files of the contact there are, by which it is known later
    whether whoever looks now has seen them all.
    ``is_noted`` says that a worker noted whether it is safe to reply, ``may_note_safe`` that
    nothing they answered themselves speaks against noting that it is.
    ``asked_to_erase`` says that they asked for what they told to be erased and have not come back,
    ``had_before`` says that whoever looks had it, and may not have it again; to the workers of
    ``passed_over`` they may not hand it over either. ``decided`` is what was noted last of what
    follows, ``is_answered`` says that a worker has written to them.
    """

    line: CaseLine
    entries: tuple[Entry, ...] = field(repr=False)
    signals: tuple[Signal, ...] = field(repr=False)
    answers: tuple[tuple[str, str], ...] = field(repr=False)
    language: str
    who: str = field(repr=False)
    safe_to_reply: str = field(repr=False)
    help_arrived: str
    channel: str
    can_reach: bool
    modifiers: tuple[Modifier, ...] = ()
    is_quiet: bool = False
    earlier: int = 0
    words: int = 0
    grounds: tuple[Ground, ...] = ()
    judged: Judged | None = None
    related: tuple[Related, ...] = ()
    has_left: bool = False
    may_be_another: bool = False
    may_be_taken: bool = False
    knows_code: bool = True
    is_noted: bool = False
    had_before: bool = False
    passed_over: frozenset[WorkerId] = frozenset()
    asked_to_erase: bool = False
    may_note_safe: bool = True
    decided: Decided | None = field(default=None, repr=False)
    is_answered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A worker at the desk, the value of their cookie, and what their forms must carry."""

    worker: Worker
    session: str = field(repr=False)
    csrf: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmLine:
    """How the alarm reaches one worker: by the last test, and when they last answered any."""

    name: str
    taken_at: Instant | None
    has_address: bool
    answered_at: Instant | None
    is_silent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmView:
    """How the alarm path stands: *broken* is None while alerts reach people.

    *must_answer* says that the last test waits for this worker; *lines* are for supervisors.
    """

    broken: Break | None
    test: AlarmTest | None
    must_answer: bool
    lines: tuple[AlarmLine, ...] = ()
