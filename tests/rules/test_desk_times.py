"""The days and weeks of a worker begin at midnight where the organisation is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.console.times import Times
from bot.domain.ids import Instant


def at(text: str) -> Instant:
    return Instant(round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1_000_000))


def test_a_day_lasts_from_midnight_to_midnight_there():
    times = Times(zone=ZoneInfo("Asia/Shanghai"))

    assert times.bounds(date(2026, 11, 29)) == (at("2026-11-28 16:00"), at("2026-11-29 16:00"))


def test_a_day_on_which_clocks_change_is_as_long_as_it_is():
    since, before = Times(zone=ZoneInfo("Europe/Berlin")).bounds(date(2026, 10, 25))

    assert before - since == 25 * 3600 * 1_000_000


def test_weeks_begin_on_mondays_and_the_last_is_the_one_that_runs():
    times = Times(zone=ZoneInfo("Asia/Shanghai"))
    sunday_evening_there, monday_morning_there = at("2026-11-29 15:59"), at("2026-11-29 16:00")

    assert times.weeks(sunday_evening_there, 2) == [at("2026-11-15 16:00"), at("2026-11-22 16:00")]
    assert times.weeks(monday_morning_there, 1) == [monday_morning_there]


def test_months_begin_on_the_first_also_over_the_end_of_a_year():
    times = Times(zone=ZoneInfo("Asia/Shanghai"))
    first_of_february_there = at("2027-01-31 16:00")

    months = times.months(first_of_february_there, 3)

    assert months == [at("2026-11-30 16:00"), at("2026-12-31 16:00"), first_of_february_there]
    assert times.month(months[0], "zh_CN") == "2026年12月"
    assert times.month(months[2], "en") == "February 2027"
