"""How a text must read: short sentences, and for a child common characters and no words of law."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.directory.say import PLACEHOLDER
from bot.directory.sheet import Sheet
from bot.domain.errors import Finding
from bot.domain.expression import expression
from bot.flow.strict import Node
from bot.guidance.model import Page, Voice

FILE = "flows/guidance/plain_words.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Longest:
    """The most a sentence may have, in Chinese characters and in words of other languages."""

    characters: int
    words: int


LONGEST = {
    Voice.CHILD: Longest(characters=28, words=18),
    Voice.ADULT: Longest(characters=60, words=30),
}
"""A little above what writers are asked for: a check is for what is clearly too long."""

TOO_LONG = {Voice.CHILD: "G115", Voice.ADULT: "G124"}
"""The findings; a sentence that is long for an adult takes no answer away."""

HEADINGS = {
    Voice.CHILD: ("For a child", "What to do now", "What to do now: a child"),
    Voice.ADULT: ("For an adult", "What to do now: an adult"),
}
_ENDS = expression(r"[。！？\n]|[.!?][\"”’)]*(?:\s|$)")
_HAN = expression(r"[㐀-鿿]")
_UNCOUNTED = expression(r"[\s，、（）()“”\"《》·—-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainWords:
    """Words that a child's text may not hold, by language, and characters that it always may."""

    not_for_a_child: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    familiar: frozenset[str] = frozenset()


def read_plain_words(sheet: Sheet) -> PlainWords:
    """Return what *sheet* says; its faults stay with it."""
    sheet.check_keys(sheet.root, ("not_for_a_child",), ("familiar",))
    words = sheet.root.block.get("not_for_a_child", Node(value={}, line=1))
    return PlainWords(
        not_for_a_child={
            language: _any_of([word for part in node.text.split("|") if (word := part.strip())])
            for language, node in words.block.items()
            if node.text.strip("| ")
        },
        familiar=frozenset(_HAN.findall(sheet.word(sheet.root, "familiar"))),
    )


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    """Return what finds any of *words*: Latin letters as a whole word, Chinese ones anywhere."""
    spelt = (re.escape(word) if _HAN.search(word) else rf"\b{re.escape(word)}\b" for word in words)
    return re.compile("|".join(spelt), re.IGNORECASE)


def check_plainness(
    page: Page, language: str, plain: PlainWords, common: Collection[str]
) -> Iterator[Finding]:
    """Yield what a reader would stumble over in *page*: a child first of all.

    *common* are the characters that a child can be expected to know; empty if that is unknown.
    """
    for voice in Voice:
        for number, line in _lines_for(voice, page):
            yield from _at(page, number, TOO_LONG[voice], _too_long(line, voice))
    for number, line in _lines_for(Voice.CHILD, page):
        yield from _at(page, number, "G116", _of_the_law(line, plain.not_for_a_child, language))
        if common:
            yield from _at(page, number, "G116", _rare(line, {*common, *plain.familiar}))


def _lines_for(voice: Voice, page: Page) -> Iterator[tuple[int, str]]:
    for heading in HEADINGS[voice]:
        for number, line in page.sections.get(heading, ()):
            yield number, line.removeprefix("- ")


def _at(page: Page, line: int, code: str, texts: Iterator[str]) -> Iterator[Finding]:
    return (Finding(file=page.file, line=line, code=code, text=text) for text in texts)


def _too_long(line: str, voice: Voice) -> Iterator[str]:
    whom = "a child" if voice is Voice.CHILD else "an adult"
    for sentence in _ENDS.split(PLACEHOLDER.sub("110", line)):
        length, most, unit = _length(sentence, LONGEST[voice])
        if length > most:
            yield f"for {whom}, a sentence has at most {most} {unit}, and this has {length}"


def _length(sentence: str, longest: Longest) -> tuple[int, int, str]:
    if _HAN.search(sentence):
        return len(_UNCOUNTED.sub("", sentence)), longest.characters, "characters"
    return len(sentence.split()), longest.words, "words"


def _of_the_law(line: str, words: Mapping[str, re.Pattern[str]], language: str) -> Iterator[str]:
    found = words[language].findall(line) if language in words else ()
    for word in dict.fromkeys(found):
        yield f'"{word}" is a word of the law; say it as a child would'


def _rare(line: str, known: Collection[str]) -> Iterator[str]:
    rare = "".join(dict.fromkeys(each for each in _HAN.findall(line) if each not in known))
    if rare:
        yield f"children may not know {rare}; say it in more common characters"
