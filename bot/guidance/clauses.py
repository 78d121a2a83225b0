"""What somebody writes in their own words, clause by clause; what others said is none of it."""

import re
import unicodedata
from collections.abc import Iterator

from bot.domain.expression import expression
from bot.domain.looking import looks_once

_LONGEST = 400
"""How many characters are read for who writes: that is said at once, and reading costs time."""

_UNFINISHED = "x"
"""Stands where the text was cut, so that no word or clause seems to end there."""

_DROPPED = expression(r"['’‘]")
_BETWEEN_WORDS = expression(r"[\W_]+")
_QUOTED = expression(r"“[^“”]*(?:”|$)|「[^「」]*(?:」|$)|\"[^\"]*\"")
_SENTENCES = expression(r"[。!?\n~]|\.(?!\d)|(?<!\d)\.")
_CLAUSES = expression(r"([;、]|[,:](?!\d)|(?<!\d)[,:]| (?=[㐀-鿿]))")

_SAYS = expression(
    r"(?:说|讲|回答|告诉[我他她])(?:道|过|了)?$|\b(?:says?|said|(?:tells?|told) \w+)(?: to \w+)?$"
)
_CALLS_OUT = expression(
    r"[骂吼喊嚷叫问](?:道|过|了|着|[我他她]们?)*$"
    r"|\b(?:shout|yell|scream|ask)(?:s|ed)?(?: at)?(?: \w+)?$"
)
_TELLS_NOTHING = expression(
    r"[不没别敢想]|^(?:我|俺)(?:就|先|也|再|要|来)?(?:[跟和给对]你们?)?(?:说|讲|告诉你)"
    r"|\b(?:i|nobody|dont|didnt|cant|not|never|to)(?: \w+)? (?:say|said|tell|told|ask|asked)\b"
)
_SPEECH = expression(r"\b(?:say|said|shout|yell|scream)(?:s|ed)?\b")


def plain(text: str) -> str:
    """Return *text* without case, width and punctuation, with single spaces."""
    return _BETWEEN_WORDS.sub(" ", _DROPPED.sub("", _spelt(text))).strip()


def single_spaced(text: str) -> str:
    """Return *text* without width and empty lines, with single spaces in a line."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFKC", text).splitlines())
    return "\n".join(line for line in lines if line)


def opening(text: str) -> str:
    """Return what is read of *text*: its first 400 characters, blanks counted once."""
    spaced = single_spaced(text)
    return spaced if len(spaced) <= _LONGEST else spaced[:_LONGEST] + _UNFINISHED


@looks_once
def own_sentences(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the plain clauses of each sentence at the beginning of *text*.

    Without what stands in quotation marks or behind "my father says," up to the sentence's end.
    """
    sentences = _SENTENCES.split(_QUOTED.sub(".", _spelt(opening(text))))
    return tuple([own for sentence in sentences if (own := tuple(_own_clauses(sentence)))])


def is_quoted(match: re.Match[str]) -> bool:
    """Whether somebody is said to say what was found, in its own clause."""
    return _SPEECH.search(match.string, 0, match.start()) is not None


def _own_clauses(sentence: str) -> Iterator[str]:
    parts = _CLAUSES.split(sentence)
    for clause, behind in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if said := plain(clause):
            yield said
        if _announces(said, behind):
            return


def _announces(clause: str, behind: str) -> bool:
    """Whether what stands behind *clause* is what somebody else said."""
    says = _SAYS.search(clause) or (behind == ":" and _CALLS_OUT.search(clause))
    return bool(says) and _TELLS_NOTHING.search(clause) is None


def _spelt(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
