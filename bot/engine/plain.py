"""What is left of a text when only what was meant counts."""

import unicodedata

_MARKS = frozenset({"Mn", "Mc"})
_PICTURE = str.maketrans("", "", "\ufe0e\ufe0f")


def plain(text: str) -> str:
    """Return *text* without case, width, punctuation, emoji and spaces at its ends."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_PICTURE)
    kept = "".join(c if _counts(c) else " " for c in folded if c not in "'’‘")
    return " ".join(kept.split())


def _counts(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in _MARKS


def command(text: str) -> str:
    """Return *text* as a word that works anywhere is compared: ``/help`` keeps its stroke."""
    bare = unicodedata.normalize("NFKC", text).strip().casefold()
    if bare.startswith("/"):
        return bare.split("@")[0].split()[0] if bare.strip("/") else bare
    return plain(text) or bare
