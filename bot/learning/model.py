"""What is learned: short lessons, quiz questions, and the hours in which they may be sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from bot.directory.review import Review


class Series(StrEnum):
    """What somebody can have sent to them once a day."""

    RIGHT = "right"
    EVENING = "evening"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The article a lesson or question rests on.

    ``speaks_of`` is a word that the article itself must hold, in the language of the law.
    """

    law: str
    article: str
    speaks_of: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One right, or one evening's practice, with its text in each language.

    ``is_sent`` says that it may be sent unasked; else it is told only to whoever asks for one.
    """

    id: str
    basis: Basis
    texts: Mapping[str, str]
    is_sent: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A question in one language: what is asked, the answers, and how it is."""

    asked: str
    answers: tuple[str, ...]
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of the quiz; ``right`` is the place of the right answer, from 0."""

    id: str
    basis: Basis
    right: int
    wordings: Mapping[str, Wording]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When each series is sent, and between which times nothing is sent, by the local clock."""

    at: Mapping[Series, time]
    silent_from: time
    silent_until: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """All there is to learn, each in the order in which it is told."""

    lessons: Mapping[Series, Sequence[Lesson]]
    questions: Mapping[str, Question]
    hours: Hours
    reviews: Sequence[Review] = field(default=())

    def sent(self, series: Series) -> Sequence[Lesson]:
        """Return the lessons of *series* that may be sent unasked."""
        return [lesson for lesson in self.lessons[series] if lesson.is_sent]
