"""Text as the rules read it: one spelling for what people write in many.

Small letters, simplified characters, no accents and nothing invisible; what was put between
the characters of a word is gone; a sentence's end is one ``。``. Each character remembers
where it stood.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.triage.characters import SIMPLIFIED

STOP = "。"
"""The end of a sentence; no pattern reads across it."""

_STOPS = ".。｡!！?？;；…"
_APOSTROPHES = "'’‘`´"
_BREAK = "\n"
_CJK = "\u3400-\u9fff"
_SEPARATORS = re.compile(r"[ 。\n]+")
_REPEATED = re.compile(rf"([a-z{_CJK}])\1{{2,}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """``text`` as the rules read it; ``places`` says where each character stood before."""

    text: str = field(repr=False)
    places: Sequence[int] = field(repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stood in the original text."""
        return self.places[start], self.places[end - 1] + 1


def make_plain(text: str) -> Plain:
    """Return *text* as the rules read it. Never fails, whatever the text."""
    return _shorten(_close_up(_fold(text)))


def fold(character: str) -> str:
    """Return what *character* is read as: a letter or two, a space, a stop, or nothing."""
    if character in _STOPS:
        return STOP
    if character == _BREAK:
        return _BREAK
    if character in _APOSTROPHES:
        return ""
    letters = unicodedata.normalize("NFKD", character).casefold()
    return "".join(_read_as(letter) for letter in letters)


_fold_known = lru_cache(maxsize=16384)(fold)


def _read_as(letter: str) -> str:
    category = unicodedata.category(letter)
    if category[0] == "M" or (category[0] == "C" and not letter.isspace()):
        return ""
    if category[0] in "LN" or category == "So":
        return SIMPLIFIED.get(letter, letter)
    return " "


def _fold(text: str) -> Plain:
    parts = [_fold_known(character) for character in text]
    folded = "".join(parts)
    if len(folded) == len(text) and "" not in parts:
        return Plain(text=folded, places=range(len(text)))
    places = [place for place, part in enumerate(parts) for _ in part]
    return Plain(text=folded, places=places)


def _close_up(plain: Plain) -> Plain:
    """Drop what stands between the characters of a word, and keep the ends of sentences."""
    text, pieces, places, begin = plain.text, [], list[int](), 0
    gaps = [(gap.start(), gap.end()) for gap in _SEPARATORS.finditer(text)]
    if not gaps:
        return plain
    ends = [start for start, _ in gaps[1:]] + [len(text)]
    for (start, end), next_start in zip(gaps, ends, strict=True):
        pieces.append(text[begin:start])
        places.extend(plain.places[begin:start])
        if start > begin and end < next_start:
            kept = _kept(text[start:end], text[begin:start], text[end:next_start])
            pieces.append(kept)
            places.extend([plain.places[start]] * len(kept))
        begin = end
    pieces.append(text[begin:])
    places.extend(plain.places[begin:])
    return Plain(text="".join(pieces), places=places)


def _kept(gap: str, before: str, after: str) -> str:
    """Return what is left of *gap*: a stop, a space or nothing."""
    is_end = STOP in gap or _BREAK in gap
    if gap.count(_BREAK) > 1:
        return STOP
    if before[-1].isascii() and after[0].isascii():
        if len(gap) == 1 and len(before) == len(after) == 1:
            return ""
        return STOP if is_end else " "
    return STOP if is_end and len(before) > 1 and len(after) > 1 else ""


def _shorten(plain: Plain) -> Plain:
    """Read a character that is repeated three times or more as one."""
    if not _REPEATED.search(plain.text):
        return plain
    kept = list[int]()
    begin = 0
    for run in _REPEATED.finditer(plain.text):
        kept.extend(range(begin, run.start() + 1))
        begin = run.end()
    kept.extend(range(begin, len(plain.text)))
    text = "".join(plain.text[index] for index in kept)
    return Plain(text=text, places=[plain.places[index] for index in kept])
