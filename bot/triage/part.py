"""Pieces of a pattern: how each is matched, and which characters must stand in what it matches.

Everything here errs to one side: what is said to stand in every match does, whatever else may.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

MOST_ANCHORS = 128
"""A pattern is found by no more anchors than this, where it can be helped."""

ANYTHING = frozenset({""})

_COMMON = frozenset("我你他她它们的了着过是不在有就都也要去到得很好说人") | {"a", "i", "me", "to"}
"""Words that stand in so many texts that to look for them saves nothing; only speed rests on it."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """One of ``words`` stands in every match; a match reaches no further around it than said.

    Up to ``lead`` characters stand before the word, and up to ``trail`` after it. No words:
    nothing is known.
    """

    words: frozenset[str] = frozenset()
    lead: int = 0
    trail: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a phrase: one of ``anchors`` stands in it, and it ends with one of ``tails``.

    It is never longer than ``width``. ``wholes`` are all the texts it can be, or nothing if
    they are too many to list. Of each of its ``needs``, too, one word stands in it.
    """

    regex: str = ""
    width: int = 0
    anchors: Anchors = Anchors()
    tails: frozenset[str] = ANYTHING
    wholes: frozenset[str] = frozenset()
    needs: tuple[frozenset[str], ...] = ()

    def others(self) -> tuple[frozenset[str], ...]:
        """Return the needs that the anchors do not fulfil by themselves, the rarest first."""
        anchors = self.anchors.words
        left = {need for need in set(self.needs) if not _do_hold(anchors, need)}
        return tuple(sorted(left, key=lambda need: (_worth(need), sorted(need)), reverse=True))


NOTHING = Part(wholes=ANYTHING)


def one_of(regex: str, wholes: frozenset[str]) -> Part:
    """Return the part that is exactly one of *wholes*, none of them empty."""
    width = max(len(whole) for whole in wholes)
    trail = width - min(len(whole) for whole in wholes)
    return Part(regex, width, Anchors(wholes, 0, trail), wholes, wholes, (wholes,))


def then(first: Part, second: Part) -> Part:
    """Return *first* and right after it *second*."""
    if first is NOTHING:
        return second
    tails = _joined(first.tails, second.wholes)
    anchors = max(
        Anchors(first.anchors.words, first.anchors.lead, first.anchors.trail + second.width),
        Anchors(second.anchors.words, first.width + second.anchors.lead, second.anchors.trail),
        Anchors(frozenset() if "" in tails else tails, first.width, 0),
        key=lambda found: _worth(found.words),
    )
    return Part(
        first.regex + second.regex,
        first.width + second.width,
        anchors,
        tails or second.tails,
        _joined(first.wholes, second.wholes),
        first.needs + second.needs,
    )


def either(parts: Iterable[Part]) -> Part:
    """Return any one of *parts*."""
    parts = list(parts)
    if len(parts) == 1:
        return parts[0]
    tails = _together([part.tails for part in parts])
    wholes = _together([part.wholes for part in parts])
    is_listed = all(part.wholes for part in parts)
    regex = "|".join(part.regex for part in parts)
    anchors = _any_anchors([part.anchors for part in parts])
    return Part(
        f"(?:{_first_of(wholes) if is_listed else ''}(?:{regex}))",
        max(part.width for part in parts),
        anchors,
        tails if len(tails) <= MOST_ANCHORS else ANYTHING,
        wholes if is_listed and len(wholes) <= MOST_ANCHORS else frozenset(),
        (anchors.words,) if anchors.words else (),
    )


def _any_anchors(anchors: Sequence[Anchors]) -> Anchors:
    if not all(each.words for each in anchors):
        return Anchors()
    return Anchors(
        _together([each.words for each in anchors]),
        max(each.lead for each in anchors),
        max(each.trail for each in anchors),
    )


@lru_cache(maxsize=16384)
def _worth(words: frozenset[str]) -> tuple[int, int]:
    """Rarer words are worth more: long ones first, then few."""
    return min((_rarity(word) for word in words), default=-1), -len(words)


def _rarity(word: str) -> int:
    return 0 if word in _COMMON else len(word)


def _do_hold(texts: frozenset[str], words: frozenset[str]) -> bool:
    """Whether in each of *texts* one of *words* stands."""
    return texts <= words or all(_holds(text, words) for text in texts)


def _holds(text: str, words: frozenset[str]) -> bool:
    return text in words or any(word in text for word in words)


def _together(words: Sequence[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*words)


def _joined(firsts: frozenset[str], seconds: frozenset[str]) -> frozenset[str]:
    """Return every first with every second, or nothing if they are too many to list."""
    if len(firsts) * len(seconds) > MOST_ANCHORS:
        return frozenset()
    return frozenset(first + second for first in firsts for second in seconds)


def _first_of(wholes: frozenset[str]) -> str:
    """Return a look ahead that spares trying many words in turn where none can begin."""
    if "" in wholes:
        return ""
    firsts = "".join(sorted({re.escape(whole[0]) for whole in wholes}))
    return f"(?=[{firsts}])"
