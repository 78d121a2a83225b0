"""What the desk and the judging of a level know by name: whether it still is in the flows."""

from collections.abc import Collection, Iterator, Mapping

from bot.building import CONVERSATIONS
from bot.console.cases import ELSEWHERE, NO_FACTS
from bot.desk.grounds import PERSON
from bot.domain.errors import Finding
from bot.flow.danger import DANGER_QUESTION
from bot.flow.model import Flow
from bot.flow.strict import hint
from bot.triage.judge import ABOUT, ABOUT_THEMSELVES, AGE

_NEWER = frozenset({"tell_on"})
"""What own flows that were copied from an earlier version do not have, and need not."""

_QUESTIONS = frozenset({DANGER_QUESTION, ABOUT, AGE, *ELSEWHERE}) - _NEWER


def check_named(flows: Mapping[str, Flow], queues: Collection[str]) -> Iterator[Finding]:
    """Yield each flow, question, answer and queue that is relied on by its name and is not there.

    Without them nothing fails, but what a case is about, or why it is pressing, would be told
    wrong: so whoever renames one in the flows must rename it in the program as well.
    """
    states = {name: state for flow in flows.values() for name, state in flow.states.items()}
    asked = [flow.states[ABOUT] for flow in flows.values() if ABOUT in flow.states]
    answers = {key for state in asked for key in state.answers}
    for kind, known, there in (
        ("flow", NO_FACTS, flows),
        ("question", _QUESTIONS, states),
        ("answer", ABOUT_THEMSELVES if asked else (), answers),
        ("queue", (PERSON,), queues),
    ):
        for name in sorted({*known} - {*there}):
            text = f'the {kind} "{name}", which the desk knows by its name, is not there'
            near = hint(name, tuple(there))
            yield Finding(file=CONVERSATIONS, line=1, code="F112", text=text + near)
