"""A poster for the wall (A4) and a card for the pocket (A6), from the same words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.posters.paper import WARM, WHITE, Paper
from bot.posters.words import Words

_LARGEST, _STEP, _STEPS = 1.5, 0.05, 11
_FOR_CODE = 0.55
"""The share of what stays empty that the QR code takes; the gaps share the rest."""


@dataclass(frozen=True, slots=True)
class _Fit:
    """How much larger texts are than at least, and the millimetres that code and gaps get more."""

    grow: float = 1.0
    code: float = 0.0
    gap: float = 0.0


def draw(words: Words, language: str, size: str) -> bytes:
    """Return the PDF of *words* in *size*, a key of ``SIZES``."""
    return lay_out(words, language, size).finish()


def lay_out(words: Words, language: str, size: str) -> Paper:
    """Return the paper with *words* in *size*, not yet finished: it is full down to its end."""
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

    sizes = (_Fit(grow=_LARGEST - _STEP * step) for step in range(_STEPS))
    fit = next((fit for fit in sizes if room(fit) >= 0), _Fit())
    left = max(0.0, room(fit))
    paper.close()
    return replace(fit, code=left * _FOR_CODE, gap=left * (1 - _FOR_CODE) / _GAPS)


_GAPS = 5
"""Between how many parts a sheet has more room if there is some."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A kind of paper, in millimetres, and how words are laid on it."""

    width: float
    height: float
    margin: float
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
    "A4": _Sheet(width=210, height=297, margin=18, lay=_poster),
    "A6": _Sheet(width=105, height=148, margin=7, lay=_card),
}
