"""An organisation's own file of the directory: one entry changes, comments and all else stay."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from bot.domain.errors import ConfigError
from storage.whole_file import put_in_place

NOWHERE = (
    "name the folder with your organisation's own flows/ (--content DIR, or LANTERN_CONTENT): "
    "Lantern's own files are replaced with its next version"
)
_INDENT = 2


def replace_file(path: Path, content: str | bytes) -> None:
    """Have *path* hold *content*; nobody ever reads half of it, and who may read it stays the same.

    Raises:
        ConfigError: it cannot be written.

    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_in_place(path, content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise ConfigError([f"{path} cannot be written ({error.strerror})"]) from None


def spelt(text: str) -> str:
    """Return *text* as YAML spells it, which takes what JSON can hold."""
    return json.dumps(text, ensure_ascii=False)


def spelt_in_languages(texts: Mapping[str, str]) -> str:
    """Return *texts*, by language, as one line of YAML."""
    listed = (f"{key}: {spelt(text)}" for key, text in texts.items())
    return "{" + ", ".join(listed) + "}"


def with_value(text: str, where: tuple[str, str], word: str, value: str) -> str:
    """Return the file *text* with *value* under *word*; all else stays.

    *where* are the section and the name of the entry, such as ``("helplines", "police")``.
    """
    line = _inside(_root(text), *where)
    pairs = {key.value: (key, node) for key, node in line.value}
    if word in pairs:
        key, node = pairs[word]
        head, tail = text[: key.end_mark.index], text[_end(text, node) :]
        return f"{head}: {value}{tail}"
    return _appended(text, line, f"{word}: {value}")


def without_value(text: str, where: tuple[str, str], word: str) -> str:
    """Return the file *text* without *word* in that entry, which has others."""
    return _cut(text, _inside(_root(text), *where), word)


def with_entry(text: str, where: tuple[str, str], values: Mapping[str, str]) -> str:
    """Return the file *text* with a new entry behind the others of its section."""
    section, name = where
    key, node = _pair(_root(text), section)
    if isinstance(node, yaml.MappingNode) and node.value:
        if node.flow_style:
            listed = ", ".join(f"{word}: {value}" for word, value in values.items())
            return _appended(text, node, f"{name}: {{{listed}}}")
        return _appended(text, node, _block(name, values, node.value[0][0].start_mark.column))
    entry = " " * _INDENT + _block(name, values, _INDENT)
    return f"{text[: key.end_mark.index]}:\n{entry}{text[_end_of_nothing(text, key, node) :]}"


def without_entry(text: str, where: tuple[str, str]) -> str:
    """Return the file *text* without that entry; what is written above it stays."""
    section, name = where
    key, node = _pair(_root(text), section)
    if isinstance(node, yaml.MappingNode) and len(node.value) > 1:
        return _cut(text, node, name)
    return f"{text[: key.end_mark.index]}: {{}}{text[_end(text, node) :]}"


def _block(name: str, values: Mapping[str, str], column: int) -> str:
    below = "".join(
        f"\n{' ' * (column + _INDENT)}{word}: {value}" for word, value in values.items()
    )
    return f"{name}:{below}"


def _appended(text: str, mapping: yaml.MappingNode, entry: str) -> str:
    key, node = mapping.value[-1]
    if mapping.flow_style:
        end = node.end_mark.index
        return f"{text[:end]}, {entry}{text[end:]}"
    end = _end(text, node)
    return (
        f"{text[:end]}{_rest_of_line(text, end)}\n{' ' * key.start_mark.column}{entry}"
        + (text[end + len(_rest_of_line(text, end)) :])
    )


def _cut(text: str, mapping: yaml.MappingNode, word: str) -> str:
    """Return *text* without the pair of *word*, which is not the only one in *mapping*."""
    words = [key.value for key, _ in mapping.value]
    at = words.index(word)
    key, node = mapping.value[at]
    if not mapping.flow_style:
        end = _end(text, node)
        end += len(_rest_of_line(text, end))
        return text[: _start_of_line(text, key)] + text[end + 1 :]
    if at:
        return text[: mapping.value[at - 1][1].end_mark.index] + text[node.end_mark.index :]
    return text[: key.start_mark.index] + text[mapping.value[1][0].start_mark.index :]


def _rest_of_line(text: str, end: int) -> str:
    return text[end:].partition("\n")[0]


def _start_of_line(text: str, key: yaml.Node) -> int:
    return text.rfind("\n", 0, key.start_mark.index) + 1


def _end_of_nothing(text: str, key: yaml.Node, node: yaml.Node) -> int:
    """Return where the empty value behind *key* ends: ``{}``, or nothing but the colon."""
    is_written = node.end_mark.index > node.start_mark.index
    return int(node.end_mark.index) if is_written else text.index(":", key.end_mark.index) + 1


def _root(text: str) -> yaml.Node | None:
    root: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    return root


def _inside(node: yaml.Node | None, *names: str) -> yaml.MappingNode:
    for name in names:
        _, node = _pair(node, name)
    if not isinstance(node, yaml.MappingNode):
        text = f"{names[-1]} is no block"
        raise TypeError(text)
    return node


def _pair(node: yaml.Node | None, name: str) -> tuple[yaml.Node, yaml.Node]:
    return next((key, value) for key, value in _pairs(node) if key.value == name)


def _pairs(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from node.value


def _end(text: str, node: yaml.Node) -> int:
    """Return where *node* ends in *text*: a block's own mark lies behind the blanks after it."""
    end = int(node.end_mark.index)
    last = node
    while isinstance(last, yaml.MappingNode) and not last.flow_style:
        last = last.value[-1][1]
        end = int(last.end_mark.index)
    return len(text[:end].rstrip())
