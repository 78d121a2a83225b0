"""A file's text becomes a :class:`~bot.flow.model.Flow`, or all that is wrong with its form."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from bot.domain.errors import Finding, FlowError
from bot.flow.deeds import DEEDS
from bot.flow.model import ALWAYS, EXPECTS, OTHER, SKIPPED, Flow, IfSilent, State
from bot.flow.strict import Node, hint, parse
from bot.flow.words import FILE_WORDS, NEEDED_WORDS, STATE_WORDS

LONGEST_NAME = 40
"""Characters of a name; an answer's must fit into what a button hands back."""

_UNITS = {"minute": "minutes", "hour": "hours", "day": "days"}
_LONGEST_VERSION = 9
"""Digits; a database keeps no larger number."""

_SILENT_WORDS = ("after", "go")


def read_flow(text: str, file: str) -> Flow:
    """Return the flow that *text* describes; *file* is its name in findings.

    Raises:
        FlowError: the text is not in the form; carries every finding about its form (F0).

    """
    form = _Form(file)
    flow = _flow(form, parse(text, file))
    if form.findings:
        raise FlowError(form.findings)
    return flow


class _Form:
    """Takes values out of nodes and remembers every fault."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def fault(self, line: int, code: str, text: str) -> None:
        """Remember a fault."""
        self.findings.append(Finding(file=self.file, line=line, code=code, text=text))

    def text(self, block: Mapping[str, Node], word: str) -> str:
        """Return the text of *word*, or ``""`` if it is not there."""
        node = block.get(word)
        return self.value(node, word) if node else ""

    def value(self, node: Node, word: str) -> str:
        """Return the text that *word* has; it must have one."""
        text = node.text.strip()
        if not isinstance(node.value, str):
            self.fault(node.line, "F006", f'"{word}" is one text, not a list or a block')
        elif not text:
            self.fault(node.line, "F005", f'"{word}" is empty; write its text or take it out')
        return text

    def block(self, node: Node, word: str) -> Mapping[str, Node]:
        """Return the lines of *word*; there must be some."""
        if not isinstance(node.value, Mapping):
            self.fault(node.line, "F006", f'"{word}" is a block: lines of "name: value" below it')
        elif not node.block:
            self.fault(node.line, "F005", f'"{word}" is empty; write its lines or take it out')
        return node.block

    def name(self, text: str, line: int) -> str:
        """Return *text*, which must be a name."""
        if text and not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", text):
            advice = "use small letters, digits and _, such as in_danger"
            self.fault(line, "F011", f'"{text}" is not a name; {advice}')
        elif len(text) > LONGEST_NAME:
            self.fault(line, "F011", f'"{text}" is longer than {LONGEST_NAME} characters')
        return text

    def known(self, block: Mapping[str, Node], words: Sequence[str], where: str) -> None:
        """Note every word of *block* that is not one of *words*."""
        for word in [word for word in block if word not in words]:
            advice = hint(word, words) or f"; known are {', '.join(words)}"
            text = f'"{word}" is not a word of {where}{advice}'
            self.fault(block[word].line, "F002", text)


def _flow(form: _Form, root: Node) -> Flow:
    block = form.block(root, "the file")
    form.known(block, FILE_WORDS, "a flow")
    for word in NEEDED_WORDS:
        if block and word not in block:
            form.fault(root.line, "F005", f'"{word}" is missing')
    name = _named(form, block, "flow")
    return Flow(
        name=name,
        version=_version(form, block),
        starts_at=_named(form, block, "starts_at"),
        states=_states(form, block, name),
        file=form.file,
        if_silent=_if_silent(form, block["if_silent"]) if "if_silent" in block else None,
        lines=_lines(block, FILE_WORDS),
    )


def _named(form: _Form, block: Mapping[str, Node], word: str) -> str:
    text = form.text(block, word)
    return form.name(text, block[word].line) if text else ""


def _version(form: _Form, block: Mapping[str, Node]) -> int:
    text = form.text(block, "version")
    if text.isdecimal() and len(text) <= _LONGEST_VERSION and int(text) > 0:
        return int(text)
    if text:
        line = block["version"].line
        wanted = f"a whole number of at most {_LONGEST_VERSION} digits, such as 1"
        form.fault(line, "F010", f'version "{text}" is not {wanted}')
    return 0


def _if_silent(form: _Form, node: Node) -> IfSilent | None:
    block = form.block(node, "if_silent")
    form.known(block, _SILENT_WORDS, "if_silent")
    for word in _SILENT_WORDS:
        if block and word not in block:
            form.fault(node.line, "F005", f'"{word}" is missing in if_silent')
    after = _duration(form, form.text(block, "after"), node.line)
    return IfSilent(after=after, go=_named(form, block, "go"))


def _duration(form: _Form, text: str, line: int) -> timedelta:
    found = re.fullmatch(r"([1-9][0-9]{0,3}) (minute|hour|day)s?", text)
    if found:
        return timedelta(**{_UNITS[found[2]]: int(found[1])})
    if text:
        form.fault(line, "F007", f'"{text}" is not a duration; write it like "30 minutes"')
    return timedelta()


def _states(form: _Form, block: Mapping[str, Node], flow: str) -> Mapping[str, State]:
    if "states" not in block:
        return {}
    nodes = form.block(block["states"], "states")
    return {
        form.name(name, node.line): _state(form, node, flow=flow, name=name)
        for name, node in nodes.items()
    }


def _state(form: _Form, node: Node, *, flow: str, name: str) -> State:
    block = form.block(node, name)
    form.known(block, STATE_WORDS, "a state")
    answers = _texts(form, block, "answers", _answer_name)
    _waits_for_something(form, block)
    return State(
        flow=flow,
        name=name,
        line=node.line,
        note=form.text(block, "note"),
        say=form.text(block, "say"),
        ask=form.text(block, "ask"),
        answers=answers,
        also=_also(form, block, answers),
        expect=_listed(form, block, "expect", EXPECTS),
        if_unclear=form.text(block, "if_unclear"),
        can_skip=_can_skip(form, block),
        if_silent=_named(form, block, "if_silent"),
        do=_listed(form, block, "do", tuple(DEEDS)),
        open_case=_named(form, block, "open_case"),
        then=_then(form, block),
        end=_named(form, block, "end"),
        lines=_lines(block, STATE_WORDS),
    )


def _texts(
    form: _Form,
    block: Mapping[str, Node],
    word: str,
    named: Callable[[_Form, str, int], str],
) -> dict[str, str]:
    if word not in block:
        return {}
    nodes = form.block(block[word], word)
    return {named(form, key, node.line): form.value(node, key) for key, node in nodes.items()}


def _answer_name(form: _Form, text: str, line: int) -> str:
    """Return *text*, which must be a name or the code of a language."""
    if text in {OTHER, SKIPPED}:
        form.fault(line, "F011", f'"{text}" has a meaning in "then"; give the answer another name')
    return text if re.fullmatch(r"[a-z]{2,3}_[A-Z]{2}", text) else form.name(text, line)


def _also(
    form: _Form, block: Mapping[str, Node], answers: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    texts = _texts(form, block, "also", _answer_name)
    for key in [key for key in texts if key not in answers]:
        line = block["also"].block[key].line
        form.fault(line, "F012", f'"also": there is no answer "{key}"{hint(key, answers)}')
    return {key: _words(text) for key, text in texts.items()}


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for part in text.split("|") if (word := part.strip()))


def _listed(form: _Form, block: Mapping[str, Node], word: str, known: Sequence[str]) -> str:
    text = form.text(block, word)
    if text and text not in known:
        code = "F008" if word == "expect" else "F009"
        advice = hint(text, known) or f"; known are {', '.join(known)}"
        form.fault(block[word].line, code, f'"{word}: {text}" is not known{advice}')
    return text


def _can_skip(form: _Form, block: Mapping[str, Node]) -> bool:
    text = form.text(block, "skip")
    if text not in {"", "yes", "no"}:
        form.fault(block["skip"].line, "F006", f'"skip" is yes or no, not "{text}"')
    return text != "no"


def _then(form: _Form, block: Mapping[str, Node]) -> Mapping[str, str]:
    node = block.get("then")
    if node is None:
        return {}
    if isinstance(node.value, Mapping):
        texts = _texts(form, block, "then", _outcome)
        return {key: _target(form, text, node.block[key].line) for key, text in texts.items()}
    return {ALWAYS: _target(form, form.value(node, "then"), node.line)}


def _outcome(form: _Form, text: str, line: int) -> str:
    return text if text in {OTHER, SKIPPED} else _answer_name(form, text, line)


def _target(form: _Form, text: str, line: int) -> str:
    """Return *text*, which must name a state: ``state`` or ``flow.state``, and ``!`` or not."""
    if text and not re.fullmatch(r"\w+(\.\w+)?!?", text):
        form.fault(
            line, "F011", f'"{text}" is no state; write state or flow.state, with or without !'
        )
        return text
    for name in text.removesuffix("!").split("."):
        form.name(name, line)
    return text


def _waits_for_something(form: _Form, block: Mapping[str, Node]) -> None:
    if "ask" in block and "answers" not in block and "expect" not in block:
        text = "a question needs answers, or expect: text where any words will do"
        form.fault(block["ask"].line, "F005", text)


def _lines(block: Mapping[str, Node], words: Sequence[str]) -> Mapping[str, int]:
    """Return the line of each part, with one level of what is inside (``then.danger``)."""
    found = {}
    for word in [word for word in words if word in block and word != "states"]:
        found[word] = block[word].line
        for key, node in block[word].block.items():
            found[f"{word}.{key}"] = node.line
    return found
