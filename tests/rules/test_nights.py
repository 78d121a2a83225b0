"""At night nobody is called for what is routine; a day when nobody reads has a night as well."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.directory.hours import EPOCH, ReadingHours, read_opening
from bot.domain.ids import Instant

KAILI = ZoneInfo("Asia/Shanghai")


def instant(text):
    return Instant(
        int((datetime.fromisoformat(text).replace(tzinfo=KAILI) - EPOCH).total_seconds())
        * 1_000_000
    )


def hours(*lines):
    return ReadingHours(openings=tuple(map(read_opening, lines)), zone=KAILI)


OFFICE = hours("mon-fri 09:00-18:00")
SPLIT = hours("mon-fri 09:00-12:00", "mon-fri 14:00-18:00")
ALL_DAY = hours("mon-sun 00:00-24:00")


@pytest.mark.parametrize(
    ("which", "at", "ends"),
    [
        (OFFICE, "2026-11-27 17:59", None),
        (OFFICE, "2026-11-27 18:00", "2026-11-28 09:00"),  # Friday, then Saturday
        (OFFICE, "2026-11-28 08:59", "2026-11-28 09:00"),
        (OFFICE, "2026-11-28 09:00", None),
        (OFFICE, "2026-11-28 20:00", "2026-11-29 09:00"),
        (SPLIT, "2026-11-27 12:30", "2026-11-27 14:00"),
        (SPLIT, "2026-11-27 23:30", "2026-11-28 09:00"),
        (ALL_DAY, "2026-11-28 03:00", None),
        (hours(), "2026-11-28 03:00", None),
    ],
)
def test_a_night_ends_when_reading_would_begin_on_any_day(which, at, ends):
    assert which.night_ends(instant(at)) == (instant(ends) if ends else None)
