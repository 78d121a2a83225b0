"""From answers to a level. Whatever is missing or unclear counts as the worse case."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.domain.level import Level, worse
from bot.flow.danger import DANGER_QUESTION, SAFE

LONGEST_AGE = 2
"""Digits of an age; more are no age of a child."""

DANGER_TOLD, DANGER_UNKNOWN = "danger_told", "danger_unknown"
CHILD_TELLS, ABOUT_UNKNOWN, AGE_UNKNOWN = "child_tells", "about_unknown", "age_unknown"
ABOUT_NOT_ANSWERED = "about_not_answered"
"""What in answers, or missing among them, gives a level.

Who has told already is not asked who needs help; who was asked and skipped it left it unknown.
"""

ABOUT = "who_is_it_about"
ABOUT_THEMSELVES = ("me", "both")
_ABOUT_OTHERS = ("child", "another_child", "own_child", "relative", "pupil", "neighbour", "other")
AGE = "age"
_AGES = ("child_age", AGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why answers give *level*: *by* what, and at which *place* it was answered, if it was."""

    level: Level
    by: str
    place: str = ""


def judge(answers: Mapping[str, str], floor: Level) -> Level:
    """Return the level of a case, never less than *floor* or routine.

    *answers* maps states, plain or dotted, to what was answered. Danger now, or not a clear
    "safe", is an emergency; a child's own report is at least urgent, and so is one about a
    child whose age nobody knows.
    """
    return worse(Level.ROUTINE, floor, *(reason.level for reason in reasons_in(answers)))


def by_whom(answers: Mapping[str, str], floor: Level) -> Level:
    """Return the level that a case would have if nobody were in danger now."""
    return worse(Level.ROUTINE, floor, *(reason.level for reason in _by_whom(answers)))


def was_asked_about_danger(answers: Mapping[str, str]) -> bool:
    """Whether there is any answer about danger now: before that, answers give no level."""
    return bool(answers_to(answers, DANGER_QUESTION))


def reasons_in(answers: Mapping[str, str]) -> Iterator[Reason]:
    """Yield all that makes a case with *answers* more than routine."""
    yield from _by_danger(answers)
    yield from _by_whom(answers)


def _by_danger(answers: Mapping[str, str]) -> Iterator[Reason]:
    asked = [place for place in answers if _is_at(place, DANGER_QUESTION)]
    for place in asked:
        if answers[place] != SAFE:
            yield Reason(level=Level.EMERGENCY, by=DANGER_TOLD, place=place)
    if not asked:
        yield Reason(level=Level.EMERGENCY, by=DANGER_UNKNOWN)


def _by_whom(answers: Mapping[str, str]) -> Iterator[Reason]:
    given = set(answers_to(answers, ABOUT))
    tells = bool(given & set(ABOUT_THEMSELVES))
    if tells:
        yield Reason(level=Level.URGENT, by=CHILD_TELLS)
    elif not given:
        yield Reason(level=Level.URGENT, by=ABOUT_NOT_ANSWERED)
    elif given - set(_ABOUT_OTHERS):
        yield Reason(level=Level.URGENT, by=ABOUT_UNKNOWN)
    if not tells and not ages_in(answers):
        yield Reason(level=Level.URGENT, by=AGE_UNKNOWN)


def ages_in(answers: Mapping[str, str]) -> tuple[int, ...]:
    """Return every age of a child that was answered."""
    given = (answer for name in _AGES for answer in answers_to(answers, name))
    return tuple(
        int(answer) for answer in given if answer.isdecimal() and len(answer) <= LONGEST_AGE
    )


def answers_to(answers: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return every answer to *name*, in whichever flow it was asked."""
    return tuple(answer for place, answer in answers.items() if _is_at(place, name))


def _is_at(place: str, name: str) -> bool:
    return place.rpartition(".")[2] == name
