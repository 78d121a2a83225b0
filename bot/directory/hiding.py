"""Hiding a return code in what somebody wrote: it is the contact's secret, also from workers."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from bot.directory.return_code import (
    AROUND,
    BEGINNING,
    TOKEN,
    WORDS_IN_A_CODE,
    CodeWords,
    apart,
    spot,
)
from bot.domain.expression import expression
from bot.domain.looking import look_once

HIDDEN = "▢▢▢▢"
"""Stands where a code stood."""

_SHORTEST = 2 * WORDS_IN_A_CODE
"""No code has fewer characters."""

_BETWEEN = expression(r"[\d_]+|and|then|[和与跟]")
"""What may stand between the words of a code besides signs and blanks."""

_STORY = 6
"""So many other words between tell a story rather than a code."""

_BEHIND = expression(r"(?<![\W_])[\W_]*(?:(?:please|pls|thanks|thank you|谢谢[你您]?)[\W_]*)?$")
"""What people write behind a code when they write nothing else."""

_CALLED_CODE = expression(
    r"(?:\bcodes?|口令|密码)\W*(?:is|was|are|starts with|begins with|是|为|有)?\W*$"
)
_SIGN = expression(r"[^\w\s][\W_]*$|\n\s*$|[一-鿿]\s+$")
_HAN = expression("[一-鿿]")
"""What stands before and behind what is a part of a code."""

_TOLD_OF = expression(
    r"\b(?:in|at|on|inside|behind|near|under|(?<!starts )(?<!started )(?<!begins )with"
    r"|gave (?:me|her|him))(?: (?:the|an?|my|our|his|her))?\s*$|(?<![写记])[在到拿给用]\s*$"
)
"""What stands before a word with which somebody tells where they are, or what was given."""

_PLACES = frozenset(
    {
        *("house", "castle", "tent", "garden", "farm", "barn", "road", "station", "harbor"),
        *("tunnel", "river", "island", "hill", "forest", "grass", "tree", "bus", "train", "boat"),
        *("ship", "truck"),
    }
)
"""Words of codes with which somebody may say where they are."""

_LETTERS = expression("[a-z]+")
_FEWEST = 2
"""One word of a code, or one character, gives nothing away."""

_SHORT, _LISTED = 2, expression("[、，,]")
"""In a list, so short a word is another one: 木耳 is no mistyped 木瓜."""

_Found = tuple[int, int, int]
_Span = tuple[int, int]


def hide_codes(text: str, words: CodeWords, *, is_asked: bool = False) -> str:
    """Return *text* with :data:`HIDDEN` for every return code in it; all else stays as it is.

    A code is four or more of *words* together, or three and one that is misspelt and nothing
    else. Where a code ``is_asked`` for, two of them are enough; what is told between them stays.
    """
    if not _may_hold_some(text, words):
        return text
    folded, places = _folded(text)
    found = list(spot(folded, words.spelt))
    is_asked = is_asked and _is_brief(folded, found)
    return _without(text, places, list(_spans(folded, found, words, is_asked=is_asked)))


def hide_parts(text: str, words: CodeWords, *, is_pressing: bool = False) -> str:
    """Return *text* with :data:`HIDDEN` for parts of a code, two or three of *words* together.

    So is kept what tells something where a code was asked for. They are a part only where they
    are called a code, open the text or end it behind a sign: a bus station, candy and milk may be
    what somebody tells of. Where it ``is_pressing``, two of them may be so even there.
    """
    if not _may_hold_some(text, words):
        return text
    folded, places = _folded(text)
    runs = _runs(folded, list(spot(folded, words.spelt)))
    fewest = _FEWEST + 1 if is_pressing else _FEWEST
    likely = (run for run in runs if _is_part(folded, run, words, fewest=fewest))
    parts = [(run[0][1], run[-1][2]) for run in likely]
    return _without(text, places, parts)


def _is_part(text: str, run: Sequence[_Found], words: CodeWords, *, fewest: int) -> bool:
    """Whether *run* in *text* is a part of a code, and neither a place nor what was done.

    Where nobody calls it a code, it has at least *fewest* words.
    """
    start, end = run[0][1], run[-1][2]
    if len(run) < _FEWEST or _CALLED_CODE.search(text, 0, start):
        return len(run) >= _FEWEST
    is_place = any(words[index].spellings.get("en") in _PLACES for index, _, _ in run)
    if is_place or not fewest <= len(run) < WORDS_IN_A_CODE:
        return False
    opens = not TOKEN.search(text, 0, start) and not _HAN.match(text, end)
    return opens or bool(_SIGN.search(text, 0, start) and _BEHIND.match(text, end))


def _may_hold_some(text: str, words: CodeWords) -> bool:
    return len(text) >= _SHORTEST and look_once(_count, text, words) >= _FEWEST


def _without(text: str, places: Sequence[int], spans: Sequence[_Span]) -> str:
    """Return *text*, whose characters stand in *places*, with *spans* of it hidden."""
    for start, end in reversed(spans):
        first, last = places[start], places[end - 1] + 1
        text = f"{text[:first]}{HIDDEN}{text[last:]}"
    return text


def _count(text: str, words: CodeWords) -> int:
    """Return about how many of *words* are in *text*, quickly; 0 for most texts."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if not words.may_hold(folded, _FEWEST):
        return 0
    spelt, beginnings = words.spelt, words.beginnings
    tokens = _LETTERS.findall(folded)
    count = sum(len(apart(token, spelt)) for token in tokens if token[:BEGINNING] in beginnings)
    count += sum(f"{a} {b}" in spelt for a, b in pairwise(tokens) if a in words.firsts)
    if not folded.isascii():
        for size in words.lengths:
            count += sum(folded[at : at + size] in spelt for at in range(len(folded) - size + 1))
    return count


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """Return *text* as codes are looked for in it, and where each character of that comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    each = [unicodedata.normalize("NFKC", character).casefold() for character in text]
    places = [place for place, folded in enumerate(each) for _ in folded]
    return "".join(each), places


def codes_in(text: str, words: CodeWords) -> Iterator[tuple[int, ...]]:
    """Yield each four of *words* that stand together in *text*, as a code is kept."""
    folded, _ = _folded(text)
    for run in _runs(folded, list(spot(folded, words.spelt))):
        for at in range(len(run) - WORDS_IN_A_CODE + 1):
            yield tuple(index for index, _, _ in run[at : at + WORDS_IN_A_CODE])


def nearly_codes_in(text: str, words: CodeWords) -> Iterator[tuple[int, ...]]:
    """Yield each code that *text*, three words and one that is misspelt, may have been meant as."""
    folded, _ = _folded(text)
    found = list(spot(folded, words.spelt))
    if len(found) == WORDS_IN_A_CODE - 1:
        place, near = _misspelt(folded, found, words)
        known = tuple(index for index, _, _ in found)
        yield from ((*known[:place], index, *known[place:]) for index in near)


def holds_a_word(text: str, words: CodeWords) -> bool:
    """Whether one of *words* stands in *text*."""
    folded, _ = _folded(text)
    return next(spot(folded, words.spelt), None) is not None


def tells_of_words(text: str, words: CodeWords) -> bool:
    """Whether one of *words* says in *text* where somebody is, or what was given or used."""
    folded, _ = _folded(text)
    found = spot(folded, words.spelt)
    return any(_TOLD_OF.search(folded, 0, start) is not None for _, start, _ in found)


def _is_brief(text: str, found: Sequence[_Found]) -> bool:
    inside = pairwise(found)
    return sum(len(_tokens(text, a[2], b[1])) for a, b in inside) <= _STORY


def _each(text: str, found: Sequence[_Found]) -> Iterator[_Span]:
    """Yield where *found* stand, those together as one; a single one gives nothing away."""
    if len(found) >= _FEWEST:
        for run in _runs(text, found):
            yield run[0][1], run[-1][2]


def _spans(
    text: str, found: Sequence[_Found], words: CodeWords, *, is_asked: bool
) -> Iterator[_Span]:
    """Yield where codes, or parts of one that is asked for, stand in *text*."""
    if len(found) == WORDS_IN_A_CODE - 1 and _misspelt(text, found, words)[1]:
        yield _within(text)
    else:
        yield from _each(text, found) if is_asked else _together(text, found)


def _within(text: str) -> _Span:
    """Return where *text* begins and ends without what people write around a code."""
    before = AROUND.match(text)
    first = TOKEN.search(text, before.end() if before else 0)
    behind = _BEHIND.search(text)
    return (first.start() if first else 0), (behind.start() if behind else len(text))


def _together(text: str, found: Sequence[_Found]) -> Iterator[_Span]:
    """Yield where so many of *found* as a code has, or more, stand together."""
    for run in _runs(text, found):
        if len(run) >= WORDS_IN_A_CODE:
            yield run[0][1], run[-1][2]


def _runs(text: str, found: Sequence[_Found]) -> Iterator[Sequence[_Found]]:
    """Yield those of *found* that stand together, with nothing of meaning between them."""
    run: list[_Found] = []
    for word in found:
        if run and _tokens(text, run[-1][2], word[1]):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _misspelt(text: str, found: Sequence[_Found], words: CodeWords) -> tuple[int, Sequence[int]]:
    """Return which word of a code is misspelt in *text*, and which of *words* it is almost.

    None if more than that one word stands besides *found*.
    """
    first, last = _within(text)
    ends = [first, *(end for _, _, end in found)]
    starts = [*(start for _, start, _ in found), last]
    gaps = [_tokens(text, *gap) for gap in zip(ends, starts, strict=True)]
    others = [(place, "".join(gap)) for place, gap in enumerate(gaps) if gap]
    if len(others) != 1:
        return 0, ()
    [(place, other)] = others
    is_listed = len(other) <= _SHORT and _LISTED.search(text, first, last)
    return place, () if len(other) < _FEWEST or is_listed else _nearest(other, words)


def _nearest(other: str, words: CodeWords) -> Sequence[int]:
    """Return the places of *words* that are almost *other*, the nearest first."""
    wrong = max(1, len(other) // 3)
    near = [
        (distance, index)
        for spelling, index in words.spelt.items()
        if (distance := Levenshtein.distance(other, spelling, score_cutoff=wrong)) <= wrong
    ]
    return [index for _, index in sorted(near)]


def _tokens(text: str, start: int, end: int) -> Sequence[str]:
    """Return what stands from *start* to *end*, without what joins the words of a code."""
    return [token for token in TOKEN.findall(text, start, end) if not _BETWEEN.fullmatch(token)]
