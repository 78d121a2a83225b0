"""Who does it says what blows are: a father's are no bullying, whatever a rule calls them."""

from collections.abc import Sequence

from bot.domain.expression import expression
from bot.domain.signal import Signal
from bot.engine.plain import plain

_BULLYING, _BLOWS = "bullying", "physical_abuse"
_LOOKED_AT = 10
"""In how many of their last messages it is looked up who does it."""

_GROWN = expression(
    r"\b(?:step ?)?(?:dad|daddy|father|mum|mom|mummy|mommy|mother|parents|uncle|aunt|auntie)\b"
    r"|\bgrand ?(?:pa|ma|d?ad|father|mother|parents)\b|\b(?:drunk|drinks|drinking)\b"
    r"|[爸妈爹娘爷奶叔伯舅姑姨]|父亲|母亲|父母|继父|继母|外公|外婆|喝(?:了|醉|多)?酒|喝醉|家里人"
)
"""An adult of the family, or who has drunk."""

_PUPIL = expression(
    r"\b(?:class ?mates?|boys?|girls?|kids|pupils?|students?|seniors?|room ?mates?|bull(?:y|ies)"
    r"|gang|team ?mates?|schoolmates?)\b"
    r"|同学|同桌|室友|舍友|男生|女生|高年级|班上|班里|队友|一群人|小混混"
)


def blows_first(signals: Sequence[Signal], texts: Sequence[str]) -> Sequence[Signal]:
    """Return *signals*, as pressing as before, with blows before bullying if an adult does it.

    That is whom the newest of *texts* that names anybody names, the last of them.
    """
    categories = {signal.category for signal in signals}
    if not {_BULLYING, _BLOWS} <= categories or not _is_grown(texts[-_LOOKED_AT:]):
        return signals
    return sorted(signals, key=lambda signal: (signal.level, signal.category == _BULLYING))


def _is_grown(texts: Sequence[str]) -> bool:
    for text in map(plain, reversed(texts)):
        if _PUPIL.search(text):
            return False
        if _GROWN.search(text):
            return True
    return False
