"""The pieces of a text that the second opinion weighs: a few letters, or a word or two."""

import re
from collections.abc import Iterator

_PARTS = re.compile(r"[a-z']+|[0-9]+|[^a-z0-9\s]+")
_LONGEST = 3
_WORD_PIECES = (3, 4)
_LONG_WORD = 5


def grams(plain: str) -> set[str]:
    """Return the pieces of *plain*, the text of a :class:`~bot.triage.plain.Plain`.

    Of Chinese, every one to three characters that follow each other; of words in Latin letters,
    the word, two words that follow each other, and parts of a long word, marked with ``_``.
    """
    found: set[str] = set()
    before = ""
    for part in _PARTS.findall(plain):
        if part.isascii() and part[0].isalnum():
            found.add(f"_{part}_")
            if before:
                found.add(f"_{before}_{part}_")
            if len(part) >= _LONG_WORD:
                found.update(_inside(part))
            before = part
        else:
            found.update(_runs(f"^{part}$"))
            before = ""
    return found


def _inside(word: str) -> Iterator[str]:
    for length in _WORD_PIECES:
        for start in range(len(word) - length + 1):
            yield word[start : start + length]


def _runs(part: str) -> Iterator[str]:
    for length in range(1, _LONGEST + 1):
        for start in range(len(part) - length + 1):
            yield part[start : start + length]
