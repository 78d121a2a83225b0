"""Whether every question and answer that the table of modifiers names is asked somewhere."""

from collections.abc import Iterator, Mapping

from bot.domain.errors import Finding
from bot.flow.model import SKIPPED, Flow
from bot.flow.strict import hint
from bot.triage.modifiers import Modifiers, Row


def check_modifiers(table: Modifiers, flows: Mapping[str, Flow], file: str) -> Iterator[Finding]:
    """Yield what *table*, read from *file*, names and no question of *flows* asks (T306)."""
    asked: dict[str, set[str]] = {}
    for flow in flows.values():
        for state in flow.states.values():
            if state.is_question:
                asked.setdefault(state.name, {SKIPPED}).update(state.answers)
    for row in table.rows:
        for text in _unknown(row, asked):
            yield Finding(file=file, line=row.line, code="T306", text=text)


def _unknown(row: Row, asked: Mapping[str, set[str]]) -> Iterator[str]:
    for question, answers in row.when.answered.items():
        if question not in asked:
            yield f'no flow asks "{question}"{hint(question, asked)}'
            continue
        for answer in sorted(answers - asked[question]):
            yield f'"{question}" has no answer "{answer}"{hint(answer, sorted(asked[question]))}'
