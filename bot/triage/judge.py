"""From answers to a level. Whatever is missing or unclear counts as the worse case."""

from collections.abc import Mapping

from bot.domain.level import Level, worse

LONGEST_AGE = 2
"""Digits of an age; more are no age of a child."""

_ABOUT_OTHERS = ("child", "another_child", "own_child", "relative", "pupil", "neighbour", "other")
_AGES = ("child_age", "age")


def judge(answers: Mapping[str, str], floor: Level) -> Level:
    """Return the level of a case, never less than *floor* or routine.

    *answers* maps states, plain or dotted, to what was answered. Danger now, or not a clear
    "safe", is an emergency; a child's own report is at least urgent, and so is one about a
    child whose age nobody knows.
    """
    return worse(by_whom(answers, floor), _by_danger(answers))


def by_whom(answers: Mapping[str, str], floor: Level) -> Level:
    """Return the level that a case would have if nobody were in danger now."""
    return worse(Level.ROUTINE, floor, _by_whom(answers))


def _by_danger(answers: Mapping[str, str]) -> Level:
    given = answers_to(answers, "in_danger")
    return Level.NONE if given and set(given) == {"safe"} else Level.EMERGENCY


def _by_whom(answers: Mapping[str, str]) -> Level:
    given = answers_to(answers, "who_is_it_about")
    is_about_others = bool(given) and set(given) <= set(_ABOUT_OTHERS)
    return Level.ROUTINE if is_about_others and ages_in(answers) else Level.URGENT


def ages_in(answers: Mapping[str, str]) -> tuple[int, ...]:
    """Return every age of a child that was answered."""
    given = (answer for name in _AGES for answer in answers_to(answers, name))
    return tuple(
        int(answer) for answer in given if answer.isdecimal() and len(answer) <= LONGEST_AGE
    )


def answers_to(answers: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return every answer to *name*, in whichever flow it was asked."""
    return tuple(answer for place, answer in answers.items() if place.rpartition(".")[2] == name)
