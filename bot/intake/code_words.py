"""Whether the words of a return code in a text are one: they are everyday words, too.

Candy, cookie, milk and cake may be somebody's secret, or what a child was given.
"""

import re
from collections.abc import Sequence

from bot.casework.cases import code_key
from bot.casework.house import House
from bot.directory.hiding import codes_in, hide_codes, hide_parts, nearly_codes_in, tells_of_words
from bot.directory.return_code import is_code_alone
from bot.domain.expression import expression
from bot.domain.level import Level
from bot.domain.looking import look_once
from bot.engine.walk import CODE_ASKED
from bot.intake.guessing import has_tried_too_often, note_wrong_code, tried_too_often_here
from bot.intake.talk import Talk, is_amid_a_report
from bot.triage.signals import glance, level_of
from storage import cases

_CALLED_SO = expression(r"口令|密码|\bcodes?\b", re.IGNORECASE)
_MOST = 8
"""So many codes at most are looked up for one text."""


async def without_codes(talk: Talk, text: str) -> str:
    """Return *text* as it may be kept: a return code is a secret, whoever typed it.

    Words of codes are one if a code was asked for, if they are called one, if they are all that
    is written and nobody is told, or if somebody has that code: "farm house, forest road" may be
    where a child is. Trying is counted and limited there, too; after too much of it a code is
    hidden still, but answered like any other words, so that nobody learns whether it is one.

    Of whoever was asked for a code and tells something, parts of one are hidden, too; all that
    may as well be a place, or what was done to them, is kept.
    """
    words = talk.house.directory.code_words
    is_asked = talk.session.state == CODE_ASKED
    if _is_told_of(talk, text) if is_asked else _was_asked(talk):
        return await _without_parts(talk, text)
    hidden = hide_codes(text, words, is_asked=is_asked)
    if hidden == text or is_asked or _CALLED_SO.search(text):
        return hidden
    if found := list(codes_in(text, words)):
        is_one = await _is_one(talk, text, found)
    else:
        is_one = await _is_somebodys(talk, list(nearly_codes_in(text, words)))
    return hidden if is_one else text


async def _without_parts(talk: Talk, text: str) -> str:
    """Return *text*, in which something is told, without somebody's code or parts of one."""
    words = talk.house.directory.code_words
    if await _is_somebodys(talk, list(codes_in(text, words))):
        return hide_codes(text, words)
    return hide_parts(text, words, is_pressing=_is_pressing(talk, text))


def _is_told_of(talk: Talk, text: str) -> bool:
    """Whether *text*, where a code is asked for, tells something that must not be lost."""
    return tells_of_words(text, talk.house.directory.code_words) or _is_pressing(talk, text)


def _is_pressing(talk: Talk, text: str) -> bool:
    """Whether an emergency is heard in *text*, so that a place in it must not be lost."""
    return level_of(glance(text, talk.house.rules).signals) is Level.EMERGENCY


def _was_asked(talk: Talk) -> bool:
    """Whether a code was asked for before this turn, in which something else is told."""
    return talk.place.session is not None and talk.place.session.state == CODE_ASKED


async def _is_one(talk: Talk, text: str, codes: Sequence[tuple[int, ...]]) -> bool:
    """Whether the words of *codes* in *text* are one; a text that is nothing else is a try."""
    if not is_alone(text, talk.house):
        return await _is_somebodys(talk, codes)
    if not _is_told(talk):
        return True
    if await tried_too_often_here(talk) and not talk.is_owned:
        return True  # the door says so
    if await has_tried_too_often(talk):
        talk.is_past_trying = True
        return await _is_somebodys(talk, codes)
    is_somebodys = await _is_somebodys(talk, codes)
    if not is_somebodys:
        await note_wrong_code(talk)
    return is_somebodys


def _is_told(talk: Talk) -> bool:
    """Whether what is written now goes to a person: in a report, behind it, or to its worker."""
    is_behind = talk.case is not None and not talk.session.state
    return is_behind or talk.is_owned or is_amid_a_report(talk.session)


async def holds_a_known_code(talk: Talk, text: str) -> bool:
    """Whether a code of somebody stands in *text*, unless too many were tried to tell."""
    if talk.is_past_trying or await tried_too_often_here(talk):
        return False
    words = talk.house.directory.code_words
    return await _is_somebodys(talk, list(codes_in(text, words)))


async def _is_somebodys(talk: Talk, codes: Sequence[tuple[int, ...]]) -> bool:
    for code in codes[:_MOST]:
        if await cases.find_by_code(talk.tx, code_key(code)) is not None:
            return True
    return False


def opens_a_door(talk: Talk, text: str) -> bool:
    """Whether *text* is a return code and nothing else; amid a report, somebody's."""
    if talk.kept == text or talk.is_past_trying:
        return False  # nothing in it has the form of a code, or nobody is to learn more
    return is_alone(text, talk.house)


def is_alone(text: str, house: House) -> bool:
    """Whether *text* has the form of a return code and is nothing else."""
    return look_once(is_code_alone, text, house.directory.code_words.spelt)
