"""Strict YAML: every value is text, a list or a block, and knows its line.

Only the composer runs: nothing is constructed, so nothing in a file can execute. Anchors,
aliases, tags and repeated keys are findings, and "yes" stays "yes".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import yaml

from bot.domain.errors import Finding, FlowError

LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The composer in C where there is one: ten times faster, and the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A value and the line it stands on (from 1): that of its key, where it has one."""

    value: "str | Sequence[Node] | Mapping[str, Node]"
    line: int

    @property
    def text(self) -> str:
        """The value if it is text, else ``""``."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def block(self) -> "Mapping[str, Node]":
        """The value if it is a block of ``key: value`` lines, else an empty one."""
        return self.value if isinstance(self.value, Mapping) else {}

    @property
    def items(self) -> "Sequence[Node]":
        """The value if it is a list, else an empty one."""
        return self.value if isinstance(self.value, tuple) else ()


def parse(text: str, file: str) -> Node:
    """Return the content of *text*; *file* is its name in findings.

    Raises:
        FlowError: it is not YAML, is empty, or uses what the form does not allow.

    """
    try:
        root = yaml.compose(text, Loader=LOADER)
        faults = list(_forbidden(text, file))
    except yaml.YAMLError:
        error = _fault_in(text)
        raise FlowError(
            [Finding(file=file, line=_line(error), code="F001", text=_says(error))]
        ) from None
    if root is None:
        faults.append(Finding(file=file, line=1, code="F001", text="the file is empty"))
    else:
        faults.extend(_repeated(root, file))
    if faults or root is None:
        raise FlowError(faults)
    return _node(root)


def hint(word: str, known: Sequence[str] | Mapping[str, object]) -> str:
    """Return ``; did you mean "…"?`` if *word* resembles one of *known*, else ``""``."""
    close = get_close_matches(word, list(known), n=1)
    return f'; did you mean "{close[0]}"?' if close else ""


def _node(node: yaml.Node, key: yaml.Node | None = None) -> Node:
    line = (key or node).start_mark.line + 1
    match node:
        case yaml.MappingNode():
            pairs = {word.value: _node(value, word) for word, value in node.value}
            return Node(value=pairs, line=line)
        case yaml.SequenceNode():
            return Node(value=tuple(_node(item) for item in node.value), line=line)
        case _:
            return Node(value=str(node.value), line=line)


def _forbidden(text: str, file: str) -> Iterator[Finding]:
    for event in yaml.parse(text, Loader=LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if getattr(event, "anchor", None):
            yield Finding(
                file=file,
                line=line,
                code="F004",
                text="anchors and aliases are not used here; write the text again",
            )
        if getattr(event, "tag", None):
            yield Finding(
                file=file,
                line=line,
                code="F004",
                text="tags (!) are not used here; put the text in quotes",
            )


def _repeated(node: yaml.Node, file: str) -> Iterator[Finding]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated(item, file)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: dict[str, int] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            yield Finding(file=file, line=line, code="F001", text="a key must be plain text")
        elif key.value in seen:
            yield Finding(
                file=file,
                line=line,
                code="F003",
                text=f'"{key.value}" already stands on line {seen[key.value]}',
            )
        else:
            seen[key.value] = line
        yield from _repeated(value, file)


def _fault_in(text: str) -> yaml.YAMLError:
    """Return what is wrong, as the slower composer tells it: with the better line."""
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        return error
    return yaml.YAMLError()


def _line(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1


def _says(error: yaml.YAMLError) -> str:
    return f"this is not YAML: {getattr(error, 'problem', None) or 'it cannot be read'}"
