"""Return codes: four words with which a contact comes back to a case.

The words are picturable nouns, so that a child can keep them in mind instead of on paper.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

WORDS_IN_A_CODE = 4
LONGEST_ALONE = 80
"""Characters of a text that may be a code and nothing else."""

LONGEST_WORD = 24
"""Characters of a code word; two words with a space between are one."""

BEGINNING = 2
"""Letters by which a token that cannot begin with a code word is told quickly."""

AROUND = re.compile(
    r"(?:(?:here is|this is)\s+)?(?:(?:my|the|our)\s+)?(?:return\s+)?code\b\s*(?:is\b)?"
    r"|我?(?:的|有)?口令(?:是|为)?"
)
"""What people write around a code when they write nothing else."""

TOKEN = re.compile(r"[a-z]+|[^\W\d_a-z]|[\d_]+")

_LETTERS = re.compile("[a-z]+")
_BLANK = re.compile(r"[ ]+(?=[a-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeWord:
    """One word of a return code, in every language. Its place in the list is its meaning."""

    spellings: Mapping[str, str]


class CodeWords(tuple[CodeWord, ...]):  # noqa: SLOT001 - what is remembered needs a place
    """All words of return codes in their order, and where each spelling stands among them."""

    @cached_property
    def spelt(self) -> Mapping[str, int]:
        """The place of each word, by every way of spelling it."""
        return {
            spelling.casefold(): index
            for index, word in enumerate(self)
            for spelling in word.spellings.values()
        }

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first :data:`BEGINNING` letters of each spelling in our letters."""
        return frozenset(spelling[:BEGINNING] for spelling in self.spelt if spelling.isascii())

    @cached_property
    def lengths(self) -> frozenset[int]:
        """How many characters a spelling in other letters than ours has."""
        return frozenset(len(spelling) for spelling in self.spelt if not spelling.isascii())


def return_code_text(indices: Sequence[int], language: str, words: Sequence[CodeWord]) -> str:
    """Return the code as a contact of *language* is shown it: words with spaces between."""
    return " ".join(words[index].spellings[language] for index in indices)


def read_return_code(text: str, words: CodeWords) -> tuple[int, ...] | None:
    """Return the indices of the code that stands in *text*, or None if there is not exactly one.

    Any language, case, width and separator will do, also none at all, and other words around
    the code. If the text holds other code words too, the code must stand
    together.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    found = list(spot(folded, words.spelt))
    if len(found) == WORDS_IN_A_CODE:
        return tuple(index for index, _, _ in found)
    runs = [run for run in _runs(found, folded) if len(run) == WORDS_IN_A_CODE]
    return runs[0] if len(runs) == 1 else None


def is_code_alone(text: str, spellings: Mapping[str, int]) -> bool:
    """Whether *text* has the form of a return code and is nothing else, whichever it may be.

    Nearly every text is seen not to be one at its first word.
    """
    if len(text) > LONGEST_ALONE:
        return False
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    around = AROUND.match(folded)
    place = around.end() if around else 0
    first = TOKEN.search(folded, place)
    if first and (run := _run_together(folded, first.start(), spellings)):
        return not TOKEN.search(folded, run[-1][2])
    for _ in range(WORDS_IN_A_CODE):
        end = _end_of_word(folded, place, spellings)
        if not end:
            return False
        place = end
    return not TOKEN.search(folded, place)


def _end_of_word(text: str, place: int, spellings: Mapping[str, int]) -> int:
    """Return where the code word ends that comes next from *place* on; 0 if another word does."""
    match = TOKEN.search(text, place)
    if match is None:
        return 0
    start, end = match.span()
    if text[start:end] in spellings:
        return end
    longest = range(min(len(text), start + LONGEST_WORD), end, -1)
    return next((end for end in longest if text[start:end] in spellings), 0)


def spot(text: str, spellings: Mapping[str, int]) -> Iterator[tuple[int, int, int]]:
    """Yield each code word as (index, start, end), from left to right, none overlapping."""
    longest = max(map(len, spellings), default=0)
    place = 0
    while match := TOKEN.search(text, place):
        start, place = match.span()
        if run := _run_together(text, start, spellings):
            yield from run
            place = run[-1][2]
            continue
        for end in (place, *range(min(len(text), start + longest), place, -1)):
            if text[start:end] in spellings:
                yield spellings[text[start:end]], start, end
                place = end
                break


def _run_together(
    text: str, start: int, spellings: Mapping[str, int]
) -> Sequence[tuple[int, int, int]]:
    """Return the words of the code at *start* of which blanks are missing or stand elsewhere.

    Two or three words without a blank are ordinary, such as "farmhouse": a whole code is none.
    """
    places: list[int] = []
    for _ in range(WORDS_IN_A_CODE):
        match = _LETTERS.match(text, start)
        if match is None:
            break
        places += range(*match.span())
        words = apart("".join(text[place] for place in places), spellings)
        if len(words) == WORDS_IN_A_CODE:
            ends = list(accumulate(map(len, words)))
            spans = zip((0, *ends), ends, strict=False)
            at = ((places[first], places[last - 1] + 1) for first, last in spans)
            return [(spellings[word], *span) for word, span in zip(words, at, strict=True)]
        blank = _BLANK.match(text, match.end())
        if blank is None:
            break
        start = blank.end()
    return ()


def apart(token: str, spellings: Mapping[str, int], most: int = WORDS_IN_A_CODE) -> Sequence[str]:
    """Return the code words, at *most* so many, that *token* is without blanks, or nothing."""
    if len(token) > most * LONGEST_WORD:
        return ()
    for end in range(min(len(token), LONGEST_WORD), 0, -1):
        if token[:end] not in spellings:
            continue
        if end == len(token):
            return (token,)
        if most > 1 and (rest := apart(token[end:], spellings, most - 1)):
            return (token[:end], *rest)
    return ()


def _runs(found: Sequence[tuple[int, int, int]], text: str) -> Iterator[tuple[int, ...]]:
    """Yield the indices of words that stand together, with no other word between."""
    run = [index for index, _, _ in found[:1]]
    for (_, _, end), (index, start, _) in pairwise(found):
        if TOKEN.search(text, end, start):
            yield tuple(run)
            run = []
        run.append(index)
    yield tuple(run)
