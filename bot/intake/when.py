"""When something happened last, as people tell it: 三四天前, "3 days ago", "last Tuesday".

Only a text that tells a time and nothing else is read; whatever says more is left to a person.
"""

from bot.domain.expression import expression
from bot.engine.plain import plain

NOW, TODAY, DAYS, LONGER, NOT_YET = "now", "today", "days", "longer", "not_yet"
"""The answers of the question when it happened last."""

_LONGEST = 60
"""Characters beyond which a text is more than a time."""

_WEEK = 7
_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_NUMBERS = {
    **{word: n for n, word in enumerate("一二三四五六七八九十", 1)},
    **{word: n for n, word in enumerate(_ONES, 1)},
    "两": 2,
    "俩": 2,
    "几": 3,
    "好几": 3,
    "十几": 11,
    "十来": 11,
    "几十": 30,
    "半": 1,
    "a": 1,
    "an": 1,
    "couple": 2,
    "few": 3,
    "some": 3,
    "several": 3,
    "many": 30,
}
_EN_NUMBER = (
    r"(?:a |an )?(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|couple|few|some"
    r"|several|many|an?)(?: of)?"
)
_ZH_NUMBER = r"(?:\d{1,3}|几十|十几|十来|好几|[一二两俩三四五六七八九十]{1,3}|几|半)"

_OPENING = (
    r"(?:(?:it|that|this|he|she|they|the last time|last time|the last|was|is|were|happened|did"
    r"|has|have|been|i think|maybe|about|around|like|just|only|on|in|at|again|ok|well|yes) )*"
)
_PART = r"(?: (?:in the |at )?(?:early |late )?(?:morning|afternoon|evening|night|noon|lunch))?"
_DAY = (
    r"(?:mon|tues?|wed|weds|thurs?|fri|sat|sun|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday)"
)
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_SEASON = r"(?:spring|summer|autumn|fall|winter|term|semester|christmas|new year|holidays?)"
_ENDING = r"(?: (?:again|i think|maybe|or so|about|at home|too|ago now))?"

