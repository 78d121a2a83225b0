"""In which words people answer whether somebody is in danger now."""

from bot.domain.expression import expression
from bot.intake.kin_words import KIN_EN, KIN_ZH

_SAFE_EN = (
    r"(?:no |nope |nah |ok |dont worry |i said |not (?:right )?now |not at the moment )?"
    r"(?:im|i am|were|we are|hes|shes|he is|she is|everyone is"
    r"|everybody is|the (?:child|kid|baby)s?(?: is| are)?|theyre|they are|now im|it is|its)"
    r"(?: (?:all|totally|quite|still|both|now|here))?"
    r" (?:safe|ok|okay|fine|alright|all right|good|not in (?:any )?danger)"
    r"(?: (?:now|here|today|right now|at the moment"
    r"|thanks|thank you|at school|at home|for now)){0,2}"
)
_NO_DANGER_EN = (
    r"(?:(?:no|nope|nah|ok) )*(?:(?:there is|theres) )?(?:no|not in any|not in|not any) danger"
    r"(?: (?:now|here|right now|today|at the moment|thanks)){0,2}"
)
_SAFE_ZH = (
    r"(?:我说)?(?:现在|目前|暂时|这会儿|今天)?(?:我们?|他们?|她们?|孩子|大家)?(?:现在|目前|暂时|都|很|挺|还|是|这里)*"
    r"(?:安全|没事|没危险|没有 ?危险|不危险)儿?(?:的|了|呢)?(?:谢谢)?"
)
_IS_NOW_EN = (
    rf"(?:(?:yes|now|(?:he|she|they|it|{KIN_EN}|the neighbou?rs?|somebody|someone)s?"
    r"(?: is| are|re)?|is|are|still|again|right) ){0,5}"
    r"(?:hitting|beating|kicking|punching|choking|slapping|whipping|fighting|attacking|smashing)"
    r"(?: (?:up|me|us|him|her|them|it|things|everything|each other"
    r"|(?:the|my|a) (?:child|kid|boy|girl|baby|mum|mom|brother|sister)))?(?: (?:now|right|again))*"
)
_IS_NOW_ZH = (
    rf"(?:{KIN_ZH}|他们?|她们?|隔壁家?|楼上|楼下|那家人?|那边|有人|里面)?"
    r"(?:(?:现在|这会儿|还|又|都|一直|就)*(?:正|在)+(?:又|还|使劲|狠狠)?"
    r"(?:(?:打|捶|揍|锤|踢|踹|抽|掐|砸|砍)(?:我们?|他们?|她们?|人|架|孩子|娃娃?|娃儿|小孩|东西|门"
    rf"|{KIN_ZH})?|动手|发酒疯)|(?:现在|已经|又|还)*(?:打|砸)起来了?)(?:了|呢|的| )*"
)
_YES_NOW_EN = (
    r"(?:yes|yeah|yep|yup|ya) (?:it is |there is )?(?:right )?now"
    r"|(?:right )?now (?:yes|yeah|yep|yup)"
)
_YES_NOW_ZH = r"(?:现在|这会儿?|此刻)(?:就)?有(?:危险)?的?|(?:有|是)的? ?(?:就是)?现在就?(?:有)?"
_BACK_EN = r"(?:back|(?:came|coming|come)(?: (?:back|home|in))?)"
_THERE_EN = rf"(?:here|home|at home|outside|at the door|{_BACK_EN})"
_BACK_ZH = "(?:回来|回家|到家|进门|进来|过?来(?=了))"
_THERE_ZH = f"(?:{_BACK_ZH}|在家|在门口|在这[里儿]|在旁边|在外面)"
_THEY_EN, _THEY_ZH = "(?:he|she|they)", "(?:他们?|她们?)"


def _yes_and_en(who: str, there: str) -> str:
    return (
        rf"(?:yes|yeah|yep|yup|ya)(?: now)? {who}(?:s| is| are|re)?"
        rf" (?:just |now |already |still )?{there}(?: (?:now|right now|again|home))?"
    )


