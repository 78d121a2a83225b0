"""English text cut into the pieces of words that a network of the BERT kind reads.

As Devlin and others (2019, arXiv:1810.04805) do it for texts without capitals: words and signs
apart, accents gone, then of each word the longest piece that is known, again and again.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from bot.domain.expression import expression

UNKNOWN, BEGIN, END, HIDDEN = "[UNK]", "[CLS]", "[SEP]", "[MASK]"

_INSIDE = "##"
"""What stands before a piece that does not begin a word."""

_LONGEST_WORD = 100
_UNITS = expression(
    r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]"
    r"|[!-/:-@\[-`{-~]|[^\s!-/:-@\[-`{-~\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]+"
)


def pieces_of(text: str, known: Mapping[str, int], *, longest: int) -> list[int]:
    """Return the numbers, in *known*, of the pieces of *text*, with the marks around them.

    With these marks there are at most *longest*.
    """
    unknown, inside = known[UNKNOWN], longest - len((BEGIN, END))
    pieces: list[int] = []
    for word in _words_of(text):
        if len(pieces) >= inside:
            break
        pieces += _cut(word, known) or [unknown]
    return [known[BEGIN], *pieces[:inside], known[END]]


def _words_of(text: str) -> Iterator[str]:
    """Yield the words and signs of *text*, as plain as the pieces are."""
    seen = "".join(" " if c in "\t\n\r" else c for c in text if c in "\t\n\r" or not _is_hidden(c))
    bare = "".join(c for c in unicodedata.normalize("NFD", seen) if unicodedata.category(c) != "Mn")
    for unit in _UNITS.findall(bare.lower()):
        yield from (unit,) if unit.isascii() else _parted(unit)


def _is_hidden(character: str) -> bool:
    return character in "\x00\ufffd" or unicodedata.category(character).startswith("C")


def _parted(unit: str) -> Iterator[str]:
    """Yield the words and signs of *unit*, in which signs beyond ASCII may stand."""
    word = ""
    for character in unit:
        if not unicodedata.category(character).startswith("P"):
            word += character
            continue
        if word:
            yield word
        yield character
        word = ""
    if word:
        yield word


def _cut(word: str, known: Mapping[str, int]) -> Sequence[int]:
    """Return the longest pieces of *word* that are *known*; none if some of it is not."""
    if len(word) > _LONGEST_WORD:
        return ()
    pieces, start = [], 0
    while start < len(word):
        before = _INSIDE if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if before + word[start:end] in known), None)
        if end is None:
            return ()
        pieces.append(known[before + word[start:end]])
        start = end
    return pieces
