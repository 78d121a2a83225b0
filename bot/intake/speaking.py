"""A language that is named is spoken at once, wherever it is named; nobody is asked for it again.

Where the language is asked for, words that name none are meant for the question before.
"""

import re

from bot.domain.event import Asked
from bot.domain.event import Said as Told
from bot.domain.looking import looks_once
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.engine.understand import understand
from bot.engine.walk import follow
from bot.flow.model import SKIPPED
from bot.intake.learning import recall_question
from bot.intake.talk import Talk

_ASKED = "always.language"
_WORD = "language"
_CHANGED = Told(key="always.in_this_language.say")

_BEFORE = (
    r"(?:(?:please|pls|can|could|you|we|i|want|would|like|to|lets|let us|only|just|speak|talk|use"
    r"|write|read|switch|change|reply|answer|in|into|it|this)\s)*"
)
_BEHIND = r"(?: (?:please|pls|language|version|only|thanks))*"
_BEFORE_ZH = (
    "(?:请|可以|能不能|能|可不可以|我要|我想|要|你|会|我们|跟我)*"
    "(?:说|讲|用|换成?|切换成?|切换到|改成?|回)?"
)
_BEHIND_ZH = "(?:版|吧|吗|好吗|行吗|可以吗|说|写|聊|回答|回复|嘛)*"
_CANNOT = r"i (?:cant|cannot|can not|dont|do not) (?:speak|read|understand|know)(?: any)?"
_CANNOT_ZH = "我?(?:看不懂|听不懂|不懂|不会|不认识|读不懂)"
_NAMES = {
    "en": ("english|eng", "英文|英语|英语版", "chinese", "中文|汉语|汉字"),
    "zh_CN": (
        "chinese|mandarin|zhongwen|putonghua",
        "中文|汉语|普通话|国语",
        "english",
        "英文|英语",
    ),
}


def _pattern(english: str, chinese: str, other: str, other_chinese: str) -> re.Pattern[str]:
    return re.compile(
        rf"{_BEFORE}(?:{english}){_BEHIND}|{_BEFORE}(?:{chinese}){_BEHIND}"
        rf"|{_BEFORE_ZH}(?:{chinese}|{english}){_BEHIND_ZH}"
        rf"|{_CANNOT} {other}|{_CANNOT_ZH}(?:{other_chinese})"
    )


_NAMING = {code: _pattern(*names) for code, names in _NAMES.items()}


@looks_once
def language_named(text: str) -> str:
    """Return the code of the language that *text* asks for, and no more; ``""`` if for none."""
    said = plain(text)
    return next((code for code, words in _NAMING.items() if words.fullmatch(said)), "")


def leave_language_question(talk: Talk, update: Update) -> None:
    """Have what is written where the language is asked for, and names none, answer what waits."""
    state, session = talk.release.plan.states.get(_ASKED), talk.session
    if session.state != _ASKED or state is None or update.kind is not Kind.TEXT:
        return
    is_chosen = understand(talk.release.plan, state, session, update.text) is not None
    if talk.word in {"", _WORD} and not (is_chosen and not language_named(update.text)):
        talk.session = follow(talk.release.plan, session, SKIPPED, talk.now).session


async def speak_as_asked(talk: Talk, update: Update) -> bool:
    """Speak the language that *update* names from now on, and ask again what waits in it.

    Whoever begins with it is greeted in it. Returns whether that is all.
    """
    if update.kind is not Kind.TEXT or talk.word not in {"", _WORD}:
        return False
    code = language_named(update.text)
    if code not in talk.house.languages:
        return False
    talk.session = replace(talk.session, language=code)
    if not (talk.session.step or talk.case):
        talk.word = ""
        return False
    await talk.tell_code()
    recall_question(talk)
    state = talk.session.state
    await talk.say((_CHANGED, *((Asked(state=state),) if state else ())))
    return True
