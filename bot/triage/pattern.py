"""The patterns of a rule: phrases with gaps and alternatives, as people write them.

====================  ============================================================
``想死``               these characters
``(打|揍)我``          one of these; an empty alternative makes it optional
``{parent}打我``       one of the words listed under this name
``被…打``              a short gap, never over the end of a sentence; ``……`` a longer one
``molest*``            any ending of an English word
``/z[s5]/``            a regular expression, on the text as :mod:`bot.triage.plain` makes it
====================  ============================================================
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from bot.triage.plain import make_plain

MOST_ANCHORS = 64
"""A pattern is found by no more anchors than this, where it can be helped."""

LONGEST = 120
"""No pattern reads more characters than this."""

_TOKEN = re.compile(r"(?P<name>\{[^{}]*\})|(?P<gap>…+)|(?P<mark>[()|*])|(?P<text>[^(){}|…*]+)")
_WORD = re.compile(r"[a-z0-9]+|[^a-z0-9 ]+| ")
_UNBOUNDED = re.compile(r"(?<!\\)[*+]|\{\d*,\}")
_CJK = re.compile(r"[\u3400-\u9fff]")
_DOUBLED = re.compile(r"([a-z])\1")
_NOT_AFTER, _NOT_BEFORE = r"(?<![a-z0-9])", r"(?![a-z0-9])"
_GAPS = {True: ("[^。]{0,6}?", "[^。]{0,14}?"), False: ("[^。]{0,24}?", "[^。]{0,60}?")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A compiled pattern.

    Where it matches, one of ``anchors`` stands in the match; without anchors it must be tried
    everywhere. A match is never longer than ``width``.
    """

    expression: re.Pattern[str]
    anchors: frozenset[str]
    width: int


