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
