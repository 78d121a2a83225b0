"""Words that say that somebody is coming, or that the writer must break off, and nothing else."""

import re

from bot.engine.plain import plain

_FEARED = (
    r"(?:(?:my|the|my moms|my mums) )?(?:he|she|they|someone|somebody|(?:step ?)?(?:dad|father)"
    r"|daddy|step ?(?:mom|mum|mother)|uncle|boyfriend|husband)"
)
_ANYBODY = rf"(?:{_FEARED}|(?:my )?(?:mom|mum|mother|parents|aunt|brother|grandpa|grandma|teacher))"
_COMES = (
    r"(?: ?s| is| are| ?re| just)? (?:(?:coming|back|home|here|awake)(?: (?:in|back|home|up|now))?"
    r"|at the door|in the room|outside my (?:door|room)|came (?:in|back|home))"
)
_BREAKS_OFF = (
    r"(?:(?:i )?(?:have to|got to|gotta|must|need to) (?:go|stop|hide)|gtg|g2g|brb|be right back"
    r"|(?:i )?(?:cant|cannot|can not) (?:write|type|talk|text)(?: any ?more)?)(?: now)?"
)
_WAIT = r"(?:wait|sorry|hold on|stop|sh+|omg|oh no|one sec(?:ond)?)"
_ENGLISH = (
    rf"(?:{_WAIT} )*(?:i (?:hear|think) )?{_FEARED}{_COMES}(?: (?:{_BREAKS_OFF}|sorry))?"
    rf"|(?:{_WAIT} )+{_ANYBODY}{_COMES}|(?:{_WAIT} )*{_BREAKS_OFF}(?: sorry| {_ANYBODY}{_COMES})?"
    rf"|{_ANYBODY}{_COMES} {_BREAKS_OFF}"
)

_FEARED_ZH = "(?:我)?(?:爸爸?|爹|父亲|后爸|继父|后妈|继母|叔叔?|男朋友|老公|他们?|她们?|有人|人)"
_ANYBODY_ZH = (
    f"(?:{_FEARED_ZH}|(?:我)?(?:妈妈?|娘|爷爷?|奶奶?|外公|外婆|舅舅?|哥哥?|家里人|大人|老师))"
)
_COMES_ZH = "(?:好像|又|突然|马上|快|就|要)*(?:来|回来|过来|进来|上来|到家|回家|醒|在敲门|走过来)了"
_BREAKS_OFF_ZH = (
    "(?:我)?(?:先)?(?:不说|不聊|不写|先停|先下)了|(?:我)?(?:现在)?不方便(?:说|写|打字)?了"
    "|(?:我)?(?:现在)?不能(?:说|写|聊)了"
)
_WAIT_ZH = "(?:等一?下|等等|等会儿?|糟了|完了|嘘|不好了?)"
_CHINESE = (
    rf"(?:{_WAIT_ZH} ?)*{_FEARED_ZH}{_COMES_ZH}(?: ?(?:{_BREAKS_OFF_ZH}|{_WAIT_ZH}))?"
    rf"|(?:{_WAIT_ZH} ?)+{_ANYBODY_ZH}{_COMES_ZH}"
    rf"|(?:{_WAIT_ZH} ?)*(?:{_BREAKS_OFF_ZH})(?: ?{_ANYBODY_ZH}{_COMES_ZH})?"
    rf"|{_ANYBODY_ZH}{_COMES_ZH} ?(?:{_BREAKS_OFF_ZH})"
)
_COMING = re.compile(f"{_ENGLISH}|{_CHINESE}")


def says_somebody_comes(text: str) -> bool:
    """Whether *text* says no more than that somebody comes, or that they must break off.

    Of those who may as well be a help, such as a mother, more is needed than that they are there.
    """
    return _COMING.fullmatch(plain(text)) is not None
