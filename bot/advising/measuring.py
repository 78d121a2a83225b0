"""How often a question finds the right topic, on questions that people labelled."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from bot.domain.errors import Finding, FlowError
from bot.domain.share import Share
from bot.guidance.find import find
from bot.guidance.model import Topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, and the topics of which any one answers it; none where it is out of scope."""

    id: str
    text: str = field(repr=False)
    language: str
    topics: frozenset[str]
    half: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question, and what was found for it, the nearest first."""

    asked: Asked
    best: tuple[str, ...]
    is_sure: bool

    @property
    def is_first_right(self) -> bool:
        """Whether the nearest topic answers."""
        return bool(self.asked.topics.intersection(self.best[:1]))

    @property
    def is_among_three(self) -> bool:
        """Whether one of the three nearest answers."""
        return bool(self.asked.topics.intersection(self.best))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """How the search did on some questions."""

    answers: tuple[Answered, ...] = field(repr=False)

    @property
    def first(self) -> Share:
        """Of the questions in scope, how many had the right topic first."""
        inside = self._of(in_scope=True)
        return Share(sum(each.is_first_right for each in inside), len(inside))

    @property
    def among_three(self) -> Share:
        """Of the questions in scope, how many had it among three."""
        inside = self._of(in_scope=True)
        return Share(sum(each.is_among_three for each in inside), len(inside))

    @property
    def told_wrongly(self) -> Share:
        """Of all questions, how many were answered at once with what they did not ask."""
        wrong = [each for each in self.answers if each.is_sure and not each.is_first_right]
        return Share(len(wrong), len(self.answers))

    @property
    def out_of_scope(self) -> Share:
        """Of the questions out of scope, how many were recognised as such."""
        outside = self._of(in_scope=False)
        return Share(sum(not each.best for each in outside), len(outside))

    def misses(self) -> Iterator[Answered]:
        """Yield what was in scope and not found, or found and out of scope."""
        for each in self.answers:
            is_right = each.is_among_three if each.asked.topics else not each.best
            if not is_right:
                yield each

    def _of(self, *, in_scope: bool) -> list[Answered]:
        return [each for each in self.answers if bool(each.asked.topics) is in_scope]


def read_questions(paths: Iterable[Path]) -> Iterator[Asked]:
    """Yield every question in the files *paths*, lines of JSON.

    Raises:
        FlowError: a line has no "id", "text" and "topics".

    """
    for path in paths:
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            try:
                yield _asked(orjson.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError):
                text = 'not a question: a line of JSON has "id", "text" and "topics"'
                raise FlowError(
                    [Finding(file=str(path), line=number, code="G902", text=text)]
                ) from None


def _asked(entry: dict[str, Any]) -> Asked:
    return Asked(
        id=str(entry["id"]),
        text=str(entry["text"]),
        language=str(entry.get("lang", "zh_CN")),
        topics=frozenset(str(topic) for topic in entry["topics"]),
        half=str(entry.get("half", "")),
    )


def measure_search(questions: Iterable[Asked], topics: Topics) -> Hits:
    """Return what the search finds for *questions*."""
    answers = []
    for asked in questions:
        found = find(asked.text, asked.language, topics)
        answers.append(Answered(asked=asked, best=found.best, is_sure=found.is_sure))
    return Hits(answers=tuple(answers))
