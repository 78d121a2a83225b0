"""Who writes, in the few words in which that is said where it is asked, or by what one does.

"girl 13", "12 yo boy" and "13" say it where they were asked; "I teach at a school in Kaili" and
"one of my pupils" say it anywhere.
"""

from collections.abc import Sequence

from bot.domain.expression import expression
from bot.guidance.clauses import opening, plain
from bot.guidance.writer_age import AGE_ALONE, I_AM
from bot.guidance.years import ENGLISH_NUMBER, years

MORE_THAN_A_CALL = r"(?!(?:妈|爸)$)"
"""A lone 妈 or 爸 begins what a child tells; nobody who is asked who they are answers so."""

OF_A_PLACE = "村里的|村上的|村委的|寨子里的|社区的|居委会的|镇上的|乡里的"
"""What a grown-up of the village says who is asked who they are."""

_GROWN_UP = 18
_YOUNGEST_OF_FIGURES = 7
"""A smaller number alone may be a choice, or how many children there are."""

_BEFORE = r"(?:(?:hi|hello|hey|im|i am|a|an|just|only|me|its|yes|the) )*"
_SEX = r"(?:boy|girl|gurl|male|female|guy|student|kid|teen(?:ager)?)"
_OLD = r"(?: ?(?:yo|y o|yrs?|years?)(?: old)?)?"
_BEHIND = r"(?: (?:here|btw|old|pls|please|in (?:grade|class|year) \d{1,2}))*"
_AGED = expression(
    rf"{_BEFORE}(?:{ENGLISH_NUMBER}{_OLD} (?:old )?(?:{_SEX}|[fm])|{ENGLISH_NUMBER}[fm]"
    rf"|(?:{_SEX}|[fm]) (?:of |aged? |im |i am )?{ENGLISH_NUMBER}{_OLD}"
    rf"|(?:his|her|their) (?:\w+ )?(?:brother|sister|bro|sis|friend|classmate) (?:im |i am )?"
    rf"{ENGLISH_NUMBER}{_OLD}){_BEHIND}"
)
_FIGURES = expression(r"(?:im |i am )?(\d{1,2})(?: (?:now|btw|lol))?")

_SCHOOL = (
    r"(?:school|kindergarten|preschool|nursery|college|orphanage|(?:training|education|language)"
    r" cent(?:re|er)|hospital|clinic|children s home)"
)
_TEACHES = expression(
    r"\b(?:i (?:am teaching|m teaching|teach|work as an? (?:\w+ )?(?:teacher|tutor))|im teaching)\b"
    rf"(?! (?:my|him|her|them|myself)\b)|\bi (?:am working|work) (?:at|in) "
    rf"(?:an?|the) (?:\w+ ){{0,3}}{_SCHOOL}\b"
    r"|\bone of my (?:\w+ )?(?:students|pupils)\b"
    r"|\b(?:student|pupil|kid|boy|girl|child)s? (?:of mine|that i teach|i teach)\b"
    r"|\b(?:boy|girl|child|kid|student|pupil) in (?:the class i teach|one of my classes)\b"
    r"|^(?:我们?)?班?(?:上|里)?的?(?:有个|有一个|一个|有名|一名|这个|那个)?学生(?:身上|手上|脸上|背上|腿上|手臂|胳膊)"
    r"(?:有|都是|全是|又有|总有|老是|带着)"
)
"""What only somebody does who teaches, or calls a child with wounds "pupil" in Chinese.

A pupil "teaches" a friend or a brother, and says 同学 of another pupil.
"""

_HAS_PUPILS = expression(
    r"^(?:你好|您好)?我班(?:上|里)?的?(?:有|这|那)?(?:一?[个名])?[男女]?学生(?!.*(?:老师|班主任))"
)
_DONE_TO_ME = expression(
    r"(?<=.)(?<!告诉)(?<!问)(?:我|俺)(?!班|说|讲|反映|发现|怀疑|担心|想问|想请)"
    r"|^(?:我|俺)们?(?:也|就|又|都|真的|现在|一直)*(?:被|好|很?怕|害怕|不敢|难过|难受|想哭)(?!担心|奇怪)"
)
"""What a child writes whom somebody of its class hurts, or who is afraid: 我班学生踹我."""

_NOT_A_CHILD = r"(?!被|今年|才|刚满|\d|[他她]?[爸妈])"
_GOES_ON = (
    rf"(?=$|我{_NOT_A_CHILD}|刚|今[天早晚]|昨|有一?个"
    r"|想(?:问|请|举报|反映|告诉)|在(?:路|小区|门口|楼))"
)
_TEACHES_AT = expression(
    r"^(?:你好|您好)?(?:我|俺)(?:就)?是[^我你他她说给被让不]{1,10}?(?:小学|中学|初中|高中|学校|幼儿园|职校|教学点)"
    r"(?:的?(?:一个|一名|[语数英体音美][文学语育乐术]?|代课|支教|村小|苗语|双语){0,3}"
    r"|(?:[一二三四五六]年级)?的)"
    r"(?:老师|教师|班主任|校长|校医)(?=$|我班|我们班|班上(?!的?同学|的?人)|我想(?!死|不开|自杀|跳)|我发现"
    r"|有(?:一?[个名])(?:学生|孩子|[男女][孩生]))"
)
"""The school where they teach: 我是西江小学的老师.

A child begins with the same words: 我是西江小学五年级，老师说我笨.
"""

