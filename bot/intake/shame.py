"""Whoever asks whether it is their fault, or feels dirty, hears at once that it is not.

It is said wherever they ask, before anything else is asked. To an adult it may not be true.
"""

import re

from bot.casework.cases import is_adult
from bot.domain.event import Said as Told
from bot.domain.level import Level
from bot.domain.looking import looks_once
from bot.domain.update import Kind, Update
from bot.engine.plain import plain
from bot.intake.parting import WAYS_ON
from bot.intake.place import ask_again
from bot.intake.talk import Talk

_NOT_YOURS = Told(key="always.not_your_fault.say")
_BEFORE = r"(?:(?:and|but|so|or|please|tell me|maybe|i think|i feel like|i know)\s)*"
_FOUL = r"(?:dirty|disgusting|filthy|gross|unclean|ruined)"
_BEHIND = r"(?: (?:now|then|though|too|inside|that (?:it|this) happened|that he did (?:it|this)))?"
_ENGLISH = (
    rf"{_BEFORE}(?:(?:is|was|isnt|wasnt) (?:it|this|that)(?: all)? (?:really )?my (?:own )?fault"
    r"|(?:its|it is|it was|this is|that was)(?: all)? my (?:own )?fault|my (?:own )?fault"
    r"|(?:am|was) i to blame|did i (?:do (?:something|anything) wrong|deserve (?:it|this|that))"
    r"|i (?:must have )?deserved? (?:it|this)|(?:am|was) i (?:so )?(?:dirty|disgusting|ruined)"
    rf"|i feel (?:so |very |really )?{_FOUL}|(?:im|i am) (?:so )?(?:dirty|disgusting|ruined)"
    rf"|(?:do|dont|will|would) you (?:think|find) (?:im|i am|me) {_FOUL}"
    rf"|are you disgusted(?: by me)?|you (?:must )?think (?:im|i am) {_FOUL}){_BEHIND}"
)
_FOUL_ZH = "(?:很|好|太|真|特别|这么)?(?:脏|恶心|不干净|下贱|贱|坏|坏孩子)"
_CHINESE = (
    "(?:那|可是|但是|请问|我想问)?(?:"
    "(?:这|那|都|全)*(?:是不是|会不会是|难道是|是)(?:都|全)?(?:是)?我的错"
    "|(?:是不是|都|全)*怪我(?:自己)?|(?:是不是|是)(?:因为)?我(?:自己)?(?:不好|不乖|不对|活该|做错了?什么)"
    "|我是不是(?:活该|做错(?:了什么|什么|了|事了?)|不好|不乖)|我做错(?:了什么|什么)"
    f"|我是不是(?:已经|变)?{_FOUL_ZH}"
    f"|我(?:觉得|感觉)(?:自己|我)?{_FOUL_ZH}|我不干净"
    f"|(?:你们?|别人|人家|大家)?(?:会不会|是不是会?)(?:觉得|认为|嫌|嫌弃)我{_FOUL_ZH}?"
    f"|(?:你们?|别人|人家|大家)?会?(?:觉得|认为|嫌|嫌弃)我{_FOUL_ZH}?(?=[吗嘛么])"
    ")[了吗嘛么呢吧啊呀]*"
)
_SHAME = re.compile(f"{_ENGLISH}|{_CHINESE}")


@looks_once
def asks_whose_fault(text: str) -> bool:
    """Whether *text* asks whether it is their fault, or says that they feel dirty, and no more."""
    return _SHAME.fullmatch(plain(text)) is not None


async def answer_shame(talk: Talk, update: Update) -> bool:
    """Say to whoever asks so that it is not their fault, and ask again what waits.

    Returns whether that is all: whoever had told nothing yet is then greeted, or asked on.
    """
    is_known = talk.release.plan.can_say("always.not_your_fault.say")
    if update.kind is not Kind.TEXT or talk.word or not is_known or is_adult(talk.session.answers):
        return False
    if not asks_whose_fault(update.text):
        return False
    if talk.felt is not Level.NONE or not (talk.session.step or talk.case):
        await talk.say((_NOT_YOURS,))
        return False
    again = ask_again(talk.release.plan, talk.session, talk.now)
    talk.session = again.session
    await talk.say((_NOT_YOURS, *again.events), words=() if again.events else WAYS_ON)
    return True
