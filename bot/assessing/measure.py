"""How often the risk check is right, with how sure one can be of that."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bot.assessing.labelled import Labelled
from bot.domain.level import Level
from bot.domain.share import Share
from bot.domain.signal import Signal
from bot.triage.signals import level_of

MOST_MISSES = 20
Check = Callable[[str, Sequence[str]], Sequence[Signal]]
"""Returns the signals of a text, given the contact's earlier texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One text, what people say of it, and what was seen in it."""

    labelled: Labelled
    level: Level
    categories: frozenset[str]

    @property
    def is_seen(self) -> bool:
        """Whether a person would hear of it soon."""
        return self.level <= Level.URGENT

    @property
    def is_read(self) -> bool:
        """Whether a person would hear of it at all."""
        return self.level <= Level.ROUTINE

    @property
    def fits(self) -> bool:
        """Whether its level is right, or one too high."""
        return self.labelled.level - self.level in {0, 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """How the risk check did on some texts."""

    outcomes: tuple[Outcome, ...] = field(repr=False)

    def recall(self, of: Callable[[Labelled], bool]) -> Share:
        """Return how many of the risky texts that are *of* some kind were seen as risky."""
        risky = [o for o in self.outcomes if o.labelled.is_risk and of(o.labelled)]
        return Share(sum(o.is_seen for o in risky), len(risky))

    @property
    def emergencies(self) -> Share:
        """Of the emergencies, how many were seen at all."""
        return self.recall(lambda text: text.level is Level.EMERGENCY)

    @property
    def anything(self) -> Share:
        """Of all that tells of something, small worries included, how much is seen at all."""
        told = self._told()
        return Share(sum(o.is_read for o in told), len(told))

    @property
    def worries(self) -> Share:
        """Of the small worries, how many are seen at all."""
        small = [o for o in self.outcomes if o.labelled.level is Level.ROUTINE]
        return Share(sum(o.is_read for o in small), len(small))

    @property
    def precision(self) -> Share:
        """Of the texts seen as risky, how many are."""
        seen = [o for o in self.outcomes if o.is_seen]
        return Share(sum(o.labelled.is_risk for o in seen), len(seen))

    @property
    def false_alarms_on_ordinary(self) -> Share:
        """Of the texts that tell of nothing and are no twin, how many were seen as a risk."""
        return self._false_alarms(is_twin=False)

    @property
    def false_alarms_on_twins(self) -> Share:
        """Of the harmless twins of risky texts, how many were seen as risky."""
        return self._false_alarms(is_twin=True)

    @property
    def levels_right(self) -> Share:
        """Of the risky texts seen, how many at their level or one too high."""
        risky = [o for o in self.outcomes if o.labelled.is_risk and o.is_seen]
        return Share(sum(o.fits for o in risky), len(risky))

    @property
    def levels_of_all_told(self) -> Share:
        """Of all that tells of something, how much is seen at its level or one too high."""
        told = self._told()
        return Share(sum(o.fits for o in told), len(told))

    @property
    def read_on_ordinary(self) -> Share:
        """Of the texts that tell of nothing and are no twin, in how many anything was seen."""
        harmless = self._harmless(is_twin=False)
        return Share(sum(o.is_read for o in harmless), len(harmless))

    @property
    def read_on_twins(self) -> Share:
        """Of the harmless twins of risky texts, in how many anything was seen."""
        harmless = self._harmless(is_twin=True)
        return Share(sum(o.is_read for o in harmless), len(harmless))

    @property
    def levels_fitting(self) -> Share:
        """Of all texts, how many at their level or one too high."""
        return Share(sum(o.fits for o in self.outcomes), len(self.outcomes))

    def confusion(self) -> dict[Level, dict[Level, int]]:
        """Return for each level people gave how many were seen at each."""
        table = {given: dict.fromkeys(Level, 0) for given in Level}
        for outcome in self.outcomes:
            table[outcome.labelled.level][outcome.level] += 1
        return table

    def misses(self) -> Sequence[Outcome]:
        """Return the risky texts that were not seen, the most pressing first."""
        missed = [o for o in self.outcomes if o.labelled.is_risk and not o.is_seen]
        return sorted(missed, key=lambda o: (o.labelled.level, o.labelled.id))[:MOST_MISSES]

    def _false_alarms(self, *, is_twin: bool) -> Share:
        harmless = self._harmless(is_twin=is_twin)
        return Share(sum(o.is_seen for o in harmless), len(harmless))

    def _told(self) -> list[Outcome]:
        return [o for o in self.outcomes if o.labelled.level <= Level.ROUTINE]

    def _harmless(self, *, is_twin: bool) -> list[Outcome]:
        return [
            o
            for o in self.outcomes
            if o.labelled.level is Level.NONE and bool(o.labelled.twin) is is_twin
        ]


def assess(texts: Iterable[Labelled], check: Check) -> Assessment:
    """Return how *check* does on *texts*."""
    outcomes = []
    for text in texts:
        signals = check(text.text, text.history)
        seen = frozenset(signal.category for signal in signals)
        outcomes.append(Outcome(labelled=text, level=level_of(signals), categories=seen))
    return Assessment(outcomes=tuple(outcomes))


def assess_scores(texts: Iterable[Labelled], scores: Iterable[float], since: float) -> Assessment:
    """Return how it would do to call somebody soon from the score *since* on."""
    seen = (Level.URGENT if score >= since else Level.NONE for score in scores)
    outcomes = (
        Outcome(labelled=text, level=level, categories=frozenset())
        for text, level in zip(texts, seen, strict=True)
    )
    return Assessment(outcomes=tuple(outcomes))
