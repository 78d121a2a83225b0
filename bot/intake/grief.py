"""Whoever writes that somebody has died, or an animal of theirs, hears first that it may hurt."""

import re

from bot.domain.event import Said as Told
from bot.domain.looking import looks_once
from bot.engine.plain import plain
from bot.intake.talk import Talk

_IT_HURTS = Told(key="always.it_hurts.say")
_LONGEST = 60
"""Characters beyond which a text tells more than that."""

_WHO_EN = (
    r"(?:(?:grand|step)?(?:mum|mom|ma|mother|dad|pa|father|son|daughter)|granny|nana|brother|sister"
    r"|uncle|aunt|cousin|friend|classmate|teacher|dog|cat|puppy|kitten|hamster|rabbit|pet)"
)
_WHO_ZH = (
    "(?:爷爷|奶奶|外公|外婆|公公|婆婆|爸爸?|妈妈?|哥哥?|姐姐?|弟弟?|妹妹?|叔叔?|伯伯|舅舅?|姑姑?|太太|儿子|女儿"
    "|同学|朋友|闺蜜|同桌|老师|小?狗狗?|小?猫咪?|兔子|仓鼠)"
)
_DIED = re.compile(
    rf"\b(?:my|our) (?:\w+ ){{0,2}}{_WHO_EN}(?: (?:just|has|recently|suddenly)){{0,2}}"
    r" (?:died|passed away|is dead)\b"
    rf"|{_WHO_ZH}(?:都|已经|刚刚?|昨天|前天|今天|上周|上个月|去年|突然|前几天|昨晚){{0,2}}(?:死|去世|过世|离世|病逝)了"
)


def say_it_hurts(talk: Talk, text: str) -> tuple[Told, ...]:
    """Return what is said first to whoever tells in *text* of a death; nothing to others."""
    is_sayable = _IT_HURTS.key.removesuffix(".say") in talk.release.plan.states
    return (_IT_HURTS,) if is_sayable and _tells_of_a_death(text) else ()


@looks_once
def _tells_of_a_death(text: str) -> bool:
    said = plain(text)
    return len(said) <= _LONGEST and _DIED.search(said) is not None
