"""Where a conversation can go: from a state to the states that may follow it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches

from bot.flow.model import ALWAYS, Flow, State

Flows = Mapping[str, Flow]
"""Flows by their names."""


def split_target(flow: str, target: str) -> tuple[str, str]:
    """Return the names of the flow and the state that *target*, written in *flow*, means."""
    before, dot, after = target.removesuffix("!").rpartition(".")
    return (before, after) if dot else (flow, after)


def follow(flows: Flows, flow: str, target: str) -> State | None:
    """Return the state that *target*, written in *flow*, leads to, or ``None``.

    A misspelt name leads where it was probably meant to, so that one slip is one finding.
    """
    name, state = split_target(flow, target)
    found = flows.get(name)
    if found is None:
        return None
    if state in found.states:
        return found.states[state]
    close = get_close_matches(state, list(found.states), n=1)
    return found.states[close[0]] if close else None


def route(flows: Flows, state: State, outcome: str) -> State | None:
    """Return where *outcome* leads from *state*, or ``None`` if nowhere that is known."""
    target = state.then.get(outcome) or state.then.get(ALWAYS)
    return follow(flows, state.flow, target) if target else None


def start_of(flows: Flows, flow: Flow) -> State | None:
    """Return the state in which *flow* begins."""
    return follow(flows, flow.name, flow.starts_at)


def silence_of(flows: Flows, flow: Flow, state: State | None = None) -> State | None:
    """Return the state to which silence leads in *flow*, or from its *state*."""
    if flow.if_silent is None:
        return None
    own = state.if_silent if state is not None else ""
    return follow(flows, flow.name, own or flow.if_silent.go)


def silences_of(flows: Flows, flow: Flow) -> Iterator[State | None]:
    """Yield every state to which silence leads in *flow*."""
    yield silence_of(flows, flow)
    yield from (silence_of(flows, flow, state) for state in flow.states.values() if state.if_silent)


def following(flows: Flows, state: State) -> Iterator[State]:
    """Yield every state that may follow *state*, in the order of its file."""
    for target in state.then.values():
        found = follow(flows, state.flow, target)
        if found:
            yield found


def walk(
    starts: Iterable[State | None], onward: Callable[[State], Iterable[State]]
) -> Iterator[State]:
    """Yield every state that can be reached from *starts* by *onward*, each once."""
    seen: set[str] = set()
    waiting = [state for state in starts if state]
    while waiting:
        state = waiting.pop(0)
        if state.place not in seen:
            seen.add(state.place)
            yield state
            waiting.extend(onward(state))
