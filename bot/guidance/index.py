"""How a question is compared with what is known to be asked: by pieces, the telling ones most.

All ways of asking about a topic make one vector. A piece that stands in many of them counts for
more, but not in proportion: that it is asked so at all tells most.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.guidance.words import Lexicon, Words, build_lexicon, pieces

BESIDE = "/"
"""How the names begin of what is asked although it is out of scope."""

STEEPNESS = 10.0
"""How fast it stops counting that one more way of asking has a piece."""

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What is asked about each topic, and with a ``/`` in front, what is out of scope.

    ``telling`` is how much a piece tells, ``unknown`` how much one that nobody has asked with.
    ``postings`` maps a piece to the topics that know it and how much it weighs there.
    """

    lexicon: Lexicon
    telling: Vector = field(repr=False)
    unknown: float
    postings: Mapping[str, Sequence[tuple[str, float]]] = field(repr=False)


class Indexes(Mapping[str, Index]):
    """The indexes by language, each made when it is first looked at: no start waits for them."""

    def __init__(self, making: Mapping[str, Callable[[], Index]]) -> None:
        self._making = making
        self._made: dict[str, Index] = {}

    def __getitem__(self, language: str) -> Index:
        """Return the index of *language*, and make it if nobody has asked for it yet."""
        if language not in self._made:
            self._made[language] = self._making[language]()
        return self._made[language]

    @property
    def are_made(self) -> bool:
        """Whether every index is there already."""
        return len(self._made) == len(self._making)

    def __iter__(self) -> Iterator[str]:
        return iter(self._making)

    def __len__(self) -> int:
        return len(self._making)


def build_index(asked: Mapping[str, Sequence[str]], words: Words) -> Index:
    """Return the index of *asked*, which maps topics to ways of asking about them."""
    lexicon = build_lexicon(words)
    examples = [(topic, pieces(text, lexicon)) for topic, texts in asked.items() for text in texts]
    telling = _telling([found for _, found in examples])
    sums: dict[str, dict[str, float]] = {}
    for topic, found in examples:
        _add(_unit(_weigh(found, telling, 0.0)), sums.setdefault(topic, {}))
    postings: dict[str, list[tuple[str, float]]] = {}
    for topic, total in sums.items():
        flat = {piece: math.log1p(STEEPNESS * weight) for piece, weight in total.items()}
        for piece, weight in _unit(flat).items():
            postings.setdefault(piece, []).append((topic, weight))
    return Index(
        lexicon=lexicon,
        telling=telling,
        unknown=max(telling.values(), default=0.0),
        postings=postings,
    )


def _add(vector: Vector, total: dict[str, float]) -> None:
    for piece, weight in vector.items():
        total[piece] = total.get(piece, 0.0) + weight


def score(question: str, index: Index) -> dict[str, float]:
    """Return how near *question* comes to each topic it touches: 0 is not at all, 1 the same."""
    found = pieces(question, index.lexicon)
    near: dict[str, float] = {}
    for piece, weight in _unit(_weigh(found, index.telling, index.unknown)).items():
        for topic, there in index.postings.get(piece, ()):
            near[topic] = near.get(topic, 0.0) + weight * there
    return near


def _telling(examples: Sequence[Vector]) -> dict[str, float]:
    """Weigh each piece: what stands in few ways of asking tells more."""
    counts = Counter(piece for found in examples for piece in found)
    return {
        piece: math.log((1 + len(examples)) / (1 + count)) + 1 for piece, count in counts.items()
    }


def _weigh(found: Vector, telling: Vector, unknown: float) -> dict[str, float]:
    return {piece: weight * telling.get(piece, unknown) for piece, weight in found.items()}


def _unit(vector: Vector) -> dict[str, float]:
    length = math.sqrt(sum([weight * weight for weight in vector.values()]))
    return {piece: weight / length for piece, weight in vector.items()} if length else {}
