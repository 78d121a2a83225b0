"""The words in which ages and children of one's own are told, and how they are read."""

import re

_HAN = {word: number for number, word in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_TEENS = "thirteen fourteen fifteen sixteen seventeen"
_WORDS = f"three four five six seven eight nine ten eleven twelve {_TEENS}"
_ENGLISH = {word: number for number, word in enumerate(_WORDS.split(), 3)}
ENGLISH_WORDS = "|".join(sorted(_ENGLISH, key=len, reverse=True))

HAN_YEARS = r"(\d{1,2}|[一二两三四五六七八九十]{1,3})[岁随歲]"
"""A number, the group, and the word for years."""

ENGLISH_NUMBER = rf"(\d{{1,2}}|{ENGLISH_WORDS})"
"""A number, the group; words only for three to seventeen."""

_NOW = "今年|现在|刚满|才|只有"
_ANY_WORD = f"{_NOW}|已经|刚|快|是|都"
_NOT_ANOTHERS = (
    r"(?!大?的?(?:儿|女(?!生)|孩|娃|弟|妹|哥|姐|孙|学(?!生)|表|堂|侄|外|时|那|以|就|开始|起|前|后))"
)
AT_THAT_TIME = r"\w{0,6}就(?!是|想|这)"
"""What comes next happened "as early as" at that age."""

HAN_AGE_NOW = (
    rf"(?:(?:{_ANY_WORD}){{0,4}}{HAN_YEARS}(?:了|(?:[男女]生?|小?学生)?(?=$|[\W_]|我|俺|但|和))"
    rf"|(?:已经|都|是)?(?:{_NOW})(?:{_ANY_WORD}){{0,3}}{HAN_YEARS}{_NOT_ANOTHERS})"
    rf"(?![，,、;；\s]{{0,3}}{AT_THAT_TIME})"
)
"""Behind whose it is: an age with which the clause ends, or that is said to be that of today."""

HAN_CHILD = (
    "孩子(?!时|气)|娃(?![时娃])|崽|儿子|女儿|闺女|幺儿|孙子|孙女|外孙|孙孙|孙儿|孙娃|孙崽|养女(?!生)|养子|继女|继子"
    "|(?:领养|收养|寄养)的(?:小?孩子?|女儿|儿子|娃娃?)"
)
"""A child of one's own, behind 我; kin that is no proof of a parent stands in *HAN_KIN*."""

HAN_CHILD_OR_DOLL = "娃娃"
"""A child of one's own at home (我家娃娃) or of an age; 我的娃娃 alone may be a child's doll."""

HAN_KIN = "侄女|侄子|侄儿|外甥女?"

_DESCRIBED = (
    r"(?:own |little |elder |older |younger |eldest |youngest |step ?|foster |adopted |grand"
    r"|teenage "
    r"|\d+ year old |\d |two |three )*"
)
ENGLISH_CHILD = (
    rf"{_DESCRIBED}(?:son|daughter|child|children|kid|toddler)s?\b"
    r"(?! (?:sister|sis|brother|bro|sibling|cousin|uncle|friend|self|home|hospital|ward|shelter"
    r"|village|cent(?:re|er)|book|rights|protection|psychologist|therapist|doctor)s?\b)"
)
"""A child of one's own, behind "my"; neither "my kid sister" nor "my children's home"."""

ENGLISH_YEAR_OLD = (
    rf"{ENGLISH_NUMBER}[ -]years?[ -]olds?\b(?=$|[,.!?]"
    r"| (?!is my (?:(?:boy|girl)|(?:best|little|older|younger|big) )?"
    r"(?:friend|brother|sister|cousin)\b)"
    r"(?:is|isnt|isn t|was|has|hasnt|had|does|doesnt|doesn t|did|didnt|didn t|dont|don t|wont"
    r"|won t|cant|can t|cannot|will|refuses|keeps|says|said"
    r"|told|came|comes|got|gets|started|stopped|wants|needs|seems|cries|cried|screams|hits|bites|lies"
    r"|lied|steals|stole|cuts|eats|sleeps|ran|runs|went|goes|throws|spends|plays|locks|talks|just"
    r"|still|never|always|who)\b)"
)
"""A child of one's own by its age alone, behind "my"; not "my 15 year old boyfriend"."""

ENGLISH_KIN = rf"{_DESCRIBED}(?:niece|nephew|pupil)s?\b"


def years(match: re.Match[str]) -> int:
    """Return the number in the first group of *match* that holds one."""
    word = next(group for group in match.groups() if group)
    if word.isdecimal():
        return int(word)
    return _ENGLISH.get(word.casefold()) or _han(word)


def _han(word: str) -> int:
    tens, has_ten, ones = word.rpartition("十")
    units = _HAN.get(ones, 0)
    return units + (10 * _HAN.get(tens, 1) if has_ten else 0)
