"""The word by which a contact calls for help so that nobody beside them sees it."""

import re
from collections.abc import Collection
from functools import lru_cache

from bot.triage.plain import bare

_CJK = re.compile(r"[\u3400-\u9fff]")
_GAP = re.compile(r"[\W_]+")


def has_safe_word(text: str, words: Collection[str]) -> bool:
    """Return whether one of *words* stands in *text*, however it is spelt and spaced."""
    return any(_stands_in(word, text) for word in words)


def _stands_in(word: str, text: str) -> bool:
    if _CJK.search(word):
        return _bare(word) in bare(text)
    return _spaced(word) in _spaced(text)


@lru_cache(maxsize=16)
def _bare(word: str) -> str:
    return bare(word)


def _spaced(text: str) -> str:
    """Return *text* in small letters with one space around each word."""
    return f" {_GAP.sub(' ', text.casefold()).strip()} "