_ANYTHING = frozenset({""})


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a phrase: one of ``anchors`` stands in it, and it ends with one of ``tails``.

    ``wholes`` are all the texts it can be, or nothing if they are too many to list.
    """

    regex: str = ""
    anchors: frozenset[str] = frozenset()
    width: int = 0
    tails: frozenset[str] = _ANYTHING
    wholes: frozenset[str] = frozenset()


_NOTHING = _Part(wholes=_ANYTHING)


class PatternError(ValueError):
    """This is no pattern; the text says why, for whoever wrote it."""


def read_pattern(text: str, words: Mapping[str, str]) -> Pattern:
    """Return the pattern that *text* describes; *words* are the lists it may name.

    Raises:
        PatternError: it cannot be read, could match nothing, or could read without end.

    """
    if len(text) > 1 and text.startswith("/") and text.endswith("/"):
        return _raw(text[1:-1])
    part = _Phrase(text, words).read()
    if not part.anchors:
        message = "it could match nothing at all"
        raise PatternError(message)
    return Pattern(expression=_compiled(part.regex), anchors=part.anchors, width=_short(part.width))


def _raw(regex: str) -> Pattern:
    if _UNBOUNDED.search(regex):
        message = "say how many at most: {0,9} instead of *, + or {0,}"
        raise PatternError(message)
    return Pattern(expression=_compiled(regex), anchors=frozenset(), width=LONGEST)


def _compiled(regex: str) -> re.Pattern[str]:
    try:
        compiled = re.compile(regex)
    except re.error as error:
        message = f"it is not a regular expression: {error.msg}"
        raise PatternError(message) from None
    if compiled.match(""):
        message = "it could match nothing at all"
        raise PatternError(message)
    return compiled


def _short(width: int) -> int:
    if width > LONGEST:
        message = f"it could match {width} characters; {LONGEST} are the most"
        raise PatternError(message)
    return width


class _Phrase:
    """Reads one phrase from left to right."""

    def __init__(self, text: str, words: Mapping[str, str]) -> None:
        self._words = words
        self._whole = text
        self._is_chinese = bool(_CJK.search(self._spelt_out(text)))
        self._tokens = list(_TOKEN.finditer(text))[::-1]

    def read(self) -> _Part:
        if sum(len(token[0]) for token in self._tokens) != len(self._whole):
            message = "a { or } is left over"
            raise PatternError(message)
        part = self._either()
        if self._tokens:
            message = "a ) is left over"
            raise PatternError(message)
        if self._is_chinese:
            return part
        return _Part(f"{_NOT_AFTER}{part.regex}{_NOT_BEFORE}", part.anchors, part.width)

    def _spelt_out(self, text: str) -> str:
        return re.sub(r"\{([^{}]*)\}", lambda name: self._words.get(name[1], ""), text)

    def _either(self) -> _Part:
        parts = [self._sequence()]
        while self._tokens and self._tokens[-1][0] == "|":
            self._tokens.pop()
            parts.append(self._sequence())
        return _either(parts)

    def _sequence(self) -> _Part:
        parts = []
        while self._tokens and self._tokens[-1][0] not in ("|", ")"):
            parts.append(self._one())
        return reduce(_then, parts, _NOTHING)

    def _one(self) -> _Part:
        token = self._tokens.pop()
        match token.lastgroup:
            case "name":
                return self._named(token[0][1:-1])
            case "gap":
                return self._gap(len(token[0]))
            case "text":
                return self._text(token[0])
        if token[0] == "*":
            return _Part("[a-z]{0,12}", frozenset(), 12)
        return self._group()

    def _group(self) -> _Part:
        part = self._either()
        if not self._tokens:
            message = "a ( is left open"
            raise PatternError(message)
        self._tokens.pop()
        return part

    def _named(self, name: str) -> _Part:
        if name not in self._words:
            message = f'there is no list of words "{name}"'
            raise PatternError(message)
        return _either([self._text(word.strip()) for word in self._words[name].split("|")])

    def _gap(self, dots: int) -> _Part:
        regex = _GAPS[self._is_chinese][dots > 1]
        return _Part(regex, frozenset(), int(regex.split(",")[1].split("}")[0]))

    def _text(self, text: str) -> _Part:
        plain = "".join(" " if space.isspace() else make_plain(space).text for space in text)
        return reduce(_then, (self._word(word) for word in _WORD.findall(plain)), _NOTHING)

    def _word(self, word: str) -> _Part:
        if word == " ":
            return _Part(" ?", frozenset(), 1, *[frozenset({"", " "})] * 2)
        pieces = _DOUBLED.sub(r"\1 ", word).split(" ")
        anchor = max(pieces, key=len)
        regex = _DOUBLED.sub(r"\1\1?", re.escape(word))
        if self._is_chinese and word.isascii():
            regex = f"{_NOT_AFTER}{regex}{_NOT_BEFORE}"
        anchors, wholes = frozenset([anchor]), frozenset([word] if len(pieces) == 1 else [])
        return _Part(regex, anchors, len(word), wholes or _ANYTHING, wholes)


def _then(first: _Part, second: _Part) -> _Part:
    tails = _joined(first.tails, second.wholes) or second.tails
    anchors = max(first.anchors, second.anchors, tails - _ANYTHING and tails, key=_worth)
    wholes = _joined(first.wholes, second.wholes)
    return _Part(first.regex + second.regex, anchors, first.width + second.width, tails, wholes)


def _joined(firsts: frozenset[str], seconds: frozenset[str]) -> frozenset[str]:
    """Return every first with every second, or nothing if they are too many to list."""
    if len(firsts) * len(seconds) > MOST_ANCHORS:
        return frozenset()
    return frozenset(first + second for first in firsts for second in seconds)


def _worth(anchors: frozenset[str]) -> tuple[int, int]:
    """Rarer anchors are worth more: long ones first, then few."""
    return min((len(anchor) for anchor in anchors), default=0), -len(anchors)


def _either(parts: Iterable[_Part]) -> _Part:
    parts = list(parts)
    if len(parts) == 1:
        return parts[0]
    all_anchored = all(part.anchors for part in parts)
    anchors = frozenset().union(*(part.anchors for part in parts)) if all_anchored else frozenset()
    regex = "|".join(part.regex for part in parts)
    tails = frozenset().union(*(part.tails for part in parts))
    wholes = frozenset().union(*(part.wholes for part in parts))
    is_listed = all(part.wholes for part in parts)
    return _Part(
        f"(?:{_first_of(wholes) if is_listed else ''}(?:{regex}))",
        anchors,
        max(part.width for part in parts),
        tails if len(tails) <= MOST_ANCHORS else _ANYTHING,
        wholes if is_listed and len(wholes) <= MOST_ANCHORS else frozenset(),
    )


def _first_of(wholes: frozenset[str]) -> str:
    """Return a look ahead that spares trying many words in turn where none can begin."""
    if "" in wholes:
        return ""
    firsts = "".join(sorted({re.escape(whole[0]) for whole in wholes}))
    return f"(?=[{firsts}])"
