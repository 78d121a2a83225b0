"""The patterns of a rule: phrases with gaps and alternatives, as people write them.

====================  ============================================================
``想死``               these characters
``(打|揍)我``          one of these; an empty alternative makes it optional
``{parent}打我``       one of the words listed under this name
``被…打``              a short gap, never over the end of a sentence; ``……`` a longer one
``molest*``            any ending of an English word
``/z[s5]/``            a regular expression, on the text as :mod:`bot.triage.plain` makes it;
                      ``{name}`` in it is the part of this name
====================  ============================================================
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, reduce
from itertools import product

from bot.domain.expression import expression
from bot.triage.expression import part_of
from bot.triage.part import NOTHING, Anchors, Part, either, one_of, then
from bot.triage.plain import make_plain

LONGEST = 120
"""No phrase reads more characters than this."""

_MOST_DOUBLED = 4
_DEEPEST = 8
"""So often parts may be named within each other."""

_NAMED = expression(r"\{([a-z_]+)\}")

_TOKEN = expression(r"(?P<name>\{[^{}]*\})|(?P<gap>…+)|(?P<mark>[()|*])|(?P<text>[^(){}|…*]+)")
_WORD = expression(r"[a-z0-9]+|[^a-z0-9 ]+| ")
_UNBOUNDED = expression(r"(?<!\\)[*+]|\{\d*,\}")
_CJK = expression(r"[\u3400-\u9fff]")
_MOST = expression(r",(\d+)\}")
_DOUBLED = expression(r"([a-z])\1")
_MAYBE_SPACE = frozenset({"", " "})
_NOT_AFTER, _NOT_BEFORE = r"(?<![a-z0-9])", r"(?![a-z0-9])"
_GAPS = {
    True: ("[^。]{0,6}?", "[^。]{0,14}?"),
    # In English a gap starts where a word ends and ends where one starts.
    False: tuple(f"{_NOT_BEFORE}[^。]{{0,{most}}}?{_NOT_AFTER}" for most in (24, 60)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A pattern, whose regular expression is compiled when it is first looked for.

    One of its anchors stands in whatever it matches, and of each of its ``needs`` one word;
    without anchors it must be tried everywhere, and ``width`` says nothing. Otherwise no match
    is longer than ``width``. A phrase looks at no more than one character
    beyond what it matches.
    """

    regex: str
    anchors: Anchors
    needs: tuple[frozenset[str], ...]
    width: int
    is_phrase: bool

    @property
    def expression(self) -> re.Pattern[str]:
        """The regular expression, compiled."""
        return _compiled(self.regex)


@cache
def _compiled(regex: str) -> re.Pattern[str]:
    """Return *regex* compiled; most rules are never looked for between two starts."""
    return re.compile(regex)


class PatternError(ValueError):
    """This is no pattern; the text says why, for whoever wrote it."""


def read_pattern(
    text: str, words: Mapping[str, str], parts: Mapping[str, str] | None = None
) -> Pattern:
    """Return the pattern that *text* describes.

    *words* are the lists that a phrase may name, *parts* what a regular expression may.

    Raises:
        PatternError: it cannot be read, could match nothing, or could read without end.

    """
    if len(text) > 1 and text.startswith("/") and text.endswith("/"):
        return _raw(_put_together(text[1:-1], parts or {}))
    part = _Phrase(text, words).read()
    if not part.anchors.words:
        message = "it could match nothing at all"
        raise PatternError(message)
    if part.width > LONGEST:
        message = f"it could match {part.width} characters; {LONGEST} are the most"
        raise PatternError(message)
    return _pattern(part.regex, part, is_phrase=True)


def _put_together(regex: str, parts: Mapping[str, str]) -> str:
    """Return *regex* with each part in the place of its name; parts may name others."""
    for _ in range(_DEEPEST):
        names = set(_NAMED.findall(regex))
        for name in names:
            if name not in parts:
                message = f'there is no part "{name}"'
                raise PatternError(message)
            regex = regex.replace(f"{{{name}}}", parts[name])
        if not names:
            return regex
    message = "its parts name each other without end"
    raise PatternError(message)


def _raw(regex: str) -> Pattern:
    if _UNBOUNDED.search(regex):
        message = "say how many at most: {0,9} instead of *, + or {0,}"
        raise PatternError(message)
    _check_raw(regex)
    return _pattern(regex, part_of(regex), is_phrase=False)


