"""The conversations that authors write to test their flows, as they stand in files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.building import Book
from bot.domain.errors import Finding, FlowError
from bot.domain.level import Level
from bot.flow.deeds import DEEDS
from bot.flow.strict import Node, hint, parse

FOLDER = "flows/conversations/tests"
"""Where the tests of Lantern's own flows stand."""

CONVERSATION_WORDS = ("conversation", "flow", "begins_at", "language", "answered", "steps")
DONE = ("they", "tap", "send", "silence", "outcome")
"""What a step may say that the contact, or somebody for Lantern, did."""

EXPECTED = ("hears", "hears_nothing", "asked", "case", "no_case", "ends")
"""What a step may say that must be so by then."""

SENT = ("photo", "sticker")
_WITHOUT_TEXT = ("silence", "hears_nothing", "no_case")
_OFFERS = "offers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of a conversation: its word, and what stands behind it."""

    word: str
    text: str
    line: int
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One conversation: where it begins, and its steps."""

    name: str
    file: str
    line: int
    begins_at: str
    language: str
    steps: Sequence[Step]
    answered: Mapping[str, str] = field(default_factory=dict)


def read_scripts(text: str, file: str, book: Book) -> tuple[Script, ...]:
    """Return the conversations in *text*, which must fit the flows of *book*.

    Raises:
        FlowError: carries every finding about their form (F90).

    """
    form = _Form(file, book)
    root = parse(text, file)
    nodes = root.items or (root,)
    scripts = tuple(form.script(node) for node in nodes)
    form.check_names(scripts)
    if form.findings:
        raise FlowError(form.findings)
    return scripts


class _Form:
    """Takes conversations out of nodes and remembers every fault."""

    def __init__(self, file: str, book: Book) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self._book = book

    def script(self, node: Node) -> Script:
        block = node.block
        self._check_words(node)
        return Script(
            name=self._text(block, "conversation"),
            file=self.file,
            line=node.line,
            begins_at=self._begins_at(node),
            language=self._language(block),
            answered=self._answered(block),
            steps=tuple(self._steps(block.get("steps", node))),
        )

    def check_names(self, scripts: Sequence[Script]) -> None:
        """Find a name that two conversations share."""
        seen: dict[str, int] = {}
        for script in scripts:
            if script.name in seen:
                text = f'"{script.name}" already stands on line {seen[script.name]}'
                self._fault(script.line, "F906", text)
            seen.setdefault(script.name, script.line)

    def _check_words(self, node: Node) -> None:
        if not node.block:
            text = 'a conversation is a block of lines such as "conversation: …" and "steps:"'
            self._fault(node.line, "F901", text)
            return
        for word, part in node.block.items():
            if word not in CONVERSATION_WORDS:
                self._unknown(part.line, word, CONVERSATION_WORDS, "a conversation")
        for word in ("conversation", "steps"):
            if word not in node.block:
                self._fault(node.line, "F903", f'"{word}" is missing')

    def _begins_at(self, node: Node) -> str:
        flows = self._book.flows
        if "begins_at" in node.block:
            place = node.block["begins_at"]
            return self._place(place.text, place.line)
        found = node.block.get("flow")
        if found is None:
            self._fault(node.line, "F903", '"flow" is missing: the flow that is talked with')
            return ""
        if found.text not in flows:
            text = f'there is no flow "{found.text}"{_hint(found.text, flows)}'
            self._fault(found.line, "F904", text)
            return ""
        return f"{found.text}.{flows[found.text].starts_at}"

    def _place(self, place: str, line: int) -> str:
        name, _, state = place.partition(".")
        flow = self._book.flows.get(name)
        if flow is None or state not in flow.states:
            flows = self._book.flows.values()
            places = [found.place for each in flows for found in each.states.values()]
            advice = hint(place, places) or "; write flow.state"
            self._fault(line, "F904", f'there is no state "{place}"{advice}')
        return place

    def _language(self, block: Mapping[str, Node]) -> str:
        known = self._book.wording.languages
        text = self._text(block, "language") or "en"
        if text not in known:
            line = block["language"].line
            self._fault(line, "F905", f'there is no language "{text}"{_hint(text, known)}')
        return text

    def _answered(self, block: Mapping[str, Node]) -> Mapping[str, str]:
        answered = block["answered"].block if "answered" in block else {}
        return {self._place(place, node.line): node.text for place, node in answered.items()}

    def _steps(self, node: Node) -> Iterator[Step]:
        if not node.items:
            self._fault(node.line, "F903", '"steps" are lines such as "- they: yes"')
        for item in node.items:
            yield self._step(item)

    def _step(self, node: Node) -> Step:
        words = [word for word in node.block if word != _OFFERS]
        if len(words) != 1:
            text = 'a step is one word and a text, such as "- they: yes"'
            self._fault(node.line, "F901", text)
            return Step(word="", text="", line=node.line)
        word = words[0]
        line = node.block[word].line
        step = Step(
            word=word,
            text=node.block[word].text.strip(),
            line=line,
            offers=_listed(node.block[_OFFERS].text) if _OFFERS in node.block else (),
        )
        self._check_step(step)
        return step

    def _check_step(self, step: Step) -> None:
        if step.word not in (*DONE, *EXPECTED):
            self._unknown(step.line, step.word, (*DONE, *EXPECTED), "a step")
        elif bool(step.text) == (step.word in _WITHOUT_TEXT):
            wanted = "nothing" if step.text else "a text"
            self._fault(step.line, "F903", f'{wanted} must stand behind "{step.word}:"')
        elif fault := self._wrong(step):
            self._fault(step.line, "F905", fault)

    def _wrong(self, step: Step) -> str:
        outcomes = sorted({outcome for deed in DEEDS.values() for outcome in deed})
        if step.word == "send" and step.text not in SENT:
            return f'"{step.text}" cannot be sent{_hint(step.text, SENT)}'
        if step.word == "outcome" and step.text not in outcomes:
            return f'no deed has the outcome "{step.text}"{_hint(step.text, outcomes)}'
        if step.offers and step.word != "outcome":
            return '"offers" stands below "outcome" only'
        return self._wrong_case(step.text) if step.word == "case" else ""

    def _wrong_case(self, text: str) -> str:
        queue, _, level = text.partition(" at ")
        queues, levels = self._book.directory.queues, [level.word for level in Level]
        if queue not in queues:
            return f'there is no queue "{queue}"{_hint(queue, queues)}'
        if level not in levels:
            return f'write "queue at level", such as "intake at urgent"{_hint(level, levels)}'
        return ""

    def _text(self, block: Mapping[str, Node], word: str) -> str:
        node = block.get(word)
        if node is not None and not node.text.strip():
            self._fault(node.line, "F903", f'a text must stand behind "{word}:"')
        return node.text.strip() if node else ""

    def _unknown(self, line: int, word: str, known: Sequence[str], where: str) -> None:
        self._fault(line, "F902", f'"{word}" is not a word of {where}{_hint(word, known)}')

    def _fault(self, line: int, code: str, text: str) -> None:
        self.findings.append(Finding(file=self.file, line=line, code=code, text=text))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word for part in text.split("|") if (word := part.strip()))


def _hint(word: str, known: Sequence[str] | Mapping[str, object]) -> str:
    return hint(word, known) or f"; known are {', '.join(known)}"
