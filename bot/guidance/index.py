"""How a question is compared with known ways of asking: by pieces, the telling ones most."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.guidance.words import CONCEPT, Lexicon, Words, build_lexicon, pieces

WEIGHT_OF_UNKNOWN = 0.5
WEIGHT_OF_CENTRE = 0.5

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The known ways of asking. ``topics`` names the topic of each; ``""`` is out of scope.

    ``postings`` maps a piece to the examples that hold it and how much it weighs there;
    ``centres`` does the same for each topic as a whole.
    """

    lexicon: Lexicon
    topics: Sequence[str]
    telling: Vector
    unknown: float
    postings: Mapping[str, Sequence[tuple[int, float]]]
    centres: Mapping[str, Sequence[tuple[str, float]]]


def build_index(asked: Mapping[str, Sequence[str]], words: Words) -> Index:
    """Return the index of *asked*, which maps topics to ways of asking about them."""
    lexicon = build_lexicon(words, (text for texts in asked.values() for text in texts))
    examples = [(topic, pieces(text, lexicon)) for topic, texts in asked.items() for text in texts]
    telling = _telling(examples)
    vectors = [(topic, _unit(_weigh(found, telling, 0.0))) for topic, found in examples]
    postings: dict[str, list[tuple[int, float]]] = {}
    for number, (_, vector) in enumerate(vectors):
        for piece, weight in vector.items():
            postings.setdefault(piece, []).append((number, weight))
    return Index(
        lexicon=lexicon,
        topics=tuple(topic for topic, _ in examples),
        telling=telling,
        unknown=max(telling.values(), default=0.0) * WEIGHT_OF_UNKNOWN,
        postings=postings,
        centres=_centres(vectors),
    )


def score(question: str, index: Index) -> dict[str, float]:
    """Return how near *question* comes to each topic it touches: 0 is not at all, 1 the same."""
    found = pieces(question, index.lexicon)
    vector = _unit(_weigh(found, index.telling, index.unknown))
    nearest: dict[int, float] = {}
    centres: dict[str, float] = {}
    for piece, weight in vector.items():
        for number, there in index.postings.get(piece, ()):
            nearest[number] = nearest.get(number, 0.0) + weight * there
        for topic, there in index.centres.get(piece, ()):
            centres[topic] = centres.get(topic, 0.0) + weight * there
    best: dict[str, float] = {}
    for number, near in nearest.items():
        topic = index.topics[number]
        best[topic] = max(near, best.get(topic, 0.0))
    share = WEIGHT_OF_CENTRE
    return {topic: (1 - share) * near + share * centres[topic] for topic, near in best.items()}


def _telling(examples: Sequence[tuple[str, Vector]]) -> dict[str, float]:
    """Weigh each piece: rare among examples, and at home in few topics, tells more."""
    homes: dict[str, Counter[str]] = {}
    for topic, found in examples:
        for piece in found:
            homes.setdefault(piece, Counter())[topic] += 1
    return {
        piece: math.log(1 + len(examples) / home.total()) * _purity(home)
        for piece, home in homes.items()
    }


def _purity(home: Counter[str]) -> float:
    total = home.total()
    return math.sqrt(sum((count / total) ** 2 for count in home.values()))


def _weigh(found: Vector, telling: Vector, unknown: float) -> dict[str, float]:
    """Multiply by how telling each piece is; a concept that is new here tells nothing."""
    return {
        piece: weight * telling.get(piece, 0.0 if piece.startswith(CONCEPT) else unknown)
        for piece, weight in found.items()
    }


def _unit(vector: Vector) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {piece: weight / length for piece, weight in vector.items()} if length else {}


def _centres(vectors: Sequence[tuple[str, Vector]]) -> dict[str, list[tuple[str, float]]]:
    sums: dict[str, Counter[str]] = {}
    for topic, vector in vectors:
        sums.setdefault(topic, Counter()).update(vector)
    centres: dict[str, list[tuple[str, float]]] = {}
    for topic, piece, weight in _flat(sums):
        centres.setdefault(piece, []).append((topic, weight))
    return centres


def _flat(sums: Mapping[str, Vector]) -> Iterator[tuple[str, str, float]]:
    for topic, vector in sums.items():
        for piece, weight in _unit(vector).items():
            yield topic, piece, weight
