"""An old button that says that somebody is, or may be, in danger is taken for what it says.

So are words that say so, wherever they answer nothing else.

Danger may begin after a no, and whoever looks for help scrolls up to the button that says so.
"""

import re

from bot.casework.cases import is_adult
from bot.casework.weighing import Concern
from bot.domain.event import Asked
from bot.domain.expression import expression
from bot.domain.level import Level
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.flow.danger import DANGER_QUESTION, DANGERS
from bot.flow.words import EMERGENCY
from bot.intake.after_closing import CHECKING
from bot.intake.amid import say_beside_the_worker
from bot.intake.asked import asks_about_danger, was_unsure
from bot.intake.danger_words import DANGER_NOW, KIN_THERE
from bot.intake.detour import start_report
from bot.intake.few_words import answer_to
from bot.intake.hearing import remember
from bot.intake.kin_told import did_another, tells_of
from bot.intake.no_place import UNSAFE_WORDS
from bot.intake.place import ASKED_WHERE, ask_again, place_of
from bot.intake.talk import REPORT, Talk
from bot.intake.to_worker import has_worker_written
from bot.intake.turns import take_of_its_own

_PERSON = "talk_to_a_person."
_NAMES_IT = expression(r"危险|\bdanger\b|^有，现在就有$|^yes, right now$", re.IGNORECASE)
"""Where something else is asked, 现在有 may be about what is asked there."""

_YES = frozenset({"yes", "yeah", "yep", "yea", "yup", "有", "有的", "是", "是的"})
"""What says yes to danger right behind that they were not sure, though the place was asked for."""

_ASKED_TO_TELL = (".what_happened", ".what_about")
"""How the questions end that no yes answers, though all is text there."""

_MAY_HELP = expression(
    r"妈|娘|母|奶奶|外婆|婆婆|姥姥|老师|班主任|校长|医生|社工|警察"
    r"|\b(?:step ?|grand ?)?(?:m[ou]m(?:m?y)?|mama|mother|ma)\b|\bgran(?:ny)?\b|\bnana?\b"
    r"|\b(?:head)?teacher\b|\bdoctor\b|\bnurse\b|\bpolice\b|\bsocial worker\b",
    re.IGNORECASE,
)
"""Who may be back to help, where somebody else did it."""


async def take_danger_written(talk: Talk, update: Update) -> bool:
    """Call for whoever writes that there is danger now; return whether they did."""
    if not (_is_surer_now(talk, update) or await _writes_of_danger(talk, update)):
        return False
    await call_for_danger(talk, DANGERS[0])
    return True


def _is_surer_now(talk: Talk, update: Update) -> bool:
    """Whether *update* is a yes of whoever was not sure, and was asked where they are since."""
    is_text = update.kind is Kind.TEXT and not (talk.word or talk.is_owned or talk.has_asked_where)
    waits = talk.session.state
    if not (is_text and place_of(waits) and was_unsure(talk.session)):
        return False
    is_bare = waits.endswith(ASKED_WHERE) and waits not in talk.session.answers
    return _says_so(talk, update.text) or (is_bare and plain(update.text) in _YES)


async def _writes_of_danger(talk: Talk, update: Update) -> bool:
    """Whether *update* is no more than a yes to danger now, behind another answer about it.

    So it is wherever it answers nothing else, and neither where a worker has the talk nor where
    they were just told whom to call. Behind what a worker wrote last it must name danger.
    """
    if update.kind is not Kind.TEXT or talk.word or talk.is_owned or talk.has_asked_where:
        return False
    waits = talk.session.state
    if waits and not waits.startswith((REPORT, _PERSON, CHECKING)):
        return False
    if asks_about_danger(waits) or place_of(waits) or not _denied(talk):
        return False
    if not _says_so(talk, update.text) or _is_an_answer(talk, update.text):
        return False
    if _may_be_help(talk, update.text):
        return False
    is_named = _NAMES_IT.search(update.text) is not None
    return is_named or not (_may_be_of_another(talk) or await has_worker_written(talk))


