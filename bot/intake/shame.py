"""Whoever asks whether it is their fault, feels dirty or worthless, hears at once that it is not.

So does a child that told of harm and asks whether that is wrong, or normal. It is said wherever
they ask, before anything else is asked. To an adult it may not be true.
"""

from bot.casework.cases import is_adult
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.level import Level
from bot.domain.looking import looks_once
from bot.domain.update import Kind, Update
from bot.engine.offered import PREGNANT
from bot.engine.plain import plain
from bot.intake.case_shown import shows_case
from bot.intake.parting import WAYS_ON
from bot.intake.place import ask_again
from bot.intake.talk import Talk

_NOT_YOURS, _NOT_SO = "always.not_your_fault.say", "always.not_worthless.say"
_NOT_RIGHT, _BOYS_TOO = "always.not_right.say", "always.boys_too.say"
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
    "(?:这|那|都|全)*(?:是不是|会不会是|难道是)(?:都|全)?(?:是)?我(?:自己)?的(?:错|问题|原因)"
    "|(?:这|那|都|全)*是(?:都|全)?(?:是)?我(?:的错|自?己?的(?:问题|原因)(?=[吗嘛么]))"
    "|(?:是不是|都|全)*怪我(?:自己)?|(?:是不是|是)(?:因为)?我(?:自己)?(?:不好|不乖|不对|活该|做错了?什么)"
    "|我是不是(?:活该|做错(?:了什么|什么|了|事了?)|不好|不乖)|我做错(?:了什么|什么)"
    f"|我是不是(?:已经|变)?{_FOUL_ZH}"
    f"|我(?:觉得|感觉)(?:自己|我)?{_FOUL_ZH}|我不干净"
    f"|(?:你们?|别人|人家|大家)?(?:会不会|是不是会?)(?:觉得|认为|嫌|嫌弃)我{_FOUL_ZH}?"
    f"|(?:你们?|别人|人家|大家)?会?(?:觉得|认为|嫌|嫌弃)我{_FOUL_ZH}?(?=[吗嘛么])"
    ")[了吗嘛么呢吧啊呀]*"
)
_SHAME = expression(f"{_ENGLISH}|{_CHINESE}")
_LITTLE = (
    r"(?:stupid|dumb|useless|worthless|unlovable|ugly|good for nothing|an? (?:\w+ )?(?:idiot|loser"
    r"|burden|failure|bad (?:kid|child|person|girl|boy|son|daughter)))"
)
_LITTLE_ZH = (
    r"(?:笨|蠢|傻|没用|没出息|废物|垃圾|多余|累赘|丑|失败|讨人厌|讨人嫌|智障|坏(?=人|孩子))"
)
_WORTHLESS = expression(
    rf"{_BEFORE}(?:am i|do you think (?:im|i am)|is it true (?:that )?(?:im|i am))"
    rf" (?:(?:really|just|so|that|such|actually) )*{_LITTLE}{_BEHIND}"
    rf"|(?:那|可是|但是|请问|我想问)?我(?:是不是|真的是?|难道是?)(?:真的|就是|一个|个|太|很|特别|这么|那么|有点)*"
    rf"{_LITTLE_ZH}的?(?:人|孩子|小孩)?[了吗嘛么呢吧啊呀]*"
)
"""Only a question; whoever says so of themselves tells of low spirits."""

