"""F3: the safety policy. What it asks for was decided by people who look after children."""

import re
from collections.abc import Collection, Iterator

from bot.domain.errors import Finding
from bot.domain.expression import expression
from bot.flow.check_wording import sentences_of
from bot.flow.danger import (
    SAFE,
    asks_about_danger,
    before_a_worker,
    before_danger,
    dangers,
    ends_alone,
    first_questions,
    only_silence,
)
from bot.flow.model import SILENT, Flow, State
from bot.flow.paths import Flows, following, start_of
from bot.flow.words import ALWAYS_FLOW, EMERGENCY, NUMBERS

ANYWHERE = ("help", "leave", "stop", "person")
"""The words that must work in every state."""

Fault = tuple[State, str, str, str]
"""A state, the part of it that is wrong, the code and what to do."""

_IDENTIFIES = expression(
    r"\b(your|his|her|their|the child's|child's) (full |real |first |last |family )?names?\b"
    r"|\bwho are you\b|\bwhat are you called\b|\b(phone|mobile|telephone|id|identity) number\b"
    r"|\baddress\b|\bwhere (do|does) \w+( \w+)? live\b|\bwhich (school|village|class)\b"
    r"|\{(return_code|case_status|worker_messages)\}",
    re.IGNORECASE,
)
_NEED_NOT = expression(r"\b(do not|don't|need not|no) (have|need)\b|\bwithout\b", re.IGNORECASE)
_SECRECY = expression(
    r"\b(keep|keeps|stay|stays|remain|remains|is|be) (it |this |that |everything |all of it )?"
    r"(a secret|our secret|secret|private|confidential|between us|to ourselves)\b"
    r"|\b(nobody|no one|no-one|no one else|nobody else) (else )?"
    r"(will|can|is going to) (ever )?(know|find out|learn|hear|see|read|be told)\b"
    r"|\b(will not|won't|will never|never) (tell|share)\b|\bpromise not to tell\b",
    re.IGNORECASE,
)
_LIMITS = expression(r"\b(unless|except|only if|but if)\b", re.IGNORECASE)
_NO_PROMISE = expression(
    r"\b(cannot|can't|can not|not able to|(do not|don't|never) promise)\b"
    r"|\b(asks?|asked|tells?|told) you\b",
    re.IGNORECASE,
)
_WHY = expression(r"^((and|but|so|or)\b,? )?(why|how come)\b.*\?$", re.IGNORECASE | re.DOTALL)


def check_safety(flows: Flows, flow: Flow, _queues: Collection[str]) -> Iterator[Finding]:
    """Yield where *flow*, one of *flows*, breaks the safety policy."""
    faults = [
        *_silence(flows, flow),
        *_danger_first(flows, flow),
        *_identity(flows, flow),
        *_danger_met(flows, flow),
        *_emergencies(flows, flow),
        *_anywhere(flows, flow),
        *(fault for state in flow.states.values() for fault in _promises(state)),
    ]
    for state, part, code, text in faults:
        if state.flow == flow.name:
            yield Finding(file=flow.file, line=state.line_of(part), code=code, text=text)


def _silence(flows: Flows, flow: Flow) -> Iterator[Fault]:
    """Find words where silence leads, from any flow, and in a silent end."""
    after = {state.place for other in flows.values() for state in only_silence(flows, other)}
    for state in flow.states.values():
        is_silent = state.end == SILENT or state.place in after
        if is_silent and (state.say or state.is_question):
            text = "must stay silent: someone else may be holding the phone"
            yield state, "", "F301", text


def _danger_first(flows: Flows, flow: Flow) -> Iterator[Fault]:
    opens = any(state.open_case for state in flow.states.values())
    if not opens or flow.name == ALWAYS_FLOW:
        return
    for state in first_questions(flows, [start_of(flows, flow)]):
        if not asks_about_danger(state):
            text = f'"{state.name}" is asked first; ask first whether anyone is in danger'
            yield state, "ask", "F302", text


def _identity(flows: Flows, flow: Flow) -> Iterator[Fault]:
    for state in before_danger(flows, _roots(flows)):
        asked = sentences_of(state.ask)
        words = [_IDENTIFIES.search(text) for text in asked if not _NEED_NOT.search(text)]
        for found in [found for found in words if found and state.flow == flow.name]:
            text = f'"{found[0]}" says who somebody is; ask about danger before'
            yield state, "ask", "F303", text


def _roots(flows: Flows) -> list[State | None]:
    """Return where conversations begin: the flows into which no other flow leads."""
    entered = {
        found.flow
        for flow in flows.values()
        for state in flow.states.values()
        for found in following(flows, state)
        if flow.name not in {found.flow, ALWAYS_FLOW}
    }
    inner = entered - {ALWAYS_FLOW, "welcome"}
    return [start_of(flows, flow) for flow in flows.values() if flow.name not in inner]


def _danger_met(flows: Flows, flow: Flow) -> Iterator[Fault]:
    for state in filter(asks_about_danger, flow.states.values()):
        if "unsure" not in state.answers:
            text = 'not being sure counts as danger; add the answer "unsure"'
            yield state, "answers", "F302", text
        for answer in dangers(state):
            part = f"then.{answer}"
            if ends_alone(flows, state, answer):
                text = f'after "{answer}" it can end before anybody was called; open a case first'
                yield state, part, "F304", text
            elif found := next(before_a_worker(flows, state, answer), None):
                where = found.name if found.flow == state.flow else found.place
                advice = f'lead each way to "open_case: {EMERGENCY}" (only "{SAFE}" needs none)'
                text = f'"{answer}" does not call a worker before "{where}"; {advice}'
                yield state, part, "F302", text


def _emergencies(flows: Flows, flow: Flow) -> Iterator[Fault]:
    for state in flow.states.values():
        if state.open_case == EMERGENCY and state.end != SILENT:
            heard = [state, *following(flows, state)]
            texts = " ".join(f"{near.say} {near.ask}" for near in heard)
            if not any(f"{{{number}}}" in texts for number in NUMBERS):
                text = "an emergency must name a number to call, such as {police_number}"
                yield state, "say" if state.say else "open_case", "F305", text


def _anywhere(flows: Flows, flow: Flow) -> Iterator[Fault]:
    state = start_of(flows, flow)
    if flow.name != ALWAYS_FLOW or state is None:
        return
    for word in ANYWHERE:
        if word not in state.answers:
            text = f'"{word}" must work in every state; add the answer "{word}" here'
            yield state, "answers", "F306", text


def _promises(state: State) -> Iterator[Fault]:
    for part, text in (("say", state.say), ("ask", state.ask), ("if_unclear", state.if_unclear)):
        for sentence in sentences_of(text):
            if _WHY.search(sentence):
                yield state, part, "F308", '"why" sounds like blame; ask what happened instead'
            found = _SECRECY.search(sentence)
            if found and not _LIMITS.search(text) and not _NO_PROMISE.search(sentence):
                advice = "say who will read it, or who may have to be told"
                yield state, part, "F307", f'"{found[0]}" promises secrecy; {advice}'
