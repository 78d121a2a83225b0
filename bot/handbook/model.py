"""What the handbook holds: sections in their order, with their words in each language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.directory.review import Review
from bot.guidance.model import Citation

FACTS = (
    "level_emergency",
    "level_urgent",
    "level_routine",
    "level_none",
    "alarm_test",
    "safe_words",
)
"""What a line of its own may name: the page shows in its place how it is set here."""

DURATIONS = (
    "link_lasts",
    "session_lasts",
    "talk_lasts",
    "alarm_taken_within",
    "alarm_answered_within",
    "alarm_silent_after",
)
"""The names, besides those of the directory, that stand for how long something lasts here."""


class Kind(StrEnum):
    """What a block is: words, a list, steps in their order, or facts as they are set here."""

    WORDS = "words"
    LIST = "list"
    STEPS = "steps"
    FACT = "fact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph or list; of a fact, the only line is its name. ``line`` is where it begins."""

    kind: Kind
    lines: tuple[str, ...]
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A section's words in one language."""

    file: str
    line: int
    title: str
    blocks: tuple[Block, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that are shown, in their order."""
        return tuple(block.lines[0] for block in self.blocks if block.kind is Kind.FACT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section, the law it rests on, and its words by language."""

    id: str
    file: str
    line: int
    citations: tuple[Citation, ...]
    words: Mapping[str, Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handbook:
    """All sections in their order, and who reviewed them.

    ``left_out`` are those that nobody is shown, because they rest on law that nobody has proved.
    """

    sections: Sequence[Section]
    review: Review
    left_out: Sequence[Section] = field(default=())
