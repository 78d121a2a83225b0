"""What the directory holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.directory.hours import ReadingHours
from bot.directory.return_code import CodeWords
from bot.domain.level import Level

Texts = Mapping[str, str]
"""One text for each language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Helpline:
    """An outside number, when somebody answers it, and when that was last looked at.

    ``hours`` may be empty. ``is_verified`` says that number and hours are certain, be it from
    public sources; of any other people are told to check the hours. ``tried`` is who called it
    from here and when, None if nobody has.
    """

    id: str
    number: str
    names: Texts
    what_for: Texts
    last_checked: date
    is_verified: bool
    hours: Texts = field(default_factory=dict)
    is_closed_at_night: bool = False
    tried: "Tried | None" = None
    file: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """That a helpline was called from here: when, and in which role somebody did."""

    on: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An office or a line near by, as staff wrote it down.

    ``number``, ``address`` or ``hours`` may be empty, but one of the first two is there.
    """

    id: str
    kind: str
    names: Texts
    address: Texts
    number: str
    hours: Texts
    last_checked: date
    file: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Who runs this service, and when somebody reads.

    ``safe_words`` call for help without a sign of it, one for each language; empty if there are
    none. ``costs`` says what writing here costs, which only they know; empty if they do not say.
    """

    names: Texts
    reading_hours: ReadingHours
    safe_words: Texts = field(default_factory=dict)
    costs: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Where cases wait; a case that enters is at least as pressing as ``level``."""

    id: str
    names: Texts
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute:
    """A law under its whole official name; ``as_of`` is the day its text in force was passed."""

    name: str
    as_of: date
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Everything outside the conversation that its texts may name.

    ``languages`` are those of the phrases; every name here has a text in each of them.
    """

    languages: Sequence[str]
    helplines: Mapping[str, Helpline]
    organisation: Organisation
    queues: Mapping[str, Queue]
    laws: Mapping[str, Texts]
    phrases: Mapping[str, Texts]
    code_words: CodeWords
    statutes: Mapping[str, Statute] = field(default_factory=dict)
    """The laws, by the same codes, of which it is known where to compare them."""

    sources: Mapping[str, Texts] = field(default_factory=dict)
    """Rules that are no law, by the codes under which topics name them."""

    places: Mapping[str, Place] = field(default_factory=dict)
    """Offices and lines near by; empty until staff have written some down."""
