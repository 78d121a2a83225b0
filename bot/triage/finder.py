"""Looks for many patterns at once.

A pattern is tried only around its anchors, and one pass finds the anchors of all patterns; so
a text in which nothing stands costs next to nothing, however many rules there are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.triage.pattern import Pattern

_SLACK = 2

Span = tuple[int, int]
"""Where a match starts and ends."""

_Tree = dict[str, "_Tree"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """Patterns in a fixed order, and by which anchors each is found."""

    patterns: tuple[Pattern, ...]
    anchors: Mapping[str, re.Pattern[str]]
    numbers: Mapping[str, tuple[int, ...]]
    everywhere: tuple[int, ...]


def make_finder(patterns: Sequence[Pattern]) -> Finder:
    """Return a finder for *patterns*."""
    numbers = _numbers(patterns)
    return Finder(
        patterns=tuple(patterns),
        anchors=_by_first_character(numbers),
        numbers={anchor: _with_prefixes(anchor, numbers) for anchor in numbers},
        everywhere=tuple(n for n, pattern in enumerate(patterns) if not pattern.anchors),
    )


def find_all(finder: Finder, text: str) -> Iterator[tuple[int, Iterator[Span]]]:
    """Yield for each pattern that may stand in *text* its number and where it matches.

    In the order of the patterns; nobody pays for the matches that are not asked for.
    """
    places = _anchored(finder, text)
    for number in sorted({*finder.everywhere, *places}):
        yield number, _matches(finder.patterns[number], text, places.get(number))


def _matches(pattern: Pattern, text: str, places: Sequence[int] | None) -> Iterator[Span]:
    reach = pattern.width + _SLACK
    for start, end in _windows(places, reach) if places else [(0, len(text))]:
        for match in pattern.expression.finditer(text, start, end):
            yield match.span()


def _anchored(finder: Finder, text: str) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place, character in enumerate(text):
        anchors = finder.anchors.get(character)
        hit = anchors.match(text, place) if anchors else None
        for number in finder.numbers[hit[0]] if hit else ():
            found.setdefault(number, []).append(place)
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


def _by_first_character(anchors: Mapping[str, object]) -> dict[str, re.Pattern[str]]:
    """One expression a first character: trying hundreds in turn at every place is slow."""
    tree: _Tree = {}
    for anchor in anchors:
        branch = tree
        for character in anchor:
            branch = branch.setdefault(character, {})
        branch[""] = {}
    return {key: re.compile(re.escape(key) + _regex(rest)) for key, rest in tree.items()}


def _regex(tree: _Tree) -> str:
    branches = [re.escape(key) + _regex(rest) for key, rest in tree.items() if key]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + ("?" if "" in tree else "")
