"""What somebody wrote of their own, and not as a choice, a word, a greeting or a plain question.

It reaches a person, wherever it was written, also if they fall silent or leave after it. In doubt
it is somebody's own.
"""

import re
import unicodedata
from collections.abc import Iterator

from bot.casework.cases import is_adult
from bot.casework.ringing import LADDER
from bot.casework.weighing import Concern
from bot.directory.hiding import HIDDEN
from bot.domain.expression import expression
from bot.domain.ids import NEVER, Instant
from bot.domain.level import Level
from bot.domain.session import Said, Session
from bot.engine.plain import plain
from bot.engine.plan import Plan
from bot.engine.reply import Silence
from bot.engine.understand import understand, word_anywhere
from bot.flow.model import OTHER
from bot.guidance.question import is_question, only_asks, only_calls
from bot.intake.refused_early import note_refusal
from bot.intake.searching import look_for
from bot.intake.talk import Talk
from storage import cases, timers

_GREETINGS = frozenset(
    {
        *("hi", "hello", "hey", "good morning", "good afternoon", "good evening"),
        *("你好", "您好", "早上好", "下午好", "晚上好", "老师好"),
    }
)
_THANKS = _GREETINGS | {
    *("ok", "okay", "thanks", "thank you", "thank you very much", "all right", "that is all"),
    *("thanks a lot", "thank you so much", "many thanks", "thx", "got it", "good"),
    *("好", "好的", "好吧", "好嘞", "嗯", "嗯嗯", "哦", "噢", "收到", "知道了", "明白了"),
    *("要得", "要得嘛", "谢谢哈", "谢谢了", "晓得了"),
    *("谢谢", "谢谢你", "谢谢您", "谢谢你们", "谢谢老师", "非常感谢", "多谢", "谢谢啦", "感谢"),
}
"""Thanks, greetings, and that something was read."""


def _one_behind_the_other(words: frozenset[str], times: str) -> re.Pattern[str]:
    """Return what is so many of *words* in a row.

    What was taken is not given back, as every way to part a row of 嗯 would have no end.
    """
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return expression(rf"(?:(?:{'|'.join(longest_first)})(?![a-z]) ?){times}+")


_MERE_THANKS = _one_behind_the_other(_THANKS, "+")
"""Some of them one behind the other, as in "ok thanks" and 好的谢谢."""

_CALLS = _one_behind_the_other(_GREETINGS, "{2,}")
"""Who greets over and over calls for somebody."""

_COURTESIES = _THANKS | {
    *("yes", "no", "bye", "goodbye", "再见", "拜拜", "是", "是的", "不是", "有", "没有", "没了"),
}
_SOMEBODY = expression(
    r"[我俺你您他她它咱爸妈爷奶哥姐弟妹叔]|\b(?:i|im|ive|me|my|we|us|our|you|your|he|him|his|she|hers?|they|them)\b",
    re.IGNORECASE,
)
"""Of whom somebody speaks who tells something."""

_ASKS_WHY = expression(r"为什么|为啥|咋个|\bwhy\b", re.IGNORECASE)

_BETWEEN = expression(r"[，,。.！!~～;；\n]+")
_CHEERFUL = frozenset("👍👌🙏😊🙂😀😃😄😁🌹👋✌💪❤🌸🎉👏☺♥")
_SYMBOL = "So"


async def keep_own_words(talk: Talk, *, is_leaving: bool = False) -> bool:
    """Have a person read what was written of their own and belongs to no case; return if there was.

    Right after the start, when a search takes a second, nobody who *is_leaving* waits for it.
    It is routine: outside of the reading hours nobody is woken for it.
    """
    may_search = talk.house.topics.are_ready or not is_leaving
    if talk.case is not None or not await _holds_more_than_questions(talk, may_search=may_search):
        return False
    await have_it_read(talk)
    talk.session = note_refusal(talk, Silence())
    return True


async def have_it_read(talk: Talk) -> None:
    """Open a case for what nothing pressing is seen in: it waits until somebody reads."""
    await talk.request_case(Concern(queue="intake"))
    await _wait_until_somebody_reads(talk)


