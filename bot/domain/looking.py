"""What is made out in a text is made out once in a turn, and forgotten with the turn.

A dozen look at the same few words one after another, and begin alike. What Lantern itself says
(labels, synonyms and commands) is typed just so again and again; what was made out in that stays.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from contextvars import ContextVar, Token
from functools import partial, update_wrapper
from typing import Any, TypeVar

T = TypeVar("T")

_NUMBERS = tuple(map(str, range(1, 10)))
"""With these, everybody chooses from what Lantern lists."""

_MadeOut = dict[Callable[..., object], Any]
"""What each look made of one text."""


class OwnTexts:
    """What was made out in each of Lantern's own texts, and in the numbers of choices.

    Nothing that somebody else wrote is ever kept here: it could not be erased.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.made_out: Mapping[str, _MadeOut] = {text: {} for text in (*texts, *_NUMBERS)}

    def hold(self, text: str) -> bool:
        """Whether *text* is one of them."""
        return text in self.made_out

    def turn(self) -> AbstractContextManager[None]:
        """Have nothing made out twice in the turn that is taken within."""
        return _Texts(self.made_out)


class _Texts(dict[str, _MadeOut]):
    """What was made out in each text of one turn; nothing of it is there when that is over."""

    __slots__ = ("_before", "_is_over", "_own")

    def __init__(self, own: Mapping[str, _MadeOut]) -> None:
        super().__init__()
        self._own = own
        self._is_over = False
        self._before: list[Token[_Texts | None]] = []

    def __enter__(self) -> None:
        self._before.append(_TEXTS.set(self))

    def __missing__(self, text: str) -> _MadeOut:
        known = self._own.get(text)
        made_out: _MadeOut = {} if known is None else known
        if not self._is_over:
            self[text] = made_out
        return made_out

    def __exit__(self, *_: object) -> None:
        """Forget all, also what somebody would still look at who outlives the turn."""
        _TEXTS.reset(self._before.pop())
        self._is_over = True
        self.clear()


_TEXTS: ContextVar[_Texts | None] = ContextVar("texts", default=None)


def look_once(look: Callable[..., T], text: str, *of: object) -> T:
    """Return what *look*, a function of a module, makes of *text*; nobody may change that.

    It must depend on nothing else but *of*, what is the same in every turn of a house: its rules.
    """
    texts = _TEXTS.get()
    if texts is None:
        return look(text, *of)
    made_out = texts[text]
    if look not in made_out:
        made_out[look] = look(text, *of)
    made: T = made_out[look]
    return made


def looks_once(look: Callable[[str], T]) -> Callable[[str], T]:
    """Return *look*, which looks at a text once in a turn."""
    return update_wrapper(partial(look_once, look), look)
