"""Who writes, where their own words say so plainly; in doubt nobody is taken for anybody.

我是他奶奶 and "I am her teacher" say so; 我是奶奶带大的, 如果我是老师 and "I am afraid of the
teacher" do not. Whose child or spouse is spoken of says it as well: 我儿子, "my husband".
"""

import re
import unicodedata
from collections.abc import Iterator

CHILD, PARENT, OTHER = "child", "parent", "other_adult"
"""The answers to who is writing, as the flow ``welcome`` names them."""

_GROWN_UP = 18
_YOUNGEST = 4
_DROPPED = re.compile(r"['’‘]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_CLAUSES = re.compile(r"[。！!，,；;：:\n…?？.、~～]+|\s+(?=[㐀-鿿])")
_LONGEST_ALONE = 24

_HAN_NUMBER = {word: number for number, word in enumerate("一二三四五六七八九", 1)}
_WORDS = (
    "four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split(), _YOUNGEST)}

_HANS_PARENT = (
    "妈妈?|爸爸?|母亲|父亲|家长|奶奶|爷爷|外婆|外公|姥姥"
    "|姥爷|监护人|后妈|后爸|继母|继父|养父|养母|阿婆|公公|婆婆"
)
_HANS_OTHER = (
    "老师|教师|班主任|校长|邻居|医生|村医|护士|亲戚|叔叔|阿姨|姑姑"
    "|姑妈|姨妈|舅舅|舅妈|伯伯|婶婶|社工|村干部|民警|志愿者|保安|大人|成年人"
)
_HANS_CHILD = (
    "小孩子?|孩子|娃儿?|娃娃|学生|小学生|初中生|中学生"
    "|高中生|未成年人?|青少年|小朋友|男孩子?|女孩子?|男生|女生|儿童"
)
_WHOSE = "(?:他们?|她们?|它|这个|那个|孩子|孩儿|娃儿?|娃娃|小孩|学生|小朋友|女孩|男孩)"
_BETWEEN = (
    r"(?:一|个|名|位|也|就|他|她|们|的|这|那|家|里|班|村|寨|隔壁|楼上|楼下|小学|初中|高中|中学|幼儿园|学校|数学|语文|英语|体育"
    r"|年级|[一二三四五六七八九十0-9]|孩子|娃儿?|娃娃|小孩|学生|儿科){0,8}"
)
_SAYING = r"(?:你好|您好|老师好|请问|那个|其实|我说一下)?\s*(?:我[就还]?是|俺是|我作为)"
_ENDS = "(?:[啊呀哈嘛]|来的)?$"
_OF_A_CHILD = rf"{_SAYING}{_WHOSE}的?(?:{{role}})(?![的带养打骂不生捡送卖叫让给害逼])"

_EN_PARENT = (
    r"mother|mum|mom|mummy|mommy|father|dad|daddy|parent|grandma|grandmother|granny|nan|grandpa"
    r"|grandfather|grandad|granddad|grandparent|guardian|carer|caregiver|stepmother|stepmum|stepmom"
    r"|stepfather|stepdad"
)
_EN_OTHER = (
    r"teacher|headteacher|headmaster|principal|neighbou?r|doctor|nurse|aunt|auntie|uncle|relative"
    r"|social worker|coach|counsellor|counselor|adult|grown up|grownup"
)
_EN_CHILD = (
    r"child|kid|boy|girl|teen|teenager|student|pupil|schoolboy|schoolgirl|minor|young person"
)
_NOT_BEHIND = (
    r"(?!\s+(?:s|psychologist|protection|care|worker|minder|doctor|welfare|teacher|hits|hit"
    r"|beats)\b)"
)
_DESCRIBED = (
    r"(?:(?:single|worried|concerned|foster|step|primary|school|class|form|head|retired|maths?"
    r"|english|kindergarten|new|young|little|small|old|proud|local|village|next door|family|just"
    r"|normal|high|middle|\w+s)\s+){0,3}"
)
_I_AM = r"(?:^|\b(?:hi|hello|hey|well|and|but|so)\s+)(?:i am|im|i m)\s+"
_DET = r"(?:(?:just|only|also)\s+)?(?:an?|the|his|her|their|our|one of the|\w+s)\s+"

_OWN_AGE = re.compile(
    r"^(?:我|俺)(?:今年|现在|已经|刚满|才|只有|刚|快|是|都)*(\d{1,2}|[一二两三四五六七八九十]{1,3})[岁随歲]"
    r"(?!的?(?:儿|女|孩|娃|弟|妹|哥|姐|孙|学|时|那|以|就|开始|起|前|后))"
    rf"|{_I_AM}(?:only\s+|just\s+|now\s+)?(\d{{1,2}}|{'|'.join(_NUMBERS)})\b"
    r"(?!\s*(?:%|percent|weeks?|months?|days?|hours?|hrs|minutes?|mins?|seconds?|kg|cm|km|metres?"
    r"|meters?|miles?|pounds?|times|of|to|oclock|am|pm|and a half hours|steps?|floors?)\b)"
)
_AGE_ALONE = re.compile(
    r"(?:今年|现在|才|刚满)?(\d{1,2}|[一二两三四五六七八九十]{1,3})[岁随歲]了?"
    rf"|(?:age |aged )?(\d{{1,2}}|{'|'.join(_NUMBERS)}) ?(?:years? old|yrs?(?: old)?|yo|y o)"
)


def _saying(role_han: str, role_english: str) -> re.Pattern[str]:
    return re.compile(
        rf"^{_SAYING}{_BETWEEN}(?:{role_han}){_ENDS}"
        rf"|{_I_AM}{_DET}{_DESCRIBED}(?:{role_english})\b{_NOT_BEHIND}"
    )


def _alone(role_han: str, role_english: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_BETWEEN})(?:{role_han})|(?:{_DET})?{_DESCRIBED}(?:{role_english})"
        r"(?: (?:of|to) (?:\w+ ?){1,4}| here)?"
    )


