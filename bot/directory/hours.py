"""The hours when people read what is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.ids import Instant

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = "|".join(DAYS)
TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
LINE = re.compile(rf"(?P<first>{DAY})(?:-(?P<last>{DAY}))? (?P<opens>{TIME})-(?P<closes>{TIME})")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The same hours on each day from *first* to *last* (Monday is 0)."""

    first: int
    last: int
    opens: time
    closes: time

    def includes(self, moment: datetime) -> bool:
        """Return whether *moment*, in the organisation's own time, falls into these hours."""
        is_day = self.first <= moment.weekday() <= self.last
        return is_day and self.opens <= moment.time() < self.closes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingHours:
    """When people read, in the time zone where they work."""

    openings: Sequence[Opening]
    zone: ZoneInfo

    def includes(self, at: Instant) -> bool:
        """Return whether somebody reads at *at*."""
        moment = (EPOCH + timedelta(microseconds=at)).astimezone(self.zone)
        return any(opening.includes(moment) for opening in self.openings)


def read_opening(line: str) -> Opening | None:
    """Return what a line like ``mon-fri 09:00-18:00`` says, None if it is not such a line."""
    found = LINE.fullmatch(line)
    if not found:
        return None
    first, last = found["first"], found["last"] or found["first"]
    opens, closes = time.fromisoformat(found["opens"]), time.fromisoformat(found["closes"])
    if DAYS.index(first) > DAYS.index(last) or opens >= closes:
        return None
    return Opening(first=DAYS.index(first), last=DAYS.index(last), opens=opens, closes=closes)
