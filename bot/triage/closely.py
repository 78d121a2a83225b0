"""What was seen at once, and what a close reading says, are weighed together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import inf, log

from bot.domain.level import Level
from bot.domain.signal import Signal
from bot.triage.close import FIRST_KIND, PRESSING, RISK, WORRY, CloseReading, is_in_letters
from bot.triage.excerpts import MOST, OF_A_LETTER, SHORT, Excerpt, excerpts_of, is_long, size_of
from bot.triage.opinion import IN_DOUBT, Opinion
from bot.triage.opinion_signal import SECOND_OPINION, opinion_signal
from bot.triage.plain import is_as_written
from bot.triage.rules import LANGUAGES, Rules
from bot.triage.signals import (
    NOT_ASKED,
    Glance,
    as_typed,
    glance,
    in_order,
    level_of,
    read_as,
    reason_in,
)

_APART = 0.8
"""How much surer it must be of an excerpt than of a whole text: it is out of its surroundings."""

_BESIDE_THE_WHOLE = 1.7
"""The same where the whole text is read as well: what is harmless there explains the rest."""

_EXPLAINED = 0.45
"""How much surer still, for as far as the whole reads from a risk."""

_FEW = 6
"""Among more excerpts than these, the whole is so far from a risk because it is diluted."""

_STANDS_OUT = 2.0
"""How much surer than of a whole text it must be of an excerpt for a person to read the text."""

_AMONG_MANY = 0.1
"""How much surer still, times the logarithm of how many there are: the worst of many is chosen."""

_A_WORD_LESS = 0.5
_ENOUGH_WORDS = 5.0
"""How much surer it must be for each word fewer than that: a few may be half of anything."""

_CHARACTERS_OF_A_WORD = 1.6

_WHOLE = 3 * SHORT
"""Up to this size a text is read as a whole, too: what is longer is mostly something else."""

_OF_ALL = 0.65
"""How much surer it must be of several messages together: much harmless adds up, too."""

_ON_ITS_OWN = {
    "zh_CN": "整段话读起来不太像危险，所以按一般情况处理。",
    "en": " The whole of it reads less like danger, so it counts as routine.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A text, or an excerpt of it, that is read closely, and from where to where it stands.

    ``caution`` is how much surer it must be. ``has_clue`` if a weak rule saw something in it.
    ``explained`` is how much surer it must be for as far as the whole reads from a risk.
    """

    text: str = field(repr=False)
    place: tuple[int, int]
    quick: float
    caution: float
    has_clue: bool
    explained: float = 0.0
    is_whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verdict:
    """What is held of a text, or of what was asked of it.

    ``stands_out`` if an excerpt would be a risk by itself, however the whole explains it.
    """

    asked: _Asked
    score: float
    pressing: float
    worry: float
    kind: str
    stands_out: bool = False


def find_closely(text: str, rules: Rules, earlier: Sequence[str] = ()) -> tuple[Signal, ...]:
    """Return the signals in *text*, read closely where that may change them: it takes longer.

    Raises:
        FlowError: nothing can be read closely, although there is a network.

    """
    seen = glance(text, rules, earlier)
    return weigh(text, seen, rules) if is_in_doubt(text, seen, rules) else seen.signals


def is_in_doubt(text: str, seen: Glance, rules: Rules) -> bool:
    """Whether a close reading may change what was *seen* in *text*."""
    if rules.closely is None or rules.opinion is None or seen.is_ours:
        return False
    level = level_of(firm_of(seen.signals, rules))
    if level <= Level.URGENT:
        return level is Level.URGENT
    is_weakly_seen = level_of(seen.signals) <= Level.URGENT
    return is_weakly_seen or is_long(text) or rules.closely.mix.is_in_doubt(seen.quick, seen.worry)


def is_suspect(text: str, seen: Glance, rules: Rules) -> bool:
    """Whether anything in *text*, read quickly, is near enough to a risk to be read closely.

    One sentence is enough, whatever stands around it; that a text is long is not.
    """
    if rules.closely is None or rules.opinion is None:
        return False
    if rules.closely.mix.is_in_doubt(seen.quick):
        return True
    worst = excerpts_of(text, rules.opinion)[:1] if is_long(text) else ()
    return any(rules.closely.mix.is_in_doubt(excerpt.quick) for excerpt in worst)


