"""From answers and signals to a level. Whatever is missing or unclear counts as the worse case."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.level import Level, worse
from bot.domain.signal import Signal
from bot.triage.rules import SEXUAL
from bot.triage.signals import level_of

YOUNG = 8
"""Under this age every case counts one level more."""

CHILD_IN_LAW = 14
"""Under this age anything sexual counts one level more."""

LONGEST_AGE = 2
"""Digits of an age; more are no age of a child."""

_ABOUT_OTHERS = ("child", "another_child", "own_child", "relative", "pupil", "neighbour", "other")
_AGES = ("child_age", "age")


def judge(
    answers: Mapping[str, str], signals: Sequence[Signal] | Level, floor: Level = Level.NONE
) -> Level:
    """Return the level of a case, never less than *floor*, the signals' level or routine.

    *answers* maps states, plain or dotted, to what was answered. Danger now, or not a clear
    "safe", is an emergency; a child's own report is at least urgent, and so is one about a
    child whose age nobody knows. A young child raises the level; an unknown age lowers none.
    """
    seen = signals if isinstance(signals, Level) else level_of(signals)
    level = worse(Level.ROUTINE, floor, seen, _by_danger(answers), _by_whom(answers))
    if _is_young(_ages(answers), signals):
        return Level(max(Level.EMERGENCY, level - 1))
    return level


def _by_danger(answers: Mapping[str, str]) -> Level:
    given = _given(answers, "in_danger")
    return Level.NONE if given and set(given) == {"safe"} else Level.EMERGENCY


def _by_whom(answers: Mapping[str, str]) -> Level:
    given = _given(answers, "who_is_it_about")
    is_about_others = bool(given) and set(given) <= set(_ABOUT_OTHERS)
    return Level.ROUTINE if is_about_others and _ages(answers) else Level.URGENT


def _is_young(ages: Sequence[int], signals: Sequence[Signal] | Level) -> bool:
    youngest = min(ages, default=CHILD_IN_LAW)
    is_sexual = not isinstance(signals, Level) and _is_sexual(signals)
    return youngest < (CHILD_IN_LAW if is_sexual else YOUNG)


def _is_sexual(signals: Iterable[Signal]) -> bool:
    return any(signal.category in SEXUAL for signal in signals)


def _ages(answers: Mapping[str, str]) -> tuple[int, ...]:
    given = (answer for name in _AGES for answer in _given(answers, name))
    return tuple(
        int(answer) for answer in given if answer.isdecimal() and len(answer) <= LONGEST_AGE
    )


def _given(answers: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return every answer to *name*, in whichever flow it was asked."""
    return tuple(answer for place, answer in answers.items() if place.rpartition(".")[2] == name)
