"""What stands on a poster. Whoever carries a card must not be given away by it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.casework.phrases import Phrase, pgettext
from bot.directory.model import Directory, Helpline
from bot.directory.say import placeholder_values, with_hours, with_night
from bot.flow.placeholders import fill
from bot.wording.wording import Wording

TITLE = pgettext("poster", "Growing up, school, family:")
ASK = pgettext("poster", "ask here.")
FOR_WHOM = pgettext("poster", "For children, parents and everybody.\nYou need not say your name.")
LEARN = pgettext("poster", "One right a day, a short quiz, activities near you.")
SCAN = pgettext("poster", "Scan this, or type the address:")
ON_TELEGRAM = pgettext("poster", "On Telegram: {name}")
READ_BY = pgettext("poster", "Social workers read what is written: {hours}")

SHOWN = ("police", "ambulance", "crisis", "government", "youth", "women")
"""The helplines that may stand on paper, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A helpline on paper: its number, its name, and with what it is for and when it answers.

    ``short`` is what a card has room for: the name, and what to call at night.
    """

    number: str
    name: str
    short: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything that is printed; ``telegram`` is ``""`` without a bot there."""

    title: str
    ask: str
    for_whom: str
    learn: str
    scan: str
    url: str
    telegram: str
    read_by: str
    lines: Sequence[Line]
    organisation: str


def words_for(
    directory: Directory, wording: Wording, language: str, *, url: str, telegram: str
) -> Words:
    """Return what is printed in *language*; of the helplines only what is certain."""

    def say(words: Phrase, **values: str) -> str:
        return fill(wording.text(language, words.context, words.text), values)

    values = placeholder_values(directory, language)
    return Words(
        title=say(TITLE),
        ask=say(ASK),
        for_whom=say(FOR_WHOM),
        learn=say(LEARN),
        scan=say(SCAN),
        url=url.removesuffix("/"),
        telegram=say(ON_TELEGRAM, name=f"@{telegram}") if telegram else "",
        read_by=say(READ_BY, hours=values["reading_hours"]),
        lines=tuple(_lines(directory, language)),
        organisation=values["organisation"],
    )


def _lines(directory: Directory, language: str) -> Sequence[Line]:
    found = [directory.helplines[name] for name in SHOWN if name in directory.helplines]
    return [_line(directory, line, language) for line in found if line.is_verified]


def _line(directory: Directory, line: Helpline, language: str) -> Line:
    name = line.names[language]
    told = with_hours(directory, line, f"{name} · {line.what_for[language]}", language)
    short = with_night(directory, line, name, language)
    return Line(number=line.number, name=name, short=short, told=told)