def _and_yes_en(who: str, there: str) -> str:
    return (
        rf"{who}(?:s| is| are|re)? (?:just |now |already |still )?{there}"
        r"(?: (?:now|again))? (?:yes|yeah|yep|yup)"
    )


def _yes_and_zh(who: str, there: str) -> str:
    return (
        rf"(?:现在)?(?:有|是)(?:的|啊|了)? ?{who}(?:现在|刚刚?|又|已经|都|就)*{there}(?:了|的|呢)?"
    )


_YES_AND_THERE = (
    f"{_yes_and_en(f'(?:{_THEY_EN}|{KIN_EN})', _THERE_EN)}"
    f"|{_yes_and_zh(f'(?:{_THEY_ZH}|{KIN_ZH})', _THERE_ZH)}"
)
"""A yes where danger is asked about, and who is there."""

_YES_AND_BACK = "|".join(
    (
        _yes_and_en(_THEY_EN, _THERE_EN),
        _yes_and_en(KIN_EN, _BACK_EN),
        _and_yes_en(_THEY_EN, _THERE_EN),
        _and_yes_en(KIN_EN, _BACK_EN),
        _yes_and_zh(_THEY_ZH, _THERE_ZH),
        _yes_and_zh(KIN_ZH, _BACK_ZH),
    )
)
"""That whoever does harm is there, or somebody is back; a safe person may be there as well."""

_AWAY_EN = (
    rf"(?:he|she|they|it|{KIN_EN})(?:s| is| are|re)? (?:still |just |now )?"
    r"(?:(?:not|isnt|arent|aint) (?:here|in|around|there|home|at home|back)|out|away|gone|working"
    r"|asleep|sleeping|at (?:work|school|the (?:shop|market|office|factory|neighbou?rs))|in bed"
    r"|left|went (?:out|away|to work|to bed))"
    r"(?: (?:now|right now|rn|atm|today|again|yet|at the moment|at home|for now|to bed|already"
    r"|(?:un)?till? (?:\d{1,2}(?: ?[ap]m)?|later|night|tonight|tomorrow|(?:this )?evening))){0,2}"
)
_AWAY_ZH = (
    rf"(?:他们?|她们?|{KIN_ZH})(?:现在|这会儿|今天|刚才|刚|还|都|已经)*"
    r"(?:[不没]在(?:家|这里|这儿|屋头|屋里)?|出去|出门|上班去|去上班|在上班|在(?:学校|上课|单位|厂里|地里|医院)|走|睡着?|睡觉|还?没回来|在外面)(?:了|的|呢)?"
)
_DANGER_NOW_EN = (
    rf"{_YES_NOW_EN}"
    r"|(?:(?:yes|now|but|ok) )*(?:(?:(?:im|i am|were|we are|hes|he is|shes|she is|theres"
    rf"|there is|theyre|they are|{KIN_EN}(?: is| are)?) )?(?:now |really )?in )?danger"
    r"(?: (?:now|right now|again|at the moment))?"
    r"|(?:(?:yes|now|but|ok) )*(?:there is|theres)"
    r" (?:now|(?:now )?danger(?: (?:now|right now))?)"
)
_NOW_ZH = "(?:现在|这会儿?|此刻)"
_WHO_ZH = rf"(?:我们?|他们?|她们?|{KIN_ZH})"
_NOT_BEFORE_ZH = (
    r"(?:(?:刚刚|刚才|刚|之前|先前|前面|那时候?)(?:是|还)?没(?:有|得)?+ ?+(?:危险)?+(?:的|啊)? ?"
    r"|(?:没有?|没得)(?:的|啊)? )"
)
_BUT_ZH = "(?:(?:但是?|不过|可是|是的?|嗯) ?)?"
_DANGER_NOW_ZH = (
    rf"{_NOT_BEFORE_ZH}?{_BUT_ZH}"
    rf"(?:{_NOW_ZH}(?:就|又|真的|已经|确实)*有(?:人有)?(?:危险)?(?:的|了|啊)*"
    rf"|[有是](?:的|啊|了)? ?(?:就是|就)?{_NOW_ZH}(?:就|又)?(?:有)?(?:危险)?(?:的|了|啊)*"
    rf"|{_WHO_ZH}?{_NOW_ZH}{_WHO_ZH}?(?:就|又|真的|很|好|有点)*有?危险(?:的|了|啊)*"
    rf"|{_WHO_ZH}?(?:就|又|真的|已经|确实)*有危险(?:的|了|啊)*(?: ?{_NOW_ZH})?"
    rf"|又危险(?:的|了|啊)*)|{_BUT_ZH}(?:我们?)?(?:又|真的|很|好|太|有点)*危险(?:的|了|啊)*"
)
AWAY = expression(rf"(?:not (?:right )?now )?{_AWAY_EN}|{_AWAY_ZH}")
GONE = expression(
    rf"(?:he|she|they|it|{KIN_EN})(?:s| is| are|re)? (?:still |just |now )?"
    r"(?:(?:not|isnt|arent|aint) (?:here|in|around|there|home|at home|back)|out|away|gone"
    r"|left|went (?:out|away))(?: (?:now|again|already|yet))?"
    rf"|(?:他们?|她们?|{KIN_ZH})(?:现在|今天|刚才|刚|还|都|已经)*"
    r"(?:[不没]在(?:家|这里|这儿|屋头|屋里)?|出去|出门|走)(?:了|的)?"
)
"""That somebody left or is not there, and in no other place."""

