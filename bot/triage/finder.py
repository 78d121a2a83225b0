"""Looks for many patterns at once.

A pattern is tried only around its anchors, and one pass finds the anchors of all patterns; so
a text in which nothing stands costs next to nothing, however many rules there are.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.triage.clues import Clues, Hit, make_clues, words_of
from bot.triage.pattern import Pattern

_SLACK = 2
"""How many characters after a match a phrase may look at, and one more."""

Span = tuple[int, int]
"""Where a match starts and ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """Patterns in a fixed order, and the words that show which of them may stand in a text."""

    patterns: tuple[Pattern, ...]
    clues: Clues


def make_finder(patterns: Sequence[Pattern]) -> Finder:
    """Return a finder for *patterns*."""
    return Finder(patterns=tuple(patterns), clues=make_clues(words_of(patterns)))


def find_all(finder: Finder, text: str) -> Iterator[tuple[int, Iterator[Span]]]:
    """Yield for each pattern that stands in *text* its number and where it matches.

    In the order of the patterns; nobody pays for the matches that are not asked for.
    """
    windows = _windows(finder, text)
    for number in sorted(windows):
        expression = finder.patterns[number].expression
        if any(expression.search(text, *window) for window in windows[number]):
            yield number, _matches(expression, text, windows[number])


def find_across(finder: Finder, text: str, seam: int) -> Iterator[int]:
    """Yield the number of each pattern that has a match before which *seam* lies and after.

    It may be a match that overlaps one further left, which :func:`find_all` would not name.
    """
    for number, windows in _windows(finder, text).items():
        expression = finder.patterns[number].expression
        if any(_does_cross(expression, text, window, seam) for window in windows):
            yield number


def _windows(finder: Finder, text: str) -> dict[int, list[Span]]:
    """Return where each pattern is to be tried; the windows of one lie apart."""
    hits, possible = finder.clues.find(text)
    whole = {*finder.clues.everywhere, *_dense(finder, text, hits, possible)}
    windows = {number: [(0, len(text))] for number in whole}
    if possible <= whole:
        return windows
    for word, start, end in hits:
        for number, lead, trail in finder.clues.reaches[word]:
            if number in possible and number not in whole:
                _add(windows.setdefault(number, []), start - lead, end + trail + _SLACK)
    return windows


def _dense(
    finder: Finder, text: str, hits: Iterable[Hit], possible: Container[int]
) -> Iterator[int]:
    """Yield the patterns to be tried everywhere: windows would be as much, or not enough."""
    covered = Counter[int]()
    for word, count in Counter(hit[0] for hit in hits).items():
        for number, lead, trail in finder.clues.reaches[word]:
            if number in possible:
                covered[number] += count * (lead + trail + 1)
    for number, count in covered.items():
        if count >= len(text) or not finder.patterns[number].is_phrase:
            yield number


def _add(windows: list[Span], start: int, end: int) -> None:
    """Add a window, which ends no earlier than those before it; what touches becomes one."""
    while windows and windows[-1][1] >= start:
        start = min(start, windows.pop()[0])
    windows.append((start, end))


def _matches(expression: re.Pattern[str], text: str, windows: Sequence[Span]) -> Iterator[Span]:
    for window in windows:
        for match in expression.finditer(text, *window):
            yield match.span()


def _does_cross(expression: re.Pattern[str], text: str, window: Span, seam: int) -> bool:
    start, end = window
    if not start < seam < end:
        return False
    while (match := expression.search(text, start, end)) and match.start() < seam:
        if match.end() > seam:
            return True
        start = match.start() + 1
    return False