def firm_of(signals: Sequence[Signal], rules: Rules) -> list[Signal]:
    """Return those of *signals* that count whatever the whole reads like.

    So does what a weak rule saw through a disguise, which the networks have not learned to read.
    """
    known = [(signal, rules.rules.get(signal.rule)) for signal in signals]
    return [s for s, rule in known if rule and not (rule.is_weak and is_as_written(s.words))]


def weigh(text: str, seen: Glance, rules: Rules) -> tuple[Signal, ...]:
    """Return the signals in *text*, of which *seen* was seen at once, after a close reading.

    What firm rules saw stays. A weak rule counts in full if the whole reads like a risk, and
    else as routine: a person reads it in their time. What was said before may have a weak rule
    count; how pressing it is, and of which kind, is told by *text* alone. Of a long text, the
    excerpt that reads most like a risk counts.

    Raises:
        FlowError: nothing can be read closely, although there is a network.

    """
    closely, opinion = rules.closely, rules.opinion
    if closely is None or opinion is None:
        return seen.signals
    read = seen.read_as or read_as(text, rules)
    if read:
        return _weigh_both(text, read, seen, rules)
    firm = firm_of(seen.signals, rules)
    weak = [s for s in seen.signals if s.rule != SECOND_OPINION and s not in firm]
    verdict = _verdict_on([*_to_ask(text, seen, weak, opinion)], closely)
    level = closely.mix.level(verdict.score, verdict.pressing, verdict.worry)
    level = min(level, Level.ROUTINE) if verdict.stands_out else level
    counts = level <= Level.URGENT
    if seen.before and not counts and (weak or not firm):
        together, alone = _together(text, seen.before, closely, opinion)
        counts = together + closely.mix.clue >= closely.mix.sure
        if not firm and together >= closely.mix.sure + _OF_ALL > alone:
            level = Level.URGENT  # no emergency: nobody knows the order of what was said
    level = max([level, *(s.level for s in firm if _is_all(s, text, rules))])
    signals = [*firm, *(weak if counts else map(_lessened, weak))]
    if level < level_of(signals):
        kind = verdict.kind if level <= Level.URGENT else IN_DOUBT
        is_small = level is Level.ROUTINE and not verdict.stands_out
        told = closely.network().telling(verdict.asked.text, WORRY if is_small else RISK)
        place = verdict.asked.place
        signals.append(
            opinion_signal(text, rules, level, kind, told, place=place, is_small=is_small)
        )
    return in_order(signals)


def _weigh_both(text: str, read: str, seen: Glance, rules: Rules) -> tuple[Signal, ...]:
    """Return the signals in *text*, typed in pinyin, weighed by what it was *read* as."""
    meant = weigh(read, glance(read, rules, (seen.before,)), rules)
    counts = level_of(meant) <= Level.URGENT
    firm, known = firm_of(seen.signals, rules), {signal.rule for signal in meant}
    own = [s if s in firm or counts else _lessened(s) for s in seen.signals]
    own = [s for s in own if s.rule != SECOND_OPINION and (s.words != text or s.rule not in known)]
    in_letters = {signal.rule for signal in own}
    typed = as_typed((s for s in meant if s.rule not in in_letters), text, read)
    return in_order([*own, *typed])


