"""A contact's place in the conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.ids import NEVER, CaseId, Instant
from bot.domain.level import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing a contact said, word for word, and the state in which they said it."""

    at: Instant
    state: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A contact's place in a flow, pinned to the release it began on.

    ``state`` is the dotted name of the question that waits, empty before the first.
    ``step`` counts the questions asked, so that a tap on an old button is known as old.
    ``calls`` are the states to come back to, innermost last; ``trail`` the questions
    answered, ``answered`` the one answered last.
    ``offered`` are the choices of a question whose choices are found at run time.
    """

    release: str
    language: str
    state: str = ""
    step: int = 0
    asked_at: Instant = NEVER
    unclear: int = 0
    calls: tuple[str, ...] = ()
    trail: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    answered: str = ""
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    said: tuple[Said, ...] = field(default=(), repr=False)
    case: CaseId | None = None
    level: Level = Level.NONE
    comforted: Level = Level.NONE
    """The most pressing level whose safety text this conversation has already heard."""

    is_passed_on: bool = False
    """Whether they have heard, since the conversation ended, that what they write is passed on."""
