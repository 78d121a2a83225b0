"""The word by which a contact calls for help so that nobody beside them sees it."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from bot.domain.errors import Finding
from bot.domain.expression import expression
from bot.triage.plain import bare

_CJK = expression(r"[\u3400-\u9fff]")
LEAST_LETTERS = 4
_GAP = expression(r"[\W_]+")


def has_safe_word(text: str, words: Collection[str]) -> bool:
    """Return whether one of *words* stands in *text*, however it is spelt and spaced."""
    return any(_stands_in(word, text) for word in words)


def check_safe_words(words: Mapping[str, str], file: str) -> Iterator[Finding]:
    """Yield what is wrong with the safe words of *file*, by language: signs are no letters."""
    for word in words.values():
        letters = bare(word) if _CJK.search(word) else _GAP.sub("", word.casefold())
        if len(letters) < LEAST_LETTERS:
            text = f'safe word "{word}": it has {LEAST_LETTERS} letters or characters or more, '
            text += "signs and repeated ones not counted, so that nobody writes it by chance"
            yield Finding(file=file, line=1, code="D103", text=text)


def _stands_in(word: str, text: str) -> bool:
    """Look closely only where there is a trace of it: this is asked of every text."""
    spelt, is_chinese, trace = _made(word)
    if not trace:
        return False
    if is_chinese and text.isascii():
        return False
    if is_chinese:
        return 2 * sum(letter in text for letter in trace) >= len(trace) and spelt in bare(text)
    return trace in text.casefold() and spelt in _spaced(text)


@lru_cache(maxsize=16)
def _made(word: str) -> tuple[str, bool, str]:
    """Return how *word* is compared, whether it is Chinese, and what shows a trace of it.

    That is its letters, half of which stand in any spelling of it, or its longest part.
    """
    if _CJK.search(word):
        return bare(word), True, bare(word)
    return _spaced(word), False, max(_spaced(word).split(), key=len, default="")


def _spaced(text: str) -> str:
    """Return *text* in small letters with one space around each word."""
    return f" {_GAP.sub(' ', text.casefold()).strip()} "
