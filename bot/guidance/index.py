"""How a question is compared with what is known to be asked: by pieces, the telling ones most.

All ways of asking about a topic make one vector. Pieces are many, so they are kept as numbers, and
all about them in a few arrays: as texts and tuples they took twenty times as much memory.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from bot.guidance.words import Lexicon, holds, pieces, whole
from bot.once import once

BESIDE = "/"
"""How the names begin of what is asked although it is out of scope."""

KEYS, WEIGHTS, STARTS, PLACES = "Q", "f", "I", "H"
"""What arrays hold: numbers of pieces, weights, where others begin, and places of topics."""

_UNKNOWN = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What is asked about each topic, and with a ``/`` in front, what is out of scope.

    ``keys`` are the numbers of all pieces, in order. At the same places ``telling`` says how much
    each tells; ``unknown`` is how much one tells that nobody has asked with. From ``starts`` at its
    place on, up to the next start, ``known_to`` and ``weights`` say which of ``topics`` know it,
    by their places, and how much it weighs there.

    ``wholes`` are the numbers of short ways of asking as a whole, in order, and ``whose`` the
    places of the topics that are asked about so. ``needs`` are the words of which one must stand
    in a question for the topic to be an answer.
    """

    lexicon: Lexicon
    topics: tuple[str, ...]
    unknown: float
    keys: Sequence[int] = field(repr=False)
    telling: Sequence[float] = field(repr=False)
    starts: Sequence[int] = field(repr=False)
    known_to: Sequence[int] = field(repr=False)
    weights: Sequence[float] = field(repr=False)
    wholes: Sequence[int] = field(repr=False)
    whose: Sequence[int] = field(repr=False)
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)


Keep = Callable[[str, Callable[[], Index]], Index]
"""Returns the index of a language, and makes it only if nobody kept it when it was last made."""


def keep_nothing(_: str, make: Callable[[], Index]) -> Index:
    """Return what *make* makes: nothing is kept."""
    return make()


class Indexes(Mapping[str, Index]):
    """The indexes by language, each made when it is first looked at: no start waits for them.

    What it is made of is let go then. Two threads that look at once make it once.
    """

    def __init__(self, making: Mapping[str, Callable[[], Index]]) -> None:
        self._making = {language: once(make) for language, make in making.items()}
        self._made: set[str] = set()

    def __getitem__(self, language: str) -> Index:
        """Return the index of *language*, and make it if nobody has asked for it yet."""
        index = self._making[language]()
        self._made.add(language)
        return index

    @property
    def are_made(self) -> bool:
        """Whether every index is there already."""
        return len(self._made) == len(self._making)

    def __iter__(self) -> Iterator[str]:
        return iter(self._making)

    def __len__(self) -> int:
        return len(self._making)


def key_of_piece(piece: str) -> int:
    """Return the number of *piece*; among a million pieces two hardly ever have the same."""
    return int.from_bytes(blake2b(piece.encode(), digest_size=8).digest())


def score(question: str, index: Index) -> dict[str, float]:
    """Return how near *question* comes to each topic it touches: 0 is not at all, 1 the same."""
    found = pieces(question, index.lexicon)
    asked = [(_place_of(piece, index), weight) for piece, weight in found.items()]
    told = [(place, weight * _telling(place, index)) for place, weight in asked]
    length = math.hypot(*(weight for _, weight in told))
    near = [0.0] * len(index.topics)
    for place, weight in told:
        if place != _UNKNOWN:
            _bring_nearer(near, place, weight / length, index)
    return {topic: nearness for topic, nearness in zip(index.topics, near, strict=True) if nearness}


def _place_of(piece: str, index: Index) -> int:
    key = key_of_piece(piece)
    place = bisect_left(index.keys, key)
    return place if place < len(index.keys) and index.keys[place] == key else _UNKNOWN


def _telling(place: int, index: Index) -> float:
    return index.unknown if place == _UNKNOWN else index.telling[place]


def _bring_nearer(near: list[float], place: int, weight: float, index: Index) -> None:
    start, end = index.starts[place], index.starts[place + 1]
    for topic, there in zip(index.known_to[start:end], index.weights[start:end], strict=True):
        near[topic] += weight * there


def asked_whole(question: str, index: Index) -> tuple[str, ...]:
    """Return the topics about which people ask in just these words, fillers apart."""
    said = whole(question, index.lexicon)
    if not said:
        return ()
    key = key_of_piece(said)
    start, end = bisect_left(index.wholes, key), bisect_right(index.wholes, key)
    return tuple(dict.fromkeys(index.topics[place] for place in index.whose[start:end]))


def is_needed_said(topic: str, question: str, index: Index) -> bool:
    """Whether *question* holds one of the words without which it is not about *topic*."""
    needed = index.needs.get(topic)
    return needed is None or holds(question, needed)
