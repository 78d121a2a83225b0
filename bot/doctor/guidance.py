"""Whether families are shown every topic, and none that is long out of date."""

from datetime import date

from bot.building import Book
from bot.doctor.check import Check
from bot.domain.counted import counted
from bot.guidance.check import is_overdue
from bot.guidance.reviewed import reviews_told

_ADVICE = "run: lantern guidance check"
_NAMED = 5


def check_guidance(book: Book, *, today: date) -> Check:
    """Return how the guidance is: what is left out, who reviewed it, and what too long ago."""
    topics = book.topics
    says = [
        counted(len(topics.by_id), "topic is shown", "topics are shown"),
        reviews_told(topics.by_id.values()),
    ]
    if topics.left_out:
        says.append(f"left out: {_named(list(topics.left_out))}")
    if late := [topic.id for topic in topics.by_id.values() if is_overdue(topic, today)]:
        says.append(f"to be reviewed: {_named(late)}")
    return Check(
        name="guidance", says="; ".join(says), advice=_ADVICE if topics.left_out or late else ""
    )


def _named(topics: list[str]) -> str:
    more = len(topics) - _NAMED
    return ", ".join(topics[:_NAMED]) + (f" and {more} more" if more > 0 else "")
