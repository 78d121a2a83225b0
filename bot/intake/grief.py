"""Whoever writes that somebody has died, or an animal of theirs, hears first that it may hurt."""

from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.looking import looks_once
from bot.engine.plain import plain
from bot.intake.kin_words import KIN_EN, KIN_ZH
from bot.intake.talk import Talk

_IT_HURTS = Told(key="always.it_hurts.say")
_IT_HURTS_ANIMAL = Told(key="always.it_hurts_animal.say")
_LONGEST = 60
"""Characters beyond which a text tells more than that."""

_PET_EN = r"(?:dog|cat|puppy|kitten|hamster|rabbit|pet|parrot|bird|fish)"
_PET_ZH = "(?:小?狗狗?|小?猫咪?|兔子|仓鼠|乌龟|鹦鹉|小?鸟|金鱼)"
_WHEN_ZH = "(?:都|已经|刚刚?|昨天|前天|今天|上周|上个月|去年|突然|前几天|昨晚){0,2}"
_DEAD_ZH = "(?:死|去世|过世|离世|病逝)了(?!心|算了|吗|么|才|就)"
_KIN_EN = f"(?:{KIN_EN}|ma|pa)"
_DEAD_EN = (
    r"(?: (?:just|has|have|recently|suddenly)){0,2}"
    r" (?:died|passed away|(?:is|are) dead(?! (?:drunk|tired|asleep|against|broke"
    r"|serious|set|to (?:me|us))))\b"
)
_DIED = expression(
    rf"\b(?:my|our) (?:\w+ ){{0,2}}(?:{_KIN_EN}|{_PET_EN}){_DEAD_EN}"
    rf"|(?:{KIN_ZH}|{_PET_ZH}){_WHEN_ZH}{_DEAD_ZH}"
)
_PET_DIED = expression(
    rf"\b(?:my|our) (?:\w+ ){{0,2}}{_PET_EN}{_DEAD_EN}|{_PET_ZH}{_WHEN_ZH}{_DEAD_ZH}"
)
_NOT_REALLY = expression(
    r"(?:游戏|王者|吃鸡|梦|希望|恨不得|巴不得|如果|要是|假如|怕|担心|以为|小说|电影|电视|动漫)"
    r"|\b(?:games?|minecraft|roblox|dream(?:s|t|ed)?|if|wish|hope|scared|afraid|worried|movie|film"
    r"|book|show|thought)\b"
)
"""What, anywhere before it, makes of a death one that has not been."""


def say_it_hurts(talk: Talk, text: str) -> tuple[Told, ...]:
    """Return what is said first to whoever tells in *text* of a death; nothing to others."""
    if not _tells_of_a_death(text):
        return ()
    is_animal = tells_of_a_pet(text) and talk.release.plan.can_say(_IT_HURTS_ANIMAL.key)
    said = _IT_HURTS_ANIMAL if is_animal else _IT_HURTS
    return (said,) if talk.release.plan.can_say(said.key) else ()


@looks_once
def tells_of_a_pet(text: str) -> bool:
    """Whether *text* tells that an animal of theirs has died, for which no page is written."""
    return _tells_of_a_death(text) and _PET_DIED.search(plain(text)) is not None


@looks_once
def _tells_of_a_death(text: str) -> bool:
    said = plain(text)
    died = _DIED.search(said) if len(said) <= _LONGEST else None
    return died is not None and _NOT_REALLY.search(said[: died.end()]) is None