def is_told(talk: Talk, text: str, *, at: str = "") -> bool:
    """Whether *text*, written now or *at* another question, is their own, and does not only ask."""
    said = Said(at=talk.now, state=at or talk.session.state, text=text)
    return _is_own(talk.release.plan, talk.session, said) and not _only_asks(text)


def is_mere_thanks(text: str) -> bool:
    """Whether *text* is nothing but thanks, greetings and plainly cheerful signs.

    A goodbye, yes and no are not: they may mean more. Nor is one greeting behind the other.
    """
    signs = [sign for sign in text if unicodedata.category(sign) == _SYMBOL]
    if "?" in text or "？" in text or not all(sign in _CHEERFUL for sign in signs):
        return False
    words = [bare for part in _BETWEEN.split(text) if (bare := plain(part))]
    if _CALLS.fullmatch(" ".join(words)):
        return False
    return bool(words or signs) and all(map(_MERE_THANKS.fullmatch, words))


def own_words(plan: Plan, session: Session, *, since: Instant) -> Iterator[Said]:
    """Yield what was said in *session* after *since* but choices, words and greetings.

    The newest comes first, so that whoever only wants to know whether there is any is done soon.
    """
    for said in reversed(session.said):
        if said.at > since and _is_own(plan, session, said):
            yield said


def tells_of_their_own(plan: Plan, session: Session, *, since: Instant) -> bool:
    """Whether anything of *session* is more than choices, greetings and what only asks."""
    return any(not _only_asks(said.text) for said in own_words(plan, session, since=since))


async def _holds_more_than_questions(talk: Talk, *, may_search: bool) -> bool:
    since = talk.place.case_opened_at or NEVER
    for said in own_words(talk.release.plan, talk.session, since=since):
        if not await _is_answered(talk, said.text, may_search=may_search):
            return True
    return False


async def _is_answered(talk: Talk, text: str, *, may_search: bool) -> bool:
    """Whether *text* asks something for which there was an answer, or some to choose from.

    What asks why ("why does he come into my room?") tells at the same time: it must be sure what
    answers it. So must a grown-up's words that name a topic and nobody (抚养费, "child support").
    """
    may_name = is_adult(talk.session.answers) and not _SOMEBODY.search(text)
    if not (is_question(text) or may_name):
        return False
    if not may_search:
        return _only_asks(text)
    found = await look_for(talk, text)
    return found.is_sure or (_only_asks(text) and bool(found.best))


def _only_asks(text: str) -> bool:
    return only_asks(text) and not _ASKS_WHY.search(text)


async def _wait_until_somebody_reads(talk: Talk) -> None:
    hours = talk.house.directory.organisation.reading_hours
    if talk.case is None or hours.includes(talk.now):
        return
    level = (await cases.find_case(talk.tx, talk.case)).level
    opens = hours.next_after(talk.now)
    if level is Level.ROUTINE and opens is not None:
        await timers.set_timer(talk.tx, LADDER, talk.case, due_at=opens, version=0)


def _is_own(plan: Plan, session: Session, said: Said) -> bool:
    text = said.text.replace(HIDDEN, "")
    bare = plain(text)
    if not bare:
        return _is_of_sad_signs(text)
    if bare.isdecimal() or bare in _COURTESIES or only_calls(text):
        return False
    if word_anywhere(plan, text) or bare in plan.every_name:
        return False
    return not _is_an_answer(plan, session, said)


def _is_an_answer(plan: Plan, session: Session, said: Said) -> bool:
    """Whether *said* chose an answer where it was written, or is a name given to take part."""
    state = plan.states.get(said.state)
    if state is None:
        return False
    if state.flow == "activities" and state.expect == "text":
        return True
    understood = understand(plan, state, session, said.text)
    return understood is not None and understood[0] != OTHER


def _is_of_sad_signs(text: str) -> bool:
    """Whether *text*, of signs alone, holds one that is not plainly cheerful."""
    return any(unicodedata.category(sign) == _SYMBOL and sign not in _CHEERFUL for sign in text)
