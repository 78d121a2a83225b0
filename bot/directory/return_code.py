"""Return codes: four words with which a contact comes back to a case.

The words are picturable nouns, so that a child can keep them in mind instead of on paper.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from bot.domain.expression import expression

WORDS_IN_A_CODE = 4
LONGEST_ALONE = 80
"""Characters of a text that may be a code and nothing else."""

LONGEST_WORD = 24
"""Characters of a code word; two words with a space between are one."""

BEGINNING = 2
"""Letters by which a token that cannot begin with a code word is told quickly."""

AROUND = expression(
    r"(?:(?:here is|this is)\s+)?(?:(?:my|the|our)\s+)?(?:return\s+)?code\b\s*(?:is\b)?"
    r"|我?(?:的|有)?口令(?:是|为)?"
)
"""What people write around a code when they write nothing else."""

TOKEN = expression(r"[a-z]+|[^\W\d_a-z]|[\d_]+")

_Found = tuple[int, int, int]
"""The place of a code word among all, and where it starts and ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeWord:
    """One word of a return code, in every language. Its place in the list is its meaning.

    ``pinyin`` is how the Chinese word sounds, with a blank between its sounds, or ``""``.
    """

    spellings: Mapping[str, str]
    pinyin: str = ""

    @property
    def typed(self) -> Iterator[str]:
        """Every way in which the word may be typed."""
        yield from self.spellings.values()
        if self.pinyin:
            yield self.pinyin
            yield self.pinyin.replace(" ", "")


class CodeWords(tuple[CodeWord, ...]):  # noqa: SLOT001 - what is remembered needs a place
    """All words of return codes in their order, and where each spelling stands among them."""

    @cached_property
    def spelt(self) -> Mapping[str, int]:
        """The place of each word, by every way of spelling it."""
        return {
            spelling.casefold(): index for index, word in enumerate(self) for spelling in word.typed
        }

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first :data:`BEGINNING` letters of each spelling in our letters."""
        return frozenset(spelling[:BEGINNING] for spelling in self.spelt if spelling.isascii())

    @cached_property
    def firsts(self) -> frozenset[str]:
        """What stands before the blank in each spelling that has one."""
        return frozenset(spelling.split()[0] for spelling in self.spelt if " " in spelling)

    @cached_property
    def lengths(self) -> frozenset[int]:
        """How many characters a spelling in other letters than ours has."""
        return frozenset(len(spelling) for spelling in self.spelt if not spelling.isascii())

    @cached_property
    def _anywhere(self) -> AhoCorasick:
        return AhoCorasick(
            list(self.spelt),
            matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def may_hold(self, folded: str, count: int) -> bool:
        """Whether so many words may be in *folded*, be it within others: what most texts end at."""
        return len(self._anywhere.find_matches_as_indexes(folded, overlapping=True)) >= count


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
    runs = [run for run in _runs(found, folded) if len(run) == WORDS_IN_A_CODE]
    if len(found) != WORDS_IN_A_CODE and len(runs) != 1:
        return None
    return tuple(index for index, _, _ in (runs[0] if len(runs) == 1 else found))


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
    may_be = first and (_end_of_word(folded, place, spellings) or apart(first[0], spellings))
    found = list(spot(folded, spellings, place)) if may_be else []
    ends = [place, *(end for _, _, end in found)]
    starts = [*(start for _, start, _ in found), len(folded)]
    is_left = any(TOKEN.search(folded, *gap) for gap in zip(ends, starts, strict=True))
    return len(found) == WORDS_IN_A_CODE and not is_left


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


def spot(text: str, spellings: Mapping[str, int], place: int = 0) -> Iterator[_Found]:
    """Yield each code word from *place* on as (index, start, end), none overlapping.

    Two or three of them without a blank are ordinary words, such as "farmhouse"; they count only
    where just the words of one code stand together.
    """
    each = dict(_each(text, spellings, place))
    for run in _runs(list(each), text):
        yield from (found for found in run if each[found] or len(run) == WORDS_IN_A_CODE)


def _each(text: str, spellings: Mapping[str, int], place: int) -> Iterator[tuple[_Found, bool]]:
    """Yield each code word, and whether it stands apart from others."""
    longest = max(map(len, spellings), default=0)
    while match := TOKEN.search(text, place):
        start, place = match.span()
        for end in (place, *range(min(len(text), start + longest), place, -1)):
            if text[start:end] in spellings:
                yield (spellings[text[start:end]], start, end), True
                place = end
                break
        else:
            for word in apart(match[0], spellings):
                yield (spellings[word], start, start + len(word)), False
                start += len(word)


def apart(token: str, spellings: Mapping[str, int]) -> Sequence[str]:
    """Return the code words that *token* is without blanks: those of a whole code, or two or more.

    It is nothing where something is left over.
    """
    counts = range(WORDS_IN_A_CODE, 0, -1)
    return next((found for count in counts if (found := _parts(token, spellings, count))), ())


def _parts(token: str, spellings: Mapping[str, int], count: int) -> Sequence[str]:
    if count == 1:
        return (token,) if token in spellings else ()
    if not count <= len(token) <= count * LONGEST_WORD:
        return ()
    for end in range(min(len(token), LONGEST_WORD), 0, -1):
        if token[:end] in spellings and (rest := _parts(token[end:], spellings, count - 1)):
            return (token[:end], *rest)
    return ()


def _runs(found: Sequence[_Found], text: str) -> Iterator[Sequence[_Found]]:
    """Yield those of *found* that stand together, with no other word between."""
    run = list(found[:1])
    for (_, _, end), word in pairwise(found):
        if TOKEN.search(text, end, word[1]):
            yield run
            run = []
        run.append(word)
    yield run
