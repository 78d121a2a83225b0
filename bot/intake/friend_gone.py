"""A child fears for a friend who wants to die, and does not know where that friend is now."""

from collections.abc import Sequence

from bot.domain.expression import expression
from bot.domain.level import Level
from bot.domain.signal import Signal
from bot.engine.plain import plain
from bot.intake.asked_in_trouble import fears_for_a_friend
from bot.intake.talk import Talk

_MISSING = "missing"

_IS_GONE = expression(
    r"\b(?:where|wherever) (?:she|he|they|my \w+)(?: is| are| ?s| went| ran| has gone)\b"
    r"|\b(?:cant|cannot|couldnt|didnt|dont|wont) (?:find|reach|see) (?:her|him|them|my \w+)\b"
    r"|\b(?:she|he|they)(?: is|s| has| are|ve)?(?: just)?"
    r" (?:gone|missing|disappeared|vanished|left|ran off)\b"
    r"|(?:不知道|不晓得)(?:她|他|人)们?(?:现在|跑|去|在|到|了)*(?:哪|什么地方)"
    r"|(?:找不到|找不着|联系不上|打不通)(?:她|他|人)"
    r"|(?:她|他|人)们?(?:就|已经|突然)?(?:不见了?|失踪|走了|跑了|联系不上)"
)
_OF_SELF = expression(
    r"\bi (?:ran|am lost|am missing)\b|\bim (?:lost|missing)\b|where i am"
    r"|我(?:在哪|迷路|走丢|离家|跑出来)"
)


def misses_a_friend(talk: Talk, signals: Sequence[Signal]) -> bool:
    """Whether what was seen now is only that somebody is gone, who was said to want to die."""
    pressing = [signal for signal in signals if signal.level is Level.EMERGENCY]
    if not pressing or any(signal.category != _MISSING for signal in pressing):
        return False
    said = plain(talk.kept)
    is_gone = _IS_GONE.search(said) and not _OF_SELF.search(said)
    return bool(is_gone) and fears_for_a_friend(talk)
