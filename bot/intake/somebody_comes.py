"""Words that say that somebody comes or looks on, or that the writer must break off; no more."""

from bot.domain.expression import expression
from bot.domain.looking import looks_once
from bot.engine.plain import plain

_FEARED = (
    r"(?:(?:my|the|my moms|my mums) )?(?:he|she|they|someone|somebody|(?:step ?)?(?:dad|father)"
    r"|daddy|step ?(?:mom|mum|mother)|uncle|boyfriend|husband)"
)
_ANYBODY = (
    rf"(?:{_FEARED}|(?:my )?(?:mom|mum|mother|parents|aunt|brother|sister|grandpa|grandma|teacher))"
)
_MOTHER = r"(?:(?:my|the) )?(?:mom|mum|mother|mommy|mummy|parents)"
_IS_COMING = r"(?: ?s| is| are) coming(?: (?:in|back|home|up|now|here))?"
_COMES = (
    r"(?: ?s| is| are| ?re| just)? (?:(?:coming|back|home|here|awake)"
    r"(?: (?:in|back|home|up|now|again)){0,2}"
    r"|at the door|in the room|outside my (?:door|room)|came (?:in|back|home|again)(?: again)?)"
)
_BREAKS_OFF = (
    r"(?:(?:i )?(?:have to|got to|gotta|must|need to) (?:go|stop|hide)|gtg|g2g|brb|be right back"
    r"|(?:i )?(?:cant|cannot|can not) (?:write|type|talk|text)(?: any ?more)?)(?: now)?"
)
_WAIT = r"(?:wait|sorry|hold on|stop|sh+|omg|oh no|one sec(?:ond)?)"
_ENGLISH = (
    rf"(?:{_WAIT} )*(?:i (?:hear|think) )?{_FEARED}{_COMES}(?: (?:{_BREAKS_OFF}|sorry))?"
    rf"|(?:{_WAIT} )+{_ANYBODY}{_COMES}|(?:{_WAIT} )*{_BREAKS_OFF}(?: sorry| {_ANYBODY}{_COMES})?"
    rf"|{_ANYBODY}{_COMES} {_BREAKS_OFF}|{_MOTHER}{_IS_COMING}"
)

_FEARED_ZH = "(?:我)?(?:爸爸?|爹|父亲|后爸|继父|后妈|继母|叔叔?|男朋友|老公|他们?|她们?|有人|人)"
_ANYBODY_ZH = (
    f"(?:{_FEARED_ZH}|(?:我)?(?:妈妈?|娘|爷爷?|奶奶?|外公|外婆|舅舅?|哥哥?|家里人|大人|老师))"
)
_COMES_ZH = (
    "(?:好像|现在|又|突然|马上|快|就|要)*(?:来|回来|过来|进来|上来|到家|回家|醒|在敲门|走过来)了"
)
_BREAKS_OFF_ZH = (
    "(?:我)?(?:先)?(?:不说|不聊|不写|先停|先下)了|(?:我)?(?:现在)?不方便(?:说|写|打字)?了"
    "|(?:我)?(?:现在)?不能(?:说|写|聊)了"
)
_WAIT_ZH = "(?:等一?下|等等|等会儿?|糟了|完了|嘘|不好了?)"
_CHINESE = (
    rf"(?:{_WAIT_ZH} ?)*{_FEARED_ZH}{_COMES_ZH}(?: ?(?:{_BREAKS_OFF_ZH}|{_WAIT_ZH}))?"
    rf"|(?:{_WAIT_ZH} ?)+{_ANYBODY_ZH}{_COMES_ZH}"
    rf"|(?:{_WAIT_ZH} ?)*(?:{_BREAKS_OFF_ZH})(?: ?{_ANYBODY_ZH}{_COMES_ZH})?"
    rf"|{_ANYBODY_ZH}{_COMES_ZH} ?(?:{_BREAKS_OFF_ZH})|我妈妈?(?:过|进|上)?来了"
    rf"|{_ANYBODY_ZH}(?:还)?在(?:洗澡|洗头|厕所|上厕所|里面|隔壁|阳台) ?"
    r"(?:马上|快|就)(?:就|要)?出来了?"
)
_COMING = expression(f"{_ENGLISH}|{_CHINESE}")


_SCREEN = r"(?:my|this|the) (?:phone|chat|chats|messages?|texts?|screen|tablet|computer|laptop)"
_LOOKS = (
    rf"(?: ?s| is| are| ?re)?(?: (?:just|now|still|right|standing|sitting))* "
    rf"(?:(?:reading|checking|holding|looking (?:at|in|into|through)|going through|watching)"
    rf" {_SCREEN}|(?:behind|next to|beside) me|(?:looking|reading) over my shoulder"
    rf"|(?:saw|read|found|sees|seen) (?:{_SCREEN}|what i (?:wrote|write|am writing|sent)))"
    rf"(?: right)?(?: now)?"
)
_IS_HERE = r"my (?:step ?)?(?:dad|father|daddy)(?: ?s| is) here(?: now)?"
_SCREEN_ZH = "(?:我的?|这个?)?(?:手机|聊天记录|聊天|消息|屏幕|电脑|平板|写的|发的)"
_BESIDE_ZH = "(?:旁边|身边|边上|后面|背后|身后|跟前|面前)"
_LOOKS_ZH = (
    f"(?:正在|又在|正|在)(?:偷?看|翻|查|检查)(?:着)?{_SCREEN_ZH}(?:呢|了|啊)?"
    "|(?:又|正|在)?拿(?:着|走|了|起)?我的?手机(?:在|去)?[看翻](?:呢|了|啊)?"
    f"|(?:看到|看见|发现|翻到)(?:了)?{_SCREEN_ZH}(?:了)?"
    f"|(?:现在|正|就|也|还|一直)*(?:坐|站)?在我?的?{_BESIDE_ZH}(?:看着?|呢|了|啊)*"
)
_LOOKING = expression(
    rf"(?:{_WAIT} )*{_ANYBODY}{_LOOKS}|(?:{_WAIT} )*{_IS_HERE}"
    rf"|(?:{_WAIT_ZH} ?)*{_ANYBODY_ZH}(?:{_LOOKS_ZH})|我?{_BESIDE_ZH}有人(?:在看)?(?:呢|了|啊)?"
)
_SEEN = expression(
    rf"(?:{_WAIT} )*{_ANYBODY} (?:saw|read|found|has seen|have seen)(?: (?:it|this|that|me))?"
    f"|(?:{_WAIT_ZH} ?)*{_ANYBODY_ZH}(?:都|全|已经)?(?:看到|看见|发现)(?:了|我了)"
)


@looks_once
def says_somebody_comes(text: str) -> bool:
    """Whether *text* says no more than that somebody comes or looks on, or that they must stop.

    Of those who may as well be a help, such as a mother, more is needed than that they are there.
    """
    return says_somebody_looks(text) or _COMING.fullmatch(plain(text)) is not None


@looks_once
def says_somebody_looks(text: str) -> bool:
    """Whether *text* says that somebody reads along or stands beside them, and no more.

    That is dangerous also for whoever has told nothing yet.
    """
    return _LOOKING.fullmatch(plain(text)) is not None


def says_it_was_seen(text: str, before: str) -> bool:
    """Whether *text* says that somebody saw "it", and *before* that somebody comes or looks on."""
    return says_it_is_seen(text) and says_somebody_comes(before)


@looks_once
def says_it_is_seen(text: str) -> bool:
    """Whether *text* says that somebody saw "it", and no more: whatever that may be."""
    return _SEEN.fullmatch(plain(text)) is not None
