"""Somebody else seems to have taken the phone, and asks who writes to the child there.

They hear what this chat is, and nothing of what was told, nor a question about it: that could tell
them what the child has said. For an hour what is written there answers nothing and is only kept,
unless it tells of an emergency; a tap, a return code or the safe word ends it earlier. Whoever
writes where a child told of harm that they are its father, or its mother, has the phone as well.
"""

from bot.casework.cases import is_adult
from bot.casework.gone import note_phone_taken
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.ids import HOUR, NEVER
from bot.domain.looking import looks_once
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.engine.reply import Words
from bot.guidance.years import (
    ENGLISH_CHILD,
    ENGLISH_KIN,
    HAN_CHILD,
    HAN_CHILD_OR_DOLL,
    HAN_KIN,
)
from bot.intake.childs_parent import LATELY, speaks_for_a_child
from bot.intake.door import is_code
from bot.intake.kin_words import GROWN_EN, GROWN_ZH
from bot.intake.over_shoulder import asks_the_child, scolds_for_telling
from bot.intake.talk import Talk

_WHAT_THIS_IS = Told(key="always.what_this_is.say")
_NOT_OF_OTHERS = Told(key="always.not_of_others.say")
_GOES_TO_WORKERS = Told(key="always.goes_to_workers.say")
_TAKEN_FOR = HOUR
_LONGEST = 80
"""Characters beyond which a text says more."""

_WHOSE_EN = (
    rf"(?:my|our) (?:\w+ )?(?:{ENGLISH_CHILD}|{ENGLISH_KIN}|(?:boy|girl|sister|brother)s?\b)"
)
_WHOSE_ZH = (
    rf"(?:我|我们|我家)的?小?(?:外孙女|{HAN_CHILD}|{HAN_KIN}|{HAN_CHILD_OR_DOLL}|姑娘|妹妹?|弟弟?)"
)
_THEIRS_ZH = (
    rf"(?:我|我们|我家)的?小?(?:外孙女|{HAN_CHILD}|{HAN_KIN}|姑娘)|我们?家的?{HAN_CHILD_OR_DOLL}"
)
_YOU_ZH = "(?:你们?|您)"
_ASKS = expression(
    r"\b(?:why|what) (?:are|r|do|did|were) (?:you|u) (?:\w+ ){0,2}"
    r"(?:text|talk|writ|messag|chat|ask|tell|say|want)\w* ?(?:to |with |from |about )?"
    rf"{_WHOSE_EN}"
    rf"|\bwho (?:is|are) (?:this|you|it|u)\b(?: (?:and|why|what|are|is|you|u|do|did)\b| \w+ing\b"
    rf"| (?:to|with))* {_WHOSE_EN}"
    rf"|\b{_WHOSE_EN} (?:phone|mobile) who (?:is|are) (?:this|you|it|u)\b"
    rf"|^(?:为什么|为啥|干嘛|凭什么)要?(?:和|跟|找|给)着?{_WHOSE_ZH}(?:聊|发|说话|写)"
    rf"|{_YOU_ZH}(?:是谁|是哪个|是什么人|哪个).{{0,20}}{_WHOSE_ZH}"
    rf"|{_YOU_ZH}(?:为什么|为啥|干嘛|干什么|凭什么|怎么|在|到底|都|要){{1,3}}"
    rf"(?:和|跟|找|给|问)着?{_WHOSE_ZH}"
    rf"|{_YOU_ZH}(?:到底|都)?(?:和|跟|对|找|给|问)了?{_WHOSE_ZH}.{{0,4}}"
    r"(?:聊|说|讲|问|发|干)(?:了|过|些|什么|啥|的|$)"
    rf"|(?:{_THEIRS_ZH})(?:和|跟|在跟|在和){_YOU_ZH}(?:聊|说|讲)了?(?:什么|啥)"
)
"""It is us who are asked: "he is chatting with my daughter" is told by whoever fears for her."""

