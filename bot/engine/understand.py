"""What a reply means: a number, a label, a synonym and a button are understood the same."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from bot.domain.expression import expression
from bot.domain.session import Session
from bot.engine.offering import name_of, trigger_of
from bot.engine.plain import command, plain, without_particles
from bot.engine.plan import Plan
from bot.flow.model import OTHER, State

OLDEST = 120
GROWN_UP = 18
LONGEST_NUMBER = 3
"""Digits of a number that means something: a choice or an age."""

FILE = "(file)"
_UNSURE = "unsure"
_DOUBT = "吧"
_LONGEST_ANSWER = 60
"""Characters beyond which a text says more than an answer and its particles."""

_SHORTEST_CODE = 4
_NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "一 one",
            "二 两 two",
            "三 three",
            "四 four",
            "五 five",
            "六 six",
            "七 seven",
            "八 eight",
            "九 nine",
            "十 ten",
            "十一 eleven",
            "十二 twelve",
            "十三 thirteen",
            "十四 fourteen",
            "十五 fifteen",
            "十六 sixteen",
            "十七 seventeen",
        ),
        1,
    )
    for word in words.split()
}
_CHOICE = expression(
    r"(?:(?:第|选|选择)(\d{1,2}|[一二两三四五六七八九十]{1,2})(?:个|号|项)?"
    r"|(?:no|number|nr)?(\d{1,2}|[一二三四五六七八九十]{1,2})(?:号|项)?)"
)
"""Which one is meant: 第三个 is one, 三个 says how many there are."""

_CLASS = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
_SCHOOL_YEAR = expression(
    rf"(?:\d{{1,2}}|[一二三四五六七八九十])\s?年级(?:\s?\(?{_CLASS}\)?\s?班)?"
    r"|(?<![身最])[初高]\s?(?:[1-4](?!\d)|[一二三四](?![一二三四五六七八九十]))"
    rf"(?:\s?\(?{_CLASS}\)?\s?班)?"
    rf"|(?:[一二三四五六七八九]\s?)?(?:\({_CLASS}\)\s?班|{_CLASS}\s?班(?!里|主任|长|上))"
    r"|\d{1,2}(?:st|nd|rd|th)[\s-]?(?:grade|class)\b"
    rf"|\b(?:grade|class)[\s-]?(?:\d{{1,2}}[a-z]?|{'|'.join(_NUMBER_WORDS)})\b"
    r"|\b(?:no|number|nr)\W{0,2}\d{1,3}\W{1,2}(?:\w+ ){0,2}(?:school|middle|primary|high|senior)\b"
    rf"|第{_CLASS}(?:小学|中学|高中|初中|幼儿园|职校|小|中)"
    rf"|(?:^|(?<=[㐀-鿿])){_CLASS}(?:小学|中学|高中|[中小](?=$|[\s,.!。]))"
)
"""Which year or class of a school somebody is in, or which school, which is no age.

