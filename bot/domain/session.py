"""A contact's place in the conversation."""

from collections.abc import Mapping
from typing import ClassVar

from bot.domain.ids import NEVER, CaseId, Instant
from bot.domain.level import Level
from bot.domain.values import Value, field, replace


class Said(Value, frozen=True, kw_only=True, array_like=True, gc=False):
    """One thing a contact said, word for word, and the state in which they said it.

    ``read_as`` is what it stands for if it was typed in pinyin, else empty.
    """

    hidden: ClassVar[frozenset[str]] = frozenset({"text", "read_as"})

    at: Instant
    state: str
    text: str
    read_as: str = ""

    @property
    def meant(self) -> str:
        """What was said, in characters also if it was typed in pinyin."""
        return self.read_as or self.text


class Heard(Value, frozen=True, kw_only=True, array_like=True, gc=False):
    """What Lantern said to a contact, by its wordings; or, with a ``state``, what they tapped."""

    hidden: ClassVar[frozenset[str]] = frozenset({"text"})

    at: Instant
    state: str
    text: str


class Session(Value, frozen=True, kw_only=True, omit_defaults=True):
    """A contact's place in a flow, pinned to the release it began on.

    ``state`` is the dotted name of the question that waits, empty before the first.
    ``step`` counts the questions asked, so that a tap on an old button is known as old.
    ``calls`` are the states to come back to, innermost last; ``trail`` the questions
    answered, ``answered`` the one answered last.
    ``offered`` are the choices of a question whose choices are found at run time, ``offers``
    what the questions about topics offered, to be offered again on the way back.
    ``question`` is what was looked for in the guidance last, in the contact's own words.
    """

    hidden: ClassVar[frozenset[str]] = frozenset(
        {"answers", "said", "heard", "told", "question", "owed"}
    )

    release: str
    language: str
    state: str = ""
    step: int = 0
    asked_at: Instant = NEVER
    unclear: int = 0
    calls: tuple[str, ...] = ()
    trail: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    offers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    question: str = ""
    kept: tuple[str, ...] = ()
    """A question whose choices were found at run time, and these, while a word's own is asked."""

    answered: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    said: tuple[Said, ...] = ()
    heard: tuple[Heard, ...] = ()
    """What was said to them and what they tapped, the last of it, while there is no case."""

    case: CaseId | None = None
    level: Level = Level.NONE
    comforted: Level = Level.NONE
    """The most pressing level whose safety text this conversation has already heard."""

    comforted_at: Instant = NEVER
    """When they heard that text."""

    warned: tuple[str, ...] = ()
    """The kinds of danger for which they have heard what to do, or that a program cannot call."""

    warned_at: Instant = NEVER
    """When danger was answered last while a worker had the conversation."""

    danger_told_at: Instant = NEVER
    """When they last answered whether anyone is in danger, or wrote that somebody is."""

    danger_steps: tuple[int, ...] = ()
    """The steps at which it was asked last whether anyone is in danger; their buttons stay true."""

    is_passed_on: bool = False
    """Whether they have heard, since the conversation ended, that what they write is passed on."""

    told_again_at: Instant = NEVER
    """When they last heard, while a worker was awaited, what is not said twice in a row.

    That harm told anew is read as well; and of danger, the first of two wordings.
    """

    late_by: int = 0
    """How long after it was written their last update was taken in, where that was long."""

    told_since: Instant = NEVER
    """When a conversation ended last, or what was told was taken back: before it, it is over."""

    busy_since: Instant = NEVER
    busy_count: int = 0
    """How many messages came since then; so many in a short time are answered together."""

    is_moved: bool = False
    """Whether what they waited for is gone, and they have not been told so since."""

    told: Mapping[str, str] = field(default_factory=dict)
    """What was told that raises nothing by itself, by its category, in the words it was told in."""

    seen: tuple[str, ...] = ()
    """The categories of the signs of risk in what was told."""

    risky_at: tuple[Instant, ...] = ()
    """When something was written that held a signal; the last few times."""

    is_last_risky: bool = False
    """Whether what they wrote or tapped last held a signal."""

    has_gone_silent: bool = False
    """Whether nothing more came after something risky, or something of their own."""

    calmed_at: Instant = NEVER
    """When words against the bot were last answered."""

    small_talk: str = ""
    """The small talk answered last, and at which step; the same is not said twice in a row."""

    is_language_offered: bool = False
    """Whether they wrote in another language amid a talk and were offered it."""

    topics_told: tuple[str, ...] = ()
    """The topics told in this conversation, each behind its language; none is told twice."""

    taken_at: Instant = NEVER
    """When somebody else seems to have taken the phone; since then nothing told is spoken of."""

    is_quiet: bool = False
    """Whether they used the safe word, and no worker has decided yet to write to them."""

    has_left: bool = False
    """Whether they left or had all erased while there was a case, and have not come back to it."""

    has_called: bool = False
    """Whether they told or asked for something since they left that a person is to look at."""

    interrupted: str = ""
    """The question at which they were when a report began that they did not ask for."""

    owed: str = ""
    """What they asked, in their own words, while something more pressing came first."""

    is_owed_amid: bool = False
    """Whether that was written amid a report, perhaps in answer to what was asked there."""

    may_correct: bool = False
    """Whether the bot spoke of what it took something for, and they have not said otherwise."""

    code_of: CaseId | None = None
    """The case whose return code they have heard."""

    sits_with: CaseId | None = None
    """The case whose code was typed here, until they left or were silent for long."""

    apart_from: CaseId | None = None
    """Another's case, whose code was typed here, to which what is told now does not belong."""

    newest: str = ""
    """The channel's number of the newest message, unless it was a way out or a return code."""

    came_from: tuple[str, ...] = ()
    """Flows of which this conversation was moved; what was answered there belongs to it."""

    @property
    def hides_case(self) -> bool:
        """Whether nothing that is said here may show that there is a case."""
        return self.is_quiet or self.has_left


def with_nothing_told(session: Session) -> Session:
    """Return *session* without what was told in it, and the way it has gone.

    The case stays as it is, and so do the answers: some of them last longer.
    """
    return replace(
        session,
        trail=(),
        said=(),
        told={},
        seen=(),
        risky_at=(),
        is_last_risky=False,
        has_gone_silent=False,
    )
