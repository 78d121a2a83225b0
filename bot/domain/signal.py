"""One piece of evidence of risk."""

from dataclasses import dataclass, field

from bot.domain.level import Level

TO_DIE = frozenset({"suicide", "self_harm"})
"""The categories of what tells that somebody may want to die."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What a rule saw: kept with the case as it was, and never rewritten.

    ``start`` and ``end`` are positions in the text as the contact wrote it. ``reason`` may quote
    it; ``read_as`` is what stands in it if it was typed in pinyin and seen in that. It begins so
    many characters ``before`` the text, in what was written right before it; mostly none.
    """

    rule: str
    category: str
    level: Level
    reason: str = field(repr=False)
    rules_version: str
    words: str = field(repr=False)
    start: int = field(default=0)
    end: int = field(default=0)
    read_as: str = field(default="", repr=False)
    before: int = 0