_IS_RIGHT_EN = (
    rf"{_BEFORE}(?:(?:is|was) (?:this|that|it|what (?:he|she|they) (?:does|do|did|is doing))"
    r"(?: (?:really|even|so|very|actually))*"
    r" (?:wrong|bad|normal|weird|not (?:ok|okay|right|normal))"
    r"|(?:is|was) (?:this|that|what (?:he|she|they) (?:does|do|did|is doing))(?: (?:really|even))*"
    r" (?:ok|okay|all right|alright|right|fine)"
    r"|(?:isnt|wasnt) (?:this|that|it) (?:wrong|bad|weird))"
    r"(?: (?:that|what|if|when|of him|of her|for him|for her)(?: (?:he|she|they))?"
    r"(?: (?:to )?(?:does|do|did) (?:it|this|that))?)?(?: (?:to|with) me)?(?: or not| or normal)?"
)
_THIS_ZH = (
    r"(?:(?:他们?|她们?|大人|老师|叔叔)?(?:这|那)(?:个|样子?|种|么|件)?(?:做|事情?|搞|弄|对我)*)"
)
_BAD_ZH = r"(?:很|太|有点)?(?:不对|不好|不正常|不可以|错|坏事|正常|对|好|可以|欺负我?)"
_IS_RIGHT_ZH = (
    rf"(?:那|可是|但是|请问|我想问|我想知道|我不知道|不晓得|不知道)*{_THIS_ZH}(?:到底)?(?:"
    rf"(?:算不算|是不是|算是不是|会不会){_BAD_ZH}的?|(?:算|是|算是)?{_BAD_ZH}的?(?=[吗嘛么不])"
    r"|(?:对不对|正不正常|好不好|可不可以))(?:事|行为)?[吗嘛么不呢啊呀]*"
)
_IS_RIGHT = expression(f"{_IS_RIGHT_EN}|{_IS_RIGHT_ZH}")
_I_AM_A_BOY = r"(?:(?:and|but|so|i am a boy|im a boy|im a guy) )*"
_I_AM_A_BOY_ZH = "(?:我是男的|我是男生|我是男孩|那|可是| )*"
_BOYS = expression(
    rf"{_I_AM_A_BOY}(?:can|does|do|could|is it possible that) "
    r"(?:(?:this|that|it) (?:even )?happens? to (?:boys|guys|men|a boy)(?: too| as well)?"
    r"|(?:boys|guys|a boy|men) (?:even )?(?:be |get )?(?:abused|raped|molested|touched)(?: too)?)"
    rf"|{_I_AM_A_BOY}(?:does (?:this|that|it) (?:mean|make me)"
    r"|am i|will i (?:be|become|turn)|does it mean) (?:that )?(?:i ?m |i am )?gay(?: now)?"
    rf"|{_I_AM_A_BOY_ZH}(?:男生|男的|男孩子?|男娃)(?:也)?(?:会不会|会|能|可能)?(?:也)?"
    r"(?:被|遇到|碰到|发生|有|(?=这样))(?:那个|这个|[这那](?:样|种)的?事?情?|性侵|侵犯|摸|猥亵|强奸)*"
    r"[吗嘛么不]*"
    rf"|{_I_AM_A_BOY_ZH}(?:我)?(?:会不会|是不是)(?:就)?(?:变成|成了?|是|变)?"
    r"(?:同性恋|gay|弯了?|不是男人)(?:了)?[吗嘛么]*"
)
_SEXUAL = "sexual_abuse"
_DONE_TO = frozenset(
    {_SEXUAL, PREGNANT, "online_sexual", "physical_abuse", "domestic_violence", "bullying"}
)
"""The kinds of harm of which it is true that nobody may do them, whoever it was."""


@looks_once
def asks_whose_fault(text: str) -> bool:
    """Whether *text* asks whether it is their fault, or says that they feel dirty, and no more."""
    return _SHAME.fullmatch(plain(text)) is not None


@looks_once
def asks_their_worth(text: str) -> bool:
    """Whether *text* asks whether they are worth little, and no more."""
    return _WORTHLESS.fullmatch(plain(text)) is not None


@looks_once
def asks_whether_right(text: str) -> bool:
    """Whether *text* asks whether what they told is wrong, or normal, and no more."""
    return _IS_RIGHT.fullmatch(plain(text)) is not None


@looks_once
def asks_of_boys(text: str) -> bool:
    """Whether *text* asks whether that happens to boys, or what it makes of them, and no more."""
    return _BOYS.fullmatch(plain(text)) is not None


async def answer_shame(talk: Talk, update: Update) -> bool:
    """Say to whoever asks so that it is not their fault, or not so, and ask again what waits.

    Returns whether that is all: whoever had told nothing yet is then greeted, or asked on.
    """
    if update.kind is not Kind.TEXT or talk.word or is_adult(talk.session.answers):
        return False
    answer = _answer_to(talk, update.text)
    if not talk.release.plan.can_say(answer):
        return False
    told = Told(key=answer)
    if talk.felt is not Level.NONE or not (talk.session.step or talk.case):
        await talk.say((told,))
        return False
    again = ask_again(talk.release.plan, talk.session, talk.now)
    talk.session = again.session
    await talk.say((told, *again.events), words=() if again.events else WAYS_ON)
    return True


def _answer_to(talk: Talk, text: str) -> str:
    if asks_whose_fault(text):
        return _NOT_YOURS
    if asks_their_worth(text):
        return _NOT_SO
    is_told = shows_case(talk) and not _DONE_TO.isdisjoint(talk.session.seen)
    if is_told and _SEXUAL in talk.session.seen and asks_of_boys(text):
        return _BOYS_TOO
    return _NOT_RIGHT if is_told and asks_whether_right(text) else ""