def _says_so(talk: Talk, text: str) -> bool:
    """Whether *text* says that there is danger, or that somebody is there who may do harm."""
    said = plain(text)
    if DANGER_NOW.fullmatch(said):
        return True
    called, earlier = _who_is_there(said), _before(talk, text)
    return bool(called) and (tells_of(called, earlier) or not did_another(called, earlier))


def _who_is_there(said: str) -> str:
    """Return of whom *said*, a yes, tells that they are there, as they are called there."""
    match = KIN_THERE.fullmatch(said)
    return (match["en"] or match["first"] or match["zh"]) if match else ""


def _before(talk: Talk, text: str) -> list[str]:
    return [each.meant for each in talk.session.said if each.text != text]


def _may_be_of_another(talk: Talk) -> bool:
    """Whether a yes may be about what the question that waits asks for, which is not danger."""
    state = talk.release.plan.states.get(talk.session.state)
    if state is None:
        return False
    is_free = not state.answers and not state.place.endswith(_ASKED_TO_TELL)
    return is_free or bool(state.answers and not state.expect)


def _is_an_answer(talk: Talk, text: str) -> bool:
    """Whether *text* chooses one of the answers of the question that waits."""
    state = talk.release.plan.states.get(talk.session.state)
    return state is not None and answer_to(talk, state, text) in state.answers


def _may_be_help(talk: Talk, text: str) -> bool:
    """Whether *text* says only that a mother is back, where somebody else did it, and not she."""
    called, earlier = _who_is_there(plain(text)), _before(talk, text)
    if not called or _NAMES_IT.search(text) or not _MAY_HELP.search(called):
        return False
    return did_another(called, earlier) and not any(map(_MAY_HELP.search, earlier))


def _denied(talk: Talk) -> bool:
    """Whether they answered, or skipped, whether somebody is in danger, and said no yes.

    It is of the talk that there is a case for, or whose question waits. Behind a case that was
    closed nothing of it is known any more, and whoever heard the words of an emergency needs none.
    """
    answered = [
        answer
        for place, answer in talk.session.answers.items()
        if place.endswith(f".{DANGER_QUESTION}")
    ]
    if not answered:
        return talk.case is not None and talk.session.comforted is not Level.EMERGENCY
    return answered[-1] != DANGERS[0] and (talk.case is not None or bool(talk.session.state))


async def call_for_danger(talk: Talk, answer: str) -> None:
    """Make it an emergency for *answer*, say whom to call, and ask where they are.

    Beside a worker only whom to call is said, and nothing where that would show what is hidden.
    """
    flow = f"{REPORT}{'_adult' if is_adult(talk.session.answers) else ''}"
    place, states = f"{flow}.in_danger", talk.release.plan.states
    if place in states:
        if not talk.kept:  # a button: what was written is kept already
            await remember(talk, talk.voice.say(f"{place}.answers.{answer}"), place)
        answers = {**talk.session.answers, place: answer}
        talk.session = replace(talk.session, answers=answers)
    talk.session = replace(talk.session, danger_told_at=talk.now)
    is_hidden = talk.session.hides_case or talk.session.is_quiet
    if place_of(talk.session.state) and not (talk.is_owned or is_hidden):
        await _answer_amid_place(talk)
        return
    if not (talk.is_owned or is_hidden) and f"{flow}.{EMERGENCY}" in states:
        await take_of_its_own(talk, start_report(talk, talk.session, EMERGENCY, ""))
        return
    await talk.request_case(Concern(queue=EMERGENCY))
    if not is_hidden:
        await say_beside_the_worker(talk)


async def _answer_amid_place(talk: Talk) -> None:
    """Raise the case of whoever was asked where they are; say what to do, and ask that once more.

    Behind the place they hear what is said there to all that is added.
    """
    await talk.request_case(Concern(queue=EMERGENCY))
    plan, session = talk.release.plan, talk.session
    if session.state.endswith(ASKED_WHERE) and plan.can_say(UNSAFE_WORDS):
        await talk.say((Asked(state=session.state, wording=UNSAFE_WORDS),))
    else:
        await take_of_its_own(talk, ask_again(plan, session, talk.now))
