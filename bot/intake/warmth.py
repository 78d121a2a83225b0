"""What is said where somebody tells, fears or pleads at a question that asked something else.

Nobody who tells of harm is told to choose from a list. Nothing here promises secrecy.
"""

import re

from bot.casework.cases import is_adult
from bot.domain.event import Asked, Event
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.level import Level
from bot.engine.plain import plain
from bot.engine.reply import Reply, Words
from bot.engine.turn import PATIENCE
from bot.engine.understand import understand
from bot.guidance.question import is_question
from bot.intake.asked import OTHERWISE_FROM, asks_about_danger
from bot.intake.case_shown import shows_case
from bot.intake.detour import PRESSING
from bot.intake.no_place import HELP_CALLED
from bot.intake.once_more import says_no_and_more
from bot.intake.place import place_of
from bot.intake.pleas import BEGGING
from bot.intake.talk import REPORT, Talk
from bot.triage.rules import EVERYDAY, FEAR, PLEA

_NOT_CLEAR, _QUESTION_KEPT = "always.not_clear.say", "always.question_kept.say"
_UNCLEAR = frozenset({_NOT_CLEAR, "always.offer_person.say"})
_OWN_HINT = ".if_unclear"
_ELSEWHERE = ("learning.", "activities.", "always.")
"""Where nothing of harm is asked, and an answer is often no answer."""

_HEARD = frozenset(
    {
        _NOT_CLEAR,
        _QUESTION_KEPT,
        "always.heard_you.say",
        "always.heard_you_kept.say",
        "always.heard_you_again.say",
    }
)
"""What is said before the question that waits, which the other words of it say as well."""

IN_DANGER = "always.passed_on_in_danger.say"

_POLICE = expression(r"报警|公安|警察|派出所|\b(?:police|cops)\b", re.IGNORECASE)
_CALL = expression(r"电话|联系|\b(?:call|phone|ring)\b", re.IGNORECASE)

_NO_FIRST = expression(
    r"^\s*(?:没有?|没得|不是?|(?:no|nope|nah)\b)(?:[\s，,。.!！]+)", re.IGNORECASE
)
"""What answers another question than the plea behind it, which it does not take back."""

_HAN = expression(r"[㐀-鿿]")
_WORD = expression(r"[^\W\d_]+")
_FEWEST_HAN, _FEWEST_WORDS = 4, 4
_FEWEST_AMID = 2
"""Of Chinese characters, where somebody told of harm already: 没钱, 在贵阳."""

_WHY = frozenset({"为什么", "为啥", "why", "but why"})
"""Asked of the world, and not of us."""

_CLAUSES = expression(r"[，,。.！!;；\n]+")
_BRIEF = 20
"""Characters within which nothing else is said."""


async def answer_plea(talk: Talk, reply: Reply, waiting: list[Event]) -> bool:
    """Say what is true to whoever asks us to tell nobody, and ask again what waits.

    Where they tell in their own words, or tell of harm besides, that goes on behind it, and
    *waiting* begins with it. Returns whether nothing more is to be done.
    """
    state = talk.release.plan.states.get(talk.session.state)
    if state is None or talk.word or not isinstance(reply, Words):
        return False
    if PLEA not in talk.told_beside(_NO_FIRST.sub("", reply.text)):
        return False
    said = Told(key=no_secret_for(talk, reply.text))
    if not talk.release.plan.can_say(said.key):
        return False
    is_telling = state.flow.startswith(REPORT) and state.expect == "text" and not state.answers
    if place_of(state.place):
        is_telling = not _only_pleads(talk, reply.text)
    is_answer = understand(talk.release.plan, state, talk.session, reply.text)
    is_chosen = is_answer is not None and is_answer[0] in state.answers
    if is_telling or is_chosen or talk.felt in PRESSING:
        waiting.append(said)
        return False
    await talk.say((said, Asked(state=state.place)))
    return True


def no_secret_for(talk: Talk, text: str) -> str:
    """Return what is true for whoever asks us in *text* to tell nobody, not to call, or no police.

    Flows of an organisation's own that do not tell these apart say the same of all.
    """
    adult = "_adult" if _is_adult(talk) else ""
    kind = "_police" if _POLICE.search(text) else "_calls" if _CALL.search(text) else ""
    is_known = talk.release.plan.can_say(f"always.no_secret{kind}{adult}.say")
    return f"always.no_secret{kind if is_known else ''}{adult}.say"


