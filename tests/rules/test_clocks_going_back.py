"""Where clocks go back, nothing that is next lies in the past, nor is it missed."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.directory.hours import EPOCH, Daily, ReadingHours, read_opening
from bot.domain.ids import Instant
from bot.learning.model import Hours
from bot.learning.when import when_awake

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = ReadingHours(openings=(read_opening("mon-sun 02:30-18:00"),), zone=BERLIN)
HEARTBEAT = Daily(first=0, last=6, at=time(2, 30))


def utc(text):
    return Instant((datetime.fromisoformat(f"{text}+00:00") - EPOCH) // timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("at", "begins", "rings"),
    [
        ("2026-10-25 00:10", "2026-10-25 00:30", "2026-10-25 00:30"),  # 02:10, the first time
        ("2026-10-25 01:10", "2026-10-25 01:30", "2026-10-26 01:30"),  # 02:10, the second time
        ("2026-10-25 01:30", "2026-10-26 01:30", "2026-10-26 01:30"),
        ("2026-03-29 00:30", "2026-03-29 01:30", "2026-03-29 01:30"),  # there is no 02:30
    ],
)
def test_who_reads_begins_each_time_it_is_shown_and_a_heartbeat_is_once_a_day(at, begins, rings):
    assert HOURS.next_after(utc(at)) == utc(begins)
    assert HEARTBEAT.after(utc(at), BERLIN) == utc(rings)


def test_a_silence_ends_also_when_its_end_is_shown_a_second_time():
    silent = Hours(at={}, silent_from=time(21), silent_until=time(2, 30))
    assert when_awake(silent, utc("2026-10-25 01:10"), BERLIN) == utc("2026-10-25 01:30")
