"""From answers to a level."""

import pytest

from bot.domain.level import Level
from bot.triage.judge import (
    ABOUT_NOT_ANSWERED,
    ABOUT_UNKNOWN,
    AGE_UNKNOWN,
    CHILD_TELLS,
    DANGER_TOLD,
    DANGER_UNKNOWN,
    by_whom,
    judge,
    reasons_in,
)

E, U, R = Level.EMERGENCY, Level.URGENT, Level.ROUTINE
OTHER = {"in_danger": "safe", "who_is_it_about": "child", "child_age": "12"}


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
        ({**OTHER, "child_age": "7"}, R),
        ({"in_danger": "safe", "who_is_it_about": "me", "age": "7"}, U),
        ({"a.in_danger": "safe", "a.who_is_it_about": "neighbour", "a.age": "12"}, R),
        ({**OTHER, "a.in_danger": "danger"}, E),
        ({"in_danger": "danger", "who_is_it_about": "child", "child_age": "3"}, E),
    ],
)
def test_whatever_is_missing_or_unclear_counts_as_the_worse_case(answers, expected):
    assert judge(answers, Level.NONE) == expected

    assert judge(answers, Level.NONE) == min((r.level for r in reasons_in(answers)), default=R)


@pytest.mark.parametrize(
    ("answers", "reasons"),
    [
        ({}, [(DANGER_UNKNOWN, ""), (ABOUT_NOT_ANSWERED, ""), (AGE_UNKNOWN, "")]),
        (OTHER, []),
        ({**OTHER, "in_danger": "unsure"}, [(DANGER_TOLD, "in_danger")]),
        ({**OTHER, "a.in_danger": "danger"}, [(DANGER_TOLD, "a.in_danger")]),
        ({**OTHER, "who_is_it_about": "skipped"}, [(ABOUT_UNKNOWN, "")]),
        ({**OTHER, "who_is_it_about": "me", "child_age": ""}, [(CHILD_TELLS, "")]),
        ({**OTHER, "child_age": ""}, [(AGE_UNKNOWN, "")]),
    ],
)
def test_every_reason_for_a_level_has_a_name(answers, reasons):
    assert [(reason.by, reason.place) for reason in reasons_in(answers)] == reasons


@pytest.mark.parametrize("level", [E, U, R])
def test_a_case_is_never_less_than_its_floor(level):
    assert judge(OTHER, level) == level


def test_what_is_said_about_danger_is_left_out_where_only_the_rest_counts():
    assert by_whom({**OTHER, "in_danger": "danger"}, Level.NONE) == R
    assert by_whom({"in_danger": "danger"}, Level.NONE) == U
