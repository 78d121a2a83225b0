"""What is told of a worker in a complaint: it is kept as that, and comforted as no harm at home."""

from collections.abc import Sequence

from bot.domain.case import COMPLAINED
from bot.domain.expression import expression
from bot.domain.level import Level
from bot.domain.signal import Signal
from bot.engine.plain import plain
from bot.intake.kin_words import CHILDREN_EN, CHILDREN_ZH, GROWN_EN, GROWN_ZH
from bot.intake.talk import Talk
from bot.triage.signals import level_of

_FLOW = "talk_to_a_person."
_HARSH = frozenset({"emotional_abuse", "bullying", "distress"})
"""Words of a worker that are seen as harm; blows and worse are answered as ever."""

_WORKER = expression(r"社工|social workers?|\bworkers?\b")
_KIN = expression(
    rf"{CHILDREN_ZH}|{GROWN_ZH}|\b(?:{CHILDREN_EN}|{GROWN_EN})\b|家里|在家|学校|\b(?:home|school)\b"
    r"|\b(?:every (?:day|night)|at night|bed|bedroom|alone|undress|kiss|spit|locks?)\b"
)
"""That it is told of others, or is more than words."""


def is_of_a_worker(talk: Talk, signals: Sequence[Signal]) -> bool:
    """Whether *signals* are harsh words of the one complained about, where that is told."""
    session = talk.session
    is_told_there = COMPLAINED in session.answers and session.state.startswith(_FLOW)
    if not is_told_there or level_of(signals) is Level.EMERGENCY:
        return False
    if any(signal.category not in _HARSH for signal in signals):
        return False
    return not _KIN.search(_WORKER.sub("", plain(talk.kept)))
