"""Times and durations as a worker reads them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from babel.dates import format_date, format_skeleton, format_time
from babel.units import format_unit

from bot.domain.ids import DAY, HOUR, MINUTE, Instant

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNBROKEN = "\N{NO-BREAK SPACE}"
UNITS = (("duration-day", DAY), ("duration-hour", HOUR), ("duration-minute", MINUTE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Writes times in the organisation's time zone, in a worker's language."""

    zone: tzinfo

    def clock(self, at: Instant, now: Instant, language: str) -> str:
        """Return the hour and minute of *at*, with its date if that is not today's."""
        moment, today = self._local(at), self._local(now)
        if moment.date() == today.date():
            return format_time(moment, "HH:mm", locale=language)
        return self.day_and_clock(at, language)

    def day_and_clock(self, at: Instant, language: str) -> str:
        """Return the date, hour and minute of *at*."""
        hour = format_time(self._local(at), "HH:mm", locale=language)
        return f"{self.day(at, language)} {hour}"

    def exact(self, at: Instant) -> str:
        """Return *at* as machines read it: ISO 8601 with the offset, to the second."""
        return self._local(at).isoformat(timespec="seconds")

    def weeks(self, now: Instant, count: int) -> list[Instant]:
        """Return when the last *count* weeks began, on Mondays, that of *now* the last."""
        today = self._local(now).date()
        monday = today - timedelta(days=today.weekday())
        return [self._midnight(monday - timedelta(weeks=ago)) for ago in reversed(range(count))]

    def months(self, now: Instant, count: int) -> list[Instant]:
        """Return when the last *count* months began, that of *now* the last."""
        today = self._local(now).date()
        months = [today.year * 12 + today.month - 1 - ago for ago in reversed(range(count))]
        return [self._midnight(date(month // 12, month % 12 + 1, 1)) for month in months]

    def month(self, at: Instant, language: str) -> str:
        """Return the month and year of *at*."""
        return format_skeleton("yMMMM", self._local(at), locale=language)

    def day(self, at: Instant, language: str) -> str:
        """Return the date of *at*."""
        return format_date(self._local(at), "medium", locale=language)

    def bounds(self, day: date) -> tuple[Instant, Instant]:
        """Return when *day* begins, and when the next one does."""
        return self._midnight(day), self._midnight(day + timedelta(days=1))

    def typed(self, at: Instant) -> str:
        """Return *at* as a field for date and time holds it."""
        return self._local(at).strftime("%Y-%m-%dT%H:%M")

    def moment(self, typed: str) -> Instant:
        """Return the moment that a field for date and time holds.

        Raises:
            ValueError: it holds none.

        """
        return _instant(datetime.fromisoformat(typed).replace(tzinfo=self.zone))

    def _midnight(self, day: date) -> Instant:
        return _instant(datetime.combine(day, time(), tzinfo=self.zone))

    def _local(self, at: Instant) -> datetime:
        return (EPOCH + timedelta(microseconds=at)).astimezone(self.zone)


def _instant(moment: datetime) -> Instant:
    return Instant((moment - EPOCH) // timedelta(microseconds=1))


def length(span: int, language: str) -> str:
    """Return *span* (microseconds) in its two largest units, never less than a minute.

    A number and its unit are not parted at the end of a line.
    """
    rest = max(abs(span), MINUTE)
    parts: list[tuple[int, str]] = []
    for unit, size in UNITS:
        count, rest = divmod(rest, size)
        if count or parts:
            parts.append((count, unit))
    return " ".join(
        format_unit(count, unit, length="short", locale=language).replace(" ", _UNBROKEN)
        for count, unit in parts[:2]
        if count
    )
