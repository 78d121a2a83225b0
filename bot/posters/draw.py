"""A poster for the wall (A4) and a card for the pocket (A6), from the same words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil

from bot.domain.errors import ConfigError
from bot.posters.paper import WARM, WHITE, Paper
from bot.posters.words import Words

_LARGEST, _STEP, _STEPS = 1.5, 0.05, 11
_SMALLER = (0.95, 0.9, 0.85)
"""Print that can still be read: 6.4 points on a card, 9.8 on a poster."""

_TENTHS = 10
"""In so many steps the QR code becomes as small as it may be."""

_NONE_LACKING = -0.01
"""Millimetres; less is no more than how numbers are rounded."""

_FOR_CODE = 0.55
"""The share of what stays empty that the QR code takes; the gaps share the rest."""


@dataclass(frozen=True, slots=True)
class _Fit:
    """How much larger texts are than usual, and the millimetres that code and gaps get more."""

    grow: float = 1.0
    code: float = 0.0
    gap: float = 0.0


def draw(words: Words, language: str, size: str) -> bytes:
    """Return the PDF of *words* in *size*, a key of ``SIZES``.

    Raises:
        ConfigError: they do not fit, however small they may be printed.

    """
    paper = lay_out(words, language, size)
    if paper.room < _NONE_LACKING:
        paper.close()
        raise ConfigError([_too_long(size, ceil(-paper.room))])
    return paper.finish()


def _too_long(size: str, lacking: int) -> str:
    larger = ", or print it with --size A4" if size != "A4" else ""
    return (
        f"--size: what is to be printed is {lacking} mm too long for {size}; shorten the hours or "
        f"names in flows/directory/helplines.yaml and organisation.yaml{larger}"
    )


def lay_out(words: Words, language: str, size: str) -> Paper:
    """Return the paper with *words* in *size*, not yet finished: it is full down to its end.

    Where they do not fit even in the smallest print, its ``room`` is less than 0.
    """
    sheet = SIZES[size]
    fit = _fit(words, language, sheet)
    paper = sheet.paper(words, language)
    sheet.lay(paper, words, fit)
    return paper


def _fit(words: Words, language: str, sheet: "_Sheet") -> _Fit:
    """Return how *words* fill *sheet*; all is tried on one paper, as opening its font is slow."""
    paper = sheet.paper(words, language)

    def room(fit: _Fit) -> float:
        paper.begin_anew()
        sheet.lay(paper, words, fit)
        return paper.room

    tried = list(_fits(sheet))
    fit = next((fit for fit in tried if room(fit) >= 0), tried[-1])
    left = max(0.0, room(fit))
    paper.close()
    code, gap = left * _FOR_CODE, left * (1 - _FOR_CODE) / _GAPS
    return replace(fit, code=fit.code + code, gap=gap)


def _fits(sheet: "_Sheet") -> Iterator[_Fit]:
    """Yield what is tried: less and less large print, then a smaller code, then smaller print."""
    yield from (_Fit(grow=_LARGEST - _STEP * step) for step in range(_STEPS))
    yield from (_Fit(code=-sheet.spare * step / _TENTHS) for step in range(1, _TENTHS + 1))
    yield from (_Fit(grow=grow, code=-sheet.spare) for grow in _SMALLER)


_GAPS = 5
"""Between how many parts a sheet has more room if there is some."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A kind of paper, in millimetres, and how words are laid on it.

    ``spare`` is how much smaller its QR code may be and is scanned all the same.
    """

    width: float
    height: float
    margin: float
    spare: float
    lay: Callable[[Paper, Words, _Fit], None]

    def paper(self, words: Words, language: str) -> Paper:
        """Return an empty one."""
        return Paper(
            width=self.width,
            height=self.height,
            margin=self.margin,
            title=words.title,
            language=language,
        )


def _poster(paper: Paper, words: Words, fit: _Fit) -> None:
    paper.bottom = 12
    paper.band(28)
    paper.y = 8.5
    paper.write_on_one_line(words.organisation, 24, colour=WHITE)
    paper.y = 35 + fit.gap
    paper.write_on_one_line(words.title, 34 * fit.grow)
    paper.write_on_one_line(words.ask, 42 * fit.grow, colour=WARM)
    paper.y += 3 + fit.gap
    paper.write(words.for_whom, 15 * fit.grow)
    paper.write(words.learn, 15 * fit.grow)
    paper.y += fit.gap
    paper.code(words.url, 84 + fit.code)
    paper.write(words.scan, 12 * fit.grow)
    paper.write_on_one_line(words.url, 17 * fit.grow)
    if words.telegram:
        paper.write_on_one_line(words.telegram, 17 * fit.grow)
    paper.line(3 + fit.gap / 2)
    for line in words.lines:
        paper.write_pair(line.number, line.told, 12.5 * fit.grow, share=0.22)
    paper.line(3 + fit.gap / 2)
    paper.write(words.read_by, 11.5 * fit.grow)


def _card(paper: Paper, words: Words, fit: _Fit) -> None:
    paper.bottom = 5
    paper.band(11)
    paper.y = 3
    paper.write_on_one_line(words.organisation, 11, colour=WHITE)
    paper.y = 13 + fit.gap
    paper.write_on_one_line(words.title, 16 * fit.grow)
    paper.write_on_one_line(words.ask, 21 * fit.grow, colour=WARM)
    paper.y += fit.gap
    paper.write(words.for_whom, 8.5 * fit.grow)
    paper.y += fit.gap
    paper.code(words.url, 46 + fit.code)
    paper.write(words.scan, 8 * fit.grow)
    paper.write_on_one_line(words.url, 9.5 * fit.grow)
    if words.telegram:
        paper.write_on_one_line(words.telegram, 9.5 * fit.grow)
    paper.line(1.2 + fit.gap / 2)
    for line in words.lines:
        paper.write_pair(line.number, line.short, 10 * fit.grow, share=0.34)
    paper.line(1.2 + fit.gap / 2)
    paper.write(words.read_by, 7.5 * fit.grow)


SIZES: Mapping[str, _Sheet] = {
    "A4": _Sheet(width=210, height=297, margin=18, spare=24, lay=_poster),
    "A6": _Sheet(width=105, height=148, margin=7, spare=12, lay=_card),
}
