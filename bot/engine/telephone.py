"""Telephone numbers in what somebody wrote, and whether they want to be called or written to."""

import re

from bot.domain.expression import expression
from bot.engine.plain import plain

_NUMBER = expression(
    r"(?<!\d)(?:(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8})(?!\d)", re.ASCII
)

_WORD = r"(?: (?!(?:dont|not|never|no|reads?|sees?|checks?|looks?|finds?|has)\b)[a-z]+)"
_CALLED = expression(
    r"(?:(?:sorry|um+|well|hm+) )*(?:no|nope|nah|rather not|better not|not here)"
    r"(?: (?:please|pls|just|but|thanks|thank you|sorry|instead|better|rather|id|i would|like"
    r"|prefer|you|u|to|can|could|may|it is|its))*"
    r" (?:call|ring|phone|telephone)(?: (?:me|us|instead|please|on|at|this|my|the|number|phone"
    rf"|mobile|is))* [\d ]+{_WORD}{{0,3}}"
    r"|(?:请|麻烦)*(?:不(?:行|可以|能|用|要|好|太好)?|别|莫)[了吧啊哦呀嘛]*"
    r"(?: |(?=请|麻烦|直接|还是|最好|你))(?:请|麻烦|你们?|您|就|还是|直接|最好|可以| )*"
    r"(?:打|拨)(?!字)(?:给|我|这个?|的|电话|手机|号码?|吧| )*[\d ]+"
    r"(?!.*[不没看查翻])[一-鿿 ]{0,6}"
)
_NOT_CALLED = expression(
    r"(?<!\bi )(?<!\bwe )(?<!\bthey )\b(?:dont|do not|never|not|cant|cannot)"
    r" (?:(?:ever|please|just|be|you) )*(?:call|ring|phone|telephone)(?:ed)?\b"
    r"|\bno (?:calls|phone calls?|call (?:please|pls)(?= ?\d))\b"
    r"|(?:不(?:要|能|可以|许|想|用|方便|敢)|别|莫)(?:再|给我|跟我|给我?家里?|往家里|来|你们?)*(?:打(?![字扰])|拨|接?电话)"
)
_WRITTEN = expression(
    r"(?<!\bno )(?<!\bor )\b(?:texts?|sms|write|message|wechat)\b"
    r"|发(?:个|条)?(?:消息|短信|信息|微信)|写字"
)


def telephone_in(text: str) -> str:
    """Return the first number of a telephone in China in *text*, ``""`` if it holds none."""
    found = _NUMBER.search(text)
    return found[0] if found else ""


def wants_calls_instead(text: str) -> bool:
    """Whether *text* says no to what was asked, and at which number to call them instead.

    That is all it says: what says more may be about the number as well.
    """
    said = plain(text)
    return bool(telephone_in(text) and _CALLED.fullmatch(said)) and not forbids_calls(text)


def forbids_calls(text: str) -> bool:
    """Whether *text* asks not to be called, at the number in it or at all."""
    return _NOT_CALLED.search(plain(text)) is not None


def wants_words_instead(text: str) -> bool:
    """Whether *text* asks not to be called, but to be written to."""
    return forbids_calls(text) and _WRITTEN.search(plain(text)) is not None
