"""Activities in a turn: what is coming up, signing up, and giving a place back."""

from collections.abc import Mapping, Sequence

from bot.casework.joining import MOST_PEOPLE, forget_contact, give_up, join
from bot.casework.learning_phrases import (
    COMING,
    COMING_ON_PAGE,
    GIVEN_BACK,
    WAITING,
    WAITING_ON_PAGE,
)
from bot.casework.notices import CANCEL_TAP, activity_text, cancel_button, standing_text
from bot.casework.posting import Letter, post
from bot.casework.speech import phrase
from bot.casework.unasked import is_safe_to_write
from bot.domain.activity import Activity, Audience, SignUp, Standing
from bot.domain.errors import NotAllowedError
from bot.domain.ids import ActivityId, SignUpId
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.engine.reply import Outcome
from bot.engine.walk import WHO
from bot.flow.model import SKIPPED
from bot.intake.learning import Deed
from bot.intake.talk import Talk
from storage import activities, sign_ups
from storage.outbox import PULLED

SHOWN = 10
"""How many activities are offered at once."""

_KIND = "activity:"
_ADULTS = frozenset({"parent", "other_adult"})
_FLOW = "activities."
_CHOSEN, _PEOPLE, _NAME = (f"{_FLOW}{name}" for name in ("which", "how_many", "call_you"))
_LONGEST_NAME = 40
_NUMBERS = {"one": 1, "two": 2, "three": 3}
"""The buttons for how many come; other numbers are written."""


async def cancel_by_tap(talk: Talk, tap: str) -> bool:
    """Give the place back that *tap* names, if it is theirs; return whether it names one.

    A button from before they signed up anew names none any more: they hear how they stand, with
    the button that counts now.
    """
    if not tap.startswith(CANCEL_TAP):
        return False
    await talk.tx.reach_everything()
    sign_up = await sign_ups.find(talk.tx, SignUpId(tap.removeprefix(CANCEL_TAP)))
    if sign_up is not None and sign_up.contact == talk.place.contact:
        await give_up(talk.tx, talk.house, sign_up)
        await talk.say_text(phrase(talk.house, talk.session.language, GIVEN_BACK))
    else:
        await _say_how_they_stand(talk)
    return True


async def _say_how_they_stand(talk: Talk) -> None:
    is_on_a_list = False
    for sign_up in await sign_ups.of_contact(talk.tx, talk.place.contact):
        activity = await activities.find(talk.tx, sign_up.activity)
        if activity.is_open(talk.now) and sign_up.standing is not Standing.CANCELLED:
            is_on_a_list = True
            await _confirm(talk, sign_up, activity)
    if not is_on_a_list:
        await talk.say_text(phrase(talk.house, talk.session.language, GIVEN_BACK))


async def forget_sign_ups(talk: Talk) -> None:
    """Take the contact, who erases everything, from every list."""
    if await sign_ups.of_contact(talk.tx, talk.place.contact):
        await talk.tx.reach_everything()
        await forget_contact(talk.tx, talk.house, talk.place.contact)


async def _list_activities(talk: Talk, _: str) -> Outcome:
    """List what is coming up; whoever looks anew has answered nothing of it yet."""
    _forget_answers(talk)
    found = await _coming_up(talk)
    if not found:
        return Outcome(name="none")
    house, language = talk.house, talk.session.language
    theirs = {
        each.activity: each for each in await sign_ups.of_contact(talk.tx, talk.place.contact)
    }
    lines = [
        f"{number}. {activity_text(house, each, language)}\n"
        f"{standing_text(house, theirs.get(each.id), each, language)}"
        for number, each in enumerate(found, 1)
    ]
    talk.values["activities"] = "\n\n".join(lines)
    return Outcome(name="some", choices=_choices(found))


async def _look_at_activity(talk: Talk, chosen: str) -> Outcome:
    choice = _meant(talk.session.offered, chosen)
    if not choice:
        return Outcome(name="unclear", choices=talk.session.offered)
    talk.session = replace(talk.session, answers={**talk.session.answers, _CHOSEN: choice})
    activity = await _chosen(talk)
    if activity is None:
        return Outcome(name="gone")
    language = talk.session.language
    told = activity_text(talk.house, activity, language)
    sign_up = await sign_ups.of(talk.tx, activity.id, talk.place.contact)
    is_full = activity.left <= 0
    standing = standing_text(talk.house, sign_up, activity, language)
    talk.values["activity"] = told if is_full and sign_up is None else f"{told}\n{standing}"
    if sign_up is not None:
        return Outcome(name="mine")
    return Outcome(name="full" if is_full else "open")


