"""In which language somebody writes."""

import re
from collections.abc import Sequence

from bot.domain.expression import expression

_HAN = expression(r"[㐀-鿿]")
_WORD = expression(r"[a-z]+(?:['’][a-z]+)?", re.IGNORECASE)
_CHARACTERS_OF_A_WORD = 2
"""About so many Chinese characters say as much as one English word."""


def language_of(text: str, languages: Sequence[str]) -> str:
    """Return in which of *languages*, the default first, *text* is written for the most part.

    Chinese and what is written in Latin letters are told apart. What is neither, or is in a
    language that is not among these, counts as the default.
    """
    is_chinese = len(_HAN.findall(text)) >= _CHARACTERS_OF_A_WORD * len(_WORD.findall(text))
    if not (_HAN.search(text) or _WORD.search(text)):
        return languages[0]
    fitting = (known for known in languages if known.startswith("zh") == is_chinese)
    return next(fitting, languages[0])
