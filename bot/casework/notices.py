"""What whoever signed up is told: a reminder, that they moved up, that something has changed."""

from bot.casework.daily import spoken_by
from bot.casework.house import House
from bot.casework.learning_phrases import (
    ACTIVITY,
    AUDIENCES,
    CANNOT_COME,
    HAS_PLACE,
    IS_WAITING,
    NEWS,
    NO_PLACES_LEFT,
    PLACES_LEFT,
    REMINDER,
)
from bot.casework.phrases import Phrase
from bot.casework.posting import Letter, post
from bot.casework.speech import phrase
from bot.casework.unasked import is_safe_to_write, is_undisturbed, must_be_quiet, place_of
from bot.domain.activity import Activity, News, SignUp, Stage, Standing
from bot.domain.ids import DAY, HOUR, Instant, SignUpId
from bot.domain.message import Button, Urgency
from bot.domain.place import Place
from bot.learning.when import when_awake
from bot.wording.phrases import say_moment, say_weekday
from storage import activities, sign_ups, timers
from storage.database import Transaction
from storage.timers import Timer

REMIND = "remind_activity"
"""The timer that reminds of an activity; its subject is the sign-up."""

TELL = "tell_sign_up"
"""The timer that tells what has changed; its subject is the sign-up."""

CANCEL_TAP = "come:not_"
"""How the data of the button begins that gives a place back; the sign-up stands behind."""

BEFORE = DAY
"""How long before an activity people are reminded."""

_LOOK_AGAIN = HOUR
"""How long after the safe word it is looked again whether a worker has decided."""


def activity_text(house: House, activity: Activity, language: str) -> str:
    """Return what families are told of *activity*: what, for whom, when and where."""
    plan, zone = activity.plan, house.directory.organisation.reading_hours.zone
    text = phrase(
        house,
        language,
        ACTIVITY,
        title=plan.title,
        audience=phrase(house, language, AUDIENCES[plan.audience]),
        weekday=say_weekday(plan.starts_at, language=language, zone=zone),
        when=say_moment(plan.starts_at, language=language, zone=zone),
        venue=plan.venue,
    )
    return f"{text}\n{plan.details}" if plan.details else text


def _places_text(house: House, activity: Activity, language: str) -> str:
    """Return how many places of *activity* are left."""
    if activity.left <= 0:
        return phrase(house, language, NO_PLACES_LEFT)
    return phrase(house, language, PLACES_LEFT, count=activity.left)


def standing_text(house: House, sign_up: SignUp | None, activity: Activity, language: str) -> str:
    """Return how they stand who have signed up, or how many places are left for who has not."""
    if sign_up is None or sign_up.standing is Standing.CANCELLED:
        return _places_text(house, activity, language)
    words = HAS_PLACE if sign_up.standing is Standing.COMING else IS_WAITING
    return phrase(house, language, words, people=sign_up.people)


def cancel_button(house: House, language: str, sign_up: SignUpId) -> Button:
    """Return the button that gives the place of *sign_up* back with one tap."""
    return Button(label=phrase(house, language, CANNOT_COME), data=f"{CANCEL_TAP}{sign_up}")


async def set_reminder(tx: Transaction, house: House, sign_up: SignUp, activity: Activity) -> None:
    """Have them reminded a day before, if they may be written to and that is still to come."""
    due = _awake(house, Instant(activity.plan.starts_at - BEFORE))
    if sign_up.may_write and due > house.clock():
        await timers.set_timer(tx, REMIND, sign_up.id, due_at=due, is_soon=False)
    else:
        await timers.stop_timer(tx, REMIND, sign_up.id)


async def tell(
    tx: Transaction, house: House, sign_up: SignUp, activity: Activity, news: News
) -> None:
    """Have them told *news*, by day; at once if by day it would be too late.

    Whoever has not been told yet that they moved up is told that, with the activity as it is then.
    """
    if not sign_up.may_write:
        return
    now = house.clock()
    awake = _awake(house, now)
    if not (news is News.CHANGED and sign_up.news is News.MOVED_UP):
        await sign_ups.set_news(tx, sign_up.id, news)
    due = awake if awake < activity.plan.starts_at else now
    await timers.set_timer(tx, TELL, sign_up.id, due_at=due)


async def untell(tx: Transaction, sign_up: SignUp) -> None:
    """Tell them nothing more about *sign_up*."""
    await timers.stop_timer(tx, REMIND, sign_up.id)
    await timers.stop_timer(tx, TELL, sign_up.id)


async def remind_of_activity(tx: Transaction, house: House, timer: Timer) -> None:
    """Remind whoever is coming, unless it is night or something graver goes on."""
    found = await _open(tx, timer)
    if found is None:
        return
    sign_up, activity = found
    now = house.clock()
    if sign_up.standing is not Standing.COMING or not activity.is_open(now):
        return
    if (awake := _awake(house, now)) > now:
        await timers.set_timer(tx, REMIND, sign_up.id, due_at=awake)
        return
    place = await _place(tx, sign_up)
    if place is not None and await is_undisturbed(tx, place, now=now):
        await _write(tx, house, sign_up, activity, REMINDER)


async def tell_sign_up(tx: Transaction, house: House, timer: Timer) -> None:
    """Tell whoever signed up what has changed since; after the safe word, once a worker decided."""
    found = await _open(tx, timer)
    if found is None or found[0].news is News.NONE or found[0].standing is Standing.CANCELLED:
        return
    sign_up, activity = found
    now = house.clock()
    place = await _place(tx, sign_up)
    if place is not None and await must_be_quiet(tx, place) and not activity.has_begun(now):
        due = _awake(house, Instant(now + _LOOK_AGAIN))
        await timers.set_timer(tx, TELL, sign_up.id, due_at=due, is_soon=False)
        return
    await sign_ups.set_news(tx, sign_up.id, News.NONE)
    await _write(tx, house, sign_up, activity, NEWS[sign_up.news])


async def _open(tx: Transaction, timer: Timer) -> tuple[SignUp, Activity] | None:
    sign_up = await sign_ups.find(tx, SignUpId(timer.subject))
    if sign_up is None or not sign_up.can_be_told:
        return None
    return sign_up, await activities.find(tx, sign_up.activity)


async def place_to_tell(tx: Transaction, sign_up: SignUp) -> Place | None:
    """Return where they are told what changes; None if they are not, wherever they are."""
    place = await _place(tx, sign_up) if sign_up.can_be_told else None
    if place is None or await must_be_quiet(tx, place) or not await is_safe_to_write(tx, place):
        return None
    return place


async def _write(
    tx: Transaction, house: House, sign_up: SignUp, activity: Activity, words: Phrase
) -> None:
    place = await place_to_tell(tx, sign_up)
    if place is None:
        return
    language = spoken_by(house, place)
    text = phrase(house, language, words, activity=activity_text(house, activity, language))
    is_off = activity.stage is Stage.CANCELLED
    buttons = () if is_off else ((cancel_button(house, language, sign_up.id),),)
    letter = Letter(text=text, urgency=Urgency.REST, buttons=buttons)
    await post(tx, place, letter, now=house.clock())


async def _place(tx: Transaction, sign_up: SignUp) -> Place | None:
    return await place_of(tx, sign_up.contact) if sign_up.contact else None


def _awake(house: House, moment: Instant) -> Instant:
    zone = house.directory.organisation.reading_hours.zone
    return when_awake(house.learning.hours, moment, zone)
