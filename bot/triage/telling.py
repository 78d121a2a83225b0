"""Which words of a text told it: whole words, and whole phrases where they stand together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.expression import expression

Place = tuple[int, int]
"""Where something stands in a text: from which character on, and up to which."""

_MOST_SHOWN = 3
_MOST_STRONG = 6
_STRONG = 0.35
"""What share of the strongest a word must have to be named beside it."""

_SHORT_WORD = 3
"""A word of so few letters ("me", "the") says little alone."""

_NOT_FAR = 16
"""How many characters of a language without spaces are shown at most around what told it."""

_PAUSE = expression(r"[^\w]+")
_SPELT = expression(r"[^\W_\u2e80-\U0010ffff]+(?:['’-][^\W_\u2e80-\U0010ffff]+)*")
"""A word of letters. What is written without spaces, as Chinese is, is cut by the tokens."""

_SAYS_SOMETHING = expression(r"[^\W_]|[\U0001f000-\U0001ffff\u2600-\u27bf]")
"""A letter, a number or a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A word: where it stands, and from which token (counted from 0) to which it goes."""

    place: Place
    first: int
    last: int


def units_of(text: str, places: Sequence[Place]) -> list[Unit]:
    """Return the words of *text*, whose tokens stand at *places*; what says nothing is none."""
    words = [match.span() for match in _SPELT.finditer(text)]
    units: list[Unit] = []
    for at, place in enumerate(places):
        start, end = _bare(text, place)
        if not _SAYS_SOMETHING.search(text, start, end):
            continue
        word = next((w for w in words if w[0] < end and start < w[1]), (start, end))
        start, end, first = min(start, word[0]), max(end, word[1]), at
        if units and units[-1].place[1] > start:
            before = units.pop()
            start, end, first = before.place[0], max(before.place[1], end), before.first
        units.append(Unit(place=(start, end), first=first, last=at + 1))
    return units


def _bare(text: str, place: Place) -> Place:
    """Return *place* without the space around what stands there."""
    start, end = place
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def phrases_of(text: str, units: Sequence[Unit], drops: Sequence[float]) -> tuple[str, ...]:
    """Return the phrases of *text* that told most, the strongest first.

    *drops* are by how much less of a risk it is without each of its *units*. Words that stand
    side by side are one phrase, and one that says little alone is shown with its neighbour. What
    is written without spaces is shown up to where it pauses, if that is not far.
    """
    order = sorted(range(len(units)), key=lambda at: -drops[at])[:_MOST_STRONG]
    enough = max(drops, default=0.0) * _STRONG
    strong = {at for at in order if drops[at] > 0 and drops[at] >= enough}
    lonely = [at for at in strong if _is_lonely(text, units, at, strong)]
    strong.update(_better_neighbour(text, units, drops, at) for at in lonely)
    runs = sorted(_runs(text, units, strong), key=lambda run: -max(drops[at] for at in run))
    found = [_shown(text, units, run) for run in runs]
    return tuple(dict.fromkeys(found))[:_MOST_SHOWN]


def _is_lonely(text: str, units: Sequence[Unit], at: int, strong: set[int]) -> bool:
    start, end = units[at].place
    says_little = end - start <= (_SHORT_WORD if text[start:end].isascii() else 1)
    beside = {other for other in (at - 1, at + 1) if _are_beside(text, units, at, other)}
    return says_little and not beside & strong


def _better_neighbour(text: str, units: Sequence[Unit], drops: Sequence[float], at: int) -> int:
    beside = [other for other in (at - 1, at + 1) if _are_beside(text, units, at, other)]
    return max(beside, key=lambda other: drops[other], default=at)


def _are_beside(text: str, units: Sequence[Unit], one: int, other: int) -> bool:
    """Whether only space, or nothing, stands between two units that follow each other."""
    first, second = min(one, other), max(one, other)
    if first < 0 or second >= len(units):
        return False
    return not text[units[first].place[1] : units[second].place[0]].strip()


def _runs(text: str, units: Sequence[Unit], strong: set[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for at in sorted(strong):
        if run and (at != run[-1] + 1 or not _are_beside(text, units, run[-1], at)):
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _shown(text: str, units: Sequence[Unit], run: Sequence[int]) -> str:
    start, end = units[run[0]].place[0], units[run[-1]].place[1]
    if _SPELT.search(text, start, end) or text[start:end].isascii():
        return text[start:end]
    first = max((pause.end() for pause in _PAUSE.finditer(text, 0, start)), default=0)
    pause = _PAUSE.search(text, end)
    last = pause.start() if pause else len(text)
    return text[first:last] if last - first <= _NOT_FAR else text[start:end]
