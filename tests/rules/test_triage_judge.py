"""From answers and signals to a level."""

import pytest

from bot.domain.level import Level
from bot.domain.signal import Signal
from bot.triage.judge import judge

E, U, R = Level.EMERGENCY, Level.URGENT, Level.ROUTINE
OTHER = {"in_danger": "safe", "who_is_it_about": "child", "child_age": "12"}


def signal(category, level):
    return Signal(rule="r", category=category, level=level, reason="", rules_version="v", words="x")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, E),
        ({"in_danger": "danger"}, E),
        ({**OTHER, "in_danger": "unsure"}, E),
        ({**OTHER, "in_danger": "skipped"}, E),
        ({**OTHER, "in_danger": ""}, E),
        ({"in_danger": "safe"}, U),
        ({"in_danger": "safe", "who_is_it_about": "me"}, U),
        ({"in_danger": "safe", "who_is_it_about": "both", "age": "15"}, U),
        ({"in_danger": "safe", "who_is_it_about": "skipped", "age": "15"}, U),
        (OTHER, R),
        ({**OTHER, "child_age": "skipped"}, U),
        ({**OTHER, "child_age": "9" * 5000}, U),
        ({**OTHER, "child_age": "8"}, R),
        ({**OTHER, "child_age": "7"}, U),
        ({"in_danger": "safe", "who_is_it_about": "me", "age": "7"}, E),
        ({"a.in_danger": "safe", "a.who_is_it_about": "neighbour", "a.age": "12"}, R),
        ({**OTHER, "a.in_danger": "danger"}, E),
        ({"in_danger": "danger", "who_is_it_about": "child", "child_age": "3"}, E),
    ],
)
def test_whatever_is_missing_or_unclear_counts_as_the_worse_case(answers, expected):
    assert judge(answers, ()) == expected


@pytest.mark.parametrize("level", [E, U, R])
def test_a_case_is_never_less_than_its_signals_or_its_floor(level):
    assert judge(OTHER, [signal("bullying", level)]) == level
    assert judge(OTHER, level) == level
    assert judge(OTHER, (), level) == level


def test_anything_sexual_counts_more_under_fourteen():
    assert judge(OTHER, [signal("sexual_abuse", U)]) == E
    assert judge({**OTHER, "child_age": "14"}, [signal("sexual_abuse", U)]) == U
    assert judge({**OTHER, "child_age": "skipped"}, [signal("sexual_abuse", U)]) == U
