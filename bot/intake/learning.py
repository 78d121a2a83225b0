"""Learning together in a turn: lessons, the quiz, and what is sent once a day."""

from collections.abc import Awaitable, Callable, Mapping
from zlib import crc32

from bot.casework.daily import (
    END_TAP,
    begin_daily,
    daily_letter,
    end_all_daily,
    end_daily,
    following,
)
from bot.casework.learning_phrases import ENDED
from bot.casework.posting import post
from bot.casework.speech import phrase
from bot.casework.unasked import is_safe_to_write, is_undisturbed
from bot.domain.values import replace
from bot.engine.reply import Outcome
from bot.intake.talk import Talk
from bot.learning.model import Series
from bot.learning.tell import answer_in, at, choices_of, lesson_text, question_of, told_text
from bot.learning.when import day_of
from bot.wording.phrases import say_moment, say_time
from storage import subscriptions
from storage.outbox import PULLED

Deed = Callable[[Talk, str], Awaitable[Outcome]]
QUESTION = "learning.question"
_OPENED = "/start"
LASTING_TAPS = ("daily:", "come:")
"""How the data of buttons begins that work for as long as they are seen, whatever is asked."""


def recall_question(talk: Talk) -> None:
    """Have the question of the quiz ready that waits, in the language spoken now."""
    waiting = talk.session.offered or talk.session.kept[1:]
    question = question_of(waiting, talk.house.learning)
    if question is not None:
        talk.values["quiz_question"] = question.wordings[talk.session.language].asked


async def end_by_tap(talk: Talk, tap: str) -> bool:
    """End the series that *tap* names, whatever else goes on; return whether it names one."""
    if not tap.startswith(END_TAP) or tap.removeprefix(END_TAP) not in [*Series]:
        return False
    await end_daily(talk.tx, talk.place.contact, Series(tap.removeprefix(END_TAP)))
    await talk.say_text(phrase(talk.house, talk.session.language, ENDED))
    return True


async def bring_lessons(talk: Talk, text: str) -> None:
    """Tell a page that is opened again, as *text* says, what it was not sent, once a day."""
    if talk.place.channel != PULLED or text != _OPENED or not talk.session.step:
        return
    found = await subscriptions.of(talk.tx, talk.place.contact)
    zone = talk.house.directory.organisation.reading_hours.zone
    today = day_of(talk.now, zone)
    for subscription in [each for each in found if each.last_day < today]:
        if await is_undisturbed(talk.tx, talk.place, now=talk.now):
            letter = daily_letter(talk.house, talk.place, subscription)
            await post(talk.tx, talk.place, letter, now=talk.now)
            await subscriptions.move_on(talk.tx, subscription, day=today)


async def _tell_lesson(talk: Talk, wish: str) -> Outcome:
    series = Series.EVENING if wish == "tonight" else Series.RIGHT
    lesson = at(talk.house.learning.lessons[series], _turn_of(talk))
    talk.values["lesson"] = lesson_text(lesson, talk.session.language, talk.house.directory)
    return Outcome(name="told")


async def _look_at_daily(talk: Talk, wish: str) -> Outcome:
    series = Series(wish)
    found = await subscriptions.of(talk.tx, talk.place.contact)
    if series in [each.series for each in found]:
        return Outcome(name="on")
    on_page = f"{series}_on_page"
    if talk.place.channel == PULLED and talk.release.plan.has_route(talk.session.state, on_page):
        return Outcome(name=on_page)
    zone = talk.house.directory.organisation.reading_hours.zone
    due = following(talk.house, series)
    talk.values["daily_time"] = say_time(due, language=talk.session.language, zone=zone)
    return Outcome(name=series)


async def _start_daily(talk: Talk, wish: str) -> Outcome:
    place = replace(talk.place, session=talk.session)
    if not await is_safe_to_write(talk.tx, place):
        return Outcome(name="not_safe")
    due = await begin_daily(talk.tx, talk.house, talk.place, Series(wish))
    if talk.place.channel == PULLED:
        return Outcome(name="on_coming")
    zone = talk.house.directory.organisation.reading_hours.zone
    talk.values["daily_time"] = say_moment(due, language=talk.session.language, zone=zone)
    return Outcome(name="started")


async def _stop_daily(talk: Talk, _: str) -> Outcome:
    await end_all_daily(talk.tx, talk.place.contact)
    return Outcome(name="stopped")


async def _pick_question(talk: Talk, _: str) -> Outcome:
    questions = list(talk.house.learning.questions.values())
    question = questions[_turn_of(talk) % len(questions)]
    talk.values["quiz_question"] = question.wordings[talk.session.language].asked
    return Outcome(name="picked", choices=choices_of(question))


async def _judge_answer(talk: Talk, text: str) -> Outcome:
    """Say how it is; which answer it was is forgotten at once, so that no score can be made."""
    offered = talk.session.offered
    question = question_of(offered, talk.house.learning)
    _forget_answer(talk)
    given = answer_in(text, question) if question is not None else None
    if question is None:  # it is not among those of today any more
        picked = await _pick_question(talk, text)
        return Outcome(name="unclear", choices=picked.choices)
    if given is None:
        return Outcome(name="unclear", choices=offered)
    told = told_text(question, talk.session.language, talk.house.directory)
    talk.values["quiz_told"] = told
    return Outcome(name="right" if given == question.right else "other")


def _forget_answer(talk: Talk) -> None:
    session = talk.session
    answers = {state: answer for state, answer in session.answers.items() if state != QUESTION}
    trail = tuple(state for state in session.trail if state != QUESTION)
    talk.session = replace(session, answers=answers, trail=trail, answered="")


def _turn_of(talk: Talk) -> int:
    """Return a number that is another for each contact and for each question asked of them."""
    return crc32(talk.place.contact.encode()) + talk.session.step


LEARNING_DEEDS: Mapping[str, Deed] = {
    "tell_lesson": _tell_lesson,
    "look_at_daily": _look_at_daily,
    "start_daily": _start_daily,
    "stop_daily": _stop_daily,
    "pick_question": _pick_question,
    "judge_answer": _judge_answer,
}