NO_AND_AWAY = expression(
    rf"(?:no|nope|nah)(?: (?:no|not now|its ok))? {_AWAY_EN}"
    rf"|(?:(?:现在|目前)?(?:没有?|没得|不)(?:危险)?)(?:啊|的|了)? ?{_AWAY_ZH}"
)
"""A plain no, and that whoever does harm is not there now, who may come back."""

IS_SAFE = expression(f"{_SAFE_EN}|{_NO_DANGER_EN}|{_SAFE_ZH}")
_SOMEBODY_IS_EN = rf"(?:(?:yes|yeah|yep) )?(?:s?he|they|(?:my )?(?:friend|{KIN_EN})) (?:is|are)"
_FRIEND_ZH = "(?:我的?)?(?:同学|朋友|闺蜜)"
_SOMEBODY_IS_ZH = rf"(?:她们?|他们?|{_FRIEND_ZH}|{KIN_ZH})(?:现在|可能)?有(?:危险)?(?:的|啊|呀)?"
IS_NOW = expression(
    f"{_IS_NOW_EN}|{_IS_NOW_ZH}|{_YES_NOW_EN}|{_YES_NOW_ZH}|{_YES_AND_THERE}"
    f"|{_SOMEBODY_IS_EN}|{_SOMEBODY_IS_ZH}"
)
"""Blows that fall while they write; a yes that says now, or of whom; who does harm is back."""

DANGER_NOW = expression(f"{_DANGER_NOW_EN}|{_DANGER_NOW_ZH}|{_YES_AND_BACK}")
"""Whole texts that say that there is danger now, or is again: 有，现在就有, 有，他回来了."""

NAMES_DANGER = expression(f"{_DANGER_NOW_EN}|{_DANGER_NOW_ZH}")
"""Whole texts that name the danger, and nobody who is back."""

KIN_THERE = expression(
    f"{_yes_and_en(f'(?P<en>{KIN_EN})', _THERE_EN)}"
    f"|{_and_yes_en(f'(?P<first>{KIN_EN})', _THERE_EN)}"
    f"|{_yes_and_zh(f'(?P<zh>{KIN_ZH})', _THERE_ZH)}"
)
"""A yes, and which of their kin is there; it is danger if that one does the harm."""
