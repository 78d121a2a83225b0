"""A plain question about low spirits, which guidance answers, opens no case.

A grown-up asks it, or it is a child's in which no rule but only the second opinion sees a small
worry ("my parents divorce, who do I live with?"). Everything else with a signal does: a child's
own words, whatever is more than routine, comes amid a report or after something risky, or has no
answer.
"""

from collections.abc import Sequence

from bot.casework.cases import is_adult
from bot.domain.expression import expression
from bot.domain.level import Level
from bot.domain.signal import Signal
from bot.engine.plain import plain
from bot.guidance.asker import asked_by
from bot.guidance.model import Voice
from bot.guidance.question import is_question
from bot.intake.searching import look_for
from bot.intake.talk import Talk
from bot.triage.opinion import IN_DOUBT
from bot.triage.opinion_signal import SECOND_OPINION

_MAY_THEY_HIT = expression(
    r"(?:(?:hi|hello|and|but|so|then) )*(?:(?:can|could|may|should) (?:i|we|parents)"
    r"|(?:am i|are we|are parents) (?:allowed|permitted) to"
    r"|is it (?:ok|okay|legal|illegal|allowed|all right) (?:for (?:me|us|parents) )?to)"
    r" (?:ever |just |still )?(?:hit|beat|spank|smack|slap) (?:my|our|their|a|the) "
    r"(?:kids?|child(?:ren)?|sons?|daughters?)(?: (?:if|when) (?:s?he|they) (?:lies?"
    r"|(?:is|are) (?:very )?naughty|(?:doesnt|does not|dont|do not|wont) (?:listen|obey)))?"
)
_ASKING = ("welcome.", "rights.")


async def is_plain_question(talk: Talk, text: str, signals: Sequence[Signal]) -> bool:
    """Whether *text*, in which *signals* were seen, is such a question."""
    if talk.case is not None or talk.session.risky_at or not all(map(_is_low_spirits, signals)):
        return False
    state = talk.session.state
    if (state and not state.startswith(_ASKING)) or not is_question(text):
        return False
    is_grown_up = is_adult(talk.session.answers) or asked_by(text) is Voice.ADULT
    if not (is_grown_up or all(signal.rule == SECOND_OPINION for signal in signals)):
        return False
    found = await look_for(talk, text)
    return found.is_sure and bool(found.best)


def asks_whether_to_hit(talk: Talk, text: str) -> bool:
    """Whether a grown-up only asks in *text* whether a child may be hit; nothing is told by it."""
    return is_adult(talk.session.answers) and bool(_MAY_THEY_HIT.fullmatch(plain(text)))


def _is_low_spirits(signal: Signal) -> bool:
    return signal.category == IN_DOUBT and signal.level is Level.ROUTINE
