"""Whoever is no family: they want to give, volunteer or interview us; or they live elsewhere.

The organisation settles the first itself. Where somebody lives keeps nobody from writing here.
"""

from bot.domain.expression import expression
from bot.domain.looking import looks_once
from bot.engine.plain import plain

_NOT_SETTLED, _FROM_ANYWHERE = "not_settled_here", "from_anywhere"
_LONGEST = 100
"""Characters beyond which a text says more."""

_WISHES_ZH = r"(?:想|要|怎么|咋个?|可以|能|哪里|如何|打算|希望|愿意)"
_WISHES_EN = r"\b(?:how|where|can|could|may|want to|like to|wish to|hoping to|love to)\b"
_TOWNS_ZH = (
    "外地|外省|外县|外市|别的地方|其他地方|贵阳|遵义|六盘水|安顺|毕节|铜仁|兴义|都匀|黔南|黔西南|黔西|贵州"
    "|北京|上海|天津|重庆|广东|广西|深圳|东莞|浙江|江苏|福建|湖南|湖北|四川|成都|云南|昆明|江西|安徽|河南|河北|山东|山西|陕西"
    "|(?!本|农村|山村|乡村)[^ 我你他她]{1,4}(?<![超门夜菜])(?:州|市|县|省|镇|乡|村)(?:那边|这边)?"
)
_STATES_EN = (
    r"(?:danger|trouble|pain|bed|love|debt|hospital|tears|need|an?|my|the|his|her|their|our|your"
    r"|this|that|some|so|such|very|real|really|big|deep|serious|great|terrible|bad|class|traffic"
    r"|foster|care|school|jail|prison|court|custody|detention|kindergarten|college|university"
    r"|grade|year|primary|middle|high|shock|panic|fear|despair|distress|crisis|agony|hell|labou?r"
    r"|hiding|here|there|front|between|over|charge|poverty|mourning|rehab|therapy"
    r"|treatment|surgery|relationship|marriage|\d+)"
)
_FEAR_EN = r"(?:danger|fear|terror|pain|hell|misery|poverty)"
_PATTERNS = {
    _NOT_SETTLED: expression(
        rf"{_WISHES_ZH}[^我他她]{{0,6}}?(?:当|做|成为|报名)(?:一名|个|你们?的?)?(?:志愿者|义工)"
        rf"|(?:志愿者|义工){_WISHES_ZH}(?:么|样)?报名"
        rf"|^(?!.*(?:学校|老师|班|不捐|强)).*?{_WISHES_ZH}.{{0,12}}?捐"
        r"(?:款|钱|物|赠|助|点|些|一些|衣|书|东西|给你们)"
        r"|^(?:你好|您好)? ?我们?是.{0,8}(?:记者|报社|电视台)(?:的)?(?:$| |我?们?想|想|要)"
        rf"|{_WISHES_ZH}(?:来|对|给)?(?:你们?)?采访(?:一下)?(?:你们?|(?:一个|几个|一位)?(?:孩子|求助的?人?))"
        rf"|{_WISHES_EN}(?: \w+){{0,4}}? (?:donate|volunteer|make a donation|give (?:money|clothes)"
        r" to (?:you|your))\b|^(?:(?:hi|hello) )?i ?a?m an? (?:\w+ )?(?:journalist|reporter)\b"
        rf"|{_WISHES_EN}(?: \w+){{0,3}}? interview (?:you|somebody|someone"
        r"|an? (?:child|kid|girl|boy|teenager|family|worker))\b"
    ),
    _FROM_ANYWHERE: expression(
        r"^(?:我|我们|我家|孩子|人)*"
        r"(?:(?:不?是?住?在).{1,12}|是.{1,8}[^ 哑疾障护责事族年通轻生工的钱亲证罪]人"
        rf"|是(?:{_TOWNS_ZH})的) "
        r"(?:你们?|这里|您)(?:还|也)?"
        r"(?:管不管|(?:能|会|可以)?管(?:得到|得了)?(?:吗|嘛|么)|能不能管|能帮(?:吗|忙吗|我们?吗)|受理吗)$"
        r"|^(?:不是|不在)(?:本地|凯里|你们那里?|你们那儿?).{0,6}(?:可以|能|行)"
        r"(?:问|写|找你们|用)?(?:吗|嘛|么)$"
        r"|^(?:but )?(?:(?:we|i) (?:dont |do not )?live (?:\w+ ){0,2}"
        rf"in (?!(?:\w+ ){{0,2}}{_FEAR_EN}\b)(?:\w+ ?){{1,3}}"
        r"|(?:im|(?:we|i) (?:am|are|m)) not (?:\w+ ){0,2}in kaili"
        r"|(?:im|were|(?:we|i) (?:am|are|m|re)) in"
        rf" (?!(?:\w+ )?{_STATES_EN}\b|(?:town|kaili)\b)\w+(?: \w+)?)"
        r" (?:can|could|will|do) (?:you|u) (?:still |also )?help(?: us| me)?$"
    ),
}