_WORKS = expression(
    r"^(?:你好|您好)?(?:我|俺)(?:就)?是(?:一个|个|一名|名)?(?:送外卖|跑外卖|送快递|跑快递|开出租车?|跑出租车?|跑网约车|开网约车"
    rf"|开校车|开公交车?)的?{_GOES_ON}"
    r"|^(?:你好|您好)?(?:我|俺)(?:就)?是(?:一个|个|一名|名)?(?:外卖员|外卖小哥|外卖骑手|骑手|快递员|快递小哥|出租车司机|网约车司机"
    rf"|公交车?司机|校车司机|滴滴司机){_GOES_ON}"
    r"|^(?:你好|您好)?(?:我|俺)(?:就)?(?:是)?(?:在[^我你他她说给被让不]{1,6})?开(?:了)?(?:一?[个家间])?"
    r"(?:小卖部|小卖铺|杂货店|便利店|小?超市|小?商店|文具店|餐馆|饭店|粉店|面馆|早餐店|理发店|诊所|药店|旅馆|宾馆"
    r"|网吧|小?店)的?$"
    rf"|{I_AM}an? (?:\w+ )?(?:(?:delivery|taxi|bus|uber|didi) (?:driver|rider|man|guy|woman)"
    r"|courier|paramedic|shopkeeper)\b"
    r"(?! for (?!the (?:post|company|shop)\b)(?:my|the|a|this|some|our|his|her|their|them|him)\b)"
)
"""The work of a grown-up; who runs errands may be a child."""

_TEACHES_A_GRADE = expression(
    r"^(?:你好|您好)?(?:我|俺)(?:就)?是[^我你他她说给被让不]{1,10}?(?:小学|中学|学校)的?"
    r"[一二三四五六七八九初高]年?级?[一二三]?班?的?(?:语文|数学|英语|体育|音乐|美术|科学)(?:老师|教师)$"
)
_OF_TEACHERS = expression(r"老师|教练|校长|[他她]|我(?:被|好?怕)|(?:打|骂|摸|揍|说|对|碰|欺负)我")
"""Of whom a pupil tells who began with the class it is in."""

_OF_KAILI = (
    r"|^(?:(?:你好|您好)?(?:我|俺)(?:就)?是(?:那个|这个)?(?:他|她|娃[娃儿]?|孩子|崽崽?|孙崽)们?的?(?:亲)?"
    rf"(?:奶|爷|婆|公|家婆|家公|嘎婆|嘎公|阿奶|外婆|外公)(?=$|我{_NOT_A_CHILD}))"
)
"""How grandparents of Kaili name themselves, in fewer characters than in books."""

OF_THE_FAMILY = expression(
    r"(?:^|\b(?:hi|hello|hey|well|so)\s+)(?:(?:i am|im|i m)\s+(?:mother|mum|mom|mummy|father|dad"
    r"|grandma|grandmother|granny|gran|nan|nana|grandpa|grandfather|grandad|granddad)"
    r"|we are\s+(?:(?:the|his|her|their|worried|just|two|both)\s+){0,3}(?:grand)?parents)"
    r"(?=$| (?:of|to|here|from|raising|looking after|who|and (?:my|our|the) (?:grand)?"
    r"(?:son|daughter|child|children|kids?)))(?! of (?:mine|me))"
    rf"{_OF_KAILI}"
)
"""A grown-up of the family, in few words or in those of whoever learned them late."""

_THEIRS = "(?:孩子|娃娃?|儿子|女儿|小孩)"
_PARTED = "(?:她|他|前妻|前夫|对方|女方|男方)"
_KEPT_FROM = expression(
    rf"{_PARTED}(?:家)?(?:一直|又|就是|都)?不(?:让|给|准|许)我(?:去)?(?:见(我的?)?|看){_THEIRS}(?:了|啊)?$"
)
_DIVORCED = expression(
    rf"^(?:我们?|我俩|我[和跟](?:老公|老婆|丈夫|妻子|媳妇|他|她))?(?:已经)?离婚|^(?:法院)?(?:把)?{_THEIRS}(?:就)?判给(?:了)?{_PARTED}|前妻|前夫"
)
_OF_PARENTS = expression("爸|妈|父母|后[爹娘]|那个孩子|(?:打|骂|揍)我")
"""Of whom a child speaks whose parents live apart."""


def is_kept_from_a_child(clauses: Sequence[str]) -> bool:
    """Whether plain *clauses* say that the other parent lets the writer not see their child.

    It must be called their own, or a divorce be spoken of: a child is kept from others, too.
    """
    kept = [match for clause in clauses if (match := _KEPT_FROM.search(clause))]
    if not kept or any(map(_OF_PARENTS.search, clauses)):
        return False
    return any(match[1] for match in kept) or any(map(_DIVORCED.search, clauses))


