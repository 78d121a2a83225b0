"""How old the child is who is written about, where that is said plainly and only once."""

import re
from collections.abc import Sequence

from bot.domain.expression import expression
from bot.guidance.clauses import single_spaced
from bot.guidance.writer_age import bare_age, own_age
from bot.guidance.years import (
    ENGLISH_NUMBER,
    ENGLISH_WORDS,
    HAN_AGE_NOW,
    HAN_CHILD,
    HAN_KIN,
    HAN_YEARS,
    years,
)

_OLDEST = 17
_HANS_CHILD = f"{HAN_CHILD}|{HAN_KIN}|小孩|娃儿|娃娃|外孙女|学生|男孩|女孩|小姑娘"
_CHILD = (
    r"son|daughter|girl|boy|child|kid|grandson|granddaughter|pupil|student|toddler|stepson"
    r"|stepdaughter|niece|nephew"
)
_OF_NOW = (
    r"(?=\s?(?:$|[.,](?!\d)|[;:!?)…]|(?:years?|yrs?) old\b|yo\b"
    r"|(?:and|but|so|now|my|i|with|who)\b))"
    r"(?!\s?(?:years?|yrs?) old (?:when|then|as|while)\b)"
)
"""Behind an age: its clause ends, and it is not that of another time."""

_OF_A_CHILD = expression(
    rf"(?:{_HANS_CHILD})[，,、\s]{{0,2}}{HAN_AGE_NOW}"
    rf"|\b(?:{_CHILD})(?: in my (?:class|group|school)| next door)?"
    rf"(?:\s?[,(]\s?|\s(?:is|who is|of)\s(?:only |just |now )?){ENGLISH_NUMBER}\b{_OF_NOW}"
    rf"|\b(?:{_CHILD})(?: in my (?:class|group|school)| next door)?"
    rf"(?: is)?\s?[,(]?\s?aged?\s{ENGLISH_NUMBER}\b(?!\s(?:when|then)\b)"
    rf"|(?<!was a )(?<!was an )\b{ENGLISH_NUMBER}[- ]years?[- ]old\s(?:{_CHILD})\b"
    r"(?![^.,;!?\n]{0,60}\bwhen\b)",
    re.IGNORECASE,
)
_ANY = expression(
    rf"{HAN_YEARS}|(?<!\d)(\d{{1,2}})(?!\d|[:：.]\d)|\b({ENGLISH_WORDS})\b",
    re.IGNORECASE,
)


def own_age_in(texts: Sequence[str]) -> int:
    """Return how old the child who wrote *texts* says they are, 0 if that is not sure."""
    found = {age for text in texts if (age := own_age(text))}
    return _only(found)


def child_age_in(texts: Sequence[str]) -> int:
    """Return how old the one child is whom *texts* tell of, 0 if that is not sure.

    An age alone, where a child is written about, is that child's.
    Not if anything else in a text that says it may be an age: there may be two children.
    """
    found, others = set(), set()
    for text in map(single_spaced, texts):
        said = {years(match) for match in _OF_A_CHILD.finditer(text)} or {bare_age(text)} - {0}
        found |= said
        others |= {years(match) for match in _ANY.finditer(text)} if said else set()
    return _only(found) if found >= others else 0


def _only(ages: set[int]) -> int:
    age = next(iter(ages)) if len(ages) == 1 else 0
    return age if age <= _OLDEST else 0
