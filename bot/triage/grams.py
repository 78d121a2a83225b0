"""The pieces of a text that the second opinion weighs: letters, words, and what they mean."""

from collections.abc import Iterable, Iterator

from bot.domain.expression import expression
from bot.triage.concepts import Concepts

MARK = "#"
"""Stands before a concept; it stands in no plain text."""

_PARTS = expression(r"[a-z']+|[0-9]+|[^a-z0-9\s]+")
Run = list[str] | str
"""Words in Latin letters that follow each other, or a run of other characters."""

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
    runs = runs_of(plain)
    found = set(meanings(runs, concepts))
    for run in runs:
        found.update(_of_words(run) if isinstance(run, list) else _of_characters(run))
    return found


def spread(plain: str) -> str:
    """Return *plain* with the ends of its words and runs of characters marked."""
    return spread_of(runs_of(plain))


def spread_of(runs: Iterable[Run]) -> str:
    """Return *runs* as one text, with the ends of words and runs of characters marked."""
    return "".join([f"_{'_'.join(run)}_" if isinstance(run, list) else run for run in runs])


def meanings(runs: Iterable[Run], concepts: Concepts) -> Iterator[str]:
    """Yield each concept in *runs*, and each two of which one follows the other."""
    meant: list[str] = []
    for run in runs:
        meant += concepts.in_words(run) if isinstance(run, list) else concepts.in_characters(run)
    for place, concept in enumerate(meant):
        yield f"{MARK}{concept}"
        for later in meant[place + 1 : place + 1 + _NEAR]:
            if later != concept:
                yield f"{MARK}{concept}{MARK}{later}"


def runs_of(plain: str) -> list[Run]:
    """Return words that follow each other, and each run of characters between ``^`` and ``$``."""
    runs: list[Run] = []
    words: list[str] = []
    for part in _PARTS.findall(plain):
        if part.isascii():
            words.append(part)
            continue
        if words:
            runs.append(words)
            words = []
        runs.append(f"^{part}$")
    return [*runs, words] if words else runs


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
