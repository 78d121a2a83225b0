"""What a tapped button means: for the question that waits, for an old one, or at any time."""

from bot.casework.phrases import TOO_LATE
from bot.casework.posting import post_act
from bot.casework.speech import phrase
from bot.domain.event import Asked
from bot.domain.ids import MINUTE
from bot.domain.level import Level
from bot.domain.message import Act
from bot.domain.update import Update
from bot.domain.values import replace
from bot.flow.danger import DANGERS
from bot.intake.asked import asks_about_danger, was_unsure
from bot.intake.calling import CALLING, PERSON, wants_a_person
from bot.intake.joining import cancel_by_tap
from bot.intake.learning import LASTING_TAPS, end_by_tap, recall_question
from bot.intake.moving import say_what_changed
from bot.intake.place import place_of
from bot.intake.talk import Talk

_LANGUAGE_TAP = "lang:"
TAPS_AT_ANY_TIME = (_LANGUAGE_TAP, *LASTING_TAPS)


async def take_tap_at_any_time(talk: Talk, tap: str) -> None:
    """Do what a button means that works for as long as it is seen."""
    if tap.startswith(_LANGUAGE_TAP):
        await _speak_in(talk, tap.removeprefix(_LANGUAGE_TAP))
    elif not await end_by_tap(talk, tap):
        await cancel_by_tap(talk, tap)


async def _speak_in(talk: Talk, language: str) -> None:
    """Go on in *language*, and ask the question that waits again."""
    if language not in talk.house.languages:
        return
    talk.session = replace(talk.session, language=language)
    await talk.tell_code()
    recall_question(talk)
    if talk.session.is_moved and talk.session.state:
        await say_what_changed(talk)
    elif talk.session.state:
        await talk.say((Asked(state=talk.session.state),))


def notice_of(talk: Talk, update: Update) -> str:
    """Return what is said right at a tapped button: only an old one says that it is old."""
    if not update.tap or says_danger_anew(talk, update):
        return ""
    return phrase(talk.house, talk.session.language, TOO_LATE) if is_old(talk, update) else ""


async def note_tap(talk: Talk, tap_id: str, notice: str) -> None:
    """Answer the tap, so that the button stops waiting, whatever else was taken back."""
    await post_act(talk.tx, talk.place, Act.NOTE_TAP, (tap_id,), text=notice, now=talk.now)


def is_old(talk: Talk, update: Update) -> bool:
    """Whether the tapped button belongs to a question that is over."""
    return bool(_step(update.tap)) and not _is_of_open_question(talk, update)


def says_danger_anew(talk: Talk, update: Update) -> bool:
    """Whether an old button says that somebody is, or may be, in danger, which is never old.

    But where they are in danger already, and asked where they are, or where they tapped it twice.
    A yes of whoever was not sure is news there as well.
    """
    answer = danger_of(talk, update.tap)
    if not answer:
        return False
    is_known = _is_heard(talk) or bool(place_of(talk.session.state))
    is_surer = answer == DANGERS[0] and was_unsure(talk.session)
    return is_old(talk, update) and (is_surer or not is_known)


def _is_heard(talk: Talk) -> bool:
    """Whether they were told within the last minute whom to call.

    Where a worker has the talk, that follows a yes to danger; behind a no, and behind what they
    wrote to the worker since, it may be another yes.
    """
    session = talk.session
    if session.comforted is Level.EMERGENCY and talk.now - session.comforted_at < MINUTE:
        return True
    if not talk.is_owned or talk.now - session.danger_told_at >= MINUTE:
        return False
    answers = [answer for place, answer in session.answers.items() if asks_about_danger(place)]
    return bool(answers) and all(answer in DANGERS for answer in answers)


def danger_of(talk: Talk, tap: str) -> str:
    """Return the answer of the question about danger that the button *tap* is, ``""`` if none.

    "I am not sure" is an answer to other questions, too: it counts only of one about danger.
    """
    kind, step, key = (*tap.split(":"), "", "")[:3]
    if kind != "a" or key not in DANGERS:
        return ""
    is_of_danger = key == DANGERS[0] or step in map(str, talk.session.danger_steps)
    return key if is_of_danger else ""


def renewed(talk: Talk, update: Update) -> Update:
    """Return *update*, an old button that calls a person as the word that does: it is never old.

    Where a person is being called already, or a worker has the talk and nothing is asked, it stays
    what it is.
    """
    if not wants_a_person(update.tap):
        return update
    waits = talk.session.state
    if waits.startswith(CALLING) or (talk.is_owned and not waits):
        return update
    return replace(update, tap=f"w:{PERSON}") if is_old(talk, update) else update


def _step(tap: str) -> str:
    """Return the step of the question that a button belongs to, ``""`` if it works at any time."""
    kind, first, second = (*tap.split(":"), "", "")[:3]
    return first if kind == "a" else second


def _is_of_open_question(talk: Talk, update: Update) -> bool:
    is_shown = bool(talk.session.state) and not talk.session.is_moved
    return is_shown and _step(update.tap) == str(talk.session.step)


def without_step(tap: str) -> str:
    """Return *tap* as the engine reads it: a word that works anywhere without its step."""
    return ":".join(tap.split(":")[:2]) if tap.startswith("w:") else tap
