"""Lantern's own texts, which people type word for word: labels, synonyms and commands."""

from collections.abc import Callable, Iterable
from typing import TypeVar, cast

T = TypeVar("T")


class OwnTexts:
    """What was made out in each of Lantern's own texts: it is looked at once.

    Nothing that somebody else wrote is ever kept here: it could not be erased.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts = frozenset(texts)
        self._known: dict[tuple[Callable[[str], object], str], object] = {}

    def read(self, look: Callable[[str], T], text: str) -> T:
        """Return what *look*, which depends on nothing but *text*, makes of *text*."""
        if text not in self._texts:
            return look(text)
        found = self._known.get((look, text), self)
        if found is self:
            found = self._known[look, text] = look(text)
        return cast("T", found)
