"""What is sent once a day: beginning it, ending it, and how one message of it reads."""

from bot.casework.house import House
from bot.casework.learning_phrases import DAILY, END, HOW_TO_END, HOW_TO_END_ON_PAGE
from bot.casework.posting import Letter
from bot.casework.speech import Voice, phrase, word_row
from bot.domain.ids import ContactId, Instant
from bot.domain.message import Button, Urgency
from bot.domain.place import Place
from bot.learning.model import Series
from bot.learning.tell import at, lesson_text
from bot.learning.when import next_daily
from storage import subscriptions, timers
from storage.database import Transaction
from storage.outbox import PULLED
from storage.subscriptions import Subscription

END_TAP = "daily:end_"
"""How the data of the button begins that ends a series; its name stands behind."""


def timer_of(series: Series) -> str:
    """Return the kind of the timer that sends *series*; its subject is the contact."""
    return f"daily_{series}"


def following(house: House, series: Series) -> Instant:
    """Return when *series* is sent next."""
    zone = house.directory.organisation.reading_hours.zone
    return next_daily(house.learning.hours, series, house.clock(), zone)


async def begin_daily(tx: Transaction, house: House, place: Place, series: Series) -> Instant:
    """Have *series* sent to the contact at *place*; return when it first is.

    A page is sent nothing: it is told when it is opened.
    """
    due = following(house, series)
    await subscriptions.add(tx, place.contact, series, now=house.clock())
    if place.channel != PULLED:
        await timers.set_timer(tx, timer_of(series), place.contact, due_at=due, is_soon=False)
    return due


async def end_daily(tx: Transaction, contact: ContactId, series: Series) -> None:
    """Send *series* no more; that it was never sent is no fault."""
    await subscriptions.end(tx, contact, series)
    await timers.stop_timer(tx, timer_of(series), contact)


async def end_all_daily(tx: Transaction, contact: ContactId) -> None:
    """Send nothing once a day any more."""
    for series in Series:
        await end_daily(tx, contact, series)


def daily_letter(house: House, place: Place, subscription: Subscription) -> Letter:
    """Return the next of *subscription*, with the button that ends it."""
    series = Series(subscription.series)
    language = spoken_by(house, place)
    lesson = at(house.learning.sent(series), subscription.position)
    ending = HOW_TO_END_ON_PAGE if place.channel == PULLED else HOW_TO_END
    text = "\n".join(
        (
            phrase(house, language, DAILY[series]),
            lesson_text(lesson, language, house.directory),
            "",
            phrase(house, language, ending),
        )
    )
    end = Button(label=phrase(house, language, END), data=f"{END_TAP}{series}")
    release = house.releases.current
    voice = Voice(house=house, release=release, language=language, values={})
    words = ("menu",) if place.channel == PULLED else ("menu", "leave")
    return Letter(text=text, urgency=Urgency.REST, buttons=((end,), *word_row(voice, words)))


def spoken_by(house: House, place: Place) -> str:
    """Return the language in which the contact at *place* is spoken to."""
    language = place.session.language if place.session else ""
    return language if language in house.languages else house.languages[0]
