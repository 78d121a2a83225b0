"""What a question is about, by its name in the flows."""

from bot.engine.walk import TEMPER
from bot.triage.judge import ABOUT

_ABOUT_DANGER = (".in_danger", ".happening_now", TEMPER)


def asks_about_danger(state: str) -> bool:
    """Whether *state* asks whether somebody is in danger now."""
    return state.endswith(_ABOUT_DANGER)


def is_answered_beside(state: str) -> bool:
    """Whether what they ask at *state* is answered at once, or offered under its question."""
    return asks_about_danger(state) or state.endswith(f".{ABOUT}")
