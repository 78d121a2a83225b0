"""When something may be sent unasked: once a day, by the local clock, and never at night."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.directory.hours import Daily
from bot.domain.ids import Instant
from bot.learning.model import Hours, Series

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def day_of(moment: Instant, zone: ZoneInfo) -> int:
    """Return the number of the local day in which *moment* lies."""
    return _local(moment, zone).date().toordinal()


def next_daily(hours: Hours, series: Series, moment: Instant, zone: ZoneInfo) -> Instant:
    """Return when *series* is sent next after *moment*."""
    return _every_day(hours.at[series]).after(moment, zone)


def is_silent(hours: Hours, moment: Instant, zone: ZoneInfo) -> bool:
    """Return whether nothing may be sent at *moment*."""
    clock = _local(moment, zone).time()
    return not hours.silent_until <= clock < hours.silent_from


def when_awake(hours: Hours, moment: Instant, zone: ZoneInfo) -> Instant:
    """Return *moment*, or if that lies in the silent hours, when they end."""
    if not is_silent(hours, moment, zone):
        return moment
    return _every_day(hours.silent_until).shown_after(moment, zone)


def _every_day(at: time) -> Daily:
    return Daily(first=0, last=6, at=at)


def _local(moment: Instant, zone: ZoneInfo) -> datetime:
    return (_EPOCH + timedelta(microseconds=moment)).astimezone(zone)
