"""Somebody who reads along types what they say to the child that told of harm.

Whoever scolds it for telling has the phone. What they ask it, a child may as well ask us: it hears
where its words go, and nothing of what was told.
"""

from bot.casework.cases import is_adult
from bot.domain.expression import expression
from bot.domain.looking import looks_once
from bot.engine.plain import plain
from bot.intake.childs_parent import told_of_own_harm
from bot.intake.talk import Talk

_CHILD_ZH = (
    r"(?:(?:我们?家?的?|这个?|那个?|自家)?"
    r"(?:孩子|娃娃?|娃儿|小孩子?|儿子|女儿|孙子|孙女)(?:家家的?)?)"
)
_UNTRUE_ZH = (
    r"(?:乱|瞎|胡)(?:说|讲|写|编|发)|胡说八道|撒谎|说谎|扯谎|骗人|骗你们?|编的|不懂事|开玩笑"
)
_OTHERS_ZH = r"(?:给|跟|和|对|向|别人|外人|人家|他们|她们|老师|大家)*"
_TELLS_ZH = r"(?:写|说|讲|告诉|告状|告|发|举报|报警|聊)"
_BY_WHOM_ZH = r"(?:我|老子|老娘|你老子|你爸|你妈|你爹|大人|家里人?)"
_TELLING_EN = r"(?:writ|say|tell|text|talk|chat|messag|send|report|post)\w*"
_SCOLDS = expression(
    r"(?:是)?(?:谁|哪个)(?:让|叫|教|喊|准|允许|许|给)你(?:在这里?|这么|这样|到处|出去|乱|瞎|去)*"
    rf"{_OTHERS_ZH}{_TELLS_ZH}(?:出去|别人|人家|外人|这些|这个|东西|状)*的?[啊吗呀嘛]*"
    rf"|你(?:竟然|居然|还|又|就|也|给我|再|怎么)*敢(?:去|在这里|出去|乱|到处)*{_OTHERS_ZH}{_TELLS_ZH}"
    rf"{_BY_WHOM_ZH}?(?:的?状)?了?[啊吗呀嘛试]*"
    rf"|你(?:又|在|又在|跑来|来)(?:这里|这儿)?(?:告状|告{_BY_WHOM_ZH}(?:的状)?|乱写|乱说|乱讲|瞎写)"
    r"(?:什么|些什么)?[了啊吗呀嘛]*"
    rf"|(?:都|全)?是?{_CHILD_ZH}(?:都|就|是|在|净|总|老|爱|经常|说的|写的|全|自己|还)*"
    rf"(?:{_UNTRUE_ZH})(?:什么|些什么|的)?[了啊呀嘛呢]*"
    r"|你(?:又|一天|天天|整天|到底|刚才|刚刚)*在?(?:跟|和|给|同)(?:谁|哪个|什么人)"
    r"(?:在|乱)?(?:聊天?|说话?|讲话?|写|发(?:消息|信息|微信)?|摆)(?:什么|啥|些什么|东西)?[呢啊呀的]*"
    r"|(?:who|why) (?:the hell )?(?:told|asked|made|let|allowed|taught) you (?:to |say )?"
    rf"{_TELLING_EN}"
    r"(?: (?:this|that|it|them|people|any(?:one|body)|all|such|things|lies|stuff|here|to)){0,4}"
    rf"|how dare you(?: {_TELLING_EN}(?: \w+){{0,4}})?"
    r"|who (?:are|r) (?:you|u) (?:texting|chatting (?:to|with)|messaging|writing to)(?: now)?"
    r"|you little (?:liar|snitch|rat)"
    r"|(?:the (?:kid|child)|my (?:kid|child|boy|girl|son|daughter)) (?:is )?"
    r"(?:just |only |always )*(?:lies|lying|exaggerates|exaggerating|making (?:it|things|this) up"
    r"|makes (?:it|things) up)"
)
"""What is said to a child that told, or of it to us, and what no child says of itself."""

_THING_ZH = r"(?:什么|啥|哪样|么子|些什么|些啥)(?:东西|鬼)?"
_ASKS_IT = expression(
    rf"你(?:又|到底|刚才|刚刚|一天|在)*(?:在)?(?:干|做|搞|写|打|发|看|玩)(?:的|了)?(?:{_THING_ZH}|嘛)[呢啊呀]*"
    rf"|(?:这|那)(?:是|都是)?(?:你)?写的?(?:是)?{_THING_ZH}[呢啊呀]*"
    r"|你要?告我[啊吗呀了]*"
    r"|(?:快|你)?(?:把)?手机(?:给我|拿来|拿过来|交出来|放下)(?:看看?|一下)?[啊呀]*"
    r"|what (?:are|r) (?:you|u) (?:doing|writing|texting|typing)(?: (?:here|there|now))?"
    r"|what did (?:you|u) (?:just )?(?:write|text|send)"
    r"|(?:hey )?give (?:me |it )?(?:(?:the|that|your|my) phone|here)(?: (?:now|back|to me))*"
)


def scolds_for_telling(talk: Talk, text: str) -> bool:
    """Whether *text* is what somebody says who finds that the child here told of harm."""
    return _scolds(text) and _is_a_childs(talk)


def asks_the_child(talk: Talk, text: str) -> bool:
    """Whether *text* may be put to a child that told of harm, by somebody who stands beside it."""
    return _asks_it(text) and _is_a_childs(talk)


def _is_a_childs(talk: Talk) -> bool:
    is_told = talk.case is not None and not is_adult(talk.session.answers)
    return is_told and told_of_own_harm(talk)


@looks_once
def _scolds(text: str) -> bool:
    return _SCOLDS.fullmatch(plain(text)) is not None


@looks_once
def _asks_it(text: str) -> bool:
    return _ASKS_IT.fullmatch(plain(text)) is not None