def _only_pleads(talk: Talk, text: str) -> bool:
    """Whether every clause of *text* asks us to tell nobody, so that none of it is a place."""
    clauses = [clause for clause in _CLAUSES.split(text) if clause.strip()]
    return all(
        BEGGING.fullmatch(clause) or {PLEA, FEAR} & talk.told_beside(clause).keys()
        for clause in clauses
    )


def _is_adult(talk: Talk) -> bool:
    return is_adult(talk.session.answers)


def warm(talk: Talk, before: str, reply: Reply, waiting: list[Event]) -> None:
    """Have nobody hear "please choose" who told of something at the question *before*."""
    unclear = [event for event in waiting if isinstance(event, Told) and _is_unclear(event.key)]
    if not unclear and _is_afraid_amid_telling(talk, before, reply):
        waiting.insert(0, Told(key="always.afraid.say"))
    if not unclear or not isinstance(reply, Words):
        return
    if _tells(talk, before, reply.text):
        place = waiting.index(unclear[0])
        is_hint = unclear[0].key.endswith(_OWN_HINT)
        said = () if talk.has_comforted else (Told(key=_words(talk, reply.text)),)
        waiting[place : place + 1] = [*said, *(unclear if is_hint else ())]
    elif unclear[0].key == _NOT_CLEAR and _asks(talk, before, reply.text):
        waiting[waiting.index(unclear[0])] = Told(key=_QUESTION_KEPT)
    if asks_about_danger(before):
        _ask_in_other_words(talk, before, reply.text, waiting)


def _ask_in_other_words(talk: Talk, state: str, text: str, waiting: list[Event]) -> None:
    """Have nobody read the same words over and over who cannot answer whether there is danger.

    The second time it is asked more plainly, and at once of whoever says no and more; the third
    time a person is offered, and from then on they hear as well that they may just write.
    """
    count = talk.session.unclear
    is_early = count < OTHERWISE_FROM
    if count % PATIENCE == 0 or (is_early and not says_no_and_more(text)):
        return
    later = "danger_later" if count % PATIENCE == 1 else "danger_again"
    wording = f"always.{'sure_of_it' if is_early else later}.say"
    asked = Asked(state=state)
    if asked in waiting and talk.release.plan.can_say(wording):
        again = Asked(state=state, wording=wording)
        left = [each for each in waiting if not (isinstance(each, Told) and each.key in _HEARD)]
        waiting[:] = [again if each == asked else each for each in left]


def _is_afraid_amid_telling(talk: Talk, before: str, reply: Reply) -> bool:
    """Whether somebody who tells in their own words writes no more than that they are afraid."""
    if not isinstance(reply, Words) or talk.has_comforted or len(reply.text) > _BRIEF:
        return False
    state = talk.release.plan.states.get(before)
    is_telling = state is not None and before.startswith(REPORT) and state.expect == "text"
    return is_telling and FEAR in talk.told_beside(reply.text)


def _is_unclear(key: str) -> bool:
    return key in _UNCLEAR or key.endswith(_OWN_HINT)


def _tells(talk: Talk, state: str, text: str) -> bool:
    """Whether *text* tells of something, in doubt of harm, or of fear."""
    if state.startswith(_ELSEWHERE) or not talk.release.plan.can_say("always.heard_you.say"):
        return False
    if talk.felt is not Level.NONE or talk.told_beside(text).keys() - {EVERYDAY}:
        return True
    is_amid = talk.case is not None and state.startswith(REPORT)
    if plain(text) in _WHY or (is_amid and len(_HAN.findall(text)) >= _FEWEST_AMID):
        return not is_question(text) or plain(text) in _WHY
    is_long = len(_HAN.findall(text)) >= _FEWEST_HAN or len(_WORD.findall(text)) >= _FEWEST_WORDS
    return is_long and not is_question(text)


def _asks(talk: Talk, state: str, text: str) -> bool:
    """Whether *text* asks something amid a report that a worker reads."""
    is_amid = state.startswith(REPORT) and shows_case(talk)
    is_long = len(_HAN.findall(text)) >= _FEWEST_HAN or len(_WORD.findall(text)) >= _FEWEST_AMID
    return is_amid and is_long and is_question(text) and talk.release.plan.can_say(_QUESTION_KEPT)


def _words(talk: Talk, text: str) -> str:
    if FEAR in talk.told_beside(text):
        return "always.afraid.say"
    if talk.felt is Level.EMERGENCY and talk.release.plan.can_say(HELP_CALLED):
        return HELP_CALLED if talk.session.unclear % 2 == 0 else IN_DANGER
    if talk.session.unclear > 1:
        return "always.heard_you_again.say"
    return "always.heard_you.say" if shows_case(talk) else "always.heard_you_kept.say"
