"""Looks for many patterns at once.

A pattern is tried only around its anchors, which one expression finds for all patterns in a
single pass; so a text in which nothing stands costs next to nothing, however many rules
there are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.triage.pattern import Pattern

_SLACK = 2

_Tree = dict[str, "_Tree"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """Patterns in a fixed order, and by which anchors each is found."""

    patterns: tuple[Pattern, ...]
    anchors: re.Pattern[str]
    numbers: Mapping[str, tuple[int, ...]]
    everywhere: tuple[int, ...]


def make_finder(patterns: Sequence[Pattern]) -> Finder:
    """Return a finder for *patterns*."""
    numbers = _numbers(patterns)
    return Finder(
        patterns=tuple(patterns),
        anchors=re.compile(f"(?=({_one_of(numbers)}))"),
        numbers={anchor: _with_prefixes(anchor, numbers) for anchor in numbers},
        everywhere=tuple(n for n, pattern in enumerate(patterns) if not pattern.anchors),
    )


def find_all(finder: Finder, text: str) -> Iterator[tuple[int, int, int]]:
    """Yield each match in *text* as the pattern's number, its start and its end."""
    for number in finder.everywhere:
        for match in finder.patterns[number].expression.finditer(text):
            yield number, match.start(), match.end()
    for number, places in _anchored(finder, text).items():
        pattern = finder.patterns[number]
        for start, end in _windows(places, pattern.width + _SLACK):
            for match in pattern.expression.finditer(text, start, end):
                yield number, match.start(), match.end()


def _anchored(finder: Finder, text: str) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for hit in finder.anchors.finditer(text):
        for number in finder.numbers[hit[1]]:
            found.setdefault(number, []).append(hit.start())
    return found


def _windows(places: Sequence[int], reach: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches within *reach* of *places*, each once."""
    start, end = max(0, places[0] - reach), places[0] + reach
    for place in places:
        if place - reach > end:
            yield start, end
            start = place - reach
        end = place + reach
    yield start, end


def _numbers(patterns: Sequence[Pattern]) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {}
    for number, pattern in enumerate(patterns):
        for anchor in sorted(pattern.anchors):
            numbers.setdefault(anchor, []).append(number)
    return numbers


def _with_prefixes(anchor: str, numbers: Mapping[str, Sequence[int]]) -> tuple[int, ...]:
    """Only the longest anchor at a place is found; it stands for the shorter ones too."""
    prefixes = (anchor[:length] for length in range(1, len(anchor) + 1))
    return tuple(sorted({number for prefix in prefixes for number in numbers.get(prefix, ())}))


def _one_of(anchors: Mapping[str, object]) -> str:
    tree: _Tree = {}
    for anchor in anchors:
        branch = tree
        for character in anchor:
            branch = branch.setdefault(character, {})
        branch[""] = {}
    return _regex(tree) if tree else "(?!)"


def _regex(tree: _Tree) -> str:
    branches = [re.escape(key) + _regex(rest) for key, rest in tree.items() if key]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + ("?" if "" in tree else "")
