"""Where in a text a rule counts: not in what is benign, and less behind a "not"."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.domain.level import Level
from bot.domain.signal import Signal
from bot.triage.finder import Span, find_across, find_all
from bot.triage.plain import Plain, make_plain
from bot.triage.rules import BENIGN, LANGUAGES, Negation, Rule, Rules

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


def signals_within(text: str, rules: Rules) -> list[Signal]:
    """Return what *rules* see in *text* by itself, each at most once."""
    plain = make_plain(text)
    seen = _best(_look(plain, rules))
    return [_made(s, plain.span(s.start, s.end), text, rules) for s in seen]


def signals_over_the_seam(text: str, rules: Rules, before: str) -> Iterator[Signal]:
    """Yield the signals that begin *before* and end in *text*; their words are those of *text*."""
    joined = make_plain(before + text[:REACH_BACK])
    seam = bisect_left(joined.places, len(before))
    across = find_across(rules.finder, joined.text, seam)
    if all(rules.owners[number].category == BENIGN for number in across):
        return
    crossing = _best(_look(joined, rules, seam))
    if not crossing:
        return
    known = {sighting.rule.id for sighting in _look(make_plain(before), rules)}
    for sighting in crossing:
        if sighting.rule.id not in known:
            start, end = joined.span(sighting.start, sighting.end)
            made = _made(sighting, (0, end - len(before)), text, rules)
            yield replace(made, before=len(before) - start)


def _look(plain: Plain, rules: Rules, seam: int = 0) -> Iterator[_Sighting]:
    """Yield what is seen; with a *seam*, only what crosses it.

    Benign patterns come first, and matter only if others follow. Of each other pattern the
    first place that counts in full is enough.
    """
    found = [(rules.owners[number], spans) for number, spans in find_all(rules.finder, plain.text)]
    if not found or found[-1][0].category == BENIGN:
        return
    scene = _Scene(plain, rules)
    for rule, spans in found:
        if rule.category == BENIGN:
            _cover(scene.benign, spans, plain)
        else:
            crossing = (span for span in spans if not seam or span[0] < seam < span[1])
            yield from scene.sightings(rule, crossing)


def _cover(benign: bytearray, spans: Iterable[Span], plain: Plain) -> None:
    """Mark *spans*, but not where a comma parts what only seems to be one phrase."""
    for start, end in spans:
        if plain.places[end - 1] - plain.places[start] == end - 1 - start:
            benign[start:end] = b"\1" * (end - start)


class _Scene:
    """A text, what in it is benign, and where a "not" was found to stand."""

    def __init__(self, plain: Plain, rules: Rules) -> None:
        self.benign = bytearray(len(plain.text))
        self._text, self._places = plain.text, plain.places
        self._negation = rules.negation
        self._negated: dict[str, bool] = {}

    def sightings(self, rule: Rule, spans: Iterable[Span]) -> Iterator[_Sighting]:
        """Yield the first place that a "not" makes less of, and the first that counts in full."""
        is_lowered = False
        can_hide = rule.level is not Level.EMERGENCY and 1 in self.benign
        for start, end in spans:
            if can_hide and 2 * self.benign.count(1, start, end) >= end - start:
                continue
            if not self._is_negated(start):
                yield _Sighting(rule, rule.level, start, end)
                return
            if not is_lowered and rule.level is not Level.NONE:
                yield _Sighting(rule, _lowered(rule.level), start, end)
                is_lowered = True

    def _is_negated(self, start: int) -> bool:
        if self._begins_a_clause(start):
            return False
        before = self._text[max(0, start - _NEGATION_REACH) : start]
        if before not in self._negated:
            self._negated[before] = _ends_negated(before, self._negation)
        return self._negated[before]

    def _begins_a_clause(self, start: int) -> bool:
        """Whether a comma or a space parts it from a "not" before it: 我不去，他要杀我."""
        is_parted = start and self._places[start] - self._places[start - 1] > 1
        return bool(is_parted) and not self._text[start - 1 : start + 1].isascii()


def _lowered(level: Level) -> Level:
    return min(Level(level + 1), Level.ROUTINE)


def _ends_negated(text: str, negation: Negation | None) -> bool:
    if not negation or not negation.before.search(text):
        return False
    return not negation.unless.search(text)


def _best(sightings: Iterable[_Sighting]) -> list[_Sighting]:
    """Return the most pressing sighting of each rule."""
    best: dict[str, _Sighting] = {}
    for sighting in sightings:
        known = best.get(sighting.rule.id)
        if known is None or sighting.rank < known.rank:
            best[sighting.rule.id] = sighting
    return list(best.values())


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
