"""Text as the rules read it: one spelling for what people write in many.

Small letters, simplified characters, no accents and nothing invisible; what was put between
the characters of a word is gone; a sentence's end is one ``。``. Each character remembers
where it stood.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress

from bot.domain.expression import expression
from bot.domain.looking import looks_once
from bot.triage.characters import SIMPLIFIED

STOP = "。"
"""The end of a sentence; no pattern reads across it."""

_STOPS = ".。｡!！?？;；…"
_APOSTROPHES = "'’‘`´"
_NO_APOSTROPHES = str.maketrans("", "", _APOSTROPHES)
_BREAK = "\n"
_CJK = "\u3400-\u9fff"
_CHANGING = expression(
    # A gap between words, unless it is one space between letters that stays as it is.
    r"[ 。\n](?:(?<=[。\n])[ 。\n]*|[ 。\n]+"
    r"|(?![!-\x7f])|(?<![!-\x7f] )|(?<![^ 。\n]{2} )(?=[^ 。\n](?:[ 。\n]|\Z)))"
)
_BETWEEN = expression(r"[\s!-/:-@\[-`{-~\u2010-\u2027\u3001-\u301f\uff01-\uff0f\uff1a-\uff20]+")
"""What people put between words."""

_SPELT = 3
"""With so many words, most of them of one letter, a text is spelt out."""

_GAP = frozenset(f" {STOP}{_BREAK}")
_AGAIN = expression(r"(.)(?=\1)")
_RUN = expression(r"(.)\1\1")
_REPEATED = expression(rf"([a-z{_CJK}])\1{{2,}}")
_ODD = "\0"
"""Stands for a character that is read as none or as several; none is read as this one."""

_MOST_KNOWN = 0x20000
"""Beyond this stand characters so rare that nobody learns them by heart."""


class _Readings(dict[int, str]):
    """What a character is read as, if that is one character; each is looked up once."""

    def __missing__(self, code: int) -> str:
        read = fold(chr(code))
        reading = read if len(read) == 1 else _ODD
        if code < _MOST_KNOWN:
            self[code] = reading
        return reading


_READINGS = _Readings()


@dataclass(frozen=True, slots=True)
class Plain:
    """``text`` as the rules read it; ``places`` says where each character stood before."""

    text: str = field(repr=False)
    places: Sequence[int] = field(repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stood in the original text."""
        return self.places[start], self.places[end - 1] + 1


def make_plain(text: str) -> Plain:
    """Return *text* as the rules read it. Never fails, whatever the text."""
    folded, places = _fold(text)
    closed, places = _close_up(folded, places)
    return Plain(*_shorten(closed, places))


@looks_once
def bare(text: str) -> str:
    """Return the letters of *text*, one spelling for many, with nothing between them.

    A letter that is repeated stands there once. Of whatever stands in the text of a
    :class:`Plain`, ``close_all`` stands in the bare letters.
    """
    return close_all(_fold(text)[0])


def close_all(plain: str) -> str:
    """Return *plain*, a part of the text of a :class:`Plain`, as it stands in bare letters."""
    letters = plain.replace(" ", "").replace(STOP, "").replace(_BREAK, "")
    return _AGAIN.sub("", letters)


def is_as_written(text: str) -> bool:
    """Whether *text* reads as it stands: no letter is read as another, and few stand apart."""
    typed = text.casefold().translate(_NO_APOSTROPHES)
    words = _BETWEEN.sub(" ", typed).split()
    letters = _BETWEEN.sub("", make_plain(text).text)
    is_spelt = len(words) >= _SPELT and 2 * sum(len(word) == 1 for word in words) > len(words)
    return "".join(words) == letters and not is_spelt


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


def _fold(text: str) -> tuple[str, Sequence[int]]:
    folded = text.translate(_READINGS)
    if _ODD in folded:
        return _spelt_out(text, folded)
    return folded, range(len(text))


def _spelt_out(text: str, folded: str) -> tuple[str, Sequence[int]]:
    """Return *folded* with what each odd character of *text* is read as."""
    pieces, places, begin = list[str](), list[int](), 0
    while (odd := folded.find(_ODD, begin)) >= 0:
        read = _fold_known(text[odd])
        pieces += (folded[begin:odd], read)
        places.extend(range(begin, odd))
        places.extend([odd] * len(read))
        begin = odd + 1
    places.extend(range(begin, len(text)))
    return "".join(pieces) + folded[begin:], places


def _close_up(text: str, places: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Drop what stands between the characters of a word, and keep the ends of sentences."""
    gaps = list(_CHANGING.finditer(text))
    if not gaps:
        return text, places
    pieces, stays, begin = list[str](), bytearray(b"\1") * len(text), 0
    for gap in gaps:
        start, end = gap.span()
        kept = "" if gap[0] == " " else _kept(text, start, end)
        pieces += (text[begin:start], kept)
        stays[start + len(kept) : end] = bytes(end - start - len(kept))
        begin = end
    return "".join(pieces) + text[begin:], list(compress(places, stays))


def _kept(text: str, start: int, end: int) -> str:
    """Return what is left of a gap that is no single space: a stop, a space or nothing."""
    if not start or end == len(text):
        return ""
    gap = text[start:end]
    if gap.count(_BREAK) > 1:
        return STOP
    is_end = STOP in gap or _BREAK in gap
    is_after_one = start == 1 or text[start - 2] in _GAP
    is_before_one = end + 1 == len(text) or text[end + 1] in _GAP
    if text[start - 1].isascii() and text[end].isascii():
        if len(gap) == 1 and is_after_one and is_before_one:
            return ""
        return STOP if is_end else " "
    return STOP if is_end and not is_after_one and not is_before_one else ""


def _shorten(text: str, places: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Read a character that is repeated three times or more as one."""
    if not _RUN.search(text):
        return text, places
    stays = bytearray(b"\1") * len(text)
    for run in _REPEATED.finditer(text):
        stays[run.start() + 1 : run.end()] = bytes(run.end() - run.start() - 1)
    return "".join(compress(text, stays)), list(compress(places, stays))
