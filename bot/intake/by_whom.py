"""Who does it says what blows are: a father's are no bullying, whatever a rule calls them."""

from collections.abc import Collection, Sequence

from bot.casework.cases import is_adult
from bot.domain.expression import expression
from bot.domain.signal import Signal
from bot.engine.plain import plain
from bot.intake.talk import Talk

_BULLYING, _BLOWS, _PARTNERS = "bullying", "physical_abuse", "domestic_violence"
_LOOKED_AT = 10
"""In how many of their last messages it is looked up who does it."""

_GROWN = expression(
    r"\b(?:step ?)?(?:dad|daddy|father|mum|mom|mummy|mommy|mother|parents|uncle|aunt|auntie)\b"
    r"|\bgrand ?(?:pa|ma|d?ad|father|mother|parents)\b|\b(?:drunk|drinks|drinking)\b"
    r"|[爸妈爹娘爷奶叔伯舅姑姨]|父亲|母亲|父母|继父|继母|外公|外婆|喝(?:了|醉|多)?酒|喝醉|家里人"
)
"""An adult of the family, or who has drunk."""

_PUPIL = expression(
    r"\b(?:class ?mates?|boys?|girls?|kids|pupils?|students?|seniors?|room ?mates?|bull(?:y|ies)"
    r"|gang|team ?mates?|schoolmates?)\b"
    r"|同学|同桌|室友|舍友|男生|女生|高年级|班上|班里|队友|一群人|小混混"
)


def as_told(talk: Talk, signals: Sequence[Signal]) -> Sequence[Signal]:
    """Return *signals* of what was just written, named by who writes and by who does it."""
    if not is_adult(talk.session.answers):
        signals = of_a_child(signals, talk.house.follow.adults)
    return blows_first(signals, [said.meant for said in talk.session.said])


def of_a_child(signals: Sequence[Signal], adults: Collection[str]) -> Sequence[Signal]:
    """Return *signals*, as pressing as before, where no adult is known to write.

    What rules of *adults* take for blows of a partner is no violence between adults, where it is
    blows to another rule as well.
    """
    blows = [signal.level for signal in signals if signal.category == _BLOWS]
    return [
        signal
        for signal in signals
        if not (
            signal.category == _PARTNERS
            and signal.rule in adults
            and any(level <= signal.level for level in blows)
        )
    ]


def blows_first(signals: Sequence[Signal], texts: Sequence[str]) -> Sequence[Signal]:
    """Return *signals*, as pressing as before, with blows before bullying if an adult does it.

    That is whom the newest of *texts* that names anybody names, the last of them.
    """
    categories = {signal.category for signal in signals}
    if not {_BULLYING, _BLOWS} <= categories or not _is_grown(texts[-_LOOKED_AT:]):
        return signals
    return sorted(signals, key=lambda signal: (signal.level, signal.category == _BULLYING))


def _is_grown(texts: Sequence[str]) -> bool:
    for text in map(plain, reversed(texts)):
        if _PUPIL.search(text):
            return False
        if _GROWN.search(text):
            return True
    return False
