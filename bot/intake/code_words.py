"""Whether the words of a return code in a text are one: they are everyday words, too.

Candy, cookie, milk and cake may be somebody's secret, or what a child was given.
"""

import re

from bot.casework.cases import code_key
from bot.directory.hiding import codes_in, hide_codes
from bot.directory.return_code import is_code_alone
from bot.engine.walk import CODE_ASKED
from bot.intake.guessing import (
    note_wrong_code,
    tried_too_often_everywhere,
    tried_too_often_here,
)
from bot.intake.talk import Talk, is_amid_a_report
from storage import cases

_CALLED_SO = re.compile(r"口令|密码|\bcodes?\b", re.IGNORECASE)
_MOST = 8
"""So many codes at most are looked up for one text."""


async def without_codes(talk: Talk, text: str) -> str:
    """Return *text* as it may be kept: a return code is a secret, whoever typed it.

    Words of codes are one if a code was asked for, if they are called one, if they are all that
    is written outside of a report, or if somebody has that code. Amid a report, too, trying is
    counted and limited; while all together try too much, nothing there is taken for a code.
    """
    words = talk.house.directory.code_words
    is_asked = talk.session.state == CODE_ASKED
    hidden = hide_codes(text, words, is_asked=is_asked)
    if hidden == text or is_asked or _CALLED_SO.search(text):
        return hidden
    found = list(codes_in(text, words))
    is_alone = is_code_alone(text, words.spelt)
    if not found or (is_alone and not is_amid_a_report(talk.session)):
        return hidden
    if is_alone and await tried_too_often_here(talk):
        return hidden  # and the door says so
    if is_alone and await tried_too_often_everywhere(talk):
        return text  # somebody guesses elsewhere: that takes no child's words away
    for code in found[:_MOST]:
        if await cases.find_by_code(talk.tx, code_key(code)) is not None:
            return hidden
    if is_alone:
        await note_wrong_code(talk)
    return text


def opens_a_door(talk: Talk, text: str) -> bool:
    """Whether *text* is a return code and nothing else; amid a report, somebody's."""
    if talk.kept == text:
        return False  # nothing in it has the form of a code
    return is_code_alone(text, talk.house.directory.code_words.spelt)
