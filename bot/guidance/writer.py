"""Who writes, where their own words say so plainly; in doubt nobody is taken for anybody.

我是他奶奶 and "I am her teacher" say so; 我是奶奶带大的, 如果我是老师 and "I am afraid of the
teacher" do not. Whose child is spoken of says it as well: 我儿子, "my son".
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from bot.domain.expression import expression
from bot.domain.looking import looks_once
from bot.guidance.clauses import is_quoted, opening, own_sentences, plain
from bot.guidance.writer_age import AGE_ALONE, I_AM, YOUNGEST, age_in
from bot.guidance.writer_alone import (
    MORE_THAN_A_CALL,
    OF_A_PLACE,
    OF_THE_FAMILY,
    has_pupils,
    is_kept_from_a_child,
    is_that_child,
    parts_from_a_spouse,
    says_child,
    teaches,
    teaches_a_grade,
    without_in_fact,
)
from bot.guidance.writer_phone import ON_A_PHONE, SPEAKS_UP
from bot.guidance.writer_work import works
from bot.guidance.years import (
    ENGLISH_CHILD,
    ENGLISH_YEAR_OLD,
    HAN_CHILD,
    HAN_CHILD_OR_DOLL,
    HAN_YEARS,
    years,
)

CHILD, PARENT, OTHER = "child", "parent", "other_adult"
"""The answers to who is writing, as the flow ``welcome`` names them."""

_GROWN_UP = 18
_LONGEST_ALONE = 24

_HANS_PARENT = (
    "妈妈?|爸爸?|母亲|父亲|家长|奶奶|爷爷|外婆|外公|姥姥"
    "|姥爷|监护人|后妈|后爸|继母|继父|养父|养母|阿婆|公公|婆婆"
)
_HANS_OTHER = (
    "老师|教师|班主任|校长|邻居|医生|村医|护士|亲戚|叔叔|阿姨|姑姑"
    "|姑妈|姨妈|舅舅|舅妈|伯伯|婶婶|社工|村干部|民警|志愿者|保安|大人|成年人"
    "|幼师|保育员|园长|儿童主任|妇女主任|村主任|村支书|支书|督导员|网格员|驻村干部|宿管"
)
_HANS_CHILD = (
    "小孩子?|孩子|娃儿?|娃娃|学生|小学生|初中生|中学生"
    "|高中生|未成年人?|青少年|小朋友|男孩子?|女孩子?|男生|女生|儿童"
)
_WHOSE = "(?:他们?|她们?|它|这个|那个|孩子|孩儿|娃儿?|娃娃|小孩|学生|小朋友|女孩|男孩)"
_BETWEEN = (
    r"(?:一|个|名|位|也|就|他|她|们|的|这|那|家|里|班|村|寨|隔壁|楼上|楼下|小学|初中|高中|中学|幼儿园|学校|数学|语文|英语|体育"
    r"|村小|完小|中心校|教学点|乡村|镇上|镇|乡|特岗|支教|代课|科任|年级|[一二三四五六七八九十0-9]|孩子|娃儿?|娃娃|小孩|学生|儿科){0,8}"
)
_SAYING = r"(?:你好|您好|老师[好啊]?|社工|请问|那个|其实|我说一下)?\s*(?:我[就还]?是|俺是|我作为)"
_ENDS = "(?:[啊呀哈嘛]|来的)?$"
_OF_A_CHILD = (
    rf"{_SAYING}{_WHOSE}的?(?:{{role}})(?![妈爸的家带养打骂生捡送卖叫让给害逼])"
    r"(?!不(?:想)?(?:要|认|管|养)我|不(?:想)?(?:要|认|养)(?:他|她)?们?(?:了|的|$| )|不管的"
    r"|不(?:疼|爱)(?:我|的))"
)

_EN_PARENT = (
    r"mother|mum|mom|mummy|mommy|father|dad|daddy|parent|grandma|grandmother|granny|nan|grandpa"
    r"|grandfather|grandad|granddad|grandparent|guardian|stepmother|stepmum|stepmom"
    r"|stepfather|stepdad"
)
_EN_OTHER = (
    r"teacher|headteacher|headmaster|principal|neighbou?r|doctor|nurse|aunt|auntie|uncle|relative"
    r"|social worker|coach|counsellor|counselor|adult|grown up|grownup|tutor|instructor|trainer"
    r"|landlord|landlady|shop owner|police officer|policeman|policewoman|midwife|paediatrician"
    r"|pediatrician|pastor|journalist|family friend|passer ?by"
)
_EN_CHILD = (
    r"child|kid|boy|girl|teen|teenager|student|pupil|schoolboy|schoolgirl|minor|young person"
)
_EN_CARER = r"carer|caregiver"
_HERS = rf"(?:his|her|their) (?:main |only |full time )?(?:{_EN_CARER})\b"
_CARED_FOR = expression(
    rf"(?<!\bhis )(?<!\bher )(?<!\btheir )(?<!\bthe )\b(?:{_EN_PARENT}|gran)s?\b"
    r"|\bmy (?:\w+ )?(?:brother|sister|bro|sis|teacher|school|class|homework|exams?)\b"
    r"|\bi(?: am| ?m| go)? (?:still |only )?(?:in|at|to) (?:\w+ ){0,2}(?:grade|school|class|year)\b"
)
"""Whoever speaks of these may be a child who cares for somebody at home."""

_NOT_BEHIND = (
    r"(?! (?:s|psychologist|protection|care|worker|minder|doctor|welfare|teacher|hits|hit|beats"
    r"|kid|child|boy|girl|student|pupil|son|daughter)\b)"
)
_BEHIND_A_CHILD = (
    r"(?=$| (?:\d+|and|but|so|of|in|at|from|my|i|im|who|with|here|now|please|pls|aged?|he|she|they"
    r"|being|getting|need|help|because|cause|cuz)\b)"
)
_DESCRIBED = (
    r"(?:(?:single|worried|concerned|foster|step|primary|school|class|form|head|retired|maths?"
    r"|english|kindergarten|new|young|little|small|old|proud|local|village|next door|family|just"
    r"|normal|high|middle|own|football|basketball|swimming|sports?|dance|piano|music|art|pe|science"
    r"|chinese|foreign|volunteer|substitute|\w+s)\s+){0,3}"
)
_WORK_AS = r"(?:^|\b(?:hi|hello|hey|well|and|but|so)\s+)i work as\s+"
_DET = r"(?:(?:just|only|also)\s+)?(?:an?|the|his|her|their|our|one of the|\w+s)\s+"

_PUPIL_ALONE = expression(
    r"我?(?:今年|现在)?(?:在?[上读念])?(?:[一二三四五六七八九]年级|[初高][一二三])(?:了|的)?"
    r"|1[0-7]|我?是[他她]的?(?:女儿|儿子|孙子|孙女|娃娃?)"
)
"""What a child answers who is asked who they are: a class, a bare age, whose child they are."""


def _saying(role_han: str, role_english: str, behind: str = _NOT_BEHIND) -> re.Pattern[str]:
    return re.compile(
        rf"^{_SAYING}{_BETWEEN}(?:{role_han}){_ENDS}"
        rf"|(?:{I_AM}|{_WORK_AS}){_DET}{_DESCRIBED}(?:{role_english})\b{behind}"
    )


def _alone(role_han: str, role_english: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_BETWEEN})(?:{role_han})"
        rf"|(?!.*\byoung (?:{_EN_CARER})\b)(?:(?:its|it is|this is) )?"
        rf"(?:{_DET}|another )?{_DESCRIBED}(?:{role_english})"
        r"(?: (?:of|to)(?: \w+){1,4}| here)?"
    )


_HIS = r"(?:his|her|the (?:kid|child|boy|girl)s) "

_CARER = expression(f"{I_AM}{_HERS}")
_SAID = (
    (PARENT, expression(f"^{_OF_A_CHILD.format(role=f'亲?(?:{_HANS_PARENT}|爹|娘)')}")),
    (PARENT, expression(rf"^this is {_HIS}(?:own )?(?:{_EN_PARENT}){ON_A_PHONE}")),
    (PARENT, expression(rf"^(?:it is|its) {_HIS}(?:own )?(?:{_EN_PARENT}){SPEAKS_UP}")),
    (OTHER, expression(f"^{_OF_A_CHILD.format(role=_HANS_OTHER)}")),
    (PARENT, _saying(_HANS_PARENT, _EN_PARENT)),
    (PARENT, OF_THE_FAMILY),
    (OTHER, _saying(_HANS_OTHER, _EN_OTHER)),
    (PARENT, expression(rf"{I_AM}a foster (?:{_EN_CARER})\b")),
    (PARENT, _CARER),
    (CHILD, _saying(_HANS_CHILD, _EN_CHILD, _BEHIND_A_CHILD)),
)
_ALONE = (
    (PARENT, _alone(f"{MORE_THAN_A_CALL}(?:{_HANS_PARENT})", f"{_EN_PARENT}|{_EN_CARER}")),
    (OTHER, _alone(f"{_HANS_OTHER}|{OF_A_PLACE}", _EN_OTHER)),
    (CHILD, _alone(_HANS_CHILD, _EN_CHILD)),
)
_ANYBODY_HAN = f"{_HANS_CHILD}|{_HANS_PARENT}|{_HANS_OTHER}"
_ANYBODY_ENGLISH = f"{_EN_CHILD}|{_EN_PARENT}|{_EN_OTHER}"
_MISTAKEN = expression(
    r"^(?:(?:[点选按填弄搞打]错了?|错了|不好意思|对不起|抱歉|不对|不是|其实"
    rf"|(?:我|俺)不是(?:一?个)?(?:{_ANYBODY_HAN})[了啊呀]?"
    r"|(?:wrong (?:button|one)|sorry|no|nope|wrong|oops|oh|wait|actually|my mistake|my bad"
    r"|mistake|that was wrong|i (?:made a mistake|(?:tapped|chose|clicked|pressed) (?:the )?wrong"
    r"(?: (?:button|one))?)|(?:i am|im|i m) not (?:an? |the )?"
    rf"(?:{_ANYBODY_ENGLISH}))\b)\s*)+"
)
"""What is said first by whoever was taken for somebody else."""

_WHO_I_AM = expression(r"(?:i am|im|i m) |(?:我|俺)(?:就|还|其实)?是")

_OWN_CHILD = expression(
    rf"(?:^|[^你他她它们])(?:我|俺|咱)(?:们?家|屋头|屋里|自己)?的?"
    rf"(?:(?:今年|才|刚满)?{HAN_YEARS}大?的)?(?:{HAN_CHILD})"
    rf"|(?:我|俺|咱)(?:们?家|屋头|屋里)的?(?:{HAN_CHILD_OR_DOLL})"
    rf"|(?:^|[^你他她它们])(?:我|俺|咱)的?(?:今年|才|刚满)?{HAN_YEARS}大?的(?:{HAN_CHILD_OR_DOLL})"
    rf"|(?:^|[^你他她它们])(?:我|俺|咱)的?(?:{HAN_CHILD_OR_DOLL})(?:今年|才|刚满|快|都)?{HAN_YEARS}"
    rf"|^(?:儿子|女儿|孙子|孙女)|\bmy {ENGLISH_CHILD}|\b(?:my|our) {ENGLISH_YEAR_OLD}"
    r"|\bmy ex\b.* our (?:little |older |younger )?(?!child porn)"
    r"(?:son|daughter|child|children|kid|baby)s?\b"
    r"|^我(?:刚才|刚刚|刚|今天|昨天|昨晚|又|也|都|老是|经常|没忍住|忍不住|一时|一气之下|实在){0,4}(?:动手)?(?:打|揍|捶)(?:了|过)?(?:孩子|娃娃?|娃儿|儿子|女儿|孙子|孙女)(?!们|国)"
    r"|(?:^|我)(?:这个|一个)?(?:老太婆|老婆婆|老奶奶|老头子|老头儿)一个?人?(?:带|养)(?!我)"
    r"|^(?:娃娃?|娃儿|孩子)们?(?:都|还)?(?:留?在|丢在|放在)老家"
)
_SPOUSE = expression(
    r"(?:我|俺|咱)(?:们?家)?的?(?:老公|老婆(?!婆)|丈夫|妻子|媳妇|前夫|前妻)|^(?:老公|老婆(?!婆))"
    r"|\bmy (?:ex )?(?:husband|wife)\b"
)
_CHILD_OF_BOTH = expression(
    rf"(?<![是个])(?:{HAN_CHILD}|{HAN_CHILD_OR_DOLL})"
    r"|\b(?:our|the) (?:own |little |older |younger |two |three )*"
    r"(?:son|daughter|child|children|kid|baby|babies|toddler)s?\b"
)
"""Whoever is married may be a child herself: a spouse proves a parent only with a child."""


def says_who(text: str, *, is_asked: bool = False) -> str:
    """Return who *text* says that its writer is: one of the answers, ``""`` if it does not.

    If *is_asked*, a word alone says it as well: 老师, "mum of two", 9岁.
    """
    sentences = own_sentences(text)
    clauses = list(chain.from_iterable(sentences))
    age = age_in(sentences)
    if age:
        return CHILD if age < _GROWN_UP else _of_role(clauses) or _grown_up(clauses)
    alone = _answers(plain(opening(text))) if is_asked else ""
    return _of_role(clauses) or alone or _of_family(clauses) or _of_work(clauses)


@looks_once
def says_who_asked(text: str) -> str:
    """Return who *text* says that its writer is, where that was asked."""
    return says_who(text, is_asked=True)


@looks_once
def says_who_they_are(text: str) -> str:
    """Return who *text*, asked of its writer, says that they are, not by whose child it tells of.

    "I am his mother" does, and 老师; "my son does not eat" tells of somebody besides.
    """
    sentences = own_sentences(text)
    clauses = list(chain.from_iterable(sentences))
    is_named = age_in(sentences) or _of_role(clauses) or _answers(plain(opening(text)))
    return says_who_asked(text) if is_named else ""


@looks_once
def only_says_who(text: str) -> str:
    """Return who the writer is, if *text* says nothing else, such as "I am a child"."""
    clauses = list(chain.from_iterable(own_sentences(text)))
    is_short = len(clauses) == 1 and len(clauses[0]) <= _LONGEST_ALONE
    return _of_role(clauses) if is_short else ""


@looks_once
def corrects_who(text: str) -> str:
    """Return who the writer is, if *text* only says that they were taken for somebody else.

    点错了 我是大人 does, and "sorry I am not a child, I am his mother"; who they are must be said.
    """
    clauses = list(chain.from_iterable(own_sentences(text)))
    if len(clauses) == 1 and is_that_child(clauses[0]):
        return CHILD
    left = [rest for clause in map(without_in_fact, clauses) if (rest := _MISTAKEN.sub("", clause))]
    if len(left) != 1 or left == clauses or not (says := _WHO_I_AM.match(left[0])):
        return ""
    return _alone_says(left[0][says.end() :])


def speaks_of_a_spouse(text: str) -> bool:
    """Whether *text* speaks of its writer's own husband or wife, former ones as well."""
    clauses = chain.from_iterable(own_sentences(text))
    return any(_SPOUSE.search(clause) for clause in clauses)


