"""At night nobody is called for what is routine; evenings and weekends are no night."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.directory.hours import EPOCH, ReadingHours, read_opening
from bot.domain.ids import Instant
from bot.learning.model import Hours
from bot.watch.night import night_ends

KAILI = ZoneInfo("Asia/Shanghai")


def instant(text):
    return Instant(
        int((datetime.fromisoformat(text).replace(tzinfo=KAILI) - EPOCH).total_seconds())
        * 1_000_000
    )


def hours(*lines):
    return ReadingHours(openings=tuple(map(read_opening, lines)), zone=KAILI)


SILENT = Hours(at={}, silent_from=time(21), silent_until=time(8))
OFFICE = hours("mon-fri 09:00-18:00")
SPLIT = hours("mon-fri 09:00-12:00", "mon-fri 14:00-18:00")
SHORT = hours("mon-fri 10:00-12:00")
ONCE = hours("tue 14:00-17:00")
LATE = hours("mon-fri 18:00-23:00")
EARLY = hours("mon-fri 06:30-12:00")
ALL_DAY = hours("mon-sun 00:00-24:00")
NEVER = hours()


@pytest.mark.parametrize(
    ("which", "at", "ends"),
    [
        (OFFICE, "2026-11-27 20:59", None),
        (OFFICE, "2026-11-27 21:00", "2026-11-28 08:00"),  # Friday, then Saturday
        (OFFICE, "2026-11-28 07:59", "2026-11-28 08:00"),
        (OFFICE, "2026-11-28 08:00", None),
        (OFFICE, "2026-11-28 22:00", "2026-11-29 08:00"),
        (SPLIT, "2026-11-27 12:30", None),
        (SPLIT, "2026-11-27 23:30", "2026-11-28 08:00"),
        (SHORT, "2026-11-30 15:00", None),
        (SHORT, "2026-11-30 19:00", None),
        (SHORT, "2026-11-30 23:00", "2026-12-01 08:00"),
        (ONCE, "2026-12-01 19:00", None),
        (ONCE, "2026-12-05 03:00", "2026-12-05 08:00"),
        (LATE, "2026-11-27 22:00", None),
        (LATE, "2026-11-27 23:00", "2026-11-28 08:00"),
        (EARLY, "2026-11-27 03:00", "2026-11-27 06:30"),
        (EARLY, "2026-11-28 03:00", "2026-11-28 08:00"),
        (ALL_DAY, "2026-11-28 03:00", None),
        (NEVER, "2026-11-28 03:00", "2026-11-28 08:00"),
        (NEVER, "2026-11-28 12:00", None),
    ],
)
def test_a_night_is_when_nothing_is_sent_unasked_and_nobody_reads(which, at, ends):
    assert night_ends(SILENT, which, instant(at)) == (instant(ends) if ends else None)