_PARTS = expression(
    r"^(?:请问|你好|您好)?(?:我|俺)(?:们俩?|俩)?(?:现在|已经|刚|正在|在|真的|也|都|准备|打算|要|想|不想|不敢|要不要|能不能|该不该|是不是该){0,6}"
    rf"(?:[和跟](?:老公|老婆|丈夫|妻子|媳妇|{_THEIRS}(?:他|她)?[爸妈]|他|她))?"
    r"(?:想|要|不想|刚|已经|正在|准备|打算|闹){0,4}(?:离婚|离了婚)(?!的?(?:爸|妈|父|母|家庭))"
)
_OF_A_CHILD_OF_THEIRS = expression(
    rf"(?<![我你他她])(?<!一个)(?:{_THEIRS})(?!的?(?:同学|朋友|时候|气))|抚养(?:权|费)"
)
_LEFT_BY_A_SPOUSE = expression(
    rf"^离婚(?:了|后|以后|之后)*(?:{_THEIRS}的?(?:他|她)?|他|她)的?(?:爸爸?|妈妈?|爹|娘|父亲|母亲)"
)

_MAY_BE_YOUNG = expression(
    r"^(?:我|俺)(?:才|刚|刚满|还|那时|当时|今年|是|在|就)*(?:1[0-7]|十[一二三四五六七]?)(?:岁|了|的时候|就|嫁|结婚|生)"
    r"|(?:没|不|未|没有|还没|差.{1,3})(?:满|到)(?:18|十八)|未成年|(?:逼|卖|骗)(?:我|着我|去|来)*(?:嫁|结婚|出嫁|当媳妇)"
)
"""Whoever was married as a child, and may still be one."""


def parts_from_a_spouse(clauses: Sequence[str]) -> bool:
    """Whether plain *clauses* say that the writer divorces, and speak of a child of theirs.

    A child says whose parents part: 我爸妈要离婚. Its own wish to marry or part names no child; who
    was married as a child is asked who they are.
    """
    if any(map(_MAY_BE_YOUNG.search, clauses)):
        return False
    if any(map(_LEFT_BY_A_SPOUSE.search, clauses)):
        return True
    is_said = any(map(_PARTS.search, clauses))
    return is_said and any(map(_OF_A_CHILD_OF_THEIRS.search, clauses))


def age_alone(text: str) -> int:
    """Return the age of a child that *text* is, in answer to who writes: 15岁, 14; 0 if none."""
    said = plain(opening(text))
    match = AGE_ALONE.fullmatch(said)
    if match is None and says_child(said):
        match = _FIGURES.fullmatch(said)
    age = years(match) if match else 0
    return age if age < _GROWN_UP else 0


def says_child(said: str) -> bool:
    """Whether *said*, plain and in answer to who writes, is an age of a child, girl or boy."""
    if match := _AGED.fullmatch(said):
        return years(match) < _GROWN_UP
    match = _FIGURES.fullmatch(said)
    return match is not None and _YOUNGEST_OF_FIGURES <= int(match[1]) < _GROWN_UP


def teaches(clause: str) -> bool:
    """Whether the plain *clause* says that its writer teaches."""
    return bool(_TEACHES.search(clause) or _TEACHES_AT.search(clause))


def has_pupils(clauses: Sequence[str]) -> bool:
    """Whether plain *clauses* speak of pupils of the writer's class, and nothing done to them."""
    return any(map(_HAS_PUPILS.search, clauses)) and not any(map(_DONE_TO_ME.search, clauses))


def serves(clause: str) -> bool:
    """Whether the plain *clause* says that its writer does another work of grown-ups."""
    return _WORKS.search(clause) is not None


def teaches_a_grade(clauses: Sequence[str]) -> bool:
    """Whether *clauses* begin with which grade their writer teaches, and tell of no teacher."""
    first, *behind = (*clauses, "")
    is_said = _TEACHES_A_GRADE.search(first) is not None
    return is_said and not any(map(_OF_TEACHERS.search, behind))


_IN_FACT = expression(
    r"^(?:i am|im|i m) (?:actually|really|in fact|just) (?=(?:an?|the) )"
    r"|^(?:我|俺)(?:其实|本来|就)+(?=是)"
)
_THAT_CHILD = expression(
    r"(?:其实|你们?说的|我?说的)*那个?(?:孩子|娃娃?|娃儿|小孩)(?:其实|就)*是我(?:自己|本人)?"
)


def without_in_fact(clause: str) -> str:
    """Return *clause* without the word by which somebody corrects who they are taken for."""
    return _IN_FACT.sub(lambda match: "i am " if match[0].isascii() else "我", clause)


def is_that_child(clause: str) -> bool:
    """Whether *clause* says that the child who was spoken of is the writer: 那个孩子就是我."""
    return _THAT_CHILD.fullmatch(clause) is not None
