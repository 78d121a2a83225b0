"""What is said where somebody tells, fears or pleads at a question that asked something else.

Nobody who tells of harm is told to choose from a list. Nothing here promises secrecy.
"""

import re

from bot.casework.cases import is_adult
from bot.domain.event import Asked, Event
from bot.domain.event import Said as Told
from bot.domain.level import Level
from bot.engine.reply import Reply, Words
from bot.engine.understand import understand
from bot.guidance.question import is_question
from bot.intake.detour import PRESSING
from bot.intake.talk import REPORT, Talk
from bot.triage.signals import contexts_in

_UNCLEAR = frozenset({"always.not_clear.say", "always.offer_person.say"})
_OWN_HINT = ".if_unclear"
_ELSEWHERE = ("learning.", "activities.", "always.")
"""Where nothing of harm is asked, and an answer is often no answer."""

_HAN = re.compile(r"[㐀-鿿]")
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_HAN, _FEWEST_WORDS = 4, 4
_BRIEF = 20
"""Characters within which nothing else is said."""


_BEFORE = (
    r"(?:^|[，,。.！!；;：:\n]\s*|\b(?:please|pls|but|and)\s+"
    r"|求(?:求)?(?:你们?)?|拜托(?:你们?)?)"
)
_NOT = r"(?:千万|一定|请|你们?|可以|能)*(?:别|不要|不许|莫|不能|不准)"
_PLEA = re.compile(
    rf"{_BEFORE}{_NOT}(?:去)?(?:(?:告[诉素]|通知)(?!我)|(?:跟|和|给|对|让|叫)?我?.{{1,6}}(?:说|讲|知道|晓得)$"
    r"|说出去|讲出去|告诉我(?:妈|爸|家|爷|奶|老师|哥|姐|们))"
    rf"|{_BEFORE}(?:you\s+)?(?:(?:do\s+not|don[’']?t|dont|cannot|can[’']?t|must\s+not)\s+(?:ever\s+)?"
    r"(?:tell|let)\s+(?:it\s+to\s+)?(?:any|my|him|her|them|nobody|no\s+one|others|people|the\s+|mum|mom|dad)"
    r"|(?:promise|swear)\s+(?:me\s+)?(?:that\s+)?(?:you\s+)?(?:not|won[’']?t|wont|don[’']?t|dont)\b"
    r"|keep\s+(?:it|this)\s+(?:a\s+)?secret)",
    re.IGNORECASE,
)
_AFRAID = re.compile(
    r"(?:害怕|好怕|很怕|怕得|我怕|吓(?:人|死|坏))"
    r"|\b(?:i\s+am|i[’']?m|im|so|very|really)\s+(?:so\s+|very\s+|really\s+)?"
    r"(?:scared|afraid|frightened|terrified)\b|^\W*(?:scared|afraid)\W*$",
    re.IGNORECASE,
)


def is_plea(text: str) -> bool:
    """Whether *text* asks us to tell nobody; what somebody else forbade them is none."""
    return _PLEA.search(text) is not None


async def answer_plea(talk: Talk, reply: Reply, waiting: list[Event]) -> bool:
    """Say what is true to whoever asks us to tell nobody, and ask again what waits.

    Where they tell in their own words, or tell of harm besides, that goes on behind it, and
    *waiting* begins with it. Returns whether nothing more is to be done.
    """
    state = talk.release.plan.states.get(talk.session.state)
    if state is None or talk.word or not isinstance(reply, Words) or not is_plea(reply.text):
        return False
    said = Told(key="always.no_secret_adult.say" if _is_adult(talk) else "always.no_secret.say")
    if said.key.removesuffix(".say") not in talk.release.plan.states:
        return False
    is_telling = state.flow.startswith(REPORT) and state.expect == "text" and not state.answers
    is_answer = understand(talk.release.plan, state, talk.session, reply.text)
    is_chosen = is_answer is not None and is_answer[0] in state.answers
    if is_telling or is_chosen or talk.felt in PRESSING:
        waiting.append(said)
        return False
    await talk.say((said, Asked(state=state.place)))
    return True


def _is_adult(talk: Talk) -> bool:
    return is_adult(talk.session.answers)


def warm(talk: Talk, before: str, reply: Reply, waiting: list[Event]) -> None:
    """Have nobody hear "please choose" who told of something at the question *before*."""
    unclear = [event for event in waiting if isinstance(event, Told) and _is_unclear(event.key)]
    if not unclear and _is_afraid_amid_telling(talk, before, reply):
        waiting.insert(0, Told(key="always.afraid.say"))
    if not unclear or not isinstance(reply, Words) or not _tells(talk, before, reply.text):
        return
    place = waiting.index(unclear[0])
    is_hint = unclear[0].key.endswith(_OWN_HINT)
    said = () if talk.has_comforted else (Told(key=_words(talk, reply.text)),)
    waiting[place : place + 1] = [*said, *(unclear if is_hint else ())]


def _is_afraid_amid_telling(talk: Talk, before: str, reply: Reply) -> bool:
    """Whether somebody who tells in their own words writes no more than that they are afraid."""
    if not isinstance(reply, Words) or talk.has_comforted or len(reply.text) > _BRIEF:
        return False
    state = talk.release.plan.states.get(before)
    is_telling = state is not None and before.startswith(REPORT) and state.expect == "text"
    return is_telling and _AFRAID.search(reply.text) is not None


def _is_unclear(key: str) -> bool:
    return key in _UNCLEAR or key.endswith(_OWN_HINT)


def _tells(talk: Talk, state: str, text: str) -> bool:
    """Whether *text* tells of something, in doubt of harm, or of fear."""
    if state.startswith(_ELSEWHERE) or "always.heard_you" not in talk.release.plan.states:
        return False
    if talk.felt is not Level.NONE or contexts_in(text, talk.house.rules) or _AFRAID.search(text):
        return True
    is_long = len(_HAN.findall(text)) >= _FEWEST_HAN or len(_WORD.findall(text)) >= _FEWEST_WORDS
    return is_long and not is_question(text)


def _words(talk: Talk, text: str) -> str:
    if _AFRAID.search(text):
        return "always.afraid.say"
    if talk.session.unclear > 1:
        return "always.heard_you_again.say"
    is_read = talk.case is not None and not talk.session.is_quiet
    return "always.heard_you.say" if is_read else "always.heard_you_kept.say"
