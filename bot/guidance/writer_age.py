"""How old the writer says they are, where their own words say so; in doubt it is nobody's age."""

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

from bot.domain.expression import expression
from bot.guidance.clauses import is_quoted, opening, own_sentences, plain
from bot.guidance.years import AT_THAT_TIME, ENGLISH_NUMBER, HAN_AGE_NOW, HAN_YEARS, years

YOUNGEST = 4
"""Nobody writes who is younger."""

I_AM = r"(?:^|\b(?:hi|hello|hey|well|and|but|so)\s+)(?:i am|im|i m)\s+"
_OWN_AGE = expression(
    rf"^(?:我|俺){HAN_AGE_NOW}|^(?:我|俺)今年(?:才|刚|刚满|已经|都)?([4-9]|[1-9]\d)(?:了|整)?$|^(?:我|俺)([6-9]|1[0-7])了?$"
    rf"|{I_AM}(?:only |just |now |already ){{0,3}}{ENGLISH_NUMBER}"
    r"(?: ?(?:years?|yrs?|yr) old\b(?! (?:when|then|as|while))"
    r"| ?(?:yo|y o|yrs|now)?(?=$| (?:and|but|so|now|my|i|im|ive|please|pls|n|nd|bc|cuz|cause"
    r"|because|girl|boy|female|male|from|in (?:grade|class|year|form|school|kaili))\b))"
    r"(?! and a (?:half|quarter) (?:hours?|days?|weeks?|months?|minutes?|miles?|km)\b)"
)
_NOW_ALONE = expression(rf"^(?:现在|今年)(?:都|已经|才|刚满|是|快){{0,3}}{HAN_YEARS}了?$")
_AT_THAT_TIME = expression(AT_THAT_TIME)
AGE_ALONE = expression(
    rf"(?:今年|现在|才|刚满)?{HAN_YEARS}了?"
    rf"|(?:age |aged )?{ENGLISH_NUMBER} ?(?:years? old|yrs?(?: old)?|yo|y o)"
)
_SCHOOL_YEAR_ALONE = expression(
    r"我?(?:今年|现在)?在?[上读念]?(?:小学|初中|高中)?(?:[一二三四五六七八九]年级|[初高][一二三])了?"
    r"|(?:(?:im|i am) )?(?:in )?(?:the )?(?:\d{1,2}(?:st|nd|rd|th) grade|grade \d{1,2})"
)


def only_says_age(text: str) -> bool:
    """Whether *text* tells an age or a school year and nothing else: 我10岁, "im 12", 我上初二."""
    clauses = list(chain.from_iterable(own_sentences(text)))
    if len(clauses) != 1:
        return False
    [clause] = clauses
    match = _OWN_AGE.search(clause) or AGE_ALONE.fullmatch(clause)
    match = match or _SCHOOL_YEAR_ALONE.fullmatch(clause)
    return match is not None and match.span() == (0, len(clause))


def bare_age(text: str) -> int:
    """Return the age that *text* is, such as 12岁 or "8 years old"; 0 if it says anything else."""
    match = AGE_ALONE.fullmatch(plain(opening(text)))
    return years(match) if match else 0


def own_age(text: str) -> int:
    """Return the age that the writer of *text* says they have; 0 if they do not, or say two.

    An age with which a clause goes on, such as 我6岁他就…, may be one of long ago.
    """
    return age_in(own_sentences(text))


def age_in(sentences: Sequence[Sequence[str]]) -> int:
    """Return the same of a text in *sentences*, each in its clauses."""
    found = {age for clauses in sentences for age in _own_ages(clauses)}
    also = {
        years(match)
        for clause in chain.from_iterable(sentences)
        if (match := _NOW_ALONE.search(clause))
    }
    age = next(iter(found)) if len(found) == 1 and also <= found else 0
    return age if age >= YOUNGEST else 0


def _own_ages(clauses: Sequence[str]) -> Iterator[int]:
    for clause, behind in zip_longest(clauses, clauses[1:], fillvalue=""):
        match = _OWN_AGE.search(clause)
        if match and not is_quoted(match) and not _AT_THAT_TIME.match(behind):
            yield years(match)
