"""Short words about writing to them: not at school or at night, or that no answer is wanted.

Not at some time means that at others it is safe; that is kept for the worker in their own words.
"""

import re

from bot.domain.expression import expression
from bot.domain.looking import looks_once
from bot.engine.plain import plain
from bot.intake.kin_words import KIN_EN, KIN_ZH

_LONGEST = 60
"""Characters beyond which words say more than that."""

_TIME_ZH = (
    r"(?:上学|上课|放学|晚上|夜里|半夜|早上|上午|中午|下午|白天|周末|平时|在?学校里?|在家里?|睡觉|吃饭|晚自习|自习"
    rf"|(?:星期|周|礼拜)[一二三四五六日天末]|{KIN_ZH}(?:都|也)?(?:在家?|回来|下班|没睡|在旁边))"
)
_NOT_ZH = r"(?:千万|请|求|你们?|您|就|都|也|先)*(?:不要|别|莫|不能|不可以|不许|不得|不方便)(?:再)?"
_WRITE_ZH = (
    r"(?:(?:给|跟|向)我)?(?:发|回|写|联系|回复|打扰)(?:我|任何)*"
    r"(?:消息|信息|短信|微信|东西)?(?:给我|过来|来)?(?:了|哈|啊|哦|嘛|吧)*"
)
_WRITE_EN = (
    r"(?:write|te?xt|message|msg|contact|reply|respond)(?: back)?(?: to)?(?: me)?(?: back| here)?"
)
_NOT_EN = (
    r"(?:(?:please|pls|plz|but|and|you|u|so|ok|just) )*(?:cant|can not|cannot|dont|do not|must not"
    r"|mustnt|should not|shouldnt|better not|not allowed to|never)(?: ever)?"
)
_TIME_EN = (
    rf"(?:(?:at|in|during|while im|when im|when i am|while i am|on|before|until)"
    r"(?: (?:at|in|the|my|a))*"
    r" (?:school(?: time| hours| days?)?|class|lessons?|night|nights|morning|mornings|afternoons?"
    r"|evenings?|day|daytime|dinner|lunch|work|weekends?|weekdays?|practice|training|bed|asleep"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|\d{1,2}(?: ?\d\d)?(?: ?[ap]m)?)"
    rf"|(?:when|while|if) (?:{KIN_EN}|he|she|they)(?: is|s| are)?"
    r" (?:home|at home|here|around|there|awake))"
)
_AT_TIMES = expression(
    r"(?:但是?|不过|可是|你们?)?(?:我)?(?:在|每天)?"
    rf"{_TIME_ZH}(?:的?时候|时|期间|里|的话)?[ ]?{_NOT_ZH}{_WRITE_ZH}"
    rf"|{_NOT_ZH}(?:在)?(?:我)?{_TIME_ZH}(?:的?时候|时|期间)?{_WRITE_ZH}"
    rf"|{_NOT_EN} {_WRITE_EN} {_TIME_EN}"
    rf"(?: (?:please|pls|thanks|ok|only|or {_TIME_EN}|and {_TIME_EN}))*"
)


_CLAUSES = expression(r"[，,。.！!;；？?\n]+")

_NO_ANSWER = expression(
    r"(?:好的?|嗯|谢谢|请|你们?|您|社工|真的|先|暂时|现在|以后|没事|就)*"
    r"(?:不用|不必|别|不要|莫|无需|不需要|不许|请勿)(?:再)?"
    r"(?:(?:给我)?(?:回复?|回信|答复)(?:消息|信息|短信|微信)?我?(?:消息|信息)?|(?:给我)?发(?:消息|信息|短信|微信))"
    r"(?:了|的|啊|哈|哦|嘛|吧|谢谢| )*"
    r"|(?:(?:ok|okay|please|pls|plz|and|so|its ok|its fine|thanks|thank you|but|there is|theres) )*"
    r"(?:dont|do not|no need to|(?:(?:you|u) )?(?:need not|(?:dont|do not) (?:need|have) to))"
    r" (?:text|txt|write|reply|message|msg|answer|respond)(?: me| us)?"
    r"(?: (?:back|to me|to this|here|again|any ?more|please|pls|thanks|thank you|now|ok))*"
    r"|(?:(?:please|pls|plz|and|so|but) )*never (?:text|txt|write|message|msg)(?: to)? me"
    r"(?: (?:back|here|again|any ?more|please|pls))*"
    r"|(?:(?:ok|please|pls|and|so|there is|theres) )*no "
    r"(?:need (?:for an?|for any|to) (?:answer|reply)|(?:answer|reply) (?:needed|necessary|please))"
    r"(?: (?:back|please|pls|thanks))*"
)
"""That no answer is wanted; elsewhere 不用回 may be said of going home.

"You never answer" and "you dont reply" are said by whoever waits for one.
"""

_NEVER = expression(
    r"(?:(?:its|it is|this is|thats) )?(?:no|nope|never|not safe|unsafe|不安全|不行|不可以)"
)
"""Said beside a time, it is a no to all of it."""


_GOES_HOME = expression(r"回(?:了|哈|啊|哦|嘛|吧)*")
"""How it ends where it may as well be said of going home."""

_MAY_NOT_GO = expression(r"(?:不许|不准|不能|不可以|不得)(?:再)?回(?:了|哈|啊|哦|嘛|吧)*")
"""The same, where somebody forbids it: 晚上不许回."""


@looks_once
def times_refused(text: str) -> str:
    """Return the words of *text* that ask only for nothing at some time; ``""`` if none do."""
    clauses = (text, *_CLAUSES.split(text))
    if any(_NEVER.fullmatch(plain(each)) for each in clauses):
        return ""
    found = (each.strip() for each in clauses if _AT_TIMES.fullmatch(plain(each)))
    return next((each for each in found if len(each) <= _LONGEST), "")


@looks_once
def wants_no_answer(text: str) -> bool:
    """Whether *text* says that nothing is to be written back, and no more."""
    return _NO_ANSWER.fullmatch(plain(text)) is not None and not may_not_go_home(text)


def may_not_go_home(text: str) -> bool:
    """Whether *text* ends like what forbids a child to come home: 放学不许回."""
    return _ends(text, _MAY_NOT_GO)


def _ends(text: str, words: re.Pattern[str]) -> bool:
    said = plain(text)
    return any(match.end() == len(said) for match in words.finditer(said))


def is_only_of_writing(text: str) -> bool:
    """Whether *text* only says when, or that, nothing is to be written to them."""
    is_of_times = times_refused(text) == text.strip() and not _ends(text, _GOES_HOME)
    return is_of_times or wants_no_answer(text)
