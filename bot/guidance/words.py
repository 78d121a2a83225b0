"""From a text to its pieces: words, parts of words, Chinese characters, and concepts.

A concept is a set of words that mean much the same to someone who asks ("dad", "stepfather"),
kept in a file that people edit. No dictionary is loaded.
"""

import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from bot.domain.expression import expression

TOKEN = expression(r"[a-z]+|[0-9]+|[一-鿿]+")
ENDINGS = ("ings", "ing", "ies", "ed", "es", "s", "y", "e")
DOUBLED = expression(r"([bdgmnprt])\1$")
SHORTEST_STEM = 3
PARTS = (4,)
"""How long the parts of a word are by which a typing error is still near to it."""

SHORTEST_WITH_PARTS = 4
WEIGHT_OF_PART = 0.5
CONCEPT = "#"
WEIGHT_OF_CONCEPT = 1.0
LONGEST_WHOLE = 40
"""Letters and characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of each concept, those that tell little, and those that change nothing.

    All are of one language. ``fillers`` are left out where two short texts are compared whole.
    """

    concepts: Mapping[str, Sequence[str]]
    little: Sequence[str] = ()
    fillers: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What each word or run of words means: keys are stems, or runs of Chinese characters.

    ``begins`` says how many words or characters the longest key has that begins with one.
    Of the stems in ``little`` no parts are looked at. ``fillers`` are words, or runs of Chinese
    characters, the longest first.
    """

    concepts: Mapping[str, tuple[str, ...]] = field(repr=False)
    begins: Mapping[str, int] = field(repr=False)
    little: frozenset[str] = field(repr=False)
    fillers: tuple[str, ...] = field(default=(), repr=False)


def build_lexicon(words: Words) -> Lexicon:
    """Return the lexicon of *words*."""
    concepts: dict[str, tuple[str, ...]] = {}
    for concept, spellings in words.concepts.items():
        for spelling in spellings:
            key = " ".join(tokens(spelling))
            if concept not in concepts.get(key, ()):
                concepts[key] = (*concepts.get(key, ()), concept)
    little = frozenset(stem for word in words.little for stem in tokens(word))
    begins: dict[str, int] = {}
    for key in concepts:
        units = key.split() if key.isascii() else list(key)
        if units:
            begins[units[0]] = max(begins.get(units[0], 0), len(units))
    fillers = {"".join(_tokens(word)) for word in words.fillers}
    return Lexicon(
        concepts=concepts,
        begins=begins,
        little=little,
        fillers=tuple(sorted(fillers, key=lambda word: (-len(word), word))),
    )


def tokens(text: str) -> list[str]:
    """Return the stems of words, numbers, and the runs of Chinese characters in *text*."""
    return [_stem(token) if token.isascii() else token for token in _tokens(text)]


def whole(text: str, lexicon: Lexicon) -> str:
    """Return *text* as it is compared whole: no case, no marks, no fillers; ``""`` if all are.

    What is long is never said twice in the same words, and gives ``""`` as well.
    """
    found = _tokens(text)
    if sum(map(len, found)) > LONGEST_WHOLE:
        return ""
    kept = [token for token in found if token.isascii() and token not in lexicon.fillers]
    run = "".join(token for token in found if not token.isascii())
    for filler in lexicon.fillers:
        run = run if filler.isascii() else run.replace(filler, "")
    return " ".join([*kept, *([run] if run else [])])


def pieces(text: str, lexicon: Lexicon) -> dict[str, float]:
    """Return the pieces of *text*, each with its weight before it is known how telling it is."""
    counts: dict[str, float] = {}
    meant: dict[str, None] = {}
    words: list[str] = []
    for token in _tokens(text):
        if token.isascii():
            words.append(token)
            continue
        _take_words(words, counts, meant, lexicon)
        words = []
        _count([*token, *(token[at : at + 2] for at in range(len(token) - 1))], counts, 1.0)
        meant.update(dict.fromkeys(_meant_by_characters(token, lexicon)))
    _take_words(words, counts, meant, lexicon)
    found = {piece: 1 + math.log(count) if count > 1 else count for piece, count in counts.items()}
    found.update((CONCEPT + concept, WEIGHT_OF_CONCEPT) for concept in meant)
    return found


def _tokens(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    return TOKEN.findall(folded)


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether one of *words* stands in *text*; a Latin one where a word begins."""
    found = _tokens(text)
    spelt = " " + " ".join(found)
    return any((f" {word}" if word.isascii() else word) in spelt for word in words)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return DOUBLED.sub(r"\1", word.removesuffix(ending))
    return word


def forget_stems() -> None:
    """Let go of the stems that were remembered because they would be asked for again soon."""
    _stem.cache_clear()


def _take_words(
    words: Sequence[str], counts: dict[str, float], meant: dict[str, None], lexicon: Lexicon
) -> None:
    """Count the *words*, the pairs that follow each other, and their parts; note what they mean."""
    stems = [_stem(word) for word in words]
    _count([*stems, *(f"{one} {two}" for one, two in pairwise(stems))], counts, 1.0)
    for word, stem in zip(words, stems, strict=True):
        if len(word) >= SHORTEST_WITH_PARTS and stem not in lexicon.little:
            _count(_parts(f"_{word}_"), counts, WEIGHT_OF_PART)
    meant.update(dict.fromkeys(_meant_by_words(stems, lexicon)))


def _count(found: Iterable[str], counts: dict[str, float], weight: float) -> None:
    for piece in found:
        counts[piece] = counts.get(piece, 0.0) + weight


def _parts(marked: str) -> Iterator[str]:
    for length in PARTS:
        for start in range(len(marked) - length + 1):
            yield f"~{marked[start : start + length]}"


def _meant_by_words(stems: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    place = 0
    while place < len(stems):
        for length in range(lexicon.begins.get(stems[place], 0), 0, -1):
            meant = lexicon.concepts.get(" ".join(stems[place : place + length]))
            if meant:
                yield from meant
                place += length
                break
        else:
            place += 1


def _meant_by_characters(run: str, lexicon: Lexicon) -> Iterator[str]:
    place = 0
    while place < len(run):
        for length in range(lexicon.begins.get(run[place], 0), 0, -1):
            meant = lexicon.concepts.get(run[place : place + length])
            if meant:
                yield from meant
                place += length
                break
        else:
            place += 1
