"""Whether something besides signals and answers makes a case one level more pressing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.level import Level
from bot.domain.modifier import Modifier
from bot.domain.signal import Signal
from bot.triage.judge import ages_in, answers_to


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """What decides; one of these is enough, and what is empty decides nothing."""

    age_under: int = 0
    answered: Mapping[str, frozenset[str]] = field(default_factory=dict)
    told: str = ""
    came_within: timedelta = timedelta()
    risky_texts: int = 0
    within: timedelta = timedelta()
    went_silent: bool = False
    outside_hours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: which levels rise by one, when, and why."""

    id: str
    raises: frozenset[Level]
    when: When
    reasons: Mapping[str, str]
    categories: frozenset[str] = frozenset()
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Modifiers:
    """The table."""

    rows: tuple[Row, ...]

    @property
    def came_within(self) -> timedelta:
        """The longest time after which a contact still counts as coming again."""
        return max((row.when.came_within for row in self.rows), default=timedelta())


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known around a case.

    ``told`` maps a category of context to the words it was told in, ``risky`` says how long before
    the latest text with a signal each of them came, and ``came_before`` how long ago the contact's
    last other case opened.
    """

    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    signals: Sequence[Signal] = ()
    told: Mapping[str, str] = field(default_factory=dict, repr=False)
    risky: Sequence[timedelta] = ()
    came_before: timedelta | None = None
    has_gone_silent: bool = False
    is_outside_hours: bool = False


def modifiers_of(table: Modifiers, level: Level, known: Circumstances) -> tuple[Modifier, ...]:
    """Return what raises *level*; nothing raises an emergency."""
    return tuple(
        Modifier(id=row.id, reason=_reason(row), words=known.told.get(row.when.told, ""))
        for row in table.rows
        if level in row.raises and _is_about(row, known) and any(_fits(row.when, known))
    )


def _is_about(row: Row, known: Circumstances) -> bool:
    seen = {signal.category for signal in known.signals}
    return not row.categories or not row.categories.isdisjoint(seen)


def _fits(when: When, known: Circumstances) -> Iterator[bool]:
    """Yield whether each of what decides is so; all but answers need a signal beside them."""
    yield any(age < when.age_under for age in ages_in(known.answers))
    for question, wanted in when.answered.items():
        yield not wanted.isdisjoint(answers_to(known.answers, question))
    if known.signals:
        yield when.told in known.told
        yield known.came_before is not None and known.came_before < when.came_within
        yield when.went_silent and known.has_gone_silent
        yield when.outside_hours and known.is_outside_hours
        yield _is_repeated(when, known.risky)


def _is_repeated(when: When, risky: Sequence[timedelta]) -> bool:
    """Whether so many of the *risky* texts came within the time that they may be apart."""
    return bool(when.risky_texts) and sum(ago <= when.within for ago in risky) >= when.risky_texts


def _reason(row: Row) -> str:
    return "\n".join(f"{language}: {text}" for language, text in row.reasons.items())