def _of_role(clauses: Sequence[str]) -> str:
    return next(_roles(clauses), "")


def _roles(clauses: Sequence[str]) -> Iterator[str]:
    may_be_young = any(_CARED_FOR.search(clause) for clause in clauses)
    for clause in clauses:
        for who, saying in _SAID:
            if saying is _CARER and may_be_young:
                continue
            if (match := saying.search(clause)) and not is_quoted(match):
                yield who


def _of_family(clauses: Sequence[str]) -> str:
    is_parent = any(_OWN_CHILD.search(clause) for clause in clauses) or (
        any(_SPOUSE.search(clause) for clause in clauses)
        and any(_CHILD_OF_BOTH.search(clause) for clause in clauses)
    )
    is_parent = is_parent or is_kept_from_a_child(clauses) or parts_from_a_spouse(clauses)
    return PARENT if is_parent else ""


def _of_work(clauses: Sequence[str]) -> str:
    is_known = teaches_a_grade(clauses) or has_pupils(clauses)
    is_known = is_known or any(map(teaches, clauses)) or works(clauses)
    return OTHER if is_known else ""


def _grown_up(clauses: Sequence[str]) -> str:
    """Return which adult somebody is who says their age: a parent if *clauses* say so anyhow."""
    is_parent = any(_alone_says(clause) == PARENT for clause in clauses) or _of_family(clauses)
    return PARENT if is_parent else OTHER


def _answers(said: str) -> str:
    return CHILD if says_child(said) else _alone_says(said)


def _alone_says(said: str) -> str:
    if match := AGE_ALONE.fullmatch(said):
        age = years(match)
        return "" if age < YOUNGEST else CHILD if age < _GROWN_UP else OTHER
    if _PUPIL_ALONE.fullmatch(said):
        return CHILD
    return next((who for who, words in _ALONE if words.fullmatch(said)), "")
