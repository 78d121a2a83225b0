"""The conversation that everybody has in a benchmark: a greeting and five questions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, repeat

FIRST_CONTACT = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, and what is written in answer; ``key`` is what the answer is kept under."""

    key: str
    ask: str
    answer: str


START = "/start"
QUESTIONS = (
    Question(key="who", ask="Who is writing?", answer="I am a child or teenager"),
    Question(key="wish", ask="What would you like to do?", answer="Tell what is happening"),
    Question(key="danger", ask="Is anyone in danger right now?", answer="No, not right now"),
    Question(key="whom", ask="Who needs help?", answer="Another child"),
    Question(
        key="story",
        ask="Tell us what is happening, in your own words.",
        answer="He is new in our class and would like to know which club he can join after school.",
    ),
)
"""The beginning of a child's report, as the flows welcome and report_a_concern have it.

What is told at the end is no sign of a risk: a turn that opens a case is a matter of its own.
"""

THANKS = "Thank you for telling us."
WRITTEN = (START, *(question.answer for question in QUESTIONS))
"""Everything one contact writes, a turn each."""

DANGER = "They take his lunch money every day after school and laugh at him."
WITH_DANGER = (*WRITTEN[:-1], DANGER)
"""The same, but what is told at the end is a sign of a risk, and opens a case."""


def conversations(
    first: int = FIRST_CONTACT, *, written: Sequence[str] = WRITTEN
) -> Iterator[Iterator[tuple[int, str]]]:
    """Yield conversations without end, each of a contact of its own: the contact and a text."""
    for contact in count(first):
        yield zip(repeat(contact), written, strict=False)