Where a sentence goes on behind a comma counts: 我13，班里有人 tells an age, and no class.
"""

_HAN_DIGIT = "[零〇○一二三四五六七八九]"
_NO_AGE = expression(
    rf"(?:\d{{2,4}}|{_HAN_DIGIT}{{2,4}}) ?年(?: ?(?:的|生|出生|出世))"
    rf"|(?:生于|出生于|born (?:in )?)'? ?(?:\d{{2,4}}|{_HAN_DIGIT}{{2,4}})"
    r"|[二三四五六七八九]?十[几来多]"
)
"""A year of birth, and an age that is only about so many: 09年的, "born in 09", 十几岁."""

_AGE = expression(r"(?<!\d)\d{1,3}(?!\d)|[一二两三四五六七八九十]{1,2}|[a-z]+")
_HOW_MANY = expression(
    r"(?:(?:我们|咱们|我|全家|一家|家里|一共|总共|共|大概|大约|可能|会|要|来|去|有|是|就|只有|只"
    r"|the whole|family of|family|all of us|we|are|were|will be|there|about|just|only) ?){0,6}"
    rf"(\d{{1,{LONGEST_NUMBER}}}|{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))})"
    r" ?[个名位口]?人?"
    r" ?(?:people|persons?|of us|in all|altogether|places|seats|吧|左右|来|去|参加)?"
)
"""How many there are, and nothing else but who counts them."""

_YEARS_OLD = expression(r"\s?(?:周?岁(?!时|的时|那|起|就|开始)|(?:years?|yrs?) old\b)")
_BABY = expression(r"(?:(个月|月大|months?\b)|个?(?:天|周|星期|days?\b|weeks?\b))")


def word_anywhere(plan: Plan, text: str) -> str:
    """Return the word that works anywhere if *text* is exactly one, else ``""``."""
    return plan.words.get(command(text), "")


def understand(plan: Plan, state: State, session: Session, text: str) -> tuple[str, str] | None:
    """Return the trigger and the answer that *text* means to the question of *state*.

    None if it means nothing there; never raises.
    """
    key = _choice(plan, state, text)
    if key:
        return key, key
    if state.expect in {"topic", "answered", "choice"}:
        chosen = _offered(plan, state, session.offered, text)
        if chosen:
            return trigger_of(plan, state.place, chosen), chosen
        return _own_words(state, text)
    if state.expect in {"age", "number"}:
        number = _age(text) if state.expect == "age" else _count(text)
        return (OTHER, number) if number else None
    return _own_words(state, text)


def _choice(plan: Plan, state: State, text: str) -> str:
    said = plain(text)
    meanings = plan.meanings.get(state.place, {})
    key = meanings.get(said) or _spoken(meanings, said, is_doubted=_UNSURE in state.answers)
    if key:
        return key
    keys = list(state.answers)
    number = _number(said)
    is_place = 0 < number <= len(keys) and state.expect not in {"age", "number"}
    return keys[number - 1] if is_place else ""


def _spoken(meanings: Mapping[str, str], said: str, *, is_doubted: bool) -> str:
    """Return what *said* means without its particles; 吧 says that they are not sure of it."""
    if len(said) > _LONGEST_ANSWER:
        return ""
    spoken = without_particles(said)
    key = meanings.get(spoken, "")
    if key or not spoken.endswith(_DOUBT):
        return key
    key = meanings.get(spoken.removesuffix(_DOUBT).rstrip(), "")
    return _UNSURE if key and is_doubted else key


def _offered(plan: Plan, state: State, offered: Sequence[str], text: str) -> str:
    """Return which of *offered* is meant; their numbers go on behind those of the answers."""
    said = plain(text)
    for choice in offered:
        if said and said in plan.names.get(name_of(choice), ()):
            return choice
    number = _number(said) - len(state.answers)
    return offered[number - 1] if 0 < number <= len(offered) else ""


def _own_words(state: State, text: str) -> tuple[str, str] | None:
    if state.expect in {"text", "topic", "choice"} and text.strip():
        return OTHER, text
    if state.expect == "code" and len(plain(text)) >= _SHORTEST_CODE:
        return OTHER, text
    return None


def _number(said: str) -> int:
    match = _CHOICE.fullmatch(said.replace(" ", ""))
    word = (match[1] or match[2]) if match else said
    if word.isdecimal() and len(word) <= LONGEST_NUMBER:
        return int(word)
    return _NUMBER_WORDS.get(word, 0)


def _age(text: str) -> str:
    """Return the years that *text* tells; a baby's months, weeks and days are whole years.

    A year of birth, which may be told in two digits, is none: the age is asked for again.
    """
    bare = unicodedata.normalize("NFKC", text).casefold()
    said = plain(_NO_AGE.sub(" ", _SCHOOL_YEAR.sub(" ", bare)))
    found = [match for match in _AGE.finditer(said) if _is_number(match[0])]
    ages = sorted(found, key=lambda match: (not _is_of_years(match), not match[0].isdecimal()))
    if len(found) == 1 and (young := _BABY.match(said[found[0].end() :].lstrip())):
        return str(_number(found[0][0]) // 12) if young[1] else "0"
    return next((str(age) for match in ages if (age := _number(match[0])) <= OLDEST), "")


def _count(text: str) -> str:
    """Return how many *text* says they are, if it says nothing else: 我和两个孩子 are not two."""
    match = _HOW_MANY.fullmatch(plain(text))
    number = _number(match[1]) if match else 0
    return str(number) if number else ""


def _is_of_years(match: re.Match[str]) -> bool:
    """Whether behind the number *match* stands that it is a child's age now."""
    is_behind = _YEARS_OLD.match(match.string, match.end()) is not None
    return is_behind and _number(match[0]) < GROWN_UP


def _is_number(word: str) -> bool:
    return word.isdecimal() or word in _NUMBER_WORDS