def _check_raw(regex: str) -> None:
    try:
        compiled = _compiled(regex)
    except re.error as error:
        message = f"it is not a regular expression: {error.msg}"
        raise PatternError(message) from None
    if compiled.match(""):
        message = "it could match nothing at all"
        raise PatternError(message)


def _pattern(regex: str, part: Part, *, is_phrase: bool) -> Pattern:
    return Pattern(
        regex=regex,
        anchors=part.anchors,
        needs=part.others(),
        width=part.width,
        is_phrase=is_phrase,
    )


class _Phrase:
    """Reads one phrase from left to right."""

    def __init__(self, text: str, words: Mapping[str, str]) -> None:
        self._words = words
        self._whole = text
        self._is_chinese = bool(_CJK.search(self._spelt_out(text)))
        self._tokens = list(_TOKEN.finditer(text))[::-1]

    def read(self) -> Part:
        if sum(len(token[0]) for token in self._tokens) != len(self._whole):
            message = "a { or } is left over"
            raise PatternError(message)
        part = self._either()
        if self._tokens:
            message = "a ) is left over"
            raise PatternError(message)
        if self._is_chinese:
            return part
        return replace(part, regex=f"{_NOT_AFTER}{part.regex}{_NOT_BEFORE}")

    def _spelt_out(self, text: str) -> str:
        return re.sub(r"\{([^{}]*)\}", lambda name: self._words.get(name[1], ""), text)

    def _either(self) -> Part:
        parts = [self._sequence()]
        while self._tokens and self._tokens[-1][0] == "|":
            self._tokens.pop()
            parts.append(self._sequence())
        return either(parts)

    def _sequence(self) -> Part:
        parts = []
        while self._tokens and self._tokens[-1][0] not in ("|", ")"):
            parts.append(self._one())
        return reduce(then, parts, NOTHING)

    def _one(self) -> Part:
        token = self._tokens.pop()
        match token.lastgroup:
            case "name":
                return self._named(token[0][1:-1])
            case "gap":
                return self._gap(len(token[0]))
            case "text":
                return _text(token[0], is_chinese=self._is_chinese)
        if token[0] == "*":
            return Part("[a-z]{0,12}", 12)
        return self._group()

    def _group(self) -> Part:
        part = self._either()
        if not self._tokens:
            message = "a ( is left open"
            raise PatternError(message)
        self._tokens.pop()
        return part

    def _named(self, name: str) -> Part:
        if name not in self._words:
            message = f'there is no list of words "{name}"'
            raise PatternError(message)
        return _listed(self._words[name], is_chinese=self._is_chinese)

    def _gap(self, dots: int) -> Part:
        regex = _GAPS[self._is_chinese][dots > 1]
        return Part(regex, int(_MOST.findall(regex)[0]))


@lru_cache(maxsize=1024)
def _listed(words: str, *, is_chinese: bool) -> Part:
    """Return what stands for one of *words*, which have ``|`` between them."""
    return either([_text(word.strip(), is_chinese=is_chinese) for word in words.split("|")])


@lru_cache(maxsize=16384)
def _text(text: str, *, is_chinese: bool) -> Part:
    plain = "".join(map(_letters, text))
    return reduce(
        then, (_word(word, is_chinese=is_chinese) for word in _WORD.findall(plain)), NOTHING
    )


@lru_cache(maxsize=4096)
def _word(word: str, *, is_chinese: bool) -> Part:
    if word == " ":
        return Part(" ?", 1, tails=_MAYBE_SPACE, wholes=_MAYBE_SPACE)
    regex = _DOUBLED.sub(r"\1\1?", re.escape(word))
    if is_chinese and word.isascii():
        regex = f"{_NOT_AFTER}{regex}{_NOT_BEFORE}"
    pieces = _DOUBLED.sub(r"\1 ", word).split(" ")
    if len(pieces) <= _MOST_DOUBLED:
        return one_of(regex, frozenset(_spellings(pieces)))
    width = len(word)
    words = frozenset([max(pieces, key=len)])
    return Part(regex, width, Anchors(words, width, width), needs=(words,))


@lru_cache(maxsize=4096)
def _letters(character: str) -> str:
    return " " if character.isspace() else make_plain(character).text


def _spellings(pieces: Sequence[str]) -> Iterator[str]:
    """Yield a word with each of its doubled letters once and twice; they end the *pieces*."""
    *doubled, last = pieces
    for ends in product(*((piece, piece + piece[-1]) for piece in doubled)):
        yield "".join(ends) + last
