"""What a child is to the adult who writes, where their own words say so of one child only."""

from collections.abc import Iterator, Sequence
from itertools import chain

from bot.domain.expression import expression
from bot.guidance.clauses import own_sentences
from bot.guidance.writer_alone import has_pupils, teaches
from bot.guidance.years import ENGLISH_CHILD, ENGLISH_NUMBER, ENGLISH_YEAR_OLD, HAN_CHILD

OWN, RELATIVE, PUPIL, NEIGHBOUR = "own_child", "relative", "pupil", "neighbour"
"""The answers to what the child is to them, as the flow for adults names them."""

_KIN = (
    r"(?:grand ?(?:son|daughter|child|children|kid|baby|babies)|niece|nephew|little cousin"
    r"|god(?:son|daughter|child))s?\b"
)
_YOUNG = r"(?:kid|child|children|boy|girl|baby|toddler|son|daughter)s?"
_KIN_HAN = "(?:外?孙子?女?|侄[子女儿]|外甥女?|表[弟妹]|堂[弟妹])"
_SAID = (
    (RELATIVE, expression(rf"\b(?:my|our) (?:\w+ ){{0,2}}{_KIN}|(?:我|俺)(?:们?家)?的?{_KIN_HAN}")),
    (
        PUPIL,
        expression(
            r"\b(?:my|our) (?:\w+ )?(?:students?|pupils?)\b|\b(?:in|from) my class\b"
            r"|我(?:的|们?班上?的?|教的)(?:一个)?(?:小?学生|孩子)|我班上|^(?:我们?)?班(?:上|里)的?(?:有|这|那)?(?:一?[个名]|[两几]个)?(?:[男女](?:孩|生|同学|学生)|学生|孩子|娃)"
        ),
    ),
    (
        NEIGHBOUR,
        expression(
            rf"\b(?:neighbou?rs? {_YOUNG}|{_YOUNG} (?:who lives? )?next door"
            rf"|{_YOUNG} of (?:my|our) neighbou?rs?)\b"
            rf"|\bneighbou?rs? (?:\w+ ){{1,4}}(?:her|his|their|the)"
            rf" (?:(?:\w+ )?{_YOUNG}|{ENGLISH_NUMBER}[ -](?:year|month)s?[ -]olds?)\b"
            r"|(?:邻居|隔壁)(?:家|屋)?的?(?:孩子|小孩|娃娃?)"
            r"|(?:邻居|隔壁|楼上|楼下)(?:那家|这家|一家|家)?[^，。我]{0,6}?(?:打|骂|揍|虐待)[^，。我]{0,4}?"
            r"(?:孩子|小孩|娃|儿子|女儿)"
        ),
    ),
    (
        OWN,
        expression(
            rf"\b(?:my|our) (?!(?:\w+ ){{0,2}}grand){ENGLISH_CHILD}|\b(?:my|our) {ENGLISH_YEAR_OLD}"
            rf"|(?:我|俺)(?:们?家)?的?(?!{_KIN_HAN})(?:{HAN_CHILD})"
            rf"|^我[^，。他她家邻隔老爸妈爷奶]{{0,10}}(?:把|打了|骂了)(?:{HAN_CHILD})"
            rf"|^(?:我?(?:今天|昨天|昨晚|刚才?|刚刚|最近|才|又)*(?:发现|看到|看见|听到|担心|怀疑|怕|问|带|接|在|给)了?)?"
            r"(?:女儿|儿子)(?![一-龥]?(?:红|们))"
        ),
    ),
)

_PARENT_OF = expression(
    r"我是(?:他|她|孩子|娃娃?)的?(?:妈妈?|爸爸?|母亲|父亲)"
    r"|我是(?:妈妈?|爸爸?|母亲|父亲)[，,。 ]{0,2}(?:我?家?的?)?(?:孩子|娃娃?|儿子|女儿)"
    r"|\bi ?a?m (?:his|her|their) (?:mother|father|mum|mom|dad|parent)\b"
)
"""Who says so speaks of a child of their own, also where only "the child" is named."""


def relation_in(texts: Sequence[str]) -> str:
    """Return what the child that *texts* speak of is to their writer, ``""`` if that is not sure.

    Where children of several kinds are spoken of, it is asked which of them is meant.
    """
    found = set(chain.from_iterable(_relations(text) for text in texts))
    return found.pop() if len(found) == 1 else ""


def _relations(text: str) -> Iterator[str]:
    if _PARENT_OF.search(text.lower().replace("'", "").replace("’", "")):
        yield OWN
    for clause in chain.from_iterable(own_sentences(text)):
        if teaches(clause) or has_pupils([clause]):
            yield PUPIL
        for relation, words in _SAID:
            if words.search(clause):
                yield relation
