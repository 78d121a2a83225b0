"""The table of modifiers as people write it becomes one to judge by, or all its faults."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from bot.domain.errors import Finding, FlowError
from bot.domain.level import Level, level_named
from bot.flow.strict import Node, hint, parse
from bot.triage.judge import LONGEST_AGE
from bot.triage.levels import read_duration
from bot.triage.modifiers import Modifiers, Row, When
from bot.triage.rules import BENIGN, CATEGORIES, CONTEXTS, LANGUAGES, ONLY_ANSWERED

T = TypeVar("T")
ROW_WORDS = ("raises", "when", "categories", "reason")
WHEN_WORDS = (
    "age_under",
    "answered",
    "told",
    "came_within",
    "risky_texts",
    "within",
    "went_silent",
    "outside_hours",
)
RAISED = ("routine", "urgent")
"""The levels that can rise."""


def read_modifiers(text: str, file: str) -> Modifiers:
    """Return the table that *text* holds; *file* is its name in findings.

    Raises:
        FlowError: carries every finding (T301 to T305).

    """
    form = _Form(file)
    root = parse(text, file)
    form.check_words(root, ("modifiers",), needed=("modifiers",))
    blocks = root.block.get("modifiers", _NOTHING).block
    rows = tuple(form.row(name, node) for name, node in blocks.items())
    if form.findings:
        raise FlowError(form.findings)
    return Modifiers(rows=rows)


class _Form:
    """Takes rows out of nodes and remembers every fault."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def check_words(self, node: Node, known: Sequence[str], *, needed: Sequence[str] = ()) -> None:
        for word, part in node.block.items():
            if word not in known:
                self._fault(part.line, "T301", f'"{word}" has no meaning here{hint(word, known)}')
        for word in needed:
            if word not in node.block:
                self._fault(node.line, "T302", f'"{word}" is missing')

    def row(self, name: str, node: Node) -> Row:
        block = node.block
        self.check_words(node, ROW_WORDS, needed=("raises", "when", "reason"))
        categories = [category for category in CATEGORIES if category != BENIGN]
        return Row(
            id=name,
            line=node.line,
            raises=frozenset(self._levels(block.get("raises", _NOTHING))),
            when=self._when(block.get("when", _NOTHING)),
            reasons=self._reasons(block.get("reason", _NOTHING)),
            categories=frozenset(self._listed(block.get("categories", _NOTHING), categories)),
        )

    def _levels(self, node: Node) -> Iterator[Level]:
        for word in self._listed(node, RAISED):
            yield level_named(word)

    def _listed(self, node: Node, known: Sequence[str]) -> Iterator[str]:
        """Yield those items of *node* that are *known*; one text alone is a list of it."""
        for item in node.items or ((node,) if node.text else ()):
            if item.text in known:
                yield item.text
            else:
                text = f'"{item.text}" cannot stand here{hint(item.text, known)}'
                self._fault(item.line, "T303", text)

    def _when(self, node: Node) -> When:
        self.check_words(node, WHEN_WORDS)
        block = node.block
        if not block:
            self._fault(node.line, "T302", "say when it is so")
        if ("within" in block) != ("risky_texts" in block):
            self._fault(node.line, "T302", '"risky_texts" and "within" stand together')
        return When(
            age_under=self._read(block, "age_under", _number) or 0,
            answered=self._answered(block.get("answered", _NOTHING)),
            told=self._read(block, "told", _context) or "",
            came_within=self._read(block, "came_within", read_duration) or timedelta(),
            risky_texts=self._read(block, "risky_texts", _number) or 0,
            within=self._read(block, "within", read_duration) or timedelta(),
            went_silent=bool(self._read(block, "went_silent", _yes)),
            outside_hours=bool(self._read(block, "outside_hours", _yes)),
        )

    def _answered(self, node: Node) -> Mapping[str, frozenset[str]]:
        for question, answers in node.block.items():
            if not answers.items:
                self._fault(answers.line, "T302", f'list the answers to "{question}"')
        blocks = node.block.items()
        return {question: frozenset(one.text for one in node.items) for question, node in blocks}

    def _read(
        self, block: Mapping[str, Node], word: str, read: Callable[[str], T | None]
    ) -> T | None:
        """Return what *read* makes of the text under *word*; that it makes nothing is a fault."""
        node = block.get(word)
        if node is None:
            return None
        value = read(node.text)
        if not value:
            self._fault(node.line, "T304", f'"{node.text}" cannot stand behind "{word}"')
        return value

    def _reasons(self, node: Node) -> Mapping[str, str]:
        for language in LANGUAGES:
            if not node.block.get(language, _NOTHING).text.strip():
                self._fault(node.line, "T305", f"the reason in {language} is missing")
        return {language: " ".join(part.text.split()) for language, part in node.block.items()}

    def _fault(self, line: int, code: str, text: str) -> None:
        self.findings.append(Finding(file=self.file, line=line, code=code, text=text))


_NOTHING = Node(value="", line=1)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= LONGEST_AGE else None


def _yes(text: str) -> bool | None:
    return text == "yes" or None


def _context(text: str) -> str | None:
    return text if text in CONTEXTS and text not in ONLY_ANSWERED else None
