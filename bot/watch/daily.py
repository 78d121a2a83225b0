"""What is sent once a day goes out: at its hour, never at night, and never into something grave."""

from collections.abc import Mapping
from typing import Final

from bot.casework.daily import daily_letter, end_daily, following, timer_of
from bot.casework.house import House
from bot.casework.posting import post
from bot.casework.unasked import is_safe_to_write, is_undisturbed, place_of
from bot.domain.ids import MINUTE, ContactId, Instant
from bot.domain.place import Place
from bot.learning.model import Series
from bot.learning.when import day_of, is_silent, when_awake
from bot.log import Action, record
from storage import subscriptions, timers
from storage.database import Transaction
from storage.subscriptions import Subscription
from storage.timers import Timer

IN_CONVERSATION = 30 * MINUTE
"""How long after their last message somebody with an open question is left alone."""

DAILY: Final[Mapping[str, Series]] = {timer_of(series): series for series in Series}
"""The kinds of timers that send a series."""


async def send_daily(tx: Transaction, house: House, timer: Timer) -> None:
    """Send what is due today, unless it was, or must not be; and set the timer of tomorrow's.

    One that is late goes out later on the same day, but not in the silent hours; one whose day
    is over is not sent twice.
    """
    series, contact = DAILY[timer.kind], ContactId(timer.subject)
    found = [each for each in await subscriptions.of(tx, contact) if each.series == series]
    place = await place_of(tx, contact)
    if not found or place is None:
        return
    if not await is_safe_to_write(tx, place):
        await end_daily(tx, contact, series)
        return
    due = _later(house, place)
    if due is None:
        await _send(tx, house, place, found[0])
        due = following(house, series)
    await timers.set_timer(tx, timer.kind, contact, due_at=due)


def _later(house: House, place: Place) -> Instant | None:
    """Return when to look again, if somebody sleeps now or is in the middle of something."""
    now, zone = house.clock(), house.directory.organisation.reading_hours.zone
    if is_silent(house.learning.hours, now, zone):
        return when_awake(house.learning.hours, now, zone)
    is_asked = place.session is not None and bool(place.session.state)
    if is_asked and now - place.spoken_at < IN_CONVERSATION:
        return Instant(now + IN_CONVERSATION)
    return None


async def _send(tx: Transaction, house: House, place: Place, subscription: Subscription) -> None:
    now = house.clock()
    today = day_of(now, house.directory.organisation.reading_hours.zone)
    if subscription.last_day >= today or await subscriptions.is_dead(tx, place.address):
        return
    if not await is_undisturbed(tx, place, now=now):
        return
    await post(tx, place, daily_letter(house, place, subscription), now=now)
    await subscriptions.move_on(tx, subscription, day=today)
    tx.once_kept(record, Action.LESSON_SENT, kind=subscription.series)
