"""A poster for the wall (A4) and a card for the pocket (A6), from the same words."""

from collections.abc import Callable, Mapping

from bot.posters.paper import WARM, WHITE, Paper
from bot.posters.words import Words


def draw(words: Words, language: str, size: str) -> bytes:
    """Return the PDF of *words* in *size*, a key of ``SIZES``."""
    return SIZES[size](words, language)


def _poster(words: Words, language: str) -> bytes:
    paper = Paper(width=210, height=297, margin=18, title=words.title, language=language)
    paper.band(28)
    paper.y = 8.5
    paper.write_on_one_line(words.organisation, 24, colour=WHITE)
    paper.y = 38
    paper.write(words.title, 36)
    paper.write(words.ask, 46, colour=WARM)
    paper.y += 3
    paper.write(words.for_whom, 17)
    paper.write(words.learn, 17)
    paper.code(words.url, 86)
    paper.write(words.scan, 13)
    paper.write_on_one_line(words.url, 17)
    if words.telegram:
        paper.write_on_one_line(words.telegram, 17)
    paper.line(3)
    for line in words.lines:
        paper.write_pair(line.number, line.told, 13.5, share=0.2)
    paper.line(3)
    paper.write(words.read_by, 12)
    return paper.finish()


def _card(words: Words, language: str) -> bytes:
    paper = Paper(width=105, height=148, margin=7, title=words.title, language=language)
    paper.band(11)
    paper.y = 3
    paper.write_on_one_line(words.organisation, 11, colour=WHITE)
    paper.y = 14
    paper.write(words.title, 16)
    paper.write(words.ask, 21, colour=WARM)
    paper.write(words.for_whom, 8.5)
    paper.code(words.url, 47)
    paper.write(words.scan, 8)
    paper.write_on_one_line(words.url, 9.5)
    if words.telegram:
        paper.write_on_one_line(words.telegram, 9.5)
    paper.line(1.2)
    for line in words.lines:
        paper.write_pair(line.number, line.name, 10, share=0.4)
    paper.line(1.2)
    paper.write(words.read_by, 7.5)
    return paper.finish()


SIZES: Mapping[str, Callable[[Words, str], bytes]] = {"A4": _poster, "A6": _card}