def _to_ask(text: str, seen: Glance, weak: Sequence[Signal], opinion: Opinion) -> Iterator[_Asked]:
    """Yield what is read of *text*: all of it if it is short, else the worst of its sentences.

    Where a weak rule saw something is read before anything else.
    """
    excerpts = excerpts_of(text, opinion) if is_long(text) else []
    is_read_whole = not excerpts or size_of(text) <= _WHOLE
    if is_read_whole:
        quick = opinion.score(text) if seen.quick == NOT_ASKED else seen.quick
        place, caution = (0, len(text)), 0.0 if weak else _A_WORD_LESS * _missing_words(text)
        yield _Asked(
            text=text, place=place, quick=quick, caution=caution, has_clue=bool(weak), is_whole=True
        )
    caution = _BESIDE_THE_WHOLE if is_read_whole else _APART
    caution += _AMONG_MANY * log(max(len(excerpts), 1))
    explained = _EXPLAINED * min(1.0, _FEW / max(len(excerpts), 1)) ** 2 if is_read_whole else 0.0
    clued = [(excerpt, any(_overlap(excerpt, signal) for signal in weak)) for excerpt in excerpts]
    for excerpt, has_clue in sorted(clued, key=lambda each: not each[1])[:MOST]:
        yield _Asked(
            text=excerpt.text.strip(),
            place=(excerpt.start, excerpt.end),
            quick=excerpt.quick,
            caution=caution,
            has_clue=has_clue,
            explained=explained,
        )


def _missing_words(text: str) -> float:
    """Return how many words *text* would need more to say enough by itself."""
    bare = text.strip()
    words = len(bare.split()) if bare.isascii() else len(bare) / _CHARACTERS_OF_A_WORD
    return max(0.0, _ENOUGH_WORDS - words)


def _overlap(excerpt: Excerpt, signal: Signal) -> bool:
    return signal.start < excerpt.end and excerpt.start < signal.end


def _verdict_on(asked: Sequence[_Asked], closely: CloseReading) -> _Verdict:
    """Return what is held of that of *asked* which reads most like a risk."""
    answers = closely.network().answer([each.text for each in asked])
    verdicts = [_judged(each, said, closely) for each, said in zip(asked, answers, strict=True)]
    below = max(0.0, closely.mix.sure - verdicts[0].score)
    lessened = [replace(each, score=each.score - each.asked.explained * below) for each in verdicts]
    worst = max(lessened, key=lambda verdict: verdict.score)
    since = closely.mix.sure + _STANDS_OUT
    alone = [v.score + v.asked.caution for v in verdicts if not v.asked.is_whole]
    worry = max(worst.worry, verdicts[0].worry)
    return replace(worst, worry=worry, stands_out=max(alone, default=-inf) >= since)


def _judged(asked: _Asked, said: Sequence[float], closely: CloseReading) -> _Verdict:
    in_letters = is_in_letters(asked.text)
    score = closely.mix.score(
        asked.quick, said[RISK], has_clue=asked.has_clue, is_in_letters=in_letters
    )
    kinds = dict(zip(closely.kinds, said[FIRST_KIND:], strict=True))
    kind = max(kinds, key=lambda kind: kinds[kind])
    return _Verdict(
        asked=asked,
        score=score - asked.caution,
        pressing=said[PRESSING],
        worry=closely.mix.worry(said[WORRY], is_in_letters=in_letters) - asked.caution,
        kind=kind if kinds[kind] >= closely.mix.kind_since else IN_DOUBT,
    )


def _together(
    text: str, before: str, closely: CloseReading, opinion: Opinion
) -> tuple[float, float]:
    """Return how much what came *before* speaks for a risk with the beginning of *text*, and alone.

    A long text is read with it no further than a short one would be. What is added for texts in
    letters is for one that stands for itself; short answers one after another are given nothing.
    """
    reads = (f"{before} {_beginning(text)}", before)
    answers = closely.network().answer(reads)
    both, alone = (
        closely.mix.score(opinion.score(read), said[RISK], has_clue=False, is_in_letters=False)
        for read, said in zip(reads, answers, strict=True)
    )
    return both, alone


def _beginning(text: str) -> str:
    if not is_long(text):
        return text
    return text[: int(SHORT / (OF_A_LETTER if text.isascii() else 1.0))]


def _is_all(signal: Signal, text: str, rules: Rules) -> bool:
    return rules.rules[signal.rule].is_enough and signal.words.strip() == text.strip()


def _lessened(signal: Signal) -> Signal:
    return replace(
        signal,
        level=max(signal.level, Level.ROUTINE),
        reason="\n".join(
            f"{language}: {reason_in(signal, language)}{_ON_ITS_OWN[language]}"
            for language in LANGUAGES
        ),
    )
