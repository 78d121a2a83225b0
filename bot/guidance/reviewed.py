"""By whom the topics were reviewed, as it is told to those who answer for them."""

from collections import Counter
from collections.abc import Iterable

from bot.guidance.model import Topic

AUTHOR = "author"
REVIEWERS = {
    "social_worker": "a social worker",
    "supervisor": "a supervisor",
    "lawyer": "a lawyer",
}
"""Whose review counts as one: whoever wrote a topic does not see its faults."""


def count_reviews(topics: Iterable[Topic]) -> dict[str, int]:
    """Return how many of *topics* each role reviewed last, roles without any included."""
    counted = Counter(topic.review.by for topic in topics)
    return {role: counted.get(role, 0) for role in (*REVIEWERS, AUTHOR)}


def reviews_told(topics: Iterable[Topic]) -> str:
    """Return in a sentence by whom *topics* were reviewed."""
    counted = count_reviews(topics)
    said = [f"{counted[role]} by {name}" for role, name in REVIEWERS.items() if counted[role]]
    alone = counted[AUTHOR]
    if not said:
        return f"none of {alone} topics was reviewed by a social worker or a lawyer yet"
    rest = f"; {alone} by nobody but their author" if alone else ""
    return f"topics reviewed: {', '.join(said)}{rest}"
