"""A long text, sentence by sentence: what is risky in it must not drown in what is harmless."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.domain.expression import expression
from bot.triage.opinion import Opinion

SHORT = 36.0
"""Up to this size a text is read as a whole only: 36 Chinese characters or 120 English letters."""

MOST = 4
"""How many excerpts of a text are read closely, those first that read most like a risk quickly."""

_MOST_SENTENCES = 3
_LARGEST = 48.0
_LEAST = 14.0
"""How large an excerpt is at most and at least; a shorter one means little without the others."""

_LONGEST_SENTENCE = 32.0
_PART = 16.0
"""A longer sentence, such as that of a child who sets no full stops, is parted into parts so large.

Three parts stand in one excerpt, so that whatever is told in the size of two is in one of them.
"""

_MOST_CHARACTERS = 20_000
"""Beyond these, no excerpts are taken: no channel lets a message be longer."""

OF_A_LETTER = 0.3
_LAST_LETTER = "\u024f"
_ENDS = expression(r"[。！？!?；;\n…]+[”’\"')」』]*|\.(?=\s|$)")
_PAUSES = expression(r"[,，、:：]+|(?<=[^\x00-\x7f])\s+|(?<!\s)\s+(?=[^\x00-\x7f])")
_SPACES = expression(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Some sentences of a text that follow each other, and where in it they stand.

    They are up to three, or more where they are very short. ``quick`` is how much they speak for
    a risk at first sight.
    """

    text: str = field(repr=False)
    start: int
    end: int
    quick: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    start: int
    end: int
    size: float
    pieces: set[int] = field(repr=False)


def size_of(text: str) -> float:
    """Return how much there is to read in *text*: about as much as it has tokens.

    A letter of the Latin alphabet counts three tenths, any other character in full.
    """
    return sum([OF_A_LETTER if character <= _LAST_LETTER else 1.0 for character in text])


def is_long(text: str) -> bool:
    """Whether *text* is read sentence by sentence, too."""
    if text.isascii():
        return len(text) * OF_A_LETTER > SHORT
    return len(text) > SHORT and size_of(text) > SHORT


def excerpts_of(text: str, opinion: Opinion) -> list[Excerpt]:
    """Return what may be read of *text* instead of all of it, that first which *opinion* suspects.

    Each piece of *text* is looked up once, so that this takes no longer than a quick reading.
    """
    sentences = [
        _Sentence(start=a, end=b, size=size_of(text[a:b]), pieces=opinion.pieces.find(text[a:b]))
        for a, b in _sentences(text[:_MOST_CHARACTERS])
    ]
    found = [_excerpt(text, run, opinion) for run in _runs(sentences)]
    return sorted(found, key=lambda excerpt: (-excerpt.quick, excerpt.start, excerpt.end))


def _excerpt(text: str, run: Sequence[_Sentence], opinion: Opinion) -> Excerpt:
    pieces = set[int]().union(*(sentence.pieces for sentence in run))
    start, end = run[0].start, run[-1].end
    quick = opinion.risk.score(pieces, opinion.pieces.size(pieces))
    return Excerpt(text=text[start:end], start=start, end=end, quick=quick)


def _runs(sentences: Sequence[_Sentence]) -> Iterator[Sequence[_Sentence]]:
    for at in range(len(sentences)):
        size = 0.0
        for end in range(at, len(sentences)):
            size += sentences[end].size
            if size > _LARGEST and end > at:
                break
            if size >= _LEAST:
                yield sentences[at : end + 1]
                if end - at + 1 >= _MOST_SENTENCES:
                    break


def _sentences(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of *text* stand, long ones parted."""
    places = []
    for start, end in _between(text, 0, len(text), _ENDS):
        is_whole = size_of(text[start:end]) <= _LONGEST_SENTENCE
        places += [(start, end)] if is_whole else _parted(text, start, end, (_PAUSES, _SPACES))
    return [(start, end) for start, end in places if text[start:end].strip()]


def _between(text: str, start: int, end: int, stops: re.Pattern[str]) -> list[tuple[int, int]]:
    cuts = [start, *(match.end() for match in stops.finditer(text, start, end)), end]
    return [(a, b) for a, b in pairwise(cuts) if a < b]


def _parted(
    text: str, start: int, end: int, stops: Sequence[re.Pattern[str]]
) -> list[tuple[int, int]]:
    """Return the place from *start* to *end*, parted at *stops* where it is too long."""
    if size_of(text[start:end]) <= _PART:
        return [(start, end)]
    if not stops:
        return _chopped(text, start, end)
    merged: list[tuple[int, int]] = []
    for piece in _between(text, start, end, stops[0]):
        for a, b in _parted(text, *piece, stops[1:]):
            if merged and size_of(text[merged[-1][0] : b]) <= _PART:
                merged[-1] = merged[-1][0], b
            else:
                merged.append((a, b))
    return merged


def _chopped(text: str, start: int, end: int) -> list[tuple[int, int]]:
    places, size, began = list[tuple[int, int]](), 0.0, start
    for at in range(start, end):
        size += size_of(text[at])
        if size > _PART:
            places.append((began, at))
            began, size = at, size_of(text[at])
    return [*places, (began, end)]
