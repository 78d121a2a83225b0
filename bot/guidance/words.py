"""From a text to its pieces: words, runs of Chinese characters, and concepts.

A concept is a set of words that mean much the same to someone who asks ("dad", "stepfather"),
kept in a file that people edit. No dictionary is loaded.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

TOKEN = re.compile(r"[a-z]+|[一-鿿]+")
ENDINGS = ("ings", "ing", "ies", "ed", "es", "s", "y", "e")
DOUBLED = re.compile(r"([bdgmnprt])\1$")
SHORTEST_STEM = 3
SHORTEST_MENDED = 5
LONGEST_CONCEPT = 6

CONCEPT = "#"
WEIGHT_OF_CONCEPT = 1.0
WEIGHT_OF_PAIR = 1.2
WEIGHT_OF_CHARACTER = 0.3
WEIGHT_OF_COVERED = 0.4
"""How much a word still counts by itself once its concept counts."""

WEIGHT_OF_LITTLE = 0.15
"""How much a word counts that tells little, such as "the"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of each concept, and those that tell little, in one language."""

    concepts: Mapping[str, Sequence[str]]
    little: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What each word or run of words means. Keys are stems, or runs of Chinese characters.

    A word that tells little has no concept at all.
    """

    concepts: Mapping[str, tuple[str, ...]]
    stems: Sequence[str]


def build_lexicon(words: Words, also_known: Iterable[str]) -> Lexicon:
    """Return the lexicon of *words*.

    The words of the texts *also_known* are known too: a typing error is mended into one of
    these or of the lexicon's own.
    """
    concepts: dict[str, tuple[str, ...]] = {" ".join(tokens(word)): () for word in words.little}
    for concept, spellings in words.concepts.items():
        for spelling in spellings:
            key = " ".join(tokens(spelling))
            if concept not in concepts.get(key, ()):
                concepts[key] = (*concepts.get(key, ()), concept)
    stems = {stem for key in concepts for stem in key.split()}
    stems.update(stem for text in also_known for stem in tokens(text))
    return Lexicon(concepts=concepts, stems=tuple(sorted(filter(str.isascii, stems))))


def tokens(text: str) -> list[str]:
    """Return the stems of words, and the runs of Chinese characters, in *text*; no numbers."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    return [_stem(token) if token.isascii() else token for token in TOKEN.findall(folded)]


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return DOUBLED.sub(r"\1", word.removesuffix(ending))
    return word


def pieces(text: str, lexicon: Lexicon) -> dict[str, float]:
    """Return the pieces of *text*, each with its weight before it is known how telling it is."""
    found: dict[str, float] = {}
    concepts: dict[str, None] = {}
    units = list(_units(tokens(text), lexicon))
    for unit, is_han in units:
        meant = lexicon.concepts.get(unit)
        concepts.update(dict.fromkeys(meant or ()))
        weight = _weight(meant)
        for piece, share in _surface(unit, is_han=is_han).items():
            found[piece] = max(found.get(piece, 0.0), share * weight)
    found.update((CONCEPT + concept, WEIGHT_OF_CONCEPT) for concept in concepts)
    for pair in combinations(sorted(concepts), 2):
        found[CONCEPT + CONCEPT.join(pair)] = WEIGHT_OF_PAIR
    return found


def _weight(meant: tuple[str, ...] | None) -> float:
    if meant is None:
        return 1.0
    return WEIGHT_OF_COVERED if meant else WEIGHT_OF_LITTLE


def _units(tokens: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[str, bool]]:
    """Yield the longest known runs of words and characters, and the rest one by one."""
    mended = [_mend(token, lexicon) for token in tokens]
    place = 0
    while place < len(mended):
        if not mended[place].isascii():
            yield from ((unit, True) for unit in _cut(mended[place], lexicon))
            place += 1
            continue
        end = _longest(mended, place, lexicon)
        yield " ".join(mended[place:end]), False
        place = end


def _mend(token: str, lexicon: Lexicon) -> str:
    """Return the known word that *token* is a typing error of, else *token*."""
    if not token.isascii() or len(token) < SHORTEST_MENDED or token in lexicon.stems:
        return token
    close = process.extractOne(
        token, lexicon.stems, scorer=DamerauLevenshtein.distance, score_cutoff=1
    )
    return close[0] if close else token


def _longest(words: Sequence[str], place: int, lexicon: Lexicon) -> int:
    for end in range(min(len(words), place + LONGEST_CONCEPT), place + 1, -1):
        if " ".join(words[place:end]) in lexicon.concepts:
            return end
    return place + 1


def _cut(run: str, lexicon: Lexicon) -> Iterator[str]:
    """Cut *run* at the longest words of the lexicon; what lies between stays whole."""
    between = place = 0
    while place < len(run):
        for end in range(min(len(run), place + LONGEST_CONCEPT), place, -1):
            if run[place:end] in lexicon.concepts:
                yield from filter(None, (run[between:place], run[place:end]))
                between = place = end
                break
        else:
            place += 1
    if run[between:]:
        yield run[between:]


def _surface(unit: str, *, is_han: bool) -> dict[str, float]:
    if not is_han:
        return dict.fromkeys(unit.split(), 1.0)
    single = dict.fromkeys(unit, WEIGHT_OF_CHARACTER)
    pairs = {unit[at : at + 2]: 1.0 for at in range(len(unit) - 1)}
    return {**single, **pairs}
