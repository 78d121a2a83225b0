"""What in a text is evidence of risk."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from bot.domain.level import Level, worse
from bot.domain.looking import look_once
from bot.domain.modifier import Modifier
from bot.domain.signal import Signal
from bot.domain.values import Value
from bot.triage.opinion_signal import second_opinion
from bot.triage.pinyin import Pinyin
from bot.triage.plain import bare
from bot.triage.rules import Alone, Rules
from bot.triage.sightings import REACH_BACK, signals_over_the_seam, signals_within

_LONG = 1000
"""A text longer than this is read at once: to look first would save little."""

_WHOLE = 12
"""A text of our own of so many bytes (four Chinese characters) ends what came before."""

_LONGEST_TYPED = 300
"""What is longer, and was typed in pinyin, is only read closely, where nobody waits for it."""

_READ_AS = {"zh_CN": "（拼音读作：“{read}”）", "en": " (Read from pinyin: “{read}”.)"}

NOT_ASKED = float("-inf")
"""How much a text speaks for a risk to an opinion that was not asked."""

_SUSPECT = -3.0
"""How near to a risk a text must come for what was said before to be weighed with it."""

MORE_OF_ALL = 0.5
"""How much surer it must be of several messages together: much harmless adds up, too."""

READ_TOGETHER = 3
"""With so many texts before it, of the same contact, a text is looked at."""


class Glance(Value, frozen=True, kw_only=True):
    """What was seen in a text at once. ``before`` are the contact's own words right before it.

    ``quick`` is how much the text speaks for a risk to the second opinion, ``worry`` how much for a
    small one; where that was not asked, as little as can be. ``is_ours`` if the text is Lantern's
    own. ``read_as`` is what stands in a text that was typed in pinyin; it is nothing for others.
    """

    hidden: ClassVar[frozenset[str]] = frozenset({"before", "read_as"})

    signals: tuple[Signal, ...]
    before: str
    quick: float
    worry: float
    is_ours: bool
    read_as: str = ""


def find_signals(text: str, rules: Rules, earlier: Sequence[str] = ()) -> tuple[Signal, ...]:
    """Return the signals that :func:`glance` sees in *text*, the most pressing first."""
    return glance(text, rules, earlier).signals


def glance(text: str, rules: Rules, earlier: Sequence[str] = ()) -> Glance:
    """Return what is seen in *text* at once: its signals, each rule at most once.

    *earlier* are the contact's last messages, the newest last: a sentence that began there and
    ends in *text* is seen as well, and only by the message that completes it; its words are
    those of *text*. What is Lantern's own wording begins no sentence of theirs, unless it is so
    short that it may be a piece of one ("no"). What was typed in pinyin is read as it stands and as
    what it stands for. No signal never means that all is well.
    """
    read = read_at_once(text, rules)
    if not read:
        return _glance(text, rules, earlier)
    return _glance_at_both(text, read, replace(rules, pinyin=None), earlier)


def read_at_once(text: str, rules: Rules) -> str:
    """Return what stands in *text* if it was typed in pinyin and is short; else nothing."""
    return read_as(text, rules) if len(text) <= _LONGEST_TYPED else ""


def read_as(text: str, rules: Rules) -> str:
    """Return what stands in *text* if it was typed in pinyin; else, and if it is ours, nothing."""
    return look_once(_read, text, rules.pinyin) if rules.pinyin and text not in rules.ours else ""


def _read(text: str, pinyin: Pinyin) -> str:
    return pinyin.read(text)


def _glance_at_both(text: str, read: str, rules: Rules, earlier: Sequence[str]) -> Glance:
    """Return what is seen in *text* by the rules alone, and in what it was *read* as by all."""
    written = _glance(text, replace(rules, opinion=None), earlier)
    meant = _glance(read, rules, earlier)
    known = {signal.rule for signal in written.signals}
    signals = [signal for signal in meant.signals if signal.rule not in known]
    return Glance(
        signals=in_order([*written.signals, *as_typed(signals, text, read)]),
        before=meant.before,
        quick=meant.quick,
        worry=meant.worry,
        is_ours=False,
        read_as=read,
    )


def as_typed(signals: Iterable[Signal], text: str, read: str) -> Iterator[Signal]:
    """Yield *signals*, found in what *text* was *read* as, as signals of *text*: of all of it."""
    for signal in signals:
        yield replace(signal, words=text, start=0, end=len(text), read_as=read)


def _glance(text: str, rules: Rules, earlier: Sequence[str]) -> Glance:
    theirs = [said for said in earlier if said not in rules.ours or len(said.encode()) < _WHOLE]
    before = " ".join(theirs)[-REACH_BACK:]
    alone, may_cross = _look_alone(text, rules, bare(before) if before else "")
    signals = [*alone.signals]
    if may_cross:
        known = {signal.rule for signal in signals}
        signals += [
            s for s in signals_over_the_seam(text, rules, before + " ") if s.rule not in known
        ]
    opinion = [*alone.opinion]
    if not opinion and before and _is_suspect(alone, rules) and not signals:
        opinion = _opinion_of_all(text, before, rules)
    if opinion and level_of(signals) > Level.URGENT:
        level = level_of(signals)
        signals += [signal for signal in opinion if signal.level < level]
    return Glance(
        signals=in_order(signals),
        before=before,
        quick=alone.quick,
        worry=alone.worry,
        is_ours=text in rules.ours,
    )


def _is_suspect(alone: Alone, rules: Rules) -> bool:
    return rules.opinion is not None and alone.quick >= rules.opinion.sure + _SUSPECT


def in_order(signals: Iterable[Signal]) -> tuple[Signal, ...]:
    """Return *signals*, the most pressing first."""
    return tuple(sorted(signals, key=lambda signal: (signal.level, signal.start, signal.rule)))


def contexts_in(text: str, rules: Rules, earlier: Sequence[str] = ()) -> dict[str, str]:
    """Return what is told in *text* that raises nothing by itself: its category, and the words.

    A "not" right before it takes it away. Of what was typed in pinyin the words are those that
    it was read as.
    """
    if rules.contexts is None:
        return {}
    read = read_at_once(text, rules.contexts)
    found = [
        *(_glance(read, rules.contexts, earlier).signals if read else ()),
        *_glance(text, rules.contexts, earlier).signals,
    ]
    return {signal.category: signal.words for signal in reversed(found)}


def _look_alone(text: str, rules: Rules, before: str) -> tuple[Alone, bool]:
    """Return what is in *text* by itself, and whether something may begin *before* it.

    Texts of Lantern's own are read once, and by the rules alone.
    """
    known = rules.ours.get(text)
    if known is not None:
        return known, bool(before) and rules.sieve.passes(known.letters, before)[1]
    is_long = len(text) > _LONG
    letters = bare(text[:REACH_BACK] if is_long else text)
    may_stand, may_cross = rules.sieve.passes(letters, before)
    signals = signals_within(text, rules) if is_long or may_stand else []
    opinion, quick, worry = list[Signal](), NOT_ASKED, NOT_ASKED
    is_ours = text in rules.ours
    if rules.opinion is not None and not is_ours and level_of(signals) > Level.URGENT:
        quick, worry = rules.opinion.scores(text)
        if quick >= rules.opinion.risk.since:
            opinion = [second_opinion(text, text, rules, rules.opinion)]
    alone = Alone(
        letters=letters,
        signals=tuple(signals),
        opinion=tuple(opinion),
        quick=quick,
        worry=worry,
    )
    if is_ours:
        rules.ours[text] = alone
    return alone, may_cross


def _opinion_of_all(text: str, before: str, rules: Rules) -> list[Signal]:
    """Return a signal if *text* and what came *before* read like a risk only together.

    That is no emergency: of what was said now and of what was said before, nobody knows the order.
    """
    opinion, together = rules.opinion, f"{before} {text}"
    if opinion is None or opinion.score(together) < opinion.sure + MORE_OF_ALL:
        return []
    if opinion.score(before) >= opinion.sure + MORE_OF_ALL:
        return []
    signal = second_opinion(text, together, rules, opinion)
    return [replace(signal, level=max(signal.level, Level.URGENT), before=len(before) + 1)]


def level_of(signals: Iterable[Signal]) -> Level:
    """Return the most pressing level among *signals*; without any, ``Level.NONE``."""
    return worse(*(signal.level for signal in signals))


def explain(signal: Signal | Modifier, language: str) -> str:
    """Return in plain words of *language* why it raises a case; English if it has no other.

    With it stands what was read from pinyin.
    """
    read = signal.read_as if isinstance(signal, Signal) else ""
    says = _READ_AS.get(language, _READ_AS["en"]).format(read=read) if read else ""
    return reason_in(signal, language) + says


def reason_in(signal: Signal | Modifier, language: str) -> str:
    """Return its reason in *language* alone; English if it has no other."""
    reasons = dict(line.partition(": ")[::2] for line in signal.reason.splitlines())
    return reasons.get(language) or reasons.get("en") or signal.reason
