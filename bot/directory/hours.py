"""The hours when people read what is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.expression import expression
from bot.domain.ids import Instant

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = "|".join(DAYS)
TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
MIDNIGHT = "24:00"
LINE = expression(
    rf"(?P<first>{DAY})(?:-(?P<last>{DAY}))? (?P<opens>{TIME})-(?P<closes>{TIME}|{MIDNIGHT})"
)
OFF = "off"
_DAILY = expression(rf"(?:(?P<first>{DAY})(?:-(?P<last>{DAY}))? )?(?P<at>{TIME})")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The same hours on each day from *first* to *last* (Monday is 0); ``time.max`` is midnight."""

    first: int
    last: int
    opens: time
    closes: time

    def includes(self, moment: datetime) -> bool:
        """Return whether *moment*, in the organisation's own time, falls into these hours."""
        is_day = self.first <= moment.weekday() <= self.last
        now = moment.time()
        return is_day and self.opens <= now and (now < self.closes or self.closes == time.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """Once on each day from *first* to *last* (Monday is 0), *at* a time of day."""

    first: int
    last: int
    at: time

    def after(self, moment: Instant, zone: ZoneInfo) -> Instant:
        """Return when it is next after *moment*, by the clocks of *zone*; never twice on a day."""
        return next(turns[0] for turns in self._turns(moment, zone) if turns[0] > moment)

    def shown_after(self, moment: Instant, zone: ZoneInfo) -> Instant:
        """Return when clocks of *zone* show it next after *moment*; where they go back, twice."""
        return next(turn for turns in self._turns(moment, zone) for turn in turns if turn > moment)

    def _turns(self, moment: Instant, zone: ZoneInfo) -> Iterator[tuple[Instant, Instant]]:
        """Yield the first and the last time on each of its days, from that of *moment* on."""
        today = _by_clocks(moment, zone).date()
        for day in (today + timedelta(days=ahead) for ahead in range(len(DAYS) + 1)):
            if self.first <= day.weekday() <= self.last:
                shown = datetime.combine(day, self.at, tzinfo=zone)
                first, again = _instant(shown), _instant(shown.replace(fold=1))
                yield first, max(first, again)


def _by_clocks(moment: Instant, zone: ZoneInfo) -> datetime:
    return (EPOCH + timedelta(microseconds=moment)).astimezone(zone)


def _instant(shown: datetime) -> Instant:
    """Return when it is *shown*: two times of one zone cannot be compared where clocks go back."""
    return Instant((shown - EPOCH) // timedelta(microseconds=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingHours:
    """When people read, in the time zone where they work."""

    openings: Sequence[Opening]
    zone: ZoneInfo

    def includes(self, at: Instant) -> bool:
        """Return whether somebody reads at *at*."""
        moment = _by_clocks(at, self.zone)
        return any(opening.includes(moment) for opening in self.openings)

    def next_after(self, at: Instant) -> Instant | None:
        """Return when somebody begins to read after *at*, None if nobody ever does."""
        begins = (Daily(first=each.first, last=each.last, at=each.opens) for each in self.openings)
        return min((begin.shown_after(at, self.zone) for begin in begins), default=None)


EVERY_MORNING = Daily(first=0, last=6, at=time(8, 30))


def read_heartbeat(value: object) -> object:
    """Return what ``08:30``, ``mon-fri 08:30`` or ``off`` (None) says; no text is left as it is.

    Raises:
        ValueError: the text is none of these.

    """
    if not isinstance(value, str):
        return value
    if value.strip().lower() == OFF:
        return None
    found = _DAILY.fullmatch(value.strip().lower())
    first, last = (found["first"], found["last"]) if found else (None, None)
    days = DAYS.index(first or DAYS[0]), DAYS.index(last or first or DAYS[-1])
    if not found or days[0] > days[1]:
        text = 'is no time of day such as "08:30" or "mon-fri 08:30", and not "off"'
        raise ValueError(text)
    return Daily(first=days[0], last=days[1], at=time.fromisoformat(found["at"]))


def read_opening(line: str) -> Opening | None:
    """Return what a line like ``mon-fri 09:00-18:00`` says, None if it is not such a line."""
    found = LINE.fullmatch(line)
    if not found:
        return None
    first, last = found["first"], found["last"] or found["first"]
    opens = time.fromisoformat(found["opens"])
    is_late = found["closes"] == MIDNIGHT
    closes = time.max if is_late else time.fromisoformat(found["closes"])
    if DAYS.index(first) > DAYS.index(last) or opens >= closes:
        return None
    return Opening(first=DAYS.index(first), last=DAYS.index(last), opens=opens, closes=closes)
