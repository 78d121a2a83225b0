"""Regular expressions that are made when they are first looked for.

Some five hundred stand in the modules of Lantern. Making them takes a third of a second, which no
command and no start has to wait for; :func:`make_expressions` makes them once there is time.
"""

import re
from typing import cast

_USED = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn", "pattern")


class _Expression:
    """What is asked for it answers itself once it is made, as fast as what ``re.compile`` makes."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> object:
        if name not in _USED:
            raise AttributeError(name)
        made = re.compile(self._text, self._flags)
        vars(self).update({each: getattr(made, each) for each in _USED})
        return vars(self)[name]


_NOT_MADE: list[_Expression] = []


def expression(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return *text* as a regular expression for a module to keep; a fault is told when it is made.

    Only what is used of ``re.Pattern`` is there. A test makes all there are.
    """
    waiting = _Expression(text, flags)
    _NOT_MADE.append(waiting)
    return cast("re.Pattern[str]", waiting)


def make_expressions() -> None:
    """Make all that was not needed yet.

    Raises:
        re.error: one of them cannot be read.

    """
    while _NOT_MADE:
        _NOT_MADE.pop().search  # noqa: B018 - asking for it makes it
