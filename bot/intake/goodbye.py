"""A goodbye is answered; it deletes nothing, and in danger it ends nothing.

It may be no more than politeness, and it may be the last that somebody wants to say. So may a
"never mind": elsewhere that is the word for stopping, but on a roof it is answered like a goodbye.
The plain words for stopping and for leaving, typed or tapped, are always done.
"""

from bot.domain.event import Said as Told
from bot.domain.level import Level
from bot.domain.message import Urgency
from bot.domain.update import Kind, Update
from bot.engine.reply import Words
from bot.engine.unfinished import unfinished_queue
from bot.intake.case_shown import shows_case
from bot.intake.farewell import is_resigned, only_says_goodbye
from bot.intake.parting import WAYS_ON
from bot.intake.place import ask_again, place_of
from bot.intake.talk import REPORT, Talk
from bot.intake.turns import run

_STOP = "stop"
_ENOUGH = ("enough", "done")
"""The answers by which they end what they tell."""

_IN_DANGER = Told(key="always.passed_on_in_danger.say")
_ANY_TIME = Told(key="always.thanked.say")


def is_goodbye(talk: Talk, update: Update) -> bool:
    """Whether *update* only says goodbye, and nothing has answered it in this turn.

    Whoever used the safe word is answered as ever, so that nobody beside them sees anything.
    """
    is_text = update.kind is Kind.TEXT and not talk.is_owned
    is_answered = talk.has_asked_where or talk.session.is_quiet
    if not is_text or is_answered or not talk.session.step:
        return False
    if talk.word == _STOP:
        return _may_be_in_danger(talk) and is_resigned(update.text)
    return not talk.word and only_says_goodbye(update.text)


async def answer_goodbye(talk: Talk, *, is_awaiting: bool) -> bool:
    """Answer a goodbye; return False if it goes to the worker who is awaited like other words.

    In danger the numbers are said each time, and what waits is asked again; who was only asked to
    tell more has told enough. Elsewhere a report
    stops, as by "stop": it is kept, and its code is told.
    """
    if _may_be_in_danger(talk):
        if enough := _enough(talk):
            await talk.say((_IN_DANGER,), urgency=Urgency.SAFETY)
            await run(talk, Words(text=enough, word=""))
            return True
        again = ask_again(talk.release.plan, talk.session, talk.now)
        talk.session = again.session
        await talk.say((_IN_DANGER, *again.events), urgency=Urgency.SAFETY)
        return True
    if talk.session.state and has_told(talk):
        talk.word = _STOP
        await run(talk, Words(text=talk.kept, word=_STOP))
        return True
    if is_awaiting:
        return False
    await talk.say((_ANY_TIME,), words=WAYS_ON)
    return True


def _enough(talk: Talk) -> str:
    """Return what they say who have told enough, where they were asked for more; else ``""``."""
    state = talk.release.plan.states.get(talk.session.state)
    answers = () if state is None or not state.flow.startswith(REPORT) else state.answers
    key = next((key for key in _ENOUGH if key in answers), "")
    return talk.voice.say(f"{talk.session.state}.answers.{key}") if key else ""


def _may_be_in_danger(talk: Talk) -> bool:
    session = talk.session
    levels = {talk.felt, session.level, session.comforted}
    return shows_case(talk) and (Level.EMERGENCY in levels or bool(place_of(session.state)))


def has_told(talk: Talk) -> bool:
    """Whether there is a case, or a report that a person must read."""
    return talk.case is not None or bool(unfinished_queue(talk.release.plan, talk.session))
