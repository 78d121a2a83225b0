"""F2: what is said can be sent, filled in and understood, in the language it was written in."""

import re
from collections.abc import Collection, Iterator

from bot.domain.errors import Finding
from bot.flow.model import Flow, State
from bot.flow.paths import Flows, route, start_of
from bot.flow.strict import hint
from bot.flow.words import ALWAYS_FLOW, PLACEHOLDERS

LONGEST_MESSAGE = 3500
"""UTF-16 units of what is said and asked at once; some are left for what is filled in."""

LONGEST_BUTTON = 32
"""Characters of an answer."""

LONGEST_SENTENCE = 25
"""English words of a sentence that a child reads."""

MEANT = {
    "case_no": "return_code",
    "case_number": "return_code",
    "case_id": "return_code",
    "code": "return_code",
    "status": "case_status",
    "police": "police_number",
    "ambulance": "ambulance_number",
    "hours": "reading_hours",
    "messages": "worker_messages",
}
"""What people write who mean a known placeholder, where likeness would not tell."""


def check_wording(flows: Flows, flow: Flow, _queues: Collection[str]) -> Iterator[Finding]:
    """Yield what is wrong with the source wording of *flow*, one of *flows*."""
    for key, text, line in flow.wordings():
        for code, fault in (*_placeholders(text), *_sentences(key, text)):
            yield Finding(file=flow.file, line=line, code=code, text=fault)
    for state in flow.states.values():
        for part, code, fault in (*_lengths(state), *_alike(flows, state)):
            line = state.line_of(part)
            yield Finding(file=flow.file, line=line, code=code, text=fault)


def _placeholders(text: str) -> Iterator[tuple[str, str]]:
    for name in re.findall(r"\{([^{}]*)\}", text):
        if name not in PLACEHOLDERS:
            yield "F202", f"{{{name}}} is not known{_meant(name)}"
    if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", text)):
        yield "F202", "a { or } stands alone; a name to be filled in is written {return_code}"


def _meant(name: str) -> str:
    if name in MEANT:
        return f'; did you mean "{MEANT[name]}"?'
    return hint(name, PLACEHOLDERS) or f"; known are {', '.join(PLACEHOLDERS)}"


def _sentences(key: str, text: str) -> Iterator[tuple[str, str]]:
    if key.endswith(".also"):
        return
    for sentence in sentences_of(text):
        words = len(sentence.split())
        if words > LONGEST_SENTENCE:
            start = " ".join(sentence.split()[:4])
            yield "F206", f'"{start} …" has {words} words; a child needs shorter sentences'


def sentences_of(text: str) -> list[str]:
    """Return the sentences of *text*, each with the mark that ends it."""
    return [part.strip() for part in re.findall(r"[^.!?\n]+[.!?]*", text) if part.strip()]


def _lengths(state: State) -> Iterator[tuple[str, str, str]]:
    length = len(f"{state.say}{state.ask}".encode("utf-16-le")) // 2
    if length > LONGEST_MESSAGE:
        part = "say" if state.say else "ask"
        advice = "say it in two states"
        yield part, "F201", f"{length} characters do not fit into {LONGEST_MESSAGE}; {advice}"
    for key, label in state.answers.items():
        if len(label) > LONGEST_BUTTON:
            text = f'"{key}" has {len(label)} characters; a button holds {LONGEST_BUTTON}'
            yield f"answers.{key}", "F201", text


def _alike(flows: Flows, state: State) -> Iterator[tuple[str, str, str]]:
    heard = _numbered(state)
    is_own = state.flow == ALWAYS_FLOW  # there, its own answers go first
    anywhere = {} if is_own else _words_that_work_anywhere(flows)
    for key in state.answers:
        for word in _typed(state, key):
            part = f"also.{key}" if word not in _normal(state.answers[key]) else f"answers.{key}"
            first = heard.setdefault(word, key)
            if first != key:
                text = f'"{word}" could mean "{first}" or "{key}"; keep it for one of them'
                yield part, "F207", text
            other = anywhere.get(word)
            if other and not leads_to_the_same(flows, state, key, other):
                text = f'"{word}" works anywhere and means "{other[1]}"; use another word here'
                yield part, "F207", text


def _numbered(state: State) -> dict[str, str]:
    """Return which answer each number stands for; none where ``also`` says what all mean."""
    numbers = {str(number): key for number, key in enumerate(state.answers, 1)}
    typed = {word for key in state.answers for word in _typed(state, key)}
    return {} if numbers.keys() <= typed else numbers


def _typed(state: State, key: str) -> list[str]:
    """Return what a contact may type for the answer *key*, each once, as it is compared."""
    words = [_normal(word) for word in (state.answers[key], *state.also.get(key, ()))]
    return list(dict.fromkeys(word for word in words if word))


def _normal(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _words_that_work_anywhere(flows: Flows) -> dict[str, tuple[State, str]]:
    always = flows.get(ALWAYS_FLOW)
    state = start_of(flows, always) if always else None
    if state is None:
        return {}
    return {word: (state, key) for key in state.answers for word in _typed(state, key)}


def leads_to_the_same(flows: Flows, state: State, key: str, other: tuple[State, str]) -> bool:
    """Return whether the answer *key* and the word *other* that works anywhere lead to one state.

    *other* is the state of that word and the word itself.
    """
    there, word = other
    if state == there:
        return True
    found = route(flows, state, key)
    return found is not None and found == route(flows, there, word)
