"""Says of most texts at once that nothing stands in them, before they are read properly.

It looks at the bare letters: a text without spaces and stops, and without letters repeated. All
that is left of those when a text is read properly stands between the same letters, so a word
that is not among the bare letters is not in the text either.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.triage.clues import Clues, Hit, Words, make_clues, words_of
from bot.triage.pattern import Pattern
from bot.triage.plain import close_all

_MOST_NEEDS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """What shows in bare letters that a pattern may stand in a text.

    No match of a pattern has more than ``farthest`` letters.
    """

    clues: Clues
    farthest: int

    def passes(self, letters: str, before: str = "") -> tuple[bool, bool]:
        """Return whether a pattern may stand in *letters*, and whether one that began *before*.

        Both are bare; no means that none does, yes means nothing.
        """
        is_repeated = bool(before) and before[-1:] == letters[:1]
        text = before + letters[is_repeated:]
        if self.clues.everywhere:
            return True, bool(before)
        hits, possible = self.clues.find(text)
        if not possible:
            return False, False
        sight, seam = _Sight(self.clues, hits, possible), len(before)
        first = seam - is_repeated
        return sight.is_within(first), bool(before) and sight.is_across(first, seam, self.farthest)


def make_sieve(patterns: Sequence[Pattern]) -> Sieve:
    """Return the sieve that lets through whatever *patterns* match."""
    return Sieve(clues=make_clues(bare_words_of(patterns)), farthest=farthest_of(patterns))


def bare_words_of(patterns: Sequence[Pattern]) -> Words:
    """Return the words of *patterns* as they stand in bare letters."""
    return words_of(patterns, spell=close_all, most_needs=_MOST_NEEDS, needs_an_anchor=True)


def farthest_of(patterns: Sequence[Pattern]) -> int:
    """Return how many letters a match of one of *patterns* has at most."""
    return max((pattern.width for pattern in patterns), default=0)


class _Sight:
    """The words that were found in one text, and the patterns left by them."""

    def __init__(self, clues: Clues, hits: Sequence[Hit], possible: set[int]) -> None:
        self._clues = clues
        self._hits = hits
        self._ends = [end for _, _, end in hits]
        self._possible = possible

    def is_within(self, begin: int) -> bool:
        """Whether a pattern may stand in what comes from *begin* on."""
        after = self._hits[bisect_left(self._ends, begin) :]
        for number, start, end in self._windows(after):
            if end > begin and self._is_whole(number, max(begin, start), end):
                return True
        return False

    def is_across(self, first: int, seam: int, farthest: int) -> bool:
        """Whether one may begin before *seam* and end after *first*; one letter may be both."""
        begin = bisect_left(self._ends, first - farthest)
        end = bisect_right(self._ends, seam + farthest)
        return any(
            self._is_whole(number, start, stop)
            for number, start, stop in self._windows(self._hits[begin:end])
            if start < seam and stop > first
        )

    def _windows(self, hits: Sequence[Hit]) -> Iterator[Hit]:
        """Yield which pattern may stand around each of *hits*, and where it must end."""
        for word, start, end in hits:
            for number, lead, trail in self._clues.reaches[word]:
                if number in self._possible:
                    yield number, start - lead, end + trail

    def _is_whole(self, number: int, start: int, end: int) -> bool:
        """Whether all that the pattern *number* needs is found between *start* and *end*."""
        first, last = bisect_left(self._ends, start), bisect_right(self._ends, end)
        near = {hit[0] for hit in self._hits[first:last] if hit[1] >= start}
        return not any(need.isdisjoint(near) for need in self._clues.needs[number])
