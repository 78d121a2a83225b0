"""A question without what might say who asks, or about whom.

Too much is masked rather than too little: a question is understood without a name. What no rule
knows, such as a name in small letters, stays; so what is kept is sealed as well.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

MASK = "▢"
LONGEST = 200
"""Characters; what is longer is rather a story, in which somebody could be known."""

_HAN = "[㐀-鿿]"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐邓韩冯曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁"
    "沈姚卢姜崔钟谭陆汪范廖石贾韦邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵覃武戴孔汤欧"
)
_RARELY_NAMES = "高金万方任许付严钱莫文常白"
"""Surnames that are words as well: they count only where nothing else can stand."""

_GIVEN = "明红强刚丽芳军华伟敏静杰勇燕玲飞花美英霞"
_TITLES = (
    "老师|同学|叔叔|阿姨|伯伯|爷爷|奶奶|哥哥|姐姐|医生|主任|校长|院长|警官|律师|老板|书记|村长|"
    "先生|女士|某"
)
_NO_NAME = (
    "任何|高中|高年级|高一|高二|高三|高兴|马上|周末|周[一二三四五六日天围]|孙子|孙女|何时|何况|何必|"
    "严重|严格|莫得|莫名|石头|方法|方便|方面|万一|许多|毛病|程度|段时|黄色|金钱|史上|文化|常常|白天"
)
_BEFORE_A_NAME = "和跟被给把对让找与、，。！？,.!?\\s"
_AFTER_A_NAME = "打骂欺说要老总天威抢偷逼摸把是在和对不让给他她的，。！？,.!?\\s"

_AREAS = (
    "自治州|自治区|省|州|市|县|区|镇|乡|村|寨|屯|街道|大街|街|路|大道|巷|[一二三四五六七八九十]中"
)
_HOUSES = (
    "小区|花园|公寓|小学|中学|职校|幼儿园|学院|大学|医院|派出所|福利院|网吧|酒店|宾馆|公司|工厂"
)
_IN_NO_PLACE = (
    "我你他她它们的在去到从回读是不要和跟被把给这那哪个有没说能可会想就都也还了着过吗呢吧很什么怎为因所"
    "让叫家以上下几岁子住送后前里边路时钱半坐像样考做见拖进请学生老师爸妈人评论话车校放件孩儿童女男一两"
    "多少超城农准听对带期中初"
)
_ANY_PLACE = (
    "民办|公办|公立|私立|重点|普通|普惠|乡镇|隔壁|附近|当地|本地|外地|镇|县|双语|寄宿|同|其他|电竞|童模|"
    "安置|全|旁|教育|公安|民政|零起点|网络|精神|心理|妇幼"
)

_ACCOUNTS = (
    r"微信号?|wechat|weixin|vx|v信|qq号?|抖音号?|快手号?|小红书号?|账号|帐号|游戏名|昵称|网名|"
    r"\buser ?name|\baccount|\bid"
)
_KNOWN_NUMBERS = r"(?:11[09]|12[02]|12\d{3})(?!\d)"
"""Numbers of the police and of helplines, which anybody may name."""

_MONEY = r"\d{3,6} ?(?:元|块|yuan|RMB)"
_ENGLISH_TITLES = "Mr Mrs Ms Miss Mister Teacher Aunt Auntie Uncle Dr Doctor Principal Officer"
_NO_ENGLISH_NAME = frozenset(
    "I I'm I've I'll I'd Mum Mom Dad Daddy Mummy Mommy Grandma Grandpa God Internet English "
    "Chinese Mandarin Math Maths QQ WeChat TikTok Douyin Monday Tuesday Wednesday Thursday Friday "
    "Saturday Sunday Saturdays Sundays January February March April May June July August "
    "September October November December Christmas ID UN UNCRC CRC China Shui Miao Dong Han TV PE "
    "OK SMS AI A An And Are Can Could Did Do Does For Has Have He Her His How If In Is It Me Must "
    "My No Not On Our She Should The Their There They This To Was We What When Where Who Why Will "
    f"Would You Your {_ENGLISH_TITLES}".split()
)
_CAPITAL = r"[A-Z][\w'’]+"


def _whole(_: re.Match[str]) -> str:
    return MASK


def _behind(match: re.Match[str]) -> str:
    return match[1] + MASK


def _unless_common(match: re.Match[str]) -> str:
    return match[0] if match[0] in _NO_ENGLISH_NAME else MASK


_PLACE = rf"(?!{_ANY_PLACE})(?:凯里{_HAN}{{0,3}}?|(?:(?![{_IN_NO_PLACE}]){_HAN}){{2,5}}?)"
_ADDRESSES = (
    r"(?i:https?://|www\.)\S+",
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w{2,}",
    r"[\d一二三四五六七八九十百零]+(?:号楼|单元|栋|幢|室|号院|弄|组)",
    rf"{_PLACE}(?:{_AREAS})(?:第?[一二三四五六七八九十]+(?:小学|中学|中))?",
    rf"{_PLACE}第?[一二三四五六七八九十]?(?={_HOUSES})",
)
_NUMBERS = (
    rf"(?<!\d)(?!{_KNOWN_NUMBERS}|{_MONEY})\d(?:[\s-]?\d){{2,}}[Xx]?",
    "[〇零一二三四五六七八九幺]{5,}",
    r"(?a:\b(?=\w*\d)(?=\w*[A-Za-z_])\w{5,}\b)",
)
_ALONE = rf"(?:(?<=[{_BEFORE_A_NAME}])|(?<=^))"
_NAMES = (
    rf"(?<![任课一几两])(?!{_NO_NAME})[{_SURNAMES}]{_HAN}{{0,2}}?(?={_TITLES})",
    rf"{_ALONE}(?!{_NO_NAME})[{_RARELY_NAMES}]{_HAN}{{0,2}}?(?={_TITLES})",
    rf"{_ALONE}(?!{_NO_NAME})[{_SURNAMES}]{_HAN}{{1,2}}?(?=[{_AFTER_A_NAME}]|$)",
    rf"[小阿老][{_SURNAMES}{_GIVEN}](?!{_TITLES}|色|书)",
)
_NAMED = rf"(?!{_NO_NAME})[{_SURNAMES}{_RARELY_NAMES}{_GIVEN}]{_HAN}{{1,2}}"
_CUES = (
    rf"((?i:{_ACCOUNTS})\s*(?:是|叫|为|:|=)\s*)[A-Za-z0-9_.-]{{3,}}",
    rf"((?i:{_ACCOUNTS})(?i: is)?\s*)(?=\S*[\d_])[A-Za-z0-9_.-]{{3,}}",
    rf"((?:名字|姓名|名)(?:是|叫)?|我叫|他叫|她叫|叫做?){_NAMED}",
    rf"(\b(?i:name(?:'s| is))\s+)(?!not\b|on\b|in\b|wrong\b)[\w'’-]+(?:\s+{_CAPITAL})*",
    rf"(\b(?i:named|called)\s+){_CAPITAL}(?:\s+{_CAPITAL})*",
    rf"(\b(?:{_ENGLISH_TITLES.replace(' ', '|')})\.?\s+){_CAPITAL}(?:\s+{_CAPITAL})*",
)
_ENGLISH_NAMES = (rf"(?<=[\w,;▢] ){_CAPITAL}", rf"\b{_CAPITAL}(?=(?: No\.? \d+)? {MASK})")

_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


@cache
def _rules() -> tuple[_Rule, ...]:
    """Return what is masked, and by what; compiled when it is first looked for."""
    return tuple(
        (re.compile(pattern), replaced)
        for patterns, replaced in (
            (_CUES, _behind),
            (_ADDRESSES + _NUMBERS + _NAMES, _whole),
            (_ENGLISH_NAMES, _unless_common),
        )
        for pattern in patterns
    )


def masked(text: str) -> str:
    """Return *text* on one line, with what looks like a name, number, address or account masked.

    It is ``""`` if the text is longer than :data:`LONGEST`, or if nothing is left to read.
    """
    found = " ".join(unicodedata.normalize("NFKC", text).split())
    if len(found) > LONGEST:
        return ""
    for pattern, replaced in _rules():
        found = pattern.sub(replaced, found)
    found = re.sub(rf"{MASK}(?:[\s-]*{MASK})+", MASK, found)
    return found if re.search(r"\w", found.replace(MASK, "")) else ""
