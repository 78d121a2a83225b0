"""The safe word: help is called without a sign of it, and nothing is pushed until a person decides.

"More help" says how it works; the organisation chooses the word.
"""

from collections.abc import Mapping, Sequence

from bot.casework.cases import add_status, keep_quiet
from bot.casework.house import House
from bot.casework.weighing import Concern
from bot.domain.event import Event
from bot.domain.event import Said as Told
from bot.domain.level import Level
from bot.domain.looking import look_once
from bot.domain.signal import Signal
from bot.domain.values import replace
from bot.flow.model import ANYWHERE
from bot.intake.talk import Talk
from bot.triage.safe_word import has_safe_word

HEARD = "always.safe_word_heard.say"
"""What is said then: like any small answer, without a number and without a word of danger."""

HELP = Told(key="always.help.say")
MORE_HELP = "more_help"
"""The word that works anywhere by which the safe word is told."""


def ways_to_more(talk: Talk, told: Sequence[Event]) -> Sequence[str]:
    """Return the word under the help that tells of the safe word, where there is one."""
    has_one = bool(talk.house.directory.organisation.safe_words)
    is_known = MORE_HELP in talk.release.plan.states[ANYWHERE].answers
    return (MORE_HELP,) if HELP in told and has_one and is_known else ()


def is_safe_word(house: House, text: str) -> bool:
    """Whether *text* holds the safe word, in any language."""
    words = house.directory.organisation.safe_words
    return bool(text and words) and look_once(_has_safe_word, text, words)


def _has_safe_word(text: str, words: Mapping[str, str]) -> bool:
    return has_safe_word(text, words.values())


async def call_quietly(talk: Talk, signals: Sequence[Signal]) -> None:
    """Open or raise an emergency; nothing is said of it here."""
    talk.session = replace(talk.session, is_quiet=True)
    concern = Concern(queue="emergency", signals=tuple(signals), level=Level.EMERGENCY)
    await talk.request_case(concern)
    if talk.case is not None:
        await keep_quiet(talk.tx, talk.case, is_quiet=True)
        await add_status(talk.tx, talk.case, "safe_word", at=talk.now)


async def answer_quietly(talk: Talk) -> None:
    """Say something that looks like nothing special; where a worker speaks, say nothing."""
    if not talk.is_owned:
        await talk.say((Told(key=HEARD),))