_NEITHER = expression(
    r"在家|家里|学校|床|屋|医院|外面|外头|里面|路上|河|桥|山上|楼|派出所|网吧|厂|店|宾馆|旅馆|车|街上|我是?住?在凯里"
    r"|器官|遗体|捐肾|角膜"
    r"|\bin (?:danger|trouble|pain|bed|my|the|love|debt|hospital|tears|need|an?)\b"
    r"|\b(?:organs?|kidneys?|blood|my body|my heart)\b"
)
"""Where somebody is just now, or may be in danger; and what nobody asks of us who is well."""

_PRESS_ZH = r"(?:记者|报社|电视台|媒体|日报|晚报|新闻)"
_MEETS_ZH = r"(?:采访|专访|访问|访谈|报道|拍摄?|见|联系|了解)"
_PRESS_EN = r"(?:journalist|reporter|news\w*|tv|television|press|magazine|(?:radio )?station|media)"
_MEETS_EN = (
    r"(?:interview|talk (?:to|with)|speak (?:to|with)|meet|film|contact|report (?:on|about)"
    r"|write (?:on|about)|do (?:a|an) \w+ (?:on|about|with))"
)
_INTERVIEW = expression(
    rf"(?:你好|您好)? ?(?:我们?|本人)是[^我被打他她]{{0,12}}(?<!小){_PRESS_ZH}"
    r"(?:的(?:记者|编辑|人)?|社|台)? ?"
    rf"(?:我们?)?(?:现在)?(?:{_WISHES_ZH}|准备|能不能|可不可以)+(?:来|去|对|跟|找)?{_MEETS_ZH}(?:一下|一见)?"
    r"[^我]{0,24}"
    r"|(?:(?:hi|hello) )*(?:i am|im|i m|this is|we are|were) (?:(?!(?:my|me|not)\b)\w+ ){0,6}?"
    rf"{_PRESS_EN}"
    r"(?: (?:from|at|of|with|for) (?:\w+ ){0,3}\w+)?"
    rf" (?:and |so )?(?:(?:i|we) )?(?:{_WISHES_EN}|would like to|need to) ?(?:(?:i|we) )?"
    rf"(?:please )?{_MEETS_EN}(?: (?!(?:my|me|i|us|im)\b)\w+){{1,12}}"
)
"""A whole text of somebody from the press who wants to meet a child, or to write about it.

Nothing is told in it of whoever writes, nor anything beside it.
"""


@looks_once
def wants_an_interview(text: str) -> bool:
    """Whether *text* says only that the press writes, and wants to meet somebody or report."""
    said = plain(text)
    return len(said) <= _LONGEST and _INTERVIEW.fullmatch(said) is not None


@looks_once
def asks_from_outside(text: str) -> str:
    """Return which answer *text* calls for; ``""`` if for none."""
    said = plain(text)
    if wants_an_interview(text):
        return _NOT_SETTLED
    if len(said) > _LONGEST or _NEITHER.search(said):
        return ""
    return next((kind for kind, words in _PATTERNS.items() if words.search(said)), "")
