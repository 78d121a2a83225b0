"""How old the child is who is written about, where that is said plainly and only once."""

import re
from collections.abc import Sequence

from bot.guidance.writer import own_age

_OLDEST = 17
_HAN_NUMBERS = (
    {word: number for number, word in enumerate("一二三四五六七八九", 1)}
    | {
        "十": 10,
        "两": 2,
    }
    | {f"十{word}": 10 + number for number, word in enumerate("一二三四五六七", 1)}
)
_HAN = "|".join(sorted(_HAN_NUMBERS, key=len, reverse=True))
_HANS_AGE = rf"(\d{{1,2}}|{_HAN})[岁随歲](?!那|时|的时|以前|之前|就|开始|起|左右)"
_HANS_CHILD = "儿子|女儿|闺女|孩子|小孩|娃儿?|娃娃|孙子|孙女|外孙女?|学生|男孩|女孩|小姑娘|崽"
_CHILD = (
    r"son|daughter|girl|boy|child|kid|grandson|granddaughter|pupil|student|toddler|stepson"
    r"|stepdaughter"
)
_OF_A_CHILD = re.compile(
    rf"(?:{_HANS_CHILD})(?:今年|现在|已经|才|刚满|只有|快|是|[，,\s])*{_HANS_AGE}"
    rf"|\b(?:{_CHILD})(?: in my (?:class|group|school)| next door)?"
    r"(?:\s*[,(]\s*(?:aged?\s+)?|\s+(?:is|who is|of|aged)\s+)(\d{1,2})\b"
    r"(?!\s*(?:%|times|hours?|days?|weeks?|months?|minutes?|o'clock|am|pm|km|kg|other|of))"
    rf"|\b(\d{{1,2}})[- ]years?[- ]old\s+(?:{_CHILD})\b",
    re.IGNORECASE,
)
_ANY = re.compile(rf"(\d{{1,2}}|{_HAN})\s?[岁随歲]|(?<!\d)(\d{{1,2}})(?!\d|[:：.]\d)")


def own_age_in(texts: Sequence[str]) -> int:
    """Return how old the child who wrote *texts* says they are, 0 if that is not sure."""
    found = {age for text in texts if (age := own_age(text))}
    return _only(found)


def child_age_in(texts: Sequence[str]) -> int:
    """Return how old the one child is whom *texts* tell of, 0 if that is not sure.

    Not if anything else in a text that says it may be an age: there may be two children.
    """
    found, others = set(), set()
    for text in texts:
        said = {_years(match) for match in _OF_A_CHILD.finditer(text)}
        found |= said
        others |= {_years(match) for match in _ANY.finditer(text)} if said else set()
    return _only(found) if found >= others else 0


def _only(ages: set[int]) -> int:
    age = next(iter(ages)) if len(ages) == 1 else 0
    return age if age <= _OLDEST else 0


def _years(match: re.Match[str]) -> int:
    word = next(group for group in match.groups() if group)
    return int(word) if word.isdecimal() else _HAN_NUMBERS[word]
