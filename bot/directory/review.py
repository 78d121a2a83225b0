"""Who looked over a file, by role, and when: it stands in the file itself, as "reviewed"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.directory.sheet import Sheet
from bot.domain.errors import Finding
from bot.flow.strict import Node

ROLES = ("author", "social_worker", "supervisor", "lawyer")
"""Who may have reviewed a file; ``author`` means nobody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who looked over a file, by role, and when; *line* is where it says so."""

    file: str
    line: int
    by: str
    on: date | None


def read_review(sheet: Sheet) -> Review:
    """Return what *sheet* says of its review; ``on`` is None and ``by`` empty if it is silent."""
    node = sheet.root.block.get("reviewed", Node(value={}, line=sheet.root.line))
    on: date | None = sheet.day(node, "on") if "on" in node.block else None
    return Review(file=sheet.file, line=node.line, by=sheet.word(node, "by"), on=on)


def check_review(review: Review, code: str) -> Iterator[Finding]:
    """Yield the finding *code* unless a day and a known role are told."""
    if review.on is None or review.by not in ROLES:
        text = f'"reviewed" says on which day, and by whom: {", ".join(ROLES)}'
        yield Finding(file=review.file, line=review.line, code=code, text=text)