_FORBIDS = expression(
    r"^(?:(?:please|pls|you|just|hey|ok) )*(?:stop|quit|(?:dont|do not)(?: ever)?|never)"
    r" (?:text|talk|writ|messag|chat|contact|bother|harass)\w* (?:to |with )?"
    rf"(?:my|our) (?:\w+ )?{ENGLISH_CHILD}"
    rf"|^(?:{_YOU_ZH}|请|以后|再也?)*(?:别|不要|不准|不许|莫|少)(?:再|来|去)*"
    rf"(?:给|和|跟|找|联系|打扰|骚扰|缠着?)着?(?:我|我们|我家)的?小?"
    rf"(?:{HAN_CHILD_OR_DOLL}|{HAN_CHILD})(?!的?(?:爸|妈|爷|奶|老师|同学|麻烦))"
)
"""That we write to a child of theirs; an adult who reports may as well only want to be asked."""

_THEY_EN = rf"(?:he|she|they|{_WHOSE_EN})"
_THEY_ZH = rf"(?:{_WHOSE_ZH}|他|她|娃娃?|孩子)"
_HERE_ZH = r"(?:在这里?|在这儿|跟你们?|对你们?|和你们?|向你们?|给你们?|找你们?|来这里?)"
_TELLS_ZH = r"(?:说|讲|聊|写|发|告|告状|举报|报告|反映|投诉)"
_POLICE_ASKS = (
    r"(?=.*(?:给我|要|多少|告诉|提供|发来|查))"
    r"我们?是(?:[一-鿿]{0,6}[市县州区镇乡村])?的?(?:公安|派出所|民警|警察).{0,20}(?:联系|找)(?:过|了)?你们.{0,10}"
    r"(?:电话|号码|地址|住址|资料|信息|姓名|名字).{0,10}"
    r"|(?:(?:i ?a?m|this is|we are) .{0,30})?police.{0,40}"
    r"(?:number|name|address|details|data).{0,20} of (?:the|a|that) \w+ (?:who|that)"
    r" (?:wrote|texted|contacted|reported)\b.{0,20}"
)
"""Whoever says that they are the police, and wants to know of somebody who wrote here."""

_ASKS_OF_OTHERS = expression(
    rf"(?:did|has|have|does|is) {_WHOSE_EN} (?:\w+ )?(?:wr[io]t(?:e|ten|ing)|text(?:ed|ing)?"
    r"|talk(?:ed|ing)?|chat(?:ted|ting)?|report(?:ed)?|contact(?:ed)?|been)"
    r" (?:to |with |in )?(?:you|u|here|me)(?: guys)?(?: about (?:me|us))?"
    rf"|what (?:did|has|does) {_THEY_EN} (?:wr[io]te|written|say|said|tell|told|report)"
    r"(?: to)? (?:you|u|here)(?: about (?:me|us))?"
    rf"|(?:(?:i|we) (?:need|want|have|demand) to|let me|show me|can i|may i) (?:see |read |know )?"
    rf"(?:what|everything) {_THEY_EN} (?:has |have )?(?:wrote|written|said|told)"
    r"(?: (?:to )?(?:you|u)| here)?"
    r"(?: i ?a?m (?:\w+ ){1,4}(?:guardian|father|mother|parent|dad|mum|mom))?"
    r"|who (?:has )?reported (?:me|us|my family)(?: to (?:you|u|the police))?"
    rf"|{_WHOSE_ZH}(?:是不是|有没有|有)?{_HERE_ZH}{_TELLS_ZH}(?:了|过)?(?:我们?|家里)?的?"
    r"(?:状|什么|啥|话|坏话|事)?(?:吗|嘛|么|没有?|呢)?"
    rf"|{_THEY_ZH}(?:到底|都)?{_HERE_ZH}(?:都)?{_TELLS_ZH}(?:了|过)?(?:些)?(?:什么|啥)(?:呢|啊|呀)?"
    r"(?: ?(?:快|都)?(?:给我|让我|我要|拿来)看(?:看|一下)?)?"
    rf"|(?:你们?|请|麻烦|快|我要|我想|能不能|可以)*(?:把)?(?:{_THEY_ZH}的?|你们的?)?(?:聊天记录|聊天内容|记录)"
    r"(?:给我看|拿给我|发给我|交出来)(?:看|一下|看看)*(?:吗|嘛|么)?(?: ?我是.{1,6})?"
    rf"|{_POLICE_ASKS}"
    r"|(?:到底)?(?:是)?(?:谁|哪个)(?:人)?(?:举报|告|投诉|报告)(?:了)?(?:我|我们|我家)?(?:的|的状)?(?:呢|啊|呀)?"
)
"""Whole texts that ask whether somebody wrote here, or what; it may be who is reported."""

