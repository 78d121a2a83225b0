"""Whoever writes something else where their code is asked for is heard, new or known.

They said that they have one, and were asked for it; then something happens, or they think better.
"""

import re

from bot.directory.hiding import codes_in, holds_a_word, nearly_codes_in, tells_of_words
from bot.domain.expression import expression
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.engine.walk import ADULTS, CODE_ASKED, WHO
from bot.flow.model import SKIPPED
from bot.intake.case_shown import shows_case
from bot.intake.hearing import sees_risk
from bot.intake.talk import Talk

_SKIP = "skip"
_LOST = "check_on_my_report.lost_code"
"""What is asked where no code was found."""
_MENUS = {"child": "welcome.child_menu", "adult": "welcome.adult_menu"}

_OF_A_CODE = range(3, 6)
"""How many words there may be where one of a code's is missing, or one too many."""

_SAYS_WHERE = expression(
    r"\b(?:i am|im|i|we are|were|we) (?:\w+ )?(?:at|in|on|inside|behind|near|under)\b"
    r"|我们?(?:现在|还|正|一个人|自己)*(?:躲|藏|关|锁|待|呆|站|坐)?(?:在|到)(?![找想看等写问查记用])",
    re.IGNORECASE,
)
_OF_THE_CODE = expression(
    r"口令|密码|^[^，,。]{0,6}(?:忘|丢|记不|不记得|没有|没了)[^，,。]{0,4}$|\bcode\b"
    r"|^(?:sorry )?i (?:(?:dont|do not|cant) (?:have|know|remember|find)|lost|forgot)\b"
    r"(?: (?:it|them|the words|anymore|any more|now))*$",
    re.IGNORECASE,
)

_NOT_AT_HAND = expression(
    r"没(?:有)?[带拿](?:来|着|过来|在身上)?$|再(?:查|找|看看?)$|[记写抄]在.{0,4}(?:本子|纸|书)"
    r"|\b(?:dont|do not|didnt|cant) (?:have|find|bring) (?:it|the paper)(?: here| with me| now)*$"
)
"""What says where they, or the code, are, and that they have it not with them."""


async def leaves_the_door(talk: Talk, update: Update) -> bool:
    """Have whoever awaits a worker, and writes no code where it is asked for, await them again.

    Returns whether it did. Something like a code is looked up; so is all of whoever left, as
    somebody else may write there.
    """
    session = talk.session
    if session.state not in {CODE_ASKED, _LOST} or talk.is_owned:
        return False
    if session.state == _LOST and (talk.word or not await sees_risk(talk, update.text)):
        await _try_again(talk, update)
        return False
    if update.kind is not Kind.TEXT or talk.word not in {"", _SKIP}:
        return False
    if talk.case is None and not session.hides_case:
        await _let_in(talk, update.text)
        return False
    if not shows_case(talk) or (not talk.word and await _may_be_a_code(talk, update.text)):
        return False
    talk.word = ""
    talk.session = replace(session, state="", calls=(), offered=(), is_passed_on=False)
    return True


async def _try_again(talk: Talk, update: Update) -> None:
    """Have a code that is typed right behind one that was not found be looked up as that was.

    It may be misspelt as well, but for two of its words; one such word makes no code.
    """
    if update.kind is not Kind.TEXT or talk.word:
        return
    words, text = talk.house.directory.code_words, update.text
    is_like_one = any(codes_in(text, words)) or any(nearly_codes_in(text, words))
    each = plain(text).split()
    may_be = len(each) in _OF_A_CODE and sum(holds_a_word(one, words) for one in each) > 1
    if is_like_one or (may_be and await _may_be_a_code(talk, text)):
        talk.session = replace(talk.session, state=CODE_ASKED, calls=(), offered=())


async def _let_in(talk: Talk, text: str) -> None:
    """Have whoever has told nothing yet, and writes of harm or where they are, be heard.

    They go on where they said who they are, or where that is asked.
    """
    is_of_it = talk.session.state == CODE_ASKED and _OF_THE_CODE.search(plain(text))
    if talk.word or is_of_it or await _may_be_a_code(talk, text):
        return
    if _says_where(talk, text) or await sees_risk(talk, text):
        who = talk.session.answers.get(WHO, SKIPPED)
        menu = WHO if who == SKIPPED else _MENUS["adult" if who in ADULTS else "child"]
        talk.session = replace(talk.session, state=menu, calls=(), offered=())


def _says_where(talk: Talk, text: str) -> bool:
    """Whether *text* says where they are, and not only that the code is somewhere else."""
    if _NOT_AT_HAND.search(plain(text)):
        return False
    is_said = _SAYS_WHERE.search(plain(text)) is not None
    return is_said or tells_of_words(text, talk.house.directory.code_words)


async def _may_be_a_code(talk: Talk, text: str) -> bool:
    """Whether *text* holds a whole code, or is nearly one, or words of one and tells nothing."""
    words = talk.house.directory.code_words
    if not holds_a_word(text, words):
        return False
    is_like_one = any(codes_in(text, words)) or any(nearly_codes_in(text, words))
    is_told = _SAYS_WHERE.search(plain(text)) or tells_of_words(text, words)
    return is_like_one or not (is_told or await sees_risk(talk, text))
