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
    lay = SIZES[size]
    sizes = (_Fit(grow=_LARGEST - _STEP * step) for step in range(_STEPS))
    fit = next((fit for fit in sizes if _room(lay(words, language, fit)) >= 0), _Fit())
    room = max(0.0, _room(lay(words, language, fit)))
    code, gap = room * _FOR_CODE, room * (1 - _FOR_CODE) / _GAPS
    return lay(words, language, replace(fit, code=code, gap=gap))


def _room(tried: Paper) -> float:
    """Return how much room is left on a paper that was only tried."""
    tried.close()
    return tried.room


_GAPS = 5
"""Between how many parts a sheet has more room if there is some."""


def _poster(words: Words, language: str, fit: _Fit) -> Paper:
    paper = Paper(width=210, height=297, margin=18, title=words.title, language=language)
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
    return paper


def _card(words: Words, language: str, fit: _Fit) -> Paper:
    paper = Paper(width=105, height=148, margin=7, title=words.title, language=language)
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
    return paper


SIZES: Mapping[str, Callable[[Words, str, _Fit], Paper]] = {"A4": _poster, "A6": _card}
