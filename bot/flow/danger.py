"""Which question asks about danger, and what follows when the answer is yes or not sure."""

from collections.abc import Iterable, Iterator

from bot.flow.model import OTHER, SKIPPED, Flow, State
from bot.flow.paths import Flows, following, route, silence_of, silences_of, walk
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
    own_words = (OTHER,) if state.expect else ()
    skipped = (SKIPPED,) if SKIPPED in state.then else ()
    return tuple(key for key in (*state.answers, *own_words, *skipped) if key != SAFE)


def before_a_worker(flows: Flows, state: State, answer: str) -> Iterator[State]:
    """Yield the questions and ends that *answer* reaches while no emergency case is open.

    An answer that leads nowhere is left to the checks of the graph.
    """
    if state.open_case == EMERGENCY:
        return
    found = walk([route(flows, state, answer)], lambda at: _until_called(flows, at))
    yield from (at for at in found if _waits_or_ends(at) and at.open_case != EMERGENCY)


def _until_called(flows: Flows, state: State) -> Iterable[State]:
    is_over = state.open_case == EMERGENCY or _waits_or_ends(state)
    return () if is_over else following(flows, state)


def _waits_or_ends(state: State) -> bool:
    return state.is_question or bool(state.end)


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
    silence = silence_of(flows, flows[state.flow], state)
    if state.is_question and silence:
        yield silence


def only_silence(flows: Flows, flow: Flow) -> Iterator[State]:
    """Yield the states to which silence leads in *flow*, up to the end."""
    return walk(silences_of(flows, flow), lambda at: following(flows, at))
