"""What in a text is evidence of risk."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.level import Level, worse
from bot.domain.signal import Signal
from bot.triage.finder import Span, find_all
from bot.triage.plain import Plain, make_plain
from bot.triage.rules import BENIGN, LANGUAGES, Rule, Rules

REACH_BACK = 200
"""How many characters of earlier messages are read together with a new one."""

_NEGATION_REACH = 24


@dataclass(frozen=True, slots=True)
class _Sighting:
    rule: Rule
    level: Level
    start: int
    end: int

    @property
    def rank(self) -> tuple[Level, int]:
        return self.level, self.start


def find_signals(text: str, rules: Rules, earlier: Sequence[str] = ()) -> tuple[Signal, ...]:
    """Return the signals in *text*, the most pressing first, each rule at most once.

    *earlier* are the contact's last messages, the newest last: a sentence that began there and
    ends in *text* is seen as well, and only by the message that completes it; its words are
    those of *text*. No signal never means that all is well.
    """
    plain = make_plain(text)
    seen = _best(_look(plain, rules))
    signals = [_signal(sighting, plain, text, rules) for sighting in seen]
    if earlier:
        known = {sighting.rule.id for sighting in seen}
        signals += [s for s in _over_the_seam(text, rules, earlier) if s.rule not in known]
    return tuple(sorted(signals, key=lambda signal: (signal.level, signal.start, signal.rule)))


def level_of(signals: Iterable[Signal]) -> Level:
    """Return the most pressing level among *signals*; without any, ``Level.NONE``."""
    return worse(*(signal.level for signal in signals))


def explain(signal: Signal, language: str) -> str:
    """Return in plain words of *language* why *signal* was raised; English if it has no other."""
    reasons = dict(line.partition(": ")[::2] for line in signal.reason.splitlines())
    return reasons.get(language) or reasons.get("en") or signal.reason


def _look(plain: Plain, rules: Rules, seam: int = 0) -> Iterator[_Sighting]:
    """Yield what is seen; with a *seam*, only what crosses it.

    Benign patterns come first. Of each other pattern the first place that counts in full is
    enough.
    """
    benign = bytearray(len(plain.text))
    for number, spans in find_all(rules.finder, plain.text):
        rule = rules.owners[number]
        if rule.category == BENIGN:
            _cover(benign, spans, plain)
        else:
            crossing = (span for span in spans if not seam or span[0] < seam < span[1])
            yield from _sightings(rule, crossing, plain.text, rules, benign=benign)


def _cover(benign: bytearray, spans: Iterable[Span], plain: Plain) -> None:
    """Mark *spans*, but not where a comma parts what only seems to be one phrase."""
    for start, end in spans:
        if plain.places[end - 1] - plain.places[start] == end - 1 - start:
            benign[start:end] = b"\1" * (end - start)


def _sightings(
    rule: Rule, spans: Iterable[Span], text: str, rules: Rules, *, benign: bytearray
) -> Iterator[_Sighting]:
    for start, end in spans:
        is_hidden = 2 * benign.count(1, start, end) >= end - start
        if is_hidden and rule.level is not Level.EMERGENCY:
            continue
        level = _level(rule, text, start, rules)
        yield _Sighting(rule, level, start, end)
        if level is rule.level:
            return


def _level(rule: Rule, text: str, start: int, rules: Rules) -> Level:
    negation, before = rules.negation, text[max(0, start - _NEGATION_REACH) : start]
    if not negation or not negation.before.search(before) or negation.unless.search(before):
        return rule.level
    return min(Level(rule.level + 1), Level.ROUTINE)


def _best(sightings: Iterable[_Sighting]) -> list[_Sighting]:
    """Return the most pressing sighting of each rule."""
    best: dict[str, _Sighting] = {}
    for sighting in sightings:
        known = best.get(sighting.rule.id)
        if known is None or sighting.rank < known.rank:
            best[sighting.rule.id] = sighting
    return list(best.values())


def _over_the_seam(text: str, rules: Rules, earlier: Sequence[str]) -> Iterator[Signal]:
    before = " ".join(earlier)[-REACH_BACK:] + " "
    joined = make_plain(before + text[:REACH_BACK])
    seam = sum(place < len(before) for place in joined.places)
    crossing = _best(_look(joined, rules, seam))
    if not crossing:
        return
    known = {sighting.rule.id for sighting in _look(make_plain(before), rules)}
    for sighting in crossing:
        if sighting.rule.id not in known:
            end = joined.span(sighting.start, sighting.end)[1] - len(before)
            yield _made(sighting, (0, end), text, rules)


def _signal(sighting: _Sighting, plain: Plain, text: str, rules: Rules) -> Signal:
    return _made(sighting, plain.span(sighting.start, sighting.end), text, rules)


def _made(sighting: _Sighting, span: tuple[int, int], text: str, rules: Rules) -> Signal:
    start, end = span
    return Signal(
        rule=sighting.rule.id,
        category=sighting.rule.category,
        level=sighting.level,
        reason=_reason(sighting, rules),
        rules_version=rules.version,
        words=text[start:end],
        start=start,
        end=end,
    )


def _reason(sighting: _Sighting, rules: Rules) -> str:
    """Every language's reason on a line of its own, so that a case explains itself for good."""
    is_lowered = sighting.level is not sighting.rule.level
    lowered = rules.negation.reasons if rules.negation and is_lowered else {}
    reasons = sighting.rule.reasons
    return "\n".join(
        f"{language}: {reasons[language]} {lowered.get(language, '')}".strip()
        for language in LANGUAGES
    )
