"""The pieces of a text that the second opinion weighs: letters, words, and what they mean."""

import re
from collections.abc import Iterable, Iterator

from bot.triage.concepts import Concepts

MARK = "#"
"""Stands before a concept; it stands in no plain text."""

_PARTS = re.compile(r"[a-z']+|[0-9]+|[^a-z0-9\s]+")
_LONGEST = 4
_MOST_WORDS = 3
_WORD_PIECES = (3, 4, 5)
_NEAR = 4
"""How many concepts further on one may stand that counts as following."""


def grams(plain: str, concepts: Concepts) -> set[str]:
    """Return the pieces of *plain*, the text of a :class:`~bot.triage.plain.Plain`.

    Of Chinese, every one to four characters that follow each other; of words in Latin letters,
    up to three that follow each other, marked with ``_``, and parts of a word. Of both, the
    *concepts*, marked with ``#``, and which follows which. Every piece but a concept stands in
    :func:`spread` of the same text.
    """
    found = set(meanings(plain, concepts))
    for run in _runs(plain):
        found.update(_of_words(run) if isinstance(run, list) else _of_characters(run))
    return found


def spread(plain: str) -> str:
    """Return *plain* with the ends of its words and runs of characters marked."""
    runs = _runs(plain)
    return "".join([f"_{'_'.join(run)}_" if isinstance(run, list) else run for run in runs])


def meanings(plain: str, concepts: Concepts) -> Iterator[str]:
    """Yield each concept in *plain*, and each two of which one follows the other."""
    meant: list[str] = []
    for run in _runs(plain):
        meant += concepts.in_words(run) if isinstance(run, list) else concepts.in_characters(run)
    for place, concept in enumerate(meant):
        yield f"{MARK}{concept}"
        for later in meant[place + 1 : place + 1 + _NEAR]:
            if later != concept:
                yield f"{MARK}{concept}{MARK}{later}"


def _runs(plain: str) -> Iterator[list[str] | str]:
    """Yield words that follow each other, and each run of characters between ``^`` and ``$``."""
    words: list[str] = []
    for part in _PARTS.findall(plain):
        if part.isascii():
            words.append(part)
            continue
        if words:
            yield words
            words = []
        yield f"^{part}$"
    if words:
        yield words


def _of_words(words: list[str]) -> Iterator[str]:
    for length in range(1, _MOST_WORDS + 1):
        for start in range(len(words) - length + 1):
            yield f"_{'_'.join(words[start : start + length])}_"
    for word in words:
        yield from _parts_of(f"_{word}_", _WORD_PIECES)


def _of_characters(run: str) -> Iterator[str]:
    return _parts_of(run, range(1, _LONGEST + 1))


def _parts_of(whole: str, lengths: Iterable[int]) -> Iterator[str]:
    for length in lengths:
        for start in range(len(whole) - length + 1):
            yield whole[start : start + length]
