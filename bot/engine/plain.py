"""What is left of a text when only what was meant counts."""

import unicodedata

from bot.domain.expression import expression
from bot.domain.looking import looks_once

_MARKS = frozenset({"Mn", "Mc"})
_DROPPED = frozenset("\ufe0e\ufe0f'’‘")
_MOST_KNOWN = 0x20000
"""Beyond this stand characters so rare that nobody learns them by heart."""


class _Kept(dict[int, str]):
    """What is kept of a character: it, a space or nothing; each is looked up once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kept = "" if character in _DROPPED else character if _counts(character) else " "
        if code < _MOST_KNOWN:
            self[code] = kept
        return kept


_KEPT = _Kept()


@looks_once
def plain(text: str) -> str:
    """Return *text* without case, width, punctuation, emoji and spaces at its ends."""
    kept = unicodedata.normalize("NFKC", text).casefold().translate(_KEPT)
    return " ".join(kept.split())


_PARTICLES = expression(
    r"^(?:(?:嗯|呃|额|哦|噢|喔|那个|um+|uh+|hm+|well|oh)(?: |(?=[^a-z])))+(?=.)"
    r"|(?<=.)(?: ?[呀啊哦噢喔哈呢啦哇嘛哟诶])+$"
)
_DRAWN_OUT = expression(r"([a-z])\1{2,}")


@looks_once
def without_particles(said: str) -> str:
    """Return what is said, made plain, without the sounds around it: 嗯有呀, "um yesss"."""
    return _DRAWN_OUT.sub(r"\1", _PARTICLES.sub("", said)).strip()


def _counts(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in _MARKS


@looks_once
def command(text: str) -> str:
    """Return *text* as a word that works anywhere is compared: ``/help`` keeps its stroke."""
    bare = unicodedata.normalize("NFKC", text).strip().casefold()
    if bare.startswith("/"):
        return bare.split("@")[0].split()[0] if bare.strip("/") else bare
    return plain(text) or bare