_OF_THEIRS = expression(rf"(?:my|our) (?:\w+ )?(?:{ENGLISH_CHILD}|{ENGLISH_KIN})|{_THEIRS_ZH}")
"""Without these a child may ask so as well, of its sister or of whom it told of."""

_IS_KIN = expression(
    rf"(?:(?:this is|i am|im|its) )?(?:her|his|the) (?:own )?(?:{GROWN_EN}|guardian|brother|sister)"
    rf"|我是(?:她|他|孩子|娃)?的?(?:{GROWN_ZH}|父亲|母亲|家长|哥哥?|姐姐?)"
)


async def mind_who_holds_it(talk: Talk, update: Update) -> None:
    """Note that the phone may be taken, in the case as well, or that it is in their hands again."""
    is_theirs = bool(update.tap) or talk.is_called_quietly
    if is_theirs or is_code(talk, Words(text=update.text, word=talk.word)):
        talk.session = replace(talk.session, taken_at=NEVER)
    elif update.kind is Kind.TEXT and _takes_it(talk, update.text):
        if talk.case is None or is_adult(talk.session.answers):  # who has a child, and told of it
            return
        if not was_taken_lately(talk):
            await note_phone_taken(talk.tx, talk.case, at=talk.wrote_at or talk.now)
        talk.session = replace(talk.session, taken_at=talk.now)


def was_taken_lately(talk: Talk) -> bool:
    """Whether somebody else seems to have taken the phone lately."""
    return talk.now - talk.session.taken_at < _TAKEN_FOR


async def answer_somebody_else(talk: Talk, update: Update) -> bool:
    """Say what this chat is to whoever seems to have taken the phone; return whether that is all.

    What they write then is kept and answers nothing, and they hear only that it reaches somebody.
    """
    if update.kind is not Kind.TEXT or talk.word or not talk.session.step:
        return False
    if not (is_somebody_else(talk, update.text) or asks_the_child(talk, update.text)):
        return False
    await talk.say((_for_somebody_else(talk, update.text),))
    return True


def _for_somebody_else(talk: Talk, text: str) -> Told:
    """Return what is said to *text*; flows of an organisation's own may not tell these apart."""
    can_say = talk.release.plan.can_say
    if asks_of_others(text) and can_say(_NOT_OF_OTHERS.key):
        return _NOT_OF_OTHERS
    is_asked = asks_who_writes(text) or not can_say(_GOES_TO_WORKERS.key)
    return _WHAT_THIS_IS if is_asked else _GOES_TO_WORKERS


def is_somebody_else(talk: Talk, text: str) -> bool:
    """Whether *text* asks who writes to a child of theirs, or comes soon after that."""
    if _takes_it(talk, text) or was_taken_lately(talk):
        return True
    if asks_of_others(text) and (talk.case is None or is_adult(talk.session.answers)):
        return True
    is_kin = _IS_KIN.fullmatch(plain(text)) is not None
    return is_kin and any(asks_who_writes(said.text) for said in talk.session.said[-LATELY:])


def _takes_it(talk: Talk, text: str) -> bool:
    if forbids_writing(text) and not is_adult(talk.session.answers):
        return True
    is_kin = asks_who_writes(text) or speaks_for_a_child(talk, text)
    return is_kin or scolds_for_telling(talk, text)


def forbids_writing(text: str) -> bool:
    """Whether *text* forbids us to write to a child of theirs."""
    return _FORBIDS.search(plain(text)) is not None


@looks_once
def asks_who_writes(text: str) -> bool:
    """Whether *text* asks who it is that writes to a child of theirs, or what the child wrote."""
    said = plain(text)
    if len(said) > _LONGEST:
        return False
    is_of_theirs = asks_of_others(text) and _OF_THEIRS.search(said) is not None
    return is_of_theirs or _ASKS.search(said) is not None


@looks_once
def asks_of_others(text: str) -> bool:
    """Whether *text* asks only whether somebody else wrote here, what they wrote, or who did."""
    return _ASKS_OF_OTHERS.fullmatch(plain(text)) is not None
