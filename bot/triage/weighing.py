"""What was seen at once, and what a close reading says, are weighed together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.level import Level
from bot.domain.signal import Signal
from bot.triage.close import PRESSING, RISK, CloseReading, Network
from bot.triage.opinion import IN_DOUBT, Opinion
from bot.triage.opinion_signal import SECOND_OPINION, opinion_signal
from bot.triage.rules import LANGUAGES, Rules
from bot.triage.signals import Glance, glance, in_order, level_of

_MORE_OF_ALL = 0.5
"""How much surer it must be of several messages together: much harmless adds up, too."""

_FIRST_KIND = PRESSING + 1
_ON_ITS_OWN = {
    "zh_CN": "整段话读起来不太像危险，所以按一般情况处理。",
    "en": " The whole of it reads less like danger, so it counts as routine.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verdict:
    score: float
    is_pressing: bool
    kind: str


def find_closely(text: str, rules: Rules, earlier: Sequence[str] = ()) -> tuple[Signal, ...]:
    """Return the signals in *text*, read closely where that may change them: it takes longer."""
    seen = glance(text, rules, earlier)
    return weigh(text, seen, rules) if is_in_doubt(seen, rules) else seen.signals


def is_in_doubt(seen: Glance, rules: Rules) -> bool:
    """Whether a close reading may change what was *seen* in a text."""
    if rules.closely is None or rules.opinion is None or seen.is_ours:
        return False
    level = level_of(_firm(seen.signals, rules))
    if level <= Level.URGENT:
        return level is Level.URGENT
    is_suspect = seen.leaning >= rules.closely.mix.doubt - rules.opinion.sure
    return is_suspect or level_of(seen.signals) <= Level.URGENT


def weigh(text: str, seen: Glance, rules: Rules) -> tuple[Signal, ...]:
    """Return the signals in *text*, of which *seen* was seen at once, after a close reading.

    What firm rules saw stays. A weak rule counts in full if the whole reads like a risk, and
    else as routine: a person reads it in their time.
    """
    if rules.closely is None or rules.opinion is None:
        return seen.signals
    firm = _firm(seen.signals, rules)
    weak = [s for s in seen.signals if s.rule != SECOND_OPINION and s not in firm]
    network, mix = rules.closely.network(), rules.closely.mix
    reads = [text, f"{seen.before} {text}"] if weak and seen.before else [text]
    verdict = max(
        (
            _judge(read, rules.closely, network, rules.opinion, has_clue=bool(weak))
            for read in reads
        ),
        key=lambda verdict: verdict.score,
    )
    signals = [*firm]
    if verdict.score >= mix.sure:
        signals += weak
        level = Level.EMERGENCY if verdict.is_pressing else Level.URGENT
    else:
        signals += [_lessened(signal) for signal in weak]
        level = Level.ROUTINE if verdict.score >= mix.since else Level.NONE
    if level > Level.URGENT and seen.before and not firm:
        level = min(level, _of_all(text, seen.before, rules.closely, network, rules.opinion))
    if level < level_of(signals):
        kind = verdict.kind if level <= Level.URGENT else IN_DOUBT
        signals.append(opinion_signal(text, rules, level, kind, network.telling(text)))
    return in_order(signals)


def _firm(signals: Sequence[Signal], rules: Rules) -> list[Signal]:
    return [s for s in signals if s.rule in rules.rules and not rules.rules[s.rule].is_weak]


def _judge(
    text: str, closely: CloseReading, network: Network, opinion: Opinion, *, has_clue: bool
) -> _Verdict:
    mix = closely.mix
    said = network.answer([text])[0]
    kinds = dict(zip(closely.kinds, said[_FIRST_KIND:], strict=True))
    return _Verdict(
        score=mix.score(opinion.score(text), said[RISK], has_clue=has_clue),
        is_pressing=said[PRESSING] >= mix.pressing_since,
        kind=max(kinds, key=lambda kind: kinds[kind]),
    )


def _of_all(
    text: str, before: str, closely: CloseReading, network: Network, opinion: Opinion
) -> Level:
    """Return urgent if *text* and what came *before* read like a risk only together.

    That is no emergency: of what was said now and of what was said before, nobody knows the order.
    """
    enough, reads = closely.mix.sure + _MORE_OF_ALL, (f"{before} {text}", before)
    together, alone = (
        closely.mix.score(opinion.score(read), said[RISK], has_clue=False)
        for read, said in zip(reads, network.answer(reads), strict=True)
    )
    return Level.URGENT if together >= enough > alone else Level.NONE


def _lessened(signal: Signal) -> Signal:
    reasons = dict(line.partition(": ")[::2] for line in signal.reason.splitlines())
    return replace(
        signal,
        level=max(signal.level, Level.ROUTINE),
        reason="\n".join(f"{lang}: {reasons[lang]}{_ON_ITS_OWN[lang]}" for lang in LANGUAGES),
    )
