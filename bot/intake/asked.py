"""What a question is about, by its name in the flows."""

from collections.abc import Sequence

from bot.domain.event import Asked, Event, Said
from bot.domain.session import Session
from bot.engine.walk import TEMPER
from bot.flow.danger import DANGERS
from bot.triage.judge import ABOUT

MAY_ANSWER = Said(key="always.may_answer.say")
"""What is said above the buttons of topics that may answer what was asked beside a question."""

MAY_READ = Said(key="always.may_read.say")
"""What is said above the button of the topic about what was told, for whoever asked nothing."""

OTHERWISE_FROM = 2
"""So many replies that were not understood, the question about danger is asked in other words."""

_ABOUT_DANGER = (".in_danger", ".happening_now", TEMPER)


def asks_about_danger(state: str) -> bool:
    """Whether *state* asks whether somebody is in danger now."""
    return state.endswith(_ABOUT_DANGER)


def was_unsure(session: Session) -> bool:
    """Whether they answered that they are not sure whether somebody is in danger, and no yes."""
    answers = {answer for place, answer in session.answers.items() if asks_about_danger(place)}
    return DANGERS[1] in answers and DANGERS[0] not in answers


def is_answered_beside(state: str) -> bool:
    """Whether what they ask at *state* is answered at once, or offered under its question."""
    return asks_about_danger(state) or state.endswith(f".{ABOUT}")


def beside_the_question(events: Sequence[Event]) -> Sequence[Event]:
    """Return *events* with what can be read spoken of right before the question, if it is."""
    if MAY_READ not in events:
        return events
    others = [event for event in events if event != MAY_READ]
    at = next((n for n, event in enumerate(others) if isinstance(event, Asked)), len(others))
    return (*others[:at], MAY_READ, *others[at:])
