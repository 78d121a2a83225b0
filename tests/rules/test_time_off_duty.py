"""Of the time somebody was off duty, only the longest stretch of days excuses a silence."""

import pytest

from bot.casework.duty import longest_off
from bot.domain.ids import HOUR

OFF, ON = False, True


@pytest.mark.parametrize(
    ("changes", "since", "until", "longest"),
    [
        ([], 0, 72, 0),
        ([(0, OFF), (20, ON)], 0, 21, 0),
        ([(0, OFF), (24, ON)], 0, 25, 24),
        ([(0, OFF), (20, ON), (21, OFF), (45, ON)], 0, 46, 24),
        ([(0, OFF), (24, ON), (25, OFF), (49, ON), (50, OFF), (74, ON)], 0, 75, 24),
        ([(0, OFF), (24, ON), (25, OFF)], 0, 97, 72),
        ([(0, OFF), (2, OFF), (30, ON)], 0, 31, 30),
        ([(0, OFF), (48, ON)], 40, 50, 8),
    ],
)
def test_only_the_longest_of_the_times_off_duty_of_a_day_or_more_counts(
    changes, since, until, longest
):
    in_hours = [(at * HOUR, is_on) for at, is_on in changes]

    found = longest_off(in_hours, since=since * HOUR, until=until * HOUR)

    assert found == longest * HOUR