async def _count_places(talk: Talk, _: str) -> Outcome:
    """Say whether there are places for as many as they are; nobody waits without being asked."""
    activity, people = await _chosen(talk), _people(talk)
    if activity is None or not people:
        return Outcome(name="gone")
    if people > min(MOST_PEOPLE, activity.plan.places):
        return Outcome(name="too_many")
    return Outcome(name="enough" if people <= activity.left else "waiting")


def _people(talk: Talk) -> int:
    """Return how many would come; 0 if what they answered last is no number, as "Not now"."""
    given = talk.session.answers.get(_PEOPLE) or "1"
    return _NUMBERS.get(given) or (int(given) if given.isdecimal() else 0)


async def _sign_up(talk: Talk, may_write: str) -> Outcome:
    """Sign up; the name is kept with the sign-up alone, and no longer in the conversation."""
    await talk.tx.reach_everything()
    answers = talk.session.answers
    activity, people = await _chosen(talk), _people(talk)
    if activity is None or not people:
        return Outcome(name="gone")
    if people > min(MOST_PEOPLE, activity.plan.places):
        return Outcome(name="too_many")
    is_safe = await is_safe_to_write(talk.tx, replace(talk.place, session=talk.session))
    name = answers.get(_NAME, "")
    known = await sign_ups.of(talk.tx, activity.id, talk.place.contact)
    sign_up = known or await join(
        talk.tx,
        talk.house,
        talk.place,
        activity,
        people=people,
        name="" if name == SKIPPED else name.strip()[:_LONGEST_NAME],
        may_write=may_write == "ok" and is_safe,
    )
    _forget_answers(talk)
    await _confirm(talk, sign_up, activity)
    return Outcome(name=sign_up.standing)


async def _confirm(talk: Talk, sign_up: SignUp, activity: Activity) -> None:
    house, language = talk.house, talk.session.language
    on_phone, on_page = (COMING, COMING_ON_PAGE)
    if sign_up.standing is not Standing.COMING:
        on_phone, on_page = (WAITING, WAITING_ON_PAGE)
    words = on_page if talk.place.channel == PULLED else on_phone
    told = activity_text(house, activity, language)
    text = phrase(house, language, words, people=sign_up.people, activity=told)
    letter = Letter(text=text, buttons=((cancel_button(house, language, sign_up.id),),))
    await post(talk.tx, talk.place, letter, now=talk.now)


async def _cancel_sign_up(talk: Talk, _: str) -> Outcome:
    await talk.tx.reach_everything()
    activity = await _chosen(talk)
    if activity is not None:
        sign_up = await sign_ups.of(talk.tx, activity.id, talk.place.contact)
        if sign_up is not None:
            await give_up(talk.tx, talk.house, sign_up)
    _forget_answers(talk)
    await talk.say_text(phrase(talk.house, talk.session.language, GIVEN_BACK))
    return Outcome(name="cancelled")


async def _coming_up(talk: Talk) -> Sequence[Activity]:
    """Return what is coming up for this contact; what is only for parents is not for a child."""
    found = await activities.coming_up(talk.tx, now=talk.now, most=SHOWN)
    if talk.session.answers.get(WHO) in _ADULTS:
        return found
    return [each for each in found if each.plan.audience is not Audience.PARENTS]


def _choices(found: Sequence[Activity]) -> tuple[str, ...]:
    return tuple(f"{_KIND}{each.id}:{each.plan.title}" for each in found)


def _meant(offered: Sequence[str], chosen: str) -> str:
    """Return the choice that *chosen* is: one of them, or its title in own words."""
    if chosen in offered:
        return chosen
    titles = {plain(choice.split(":", 2)[-1]): choice for choice in reversed(offered)}
    return titles.get(plain(chosen), "")


async def _chosen(talk: Talk) -> Activity | None:
    """Return the activity that was chosen, if families can still sign up for it."""
    parts = talk.session.answers.get(_CHOSEN, "").split(":", 2)
    if len(parts) < len(("kind", "id", "title")):
        return None
    try:
        activity = await activities.find(talk.tx, ActivityId(parts[1]))
    except NotAllowedError:
        return None
    return activity if activity.is_open(talk.now) else None


def _forget_answers(talk: Talk) -> None:
    answers = talk.session.answers.items()
    kept = {state: answer for state, answer in answers if not state.startswith(_FLOW)}
    trail = tuple(state for state in talk.session.trail if not state.startswith(_FLOW))
    talk.session = replace(talk.session, answers=kept, trail=trail, answered="")


ACTIVITY_DEEDS: Mapping[str, Deed] = {
    "list_activities": _list_activities,
    "look_at_activity": _look_at_activity,
    "count_places": _count_places,
    "sign_up": _sign_up,
    "cancel_sign_up": _cancel_sign_up,
}
