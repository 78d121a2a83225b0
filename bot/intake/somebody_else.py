"""Somebody else seems to have taken the phone, and asks who writes to the child there.

They hear what this chat is, and nothing of what was told, nor a question about it: that could tell
them what the child has said. What waits is not asked again until somebody goes on writing.
"""

import re

from bot.domain.event import Said as Told
from bot.domain.looking import looks_once
from bot.domain.update import Kind, Update
from bot.engine.plain import plain
from bot.intake.talk import Talk

_WHAT_THIS_IS = Told(key="always.what_this_is.say")
_LONGEST = 80
"""Characters beyond which a text says more."""

_WHOSE_EN = r"(?:my|our) (?:\w+ )?(?:son|daughter|kid|child|boy|girl|granddaughter|grandson|sister)"
_WHOSE_ZH = r"(?:我|我们|我家)的?(?:小)?(?:女儿|儿子|孩子|娃娃?|姑娘|闺女|妹妹?|弟弟?|孙女|孙子)"
_ASKS = re.compile(
    r"\b(?:why|what) (?:are|r|do|did|were) (?:you|u) (?:\w+ ){0,2}"
    r"(?:text|talk|writ|messag|chat|ask|tell|say|want)\w* ?(?:to |with |from |about )?"
    rf"{_WHOSE_EN}\b"
    rf"|\bwho (?:is|are) (?:this|you|it|u)\b.{{0,40}}\b{_WHOSE_EN}\b"
    rf"|\b{_WHOSE_EN}(?:s)? (?:phone|mobile)\b.{{0,20}}\bwho (?:is|are)\b"
    rf"|(?:为什么|为啥|干嘛|干什么|凭什么|怎么|在).{{0,6}}(?:和|跟|找|给|问)(?:着)?{_WHOSE_ZH}"
    rf"|(?:你们?|您)(?:是谁|是哪个|是什么人|哪个).{{0,20}}{_WHOSE_ZH}"
    rf"|(?:你们?|您)(?:到底|都)?(?:和|跟|对|找|给|问)(?:了)?{_WHOSE_ZH}.{{0,4}}(?:聊|说|讲|问|发|干)"
    rf"|{_WHOSE_ZH}(?:和|跟|在跟|在和)(?:你们?|您)(?:聊|说|讲)(?:了)?(?:什么|啥)"
)

_IS_KIN = re.compile(
    r"(?:(?:this is|i am|im|its) )?(?:her|his|the) (?:own )?(?:step)?(?:dad|father|mum|mom|mother"
    r"|parent|guardian|uncle|aunt|grandma|grandpa|brother|sister)"
    r"|我是(?:她|他|孩子|娃)?的?(?:爸爸?|妈妈?|父亲|母亲|爷爷|奶奶|家长|哥哥?|姐姐?|叔叔?|后爸|后妈)"
)
_LATELY = 4
"""Of how many of the last messages it is looked up whether they asked so."""


async def answer_somebody_else(talk: Talk, update: Update) -> bool:
    """Say what this chat is to whoever asks so; return whether that is all."""
    if update.kind is not Kind.TEXT or talk.word or not talk.session.step:
        return False
    if not is_somebody_else(talk, update.text):
        return False
    await talk.say((_WHAT_THIS_IS,))
    return True


def is_somebody_else(talk: Talk, text: str) -> bool:
    """Whether *text* asks who writes to a child of theirs, or says after that who they are."""
    if asks_who_writes(text):
        return True
    is_kin = _IS_KIN.fullmatch(plain(text)) is not None
    return is_kin and any(asks_who_writes(said.text) for said in talk.session.said[-_LATELY:])


@looks_once
def asks_who_writes(text: str) -> bool:
    """Whether *text* asks who it is that writes to a child of theirs."""
    said = plain(text)
    return len(said) <= _LONGEST and _ASKS.search(said) is not None
