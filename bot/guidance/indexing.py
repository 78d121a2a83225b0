"""Makes the index of what is asked about each topic.

A piece that stands in many ways of asking about a topic counts for more, but not in proportion:
that it is asked so at all tells most.
"""

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from bot.guidance.index import KEYS, PLACES, STARTS, WEIGHTS, Index, key_of_piece
from bot.guidance.words import Lexicon, Words, build_lexicon, forget_stems, pieces, whole

STEEPNESS = 10.0
"""How fast it stops counting that one more way of asking has a piece."""


_Vector = tuple["array[int]", "array[float]"]
"""The numbers of pieces, and how much each weighs."""


def build_index(
    asked: Mapping[str, Sequence[str]],
    words: Words,
    needs: Mapping[str, tuple[str, ...]] | None = None,
) -> Index:
    """Return the index of *asked*, which maps topics to ways of asking about them.

    *needs* are the words of which a question must hold one for a topic to be an answer.
    """
    lexicon = build_lexicon(words)
    numbers: dict[str, int] = {}
    examples = [[_numbered(text, lexicon, numbers) for text in texts] for texts in asked.values()]
    forget_stems()
    keys = [*map(key_of_piece, numbers)]
    numbers.clear()
    telling = _telling(examples, len(keys))
    order = sorted(range(len(keys)), key=keys.__getitem__)
    starts, known_to, weights = _postings([_centre(each, telling) for each in examples], order)
    said = sorted(_wholes(asked, lexicon))
    return Index(
        lexicon=lexicon,
        topics=tuple(asked),
        unknown=max(telling, default=0.0),
        keys=array(KEYS, [keys[number] for number in order]),
        telling=array(WEIGHTS, [telling[number] for number in order]),
        starts=starts,
        known_to=known_to,
        weights=weights,
        wholes=array(KEYS, [key for key, _ in said]),
        whose=array(PLACES, [place for _, place in said]),
        needs=needs or {},
    )


def _wholes(asked: Mapping[str, Sequence[str]], lexicon: Lexicon) -> set[tuple[int, int]]:
    """Return the short ways of asking, as numbers, each with its topic's place."""
    return {
        (key_of_piece(said), place)
        for place, texts in enumerate(asked.values())
        for text in texts
        if (said := whole(text, lexicon))
    }


def _numbered(text: str, lexicon: Lexicon, numbers: dict[str, int]) -> _Vector:
    """Return the pieces of *text*; what has no number yet gets the next one."""
    found = pieces(text, lexicon)
    known = [numbers.setdefault(piece, len(numbers)) for piece in found]
    return array(STARTS, known), array(WEIGHTS, found.values())


def _telling(examples: Sequence[Sequence[_Vector]], size: int) -> list[float]:
    """Weigh each piece: what stands in few ways of asking tells more."""
    counts = [0] * size
    for numbers, _ in (example for each in examples for example in each):
        for number in numbers:
            counts[number] += 1
    most = 1 + sum(map(len, examples))
    return [math.log(most / (1 + count)) + 1 for count in counts]


def _centre(examples: Iterable[_Vector], telling: Sequence[float]) -> dict[int, float]:
    """Return what the ways of asking about one topic have in common, flattened."""
    total: dict[int, float] = {}
    for numbers, weights in examples:
        told = [weight * telling[at] for at, weight in zip(numbers, weights, strict=True)]
        length = math.hypot(*told)
        for number, weight in zip(numbers, told, strict=True):
            total[number] = total.get(number, 0.0) + weight / length
    flat = {number: math.log1p(STEEPNESS * weight) for number, weight in total.items()}
    length = math.hypot(*flat.values())
    return {number: weight / length for number, weight in flat.items()}


def _postings(
    centres: Sequence[Mapping[int, float]], order: Sequence[int]
) -> tuple["array[int]", "array[int]", "array[float]"]:
    """Return for each piece, in *order*, where it begins, which topics know it, and its weights."""
    sizes = [0] * len(order)
    for number in (number for centre in centres for number in centre):
        sizes[number] += 1
    starts = array(STARTS, accumulate((sizes[number] for number in order), initial=0))
    free = dict(zip(order, starts, strict=False))
    known_to = array(PLACES, [0]) * starts[-1]
    weights = array(WEIGHTS, [0.0]) * starts[-1]
    for topic, centre in enumerate(centres):
        for number, weight in centre.items():
            at = free[number]
            known_to[at], weights[at] = topic, weight
            free[number] = at + 1
    return starts, known_to, weights