_SAID = (
    (PARENT, re.compile(f"^{_OF_A_CHILD.format(role=_HANS_PARENT)}")),
    (OTHER, re.compile(f"^{_OF_A_CHILD.format(role=_HANS_OTHER)}")),
    (PARENT, _saying(_HANS_PARENT, _EN_PARENT)),
    (OTHER, _saying(_HANS_OTHER, _EN_OTHER)),
    (CHILD, _saying(_HANS_CHILD, _EN_CHILD)),
)
_ALONE = (
    (PARENT, _alone(_HANS_PARENT, _EN_PARENT)),
    (OTHER, _alone(_HANS_OTHER, _EN_OTHER)),
    (CHILD, _alone(_HANS_CHILD, _EN_CHILD)),
)
_OWN_FAMILY = re.compile(
    r"(?:^|[^你他她它们])(?:我|俺|咱)(?:们?家|屋头|屋里|自己)?的?"
    r"(?:孩子(?!时|气)|娃(?!时)|崽|儿子|女儿|闺女|幺儿|孙子|孙女|外孙|老公|老婆(?!婆)|丈夫|妻子|媳妇|前夫|前妻)"
    r"|^(?:儿子|女儿|孙子|孙女|老公|老婆(?!婆))"
    r"|\bmy (?:own |little |elder |older |younger |eldest |youngest |step ?|grand|teenage "
    r"|\d+ year old |two |three )*(?:son|daughter|child|children|kids?|toddler)s?\b"
    r"|\bmy (?:ex )?(?:husband|wife)\b"
)


def says_who(text: str, *, is_asked: bool = False) -> str:
    """Return who *text* says that its writer is: one of the answers, ``""`` if it does not.

    If *is_asked*, a word alone says it as well: 老师, "mum of two", 9岁.
    """
    clauses = [said for clause in _CLAUSES.split(text) if (said := _plain(clause))]
    years = own_age(text)
    if years:
        return CHILD if years < _GROWN_UP else _of_role(clauses) or _grown_up(clauses)
    return _of_role(clauses) or (_alone_says(text) if is_asked else "") or _of_family(clauses)


def only_says_who(text: str) -> str:
    """Return who the writer is, if *text* says nothing else, such as "I am a child"."""
    said = _plain(text)
    is_short = len(said) <= _LONGEST_ALONE and not _CLAUSES.search(text.strip(" 。.!！"))
    return _of_role([said]) if is_short else ""


def own_age(text: str) -> int:
    """Return the age that the writer of *text* says they have; 0 if they do not, or say two."""
    clauses = (_plain(clause) for clause in _CLAUSES.split(text))
    found = {_years(match) for clause in clauses if (match := _OWN_AGE.search(clause))}
    age = found.pop() if len(found) == 1 else 0
    return age if age >= _YOUNGEST else 0


def _of_role(clauses: list[str]) -> str:
    return next(_roles(clauses), "")


def _roles(clauses: list[str]) -> Iterator[str]:
    for clause in clauses:
        yield from (who for who, saying in _SAID if saying.search(clause))


def _of_family(clauses: list[str]) -> str:
    return PARENT if any(_OWN_FAMILY.search(clause) for clause in clauses) else ""


def _grown_up(clauses: list[str]) -> str:
    """Return which adult somebody is who says their age: a parent if *clauses* say so anyhow."""
    is_parent = any(_alone_says(clause) == PARENT for clause in clauses) or _of_family(clauses)
    return PARENT if is_parent else OTHER


def _alone_says(text: str) -> str:
    said = _plain(text)
    if match := _AGE_ALONE.fullmatch(said):
        years = _years(match)
        return "" if years < _YOUNGEST else CHILD if years < _GROWN_UP else OTHER
    return next((who for who, words in _ALONE if words.fullmatch(said)), "")


def _years(match: re.Match[str]) -> int:
    word = next(group for group in match.groups() if group)
    if word.isdecimal():
        return int(word)
    return _NUMBERS.get(word) or _han(word)


def _han(word: str) -> int:
    tens, has_ten, ones = word.rpartition("十")
    units = _HAN_NUMBER.get(ones.replace("两", "二"), 0)
    return units + (10 * _HAN_NUMBER.get(tens, 1) if has_ten else 0)


def _plain(text: str) -> str:
    """Return *text* without case, width and punctuation, with single spaces."""
    spelt = _DROPPED.sub("", unicodedata.normalize("NFKC", text).casefold())
    return _BETWEEN_WORDS.sub(" ", spelt).strip()
