"""Which states and answers the conversations of authors have walked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.authoring.rehearsal import Rehearsal
from bot.engine.plan import WORD
from bot.flow.model import ANYWHERE, OTHER, SKIPPED, Flow, State, is_spoken


@dataclass(frozen=True, slots=True)
class Walked:
    """Every state entered, and every answer given or outcome brought in one."""

    states: set[str] = field(default_factory=set)
    answers: set[tuple[str, str]] = field(default_factory=set)

    def add(self, rehearsal: Rehearsal) -> None:
        """Add what *rehearsal* walked."""
        self.states.update(rehearsal.reached)
        for place, trigger, target in rehearsal.plan.taken:
            self.states.add(target)
            if trigger.startswith(WORD):
                self.answers.add((ANYWHERE, trigger.removeprefix(WORD)))
                self.states.add(ANYWHERE)
            else:
                self.answers.add((place, trigger))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of one flow was walked, and what was not."""

    flow: str
    states: int
    answers: int
    states_left: tuple[str, ...]
    answers_left: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left."""
        return not self.states_left and not self.answers_left


def measure(flows: Mapping[str, Flow], walked: Walked) -> list[Coverage]:
    """Return how much of each of *flows* was walked, in the order of their names.

    What Lantern says of its own accord is no step of a conversation and does not count.
    """
    return [_measure(flow, walked) for _, flow in sorted(flows.items())]


def _measure(flow: Flow, walked: Walked) -> Coverage:
    states = [state for state in flow.states.values() if not _is_spoken(state)]
    answers = [(state.place, answer) for state in states for answer in _answers(state)]
    left = [pair for pair in answers if pair not in walked.answers]
    return Coverage(
        flow=flow.name,
        states=len(states),
        answers=len(answers),
        states_left=tuple(state.place for state in states if state.place not in walked.states),
        answers_left=tuple(f"{place}: {answer}" for place, answer in left),
    )


def _is_spoken(state: State) -> bool:
    return state.flow == "always" and is_spoken(state.name)


def _answers(state: State) -> Iterator[str]:
    yield from state.outcomes if state.do else state.answers
    if state.expect:
        yield OTHER
    if SKIPPED in state.then:
        yield SKIPPED
