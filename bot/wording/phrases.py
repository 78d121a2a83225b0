"""Times and numbers as people of a language say them."""

from datetime import UTC, datetime, timedelta, tzinfo
from gettext import NullTranslations

from babel.dates import format_date, format_datetime, format_time, format_timedelta
from babel.numbers import format_decimal

from bot.domain.ids import SECOND, Instant

_JUST_NOW = timedelta(minutes=1)


def say_date(at: Instant, *, language: str, zone: tzinfo) -> str:
    """Return the day of *at*: "Nov 23, 2026", "2026年11月23日"."""
    return format_date(_moment(at, zone), "medium", locale=language)


def say_time(at: Instant, *, language: str, zone: tzinfo) -> str:
    """Return the time of day of *at* in 24 hours: "18:05"."""
    return format_time(_moment(at, zone), "HH:mm", locale=language)


def say_moment(at: Instant, *, language: str, zone: tzinfo) -> str:
    """Return the day and time of *at*."""
    day = say_date(at, language=language, zone=zone)
    return f"{day} {say_time(at, language=language, zone=zone)}"


def say_weekday(at: Instant, *, language: str, zone: tzinfo) -> str:
    """Return the day of the week of *at*: "Monday", "星期一"."""
    return format_datetime(_moment(at, zone), "EEEE", locale=language)


def say_duration(duration: timedelta, *, language: str) -> str:
    """Return *duration* in its largest unit: "2 hours", "2小时"."""
    return format_timedelta(duration, locale=language, threshold=1)


def say_ago(
    at: Instant, now: Instant, *, language: str, translations: NullTranslations | None = None
) -> str:
    """Return how far *at* lies from *now*: "2 hours ago", "in 2 hours", "2小时前"."""
    distance = timedelta(microseconds=at - now)
    if abs(distance) < _JUST_NOW:
        return (translations or NullTranslations()).pgettext("time", "just now")
    return format_timedelta(distance, locale=language, threshold=1, add_direction=True)


def say_number(number: float, *, language: str) -> str:
    """Return *number* with the separators of *language*: "1,234.5"."""
    return format_decimal(number, locale=language)


def _moment(at: Instant, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at / SECOND, UTC).astimezone(zone)
