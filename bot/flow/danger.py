"""Which question asks about danger, and what follows when the answer is yes or not sure."""

from collections.abc import Iterable, Iterator

from bot.flow.model import SKIPPED, Flow, State
from bot.flow.paths import Flows, following, route, silence_of, walk
from bot.flow.words import EMERGENCY

DANGER_QUESTION = "in_danger"
"""The name of the state that asks whether anyone is in danger."""

DANGERS = ("danger", "unsure")
"""The answers that make a question one about danger, whatever its name."""

SAFE = "safe"
"""The one answer that says that nobody is in danger."""


def asks_about_danger(state: State) -> bool:
    """Return whether *state* is the question about danger, whatever follows it."""
    named = state.name == DANGER_QUESTION and bool(state.answers)
    return named or all(key in state.answers for key in DANGERS)


def dangers(state: State) -> tuple[str, ...]:
    """Return the answers of the question *state* that count as danger: all but "safe"."""
    outcomes = (*state.answers, *(key for key in (SKIPPED,) if key in state.then))
    return tuple(key for key in outcomes if key != SAFE)


def calls_a_worker(flows: Flows, state: State, answer: str) -> bool:
    """Return whether *answer* opens an emergency case before anything else is asked.

    An answer that leads nowhere is left to the checks of the graph.
    """
    starts = [route(flows, state, answer)]
    if starts == [None]:
        return True
    found = walk(starts, lambda at: () if at.is_question else following(flows, at))
    return state.open_case == EMERGENCY or any(at.open_case == EMERGENCY for at in found)


def first_questions(flows: Flows, starts: Iterable[State | None]) -> Iterator[State]:
    """Yield the questions a contact may be asked first, coming from *starts*."""
    found = walk(starts, lambda at: () if at.is_question else following(flows, at))
    return (state for state in found if state.is_question)


def before_danger(flows: Flows, starts: Iterable[State | None]) -> Iterator[State]:
    """Yield every state up to the question about danger, that question included."""
    return walk(starts, lambda at: () if asks_about_danger(at) else following(flows, at))


def ends_alone(flows: Flows, state: State, answer: str) -> bool:
    """Return whether *answer* can end, or fall silent, before anybody was called."""
    if _reaches_a_person(state):
        return False
    found = walk([route(flows, state, answer)], lambda at: _until_a_person(flows, at))
    return any(at.end and not _reaches_a_person(at) for at in found)


def _reaches_a_person(state: State) -> bool:
    return bool(state.open_case) or state.do == "call_a_person"


def _until_a_person(flows: Flows, state: State) -> Iterator[State]:
    if _reaches_a_person(state):
        return
    yield from following(flows, state)
    silence = silence_of(flows, flows[state.flow])
    if state.is_question and silence:
        yield silence


def only_silence(flows: Flows, flow: Flow) -> Iterator[State]:
    """Yield the states to which silence leads in *flow*, up to the end."""
    return walk([silence_of(flows, flow)], lambda at: following(flows, at))
