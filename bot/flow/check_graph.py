"""F1: every way through a flow leads somewhere, and ends."""

from collections.abc import Collection, Iterator

from bot.domain.errors import Finding
from bot.flow.model import ALWAYS, MORE, OTHER, SECTION, SKIPPED, Flow, State, is_spoken
from bot.flow.paths import Flows, following, silences_of, split_target, start_of, walk
from bot.flow.strict import hint
from bot.flow.words import ALWAYS_FLOW, ENTRANCES


def check_graph(flows: Flows, flow: Flow, queues: Collection[str]) -> Iterator[Finding]:
    """Yield what is wrong with the ways through *flow*, one of *flows*."""
    yield from _beginnings(flows, flow)
    yield from _silence(flow)
    reached = _reached(flows, flow)
    for state in flow.states.values():
        yield from _targets(flows, flow, state)
        yield from _routes(flow, state)
        yield from _endings(flow, state)
        yield from _calls(flow, state)
        if state.place not in reached:
            text = f'no way leads to "{state.name}"; name it in a "then" or take it out'
            yield _finding(flow, state.line, "F102", text)
        if _comes_back(flows, state):
            text = f'"{state.name}" comes back to itself without a question; ask one on the way'
            yield _finding(flow, state.line_of("then"), "F104", text)
        if state.open_case and state.open_case not in queues:
            text = f'there is no queue "{state.open_case}"{_hint(state.open_case, queues)}'
            yield _finding(flow, state.line_of("open_case"), "F108", text)


def _finding(flow: Flow, line: int, code: str, text: str) -> Finding:
    return Finding(file=flow.file, line=line, code=code, text=text)


def _hint(word: str, known: Collection[str]) -> str:
    return hint(word, list(known)) or f"; known are {', '.join(sorted(known))}"


def _beginnings(flows: Flows, flow: Flow) -> Iterator[Finding]:
    line = flow.lines.get("starts_at", 1)
    yield from _target(flows, flow, flow.starts_at, line)
    if flow.if_silent:
        line = flow.lines.get("if_silent.go", flow.lines.get("if_silent", 1))
        yield from _target(flows, flow, flow.if_silent.go, line)


def _target(flows: Flows, flow: Flow, target: str, line: int) -> Iterator[Finding]:
    name, state = split_target(flow.name, target)
    if name not in flows:
        yield _finding(flow, line, "F109", f'there is no flow "{name}"{_hint(name, flows)}')
    elif state not in flows[name].states:
        states = flows[name].states
        where = "" if name == flow.name else f' in the flow "{name}"'
        text = f'there is no state "{state}"{where}{hint(state, states)}'
        yield _finding(flow, line, "F101", text)


def _silence(flow: Flow) -> Iterator[Finding]:
    """Find silence without an end; what works anywhere leaves it to the flow it works in."""
    states = flow.states.values()
    asks = any(state.ask for state in states)
    opens = any(state.open_case for state in states)
    if asks and opens and not flow.if_silent and flow.name != ALWAYS_FLOW:
        advice = 'write "if_silent: {after: 30 minutes, go: …}"'
        text = f"nobody is told when the contact falls silent; {advice}"
        yield _finding(flow, flow.lines.get("starts_at", 1), "F107", text)


def _reached(flows: Flows, flow: Flow) -> frozenset[str]:
    entered = [
        found
        for other in flows.values()
        if other.name != flow.name
        for state in other.states.values()
        for found in following(flows, state)
        if found.flow == flow.name
    ]
    said = [state for state in flow.states.values() if _is_said(state)]
    starts = [start_of(flows, flow), *silences_of(flows, flow), *entered, *said]
    return frozenset(state.place for state in walk(starts, lambda at: _inside(flows, at)))


def _is_said(state: State) -> bool:
    """Whether Lantern goes there of its own accord."""
    is_spoken_of = state.flow == ALWAYS_FLOW and is_spoken(state.name)
    return is_spoken_of or state.place in ENTRANCES


def _inside(flows: Flows, state: State) -> Iterator[State]:
    return (found for found in following(flows, state) if found.flow == state.flow)


def _targets(flows: Flows, flow: Flow, state: State) -> Iterator[Finding]:
    for outcome, target in state.then.items():
        line = state.line_of(f"then.{outcome}".rstrip("."))
        yield from _target(flows, flow, target, line)
    if not state.if_silent:
        return
    line = state.line_of("if_silent")
    yield from _target(flows, flow, state.if_silent, line)
    if flow.if_silent is None or not state.is_question:
        advice = 'it belongs to a question, and "if_silent: {after: …, go: …}" to the file'
        yield _finding(flow, line, "F107", f"nobody can fall silent here; {advice}")


def _routes(flow: Flow, state: State) -> Iterator[Finding]:
    if not state.then or ALWAYS in state.then:
        return
    for outcome in state.outcomes:
        if outcome not in state.then:
            text = f'"then" does not say what follows "{outcome}"'
            part = f"answers.{outcome}" if outcome in state.answers else "then"
            yield _finding(flow, state.line_of(part), "F105", text)
    allowed = _allowed(state)
    for outcome in state.then:
        if outcome not in allowed:
            line = state.line_of(f"then.{outcome}")
            yield _finding(flow, line, "F106", f'"{outcome}" {_stranger(state, outcome)}')


def _allowed(state: State) -> tuple[str, ...]:
    question = (*state.answers, OTHER, SKIPPED) if state.is_question else ()
    choices = question if state.expect else tuple(key for key in question if key != OTHER)
    leafing = (SECTION, MORE) if state.expect == "topic" else ()
    return (*state.outcomes, *choices, *leafing)


def _stranger(state: State, outcome: str) -> str:
    if not state.outcomes:
        return 'cannot be answered, as nothing is asked here; write "then: state" on one line'
    kind = f'no outcome of "{state.do}"' if state.do else "no answer to this question"
    return f"is {kind}{_hint(outcome, _allowed(state))}"


def _endings(flow: Flow, state: State) -> Iterator[Finding]:
    goes_on = state.is_question or bool(state.do)
    if state.then and state.end:
        text = 'has both "then" and "end"; keep one of them'
        yield _finding(flow, state.line_of("end"), "F110", text)
    elif goes_on and state.end:
        text = 'an answer or a deed leads on; write "then", and "end" in the state after it'
        yield _finding(flow, state.line_of("end"), "F103", text)
    elif not state.then and not state.end:
        text = f'"{state.name}" leads nowhere; write "then" (a state) or "end" (how it ended)'
        yield _finding(flow, state.line, "F103", text)
    if state.do and state.is_question:
        text = 'a question and "do" do not fit into one state; ask in the state before'
        yield _finding(flow, state.line_of("do"), "F111", text)


def _calls(flow: Flow, state: State) -> Iterator[Finding]:
    """Find calls from where nothing is asked: coming back would only call once more."""
    for outcome, target in state.then.items():
        if not state.is_question and "." in target and not target.endswith("!"):
            line = state.line_of(f"then.{outcome}".rstrip("."))
            text = f'"{target}" would come back here without a question; write "{target}!"'
            yield _finding(flow, line, "F104", text)


def _comes_back(flows: Flows, state: State) -> bool:
    if state.is_question:
        return False
    onward = walk(following(flows, state), lambda at: _without_asking(flows, at))
    return any(found.place == state.place for found in onward)


def _without_asking(flows: Flows, state: State) -> Iterator[State]:
    return iter(()) if state.is_question else following(flows, state)
