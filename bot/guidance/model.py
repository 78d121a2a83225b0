"""A topic: facts once, and a page of words for each language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from bot.directory.review import Review
from bot.domain.errors import Finding
from bot.guidance.index import Indexes

LABEL_LETTERS = 28
LABEL_CHARACTERS = 16
"""The most that a button's label may have, in Latin letters and in Chinese characters."""


class Voice(StrEnum):
    """To whom a text speaks."""

    CHILD = "child"
    ADULT = "adult"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The law (by its code) and article on which a topic rests.

    ``speaks_of`` are words that the article itself must hold, in the language of the law.
    """

    law: str
    article: str
    speaks_of: tuple[str, ...] = ()
    line: int = 0


class Citing(Protocol):
    """What rests on the law: a topic, or a section of the workers' handbook."""

    @property
    def file(self) -> str:
        """Where its citations stand."""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The articles it rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A topic's words in one language.

    ``adult_label`` is ``""`` where the label is the same for both.
    ``answers`` says how things are, ``now`` what to do, each by voice. ``sections`` holds the
    lines under each heading with their numbers in ``file``; ``lines`` maps the title, the label
    and each heading to theirs.
    """

    file: str
    title: str
    label: str
    adult_label: str
    answers: Mapping[Voice, str]
    now: Mapping[Voice, str]
    asked_as: tuple[str, ...]
    sections: Mapping[str, Sequence[tuple[int, str]]] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def label_for(self, voice: Voice) -> str:
        """Return what stands on the button of whoever is spoken to so."""
        return (self.adult_label if voice is Voice.ADULT else "") or self.label

    def told_only(self) -> "Page":
        """Return the page with what is told, and without what it is found and proved by."""
        return replace(self, asked_as=(), sections={}, lines={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One piece of guidance. ``next`` is where to go on: ``report``, ``person`` or ``none``.

    In its ``review`` ``author`` means that nobody else has reviewed it yet. ``needs`` are words, by
    language, of which a question must hold one for this topic to answer it. ``sources`` are the
    rules beside the law on which it rests, ``places`` the kinds of places that help.
    """

    id: str
    file: str
    audience: tuple[str, ...]
    citations: tuple[Citation, ...]
    helplines: Mapping[Voice, tuple[str, ...]]
    related: tuple[str, ...]
    next: str
    review: Review
    pages: Mapping[str, Page]
    section: str = ""
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Topics that are listed together, and what their button says in each language."""

    names: Mapping[str, str]
    topics: tuple[str, ...]
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """All topics by id, and how to find them, by language.

    ``sections`` list them in the order in which they are offered; ``more`` names the button for
    the next page, and what people type instead. ``left_out`` are those that nobody is shown,
    because something is wrong with them.
    """

    by_id: Mapping[str, Topic]
    indexes: Indexes
    sections: Mapping[str, Section] = field(default_factory=dict)
    more: Mapping[str, Sequence[str]] = field(default_factory=dict)
    earlier: Mapping[str, Sequence[str]] = field(default_factory=dict)
    left_out: Mapping[str, Sequence[Finding]] = field(default_factory=dict)

    @property
    def are_ready(self) -> bool:
        """Whether a question can be answered at once."""
        return self.indexes.are_made

    def make_ready(self) -> None:
        """Make every index now, so that no question waits for it: seconds, if none was kept."""
        for language in self.indexes:
            self.indexes[language]
