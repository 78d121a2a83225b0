"""What must stand in whatever a regular expression matches, read off the expression itself.

Only what is certain is used: an expression with anything that is not known here has no anchors,
and is tried everywhere.
"""

from collections.abc import Iterator
from functools import reduce

from bot.domain.expression import expression
from bot.triage.part import NOTHING, Anchors, Part, either, one_of, then

_TOKEN = expression(
    r"(?P<look>\(\?<?[=!])|(?P<open>\((?:\?:)?(?!\?))|(?P<close>\))|(?P<either>\|)"
    r"|(?P<set>\[(?!\^?\])[^\[\]\\]+\])|(?P<times>(?:\?|\{\d+(?:,\d+)?\})\??)"
    r"|(?P<any>\.)|(?P<end>[\^$])|(?P<letter>[^\\\[\](){}|?*+.^$])"
)
_DIGITS = expression(r"\d+")


class _UnknownError(Exception):
    """Something in the expression is not known here."""


def part_of(regex: str) -> Part:
    """Return what is known of *regex*; only the regex of the part means nothing. Never fails."""
    try:
        return _Expression(regex).read()
    except _UnknownError:
        return Part()


class _Expression:
    """Reads one expression from left to right."""

    def __init__(self, regex: str) -> None:
        self._tokens = list(_tokens(regex))[::-1]

    def read(self) -> Part:
        part = self._either()
        if self._tokens:
            raise _UnknownError
        return part

    def _either(self) -> Part:
        parts = [self._sequence()]
        while self._next() == "either":
            self._tokens.pop()
            parts.append(self._sequence())
        return either(parts)

    def _sequence(self) -> Part:
        parts = []
        while self._next() not in ("", "either", "close"):
            part = self._one()
            while self._next() == "times":
                part = _times(part, self._tokens.pop()[1])
            parts.append(part)
        return reduce(then, parts, NOTHING)

    def _next(self) -> str:
        return self._tokens[-1][0] if self._tokens else ""

    def _one(self) -> Part:
        kind, text = self._tokens.pop()
        match kind:
            case "letter":
                return one_of("", frozenset({text}))
            case "set" if "^" not in text and "-" not in text:
                return one_of("", frozenset(text[1:-1]))
            case "set" | "any":
                return Part(width=1)
            case "end":  # of the text: nothing stands there
                return NOTHING
            case "open" | "look":
                part = self._either()
                self._close()
                return NOTHING if kind == "look" else part
        raise _UnknownError

    def _close(self) -> None:
        if self._next() != "close":
            raise _UnknownError
        self._tokens.pop()


def _tokens(regex: str) -> Iterator[tuple[str, str]]:
    place = 0
    while place < len(regex):
        token = _TOKEN.match(regex, place)
        if not token or token.lastgroup is None:
            raise _UnknownError
        yield token.lastgroup, token[0]
        place = token.end()


def _times(part: Part, times: str) -> Part:
    """Return *part* as often as *times* says; only what stands in one of them is known."""
    if times.startswith("?"):
        return either([part, NOTHING])
    counts = [int(digits) for digits in _DIGITS.findall(times)]
    width = part.width * counts[-1]
    if not counts[0]:
        return Part(width=width)
    anchors = Anchors(part.anchors.words, width, width)
    return Part(width=width, anchors=anchors, tails=part.tails, needs=part.needs)
