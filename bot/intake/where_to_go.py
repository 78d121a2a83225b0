"""Where to go or to hide, as somebody in danger asks it."""

from bot.domain.expression import expression
from bot.domain.looking import looks_once
from bot.engine.plain import plain
from bot.intake.kin_words import KIN_EN, KIN_ZH

_GOES_ZH = r"(?:躲|藏|逃|跑|走|去|待|呆|睡)"
_WHERE_ZH = r"(?:哪里|哪儿|哪点|哪个地方|什么地方|哪)"
_MAY_ZH = r"(?:能不能|可不可以|要不要|该不该|是不是可以|可以|能|要|该)"
_PLACE_ZH = (
    rf"(?:邻居|隔壁|亲戚|{KIN_ZH}|别人|村长|村委会|派出所|公安局"
    r"|学校|医院|店|超市|外面|楼下|山上)"
)
_BEFORE_ZH = r"(?:那|可是|但是?|我们?|现在|今晚|还|先|到底|又|往)*"
_WITH_ZH = rf"(?:(?:带着?|和|跟)(?:我的?|我家)?(?:{KIN_ZH}|他们?|她们?))?"
_OR_NOT_ZH = r"(?:能不能|可不可以|要不要|该不该|是不是可以)"
_LEAVES_ZH = (
    rf"{_WITH_ZH}(?:跑|逃|走|离开|躲起来|出去|出门"
    rf"|(?:去|到|跑到?|躲到?|躲在)(?:我们?的?)?{_PLACE_ZH}(?:家|里|那里|那边)*"
    r"(?:躲|待|藏|住|睡|去)*(?:一下|一晚|会儿?)*)"
)
_BEFORE = r"(?:(?:so|and|but|please|ok|then) )*"
_GO = r"(?:go|hide|run|stay|sleep)"
_ASKS = expression(
    rf"{_BEFORE_ZH}{_MAY_ZH}?{_WITH_ZH}(?:往|到|去)?{_GOES_ZH}?(?:到|在|去|往)?{_WHERE_ZH}"
    rf"(?:能|可以|才|好|最|比较|去|安全|{_GOES_ZH})*[呢啊嘛呀]*"
    rf"|{_BEFORE_ZH}{_MAY_ZH}?(?:跑|逃|走|出去)还是(?:躲|藏|留|待|不)(?:下|着|起来|在家|走|动)*[呢啊]*"
    rf"|{_BEFORE_ZH}{_MAY_ZH}?(?:躲|藏|留|待)(?:下|着|起来|在家)*还是(?:跑|逃|走|出去)[呢啊]*"
    rf"|{_BEFORE_ZH}(?:{_OR_NOT_ZH}{_LEAVES_ZH}|{_MAY_ZH}{_LEAVES_ZH}(?:吗|嘛|么|不|呢))"
    rf"|{_BEFORE}where (?:do|can|could|should|shall|must) (?:i|we) (?:even )?{_GO}(?: to)?(?: now)?"
    rf"|{_BEFORE}where to {_GO}(?: now)?"
    r"|should (?:i|we) (?:hide|run|go|leave|get out)(?: or (?:hide|run|stay|go))?(?: now)?"
    rf"|{_BEFORE}(?:can|could|may|should) (?:i|we) {_GO} (?:to|at|with) (?:(?:my|the|a|our) )?"
    rf"(?:{KIN_EN}|neighbou?rs?|police(?: station)?|shop|school|hospital)(?: house| place)?"
    r"(?: now)?"
)


@looks_once
def asks_where_to_go(text: str) -> bool:
    """Whether *text* only asks where to go or hide, or whether they may: 我躲哪里, 跑还是躲."""
    said = plain(text)
    return bool(said) and _ASKS.fullmatch(said) is not None
