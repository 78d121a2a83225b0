"""Whoever awaits a worker and writes something else where their code is asked for is heard.

They said that they have one, and were asked for it; then something happens, or they think better.
"""

from bot.directory.hiding import codes_in, holds_a_word, nearly_codes_in, tells_of_words
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.engine.walk import CODE_ASKED
from bot.intake.case_shown import shows_case
from bot.intake.hearing import sees_risk
from bot.intake.talk import Talk

_SKIP = "skip"


async def leaves_the_door(talk: Talk, update: Update) -> bool:
    """Have whoever awaits a worker, and writes no code where it is asked for, await them again.

    Returns whether it did. Something like a code is looked up; so is all of whoever left, as
    somebody else may write there.
    """
    session = talk.session
    if session.state != CODE_ASKED or not shows_case(talk) or talk.is_owned:
        return False
    if update.kind is not Kind.TEXT or talk.word not in {"", _SKIP}:
        return False
    if not talk.word and await _may_be_a_code(talk, update.text):
        return False
    talk.word = ""
    talk.session = replace(session, state="", calls=(), offered=(), is_passed_on=False)
    return True


async def _may_be_a_code(talk: Talk, text: str) -> bool:
    """Whether *text* holds a whole code, or is nearly one, or words of one and tells nothing."""
    words = talk.house.directory.code_words
    if not holds_a_word(text, words):
        return False
    is_like_one = any(codes_in(text, words)) or any(nearly_codes_in(text, words))
    return is_like_one or not (tells_of_words(text, words) or await sees_risk(talk, text))