_ENGLISH = {
    NOW: (
        r"(?:nearly |almost )?every ?(?:single )?(?:day|night|week|weekend|month|time|morning"
        rf"|evening|afternoon|other day|few days|{_DAY})(?: (?:after school|at home|since .+))?"
        rf"|(?:on |at )?(?:{_DAY}|weekend|night)s"
        r"|all (?:the|of the) time|all day(?: every day)?|most (?:days|nights|weeks)"
        r"|(?:it )?(?:still )?(?:happens|goes on) (?:every.+|all the time|a lot|often)"
        r"|(?:(?:ever )?since) (?:\w+ ?){1,4}"
    ),
    TODAY: (
        rf"(?:today|yesterday){_PART}|tonight|just now|earlier(?: today)?"
        rf"|(?:this|last) (?:morning|afternoon|evening|night)|(?:a |1 |one )day ago"
        rf"|(?:half an? hour|(?:{_EN_NUMBER}) ?(?:minutes?|mins?|hours?|hrs?|h|seconds?)) ago"
        r"|(?:after|before|during|at) (?:school|lunch|dinner|breakfast|class)(?: today)?"
    ),
    DAYS: (
        rf"(?:the )?day before yesterday{_PART}|(?:last |this |this past )?{_DAY}{_PART}"
        rf"|(?:this|last|over the|the|at the) week(?:end)?|(?:the )?other (?:day|night)"
        r"|days ago|recently|lately|not long ago"
    ),
    LONGER: (
        r"(?:last|this) month|last year|(?:ages|months|weeks|years) ago"
        r"|(?:quite )?a while (?:ago|back)"
        r"|(?:a )?(?:very |really )?long (?:time )?ago"
        rf"|(?:last |in |in the |over the |at |the )+{_SEASON}(?: holidays?)?|(?:last |in ){_MONTH}"
        r"|(?:in )?(?:19|20)\d\d"
        r"|when (?:i|he|she|we|they) (?:was|were) (?:very |really |a )*(?:\d{1,2}|little|small"
        r"|young|younger|kids?|child|baby|in (?:primary|elementary|kindergarten).*"
        r"|in (?:grade|year|class) \d{1,2})"
    ),
    NOT_YET: (
        r"not yet|(?:hasnt|has not|havent|didnt|did not|nothing)(?: has)?(?: happen(?:ed)?)"
        r"(?: yet)?"
        r"|(?:will (?:be|happen) |going to (?:be|happen) )?(?:tomorrow|soon|next \w+"
        rf"|in (?:{_EN_NUMBER}) (?:days?|weeks?|months?|years?))"
    ),
}
_FIRST = r"(?:是|就|在|大概|大约|好像|应该|可能|差不多|最后|最近|上|一次|这次|[他她]打我|嗯| )*"
_TIME_OF_DAY = (
    r"(?:的?(?:一?大?早上?|清早|早晨|上午|中午|下午|傍晚|晚上|晚饭|晚|夜里|夜晚|半夜|凌晨|放学|午休|课间"
    r"|回家|睡觉)|\d{1,2}点|[一二两三四五六七八九十]{1,2}点| )*"
)
_LAST = (
    r"(?:时候|之后|以后|之前|后|左右|吧|的|了|又|[他她]?打(?:的|了|我|了我)|发生的?"
    r"|一次|过|呀|啊|呢| )*"
)
_WEEKS = r"(?:周|个?星期|个?礼拜)"
_CHINESE = {
    NOW: (
        rf"(?:几乎|基本上?|差不多)?(?:每|天)(?:天|晚|日|周|次|回|个?(?:星期|礼拜|周末|月))"
        rf"{_TIME_OF_DAY}(?:都|会|是|这样|有|被?打|骂|我|如此)*"
        r"|(?:一直|经常|总是?|老是?|常常|时不时|动不动)(?:都|会|是|这样|有|被?打|骂|我|在)*"
        r"|(?:自?从).{1,8}(?:开始|起|以来|到现在)(?:的|就.{0,6})?|隔三差五|三天两头"
    ),
    TODAY: (
        rf"(?:今天?|昨天?|昨日|今日){_TIME_OF_DAY}|(?:早上|上午|中午|下午|傍晚|晚上|半夜|凌晨|放学)"
        rf"|刚(?:刚|才|刚才|不久|打完)?|{_ZH_NUMBER}个?多?(?:分钟|小时|钟头|天)(?:以前|之前|前)"
    ),
    DAYS: (
        rf"大?前[天日晚]{_TIME_OF_DAY}|(?:前|好|这|近|最近)?(?:几|两)天(?:以前|之前|前)?|前些天|最近"
        rf"|(?:这|本|上)?(?:个)?(?:周末|{_WEEKS}[一二三四五六日天末]?){_TIME_OF_DAY}|没几天"
    ),
    LONGER: (
        rf"上上个?(?:{_WEEKS}|月)(?:[一二三四五六日天末])?|上个?月|上个?学期|(?:大?前|去)年.{{0,6}}"
        rf"|(?:很|好)(?:久|早|长时间)(?:以前|之前|前)?|早就|以前|从前|小时候|前几[年月]|前几个月"
        r"|前?(?:一?段)时间|前阵子|[寒暑]假(?:里|期间)?|过年|春节|国庆|(?:上)?(?:小学|初中|幼儿园)"
        r"|(?:我|[他她])?(?:上|读)?[一二三四五六七八九\d]{1,2}(?:年级|岁)"
    ),
    NOT_YET: (
        r"(?:现在|目前|暂时)?(?:都?还没有?(?:发生|开始|到|办|来|打)?|没有?发生)(?:过|呢|呀|啊)*"
        rf"|(?:要|等|到)?(?:明天|后天|大后天|明年|下个?(?:{_WEEKS}|月|学期)){_TIME_OF_DAY}"
        r"(?:才|就|会|要|办|酒|结婚|嫁)*|快要?了|马上就?要?了|将来|以后"
    ),
}
_ORDER = (NOT_YET, NOW, TODAY, DAYS, LONGER)
_PATTERNS = [
    (answer, expression(f"{first}(?:{words[answer]}){last}"))
    for first, words, last in ((_OPENING, _ENGLISH, _ENDING), (_FIRST, _CHINESE, _LAST))
    for answer in _ORDER
]
_AGO = (
    expression(
        rf"{_OPENING}({_EN_NUMBER}) (day|night|week|month|year)s? (?:ago|back|before){_ENDING}"
    ),
    expression(rf"{_FIRST}({_ZH_NUMBER})个?多?(天|周|星期|礼拜|月|年)多?(?:以前|之前|前){_LAST}"),
)
_DAYS_OF = {"天": 1, "day": 1, "night": 1, "周": 7, "星期": 7, "礼拜": 7, "week": 7}
_OF_A_MONTH = 30


def when(text: str) -> str:
    """Return which of the answers *text* is, if it only tells when something was; else ``""``."""
    said = plain(text)
    if len(said) > _LONGEST:
        return ""
    for pattern in _AGO:
        if match := pattern.fullmatch(said):
            return _days_ago(_count(match[1]) * _DAYS_OF.get(match[2], _OF_A_MONTH), match[1])
    return next((answer for answer, words in _PATTERNS if words.fullmatch(said)), "")


def _days_ago(days: int, told: str) -> str:
    """Return the answer for so many *days*; half of anything longer than a day is longer ago."""
    if told == "半":
        return LONGER if days > _WEEK else DAYS
    return TODAY if days <= 1 else DAYS if days <= _WEEK else LONGER


def _count(told: str) -> int:
    """Return how many *told* says, of two (三四天) the larger."""
    words = told.replace(" of", "").split()
    last = words[-1] if words else ""
    if last.isdecimal():
        return int(last)
    if last in _NUMBERS:
        return _NUMBERS[last]
    tens, ten, ones = last.partition("十")
    if ten:
        return 10 * (_digit(tens) or 1) + _digit(ones)
    return max(map(_digit, last))


def _digit(character: str) -> int:
    return _NUMBERS.get(character, 0)
