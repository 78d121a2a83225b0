"""Keeping helplines current: what staff have tried goes into their own file, comments and all."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from bot.content import read_directory_texts
from bot.directory.model import Directory, Helpline
from bot.directory.read import HELPLINES, read_directory
from bot.domain.errors import ConfigError
from bot.flow.strict import hint

FILE = f"flows/directory/{HELPLINES}"
_NOWHERE = (
    "name the folder with your organisation's own flows/ (--own DIR, or LANTERN_CONTENT): "
    "Lantern's own files are replaced with its next version"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What somebody found out by calling a helpline; what is None stays as it is.

    Empty ``hours`` are told no more. ``by`` is the role of who called.
    """

    checked_on: date
    by: str
    is_verified: bool | None = None
    hours: Mapping[str, str] | None = None
    is_closed_at_night: bool | None = None

    def values(self) -> dict[str, str]:
        """Return the words of the file that change, and how their new values are spelt there."""
        day = self.checked_on.isoformat()
        by = json.dumps(self.by, ensure_ascii=False)
        spelt = {"last_checked": day, "tried": f"{{on: {day}, by: {by}}}"}
        if self.is_verified is not None:
            spelt["verified"] = _yes_or_no(is_so=self.is_verified)
        if self.hours is not None:
            spelt["hours"] = _in_languages(self.hours)
        if self.is_closed_at_night is not None:
            spelt["not_all_night"] = _yes_or_no(is_so=self.is_closed_at_night)
        return spelt


def _yes_or_no(*, is_so: bool) -> str:
    return "yes" if is_so else "no"


def _in_languages(texts: Mapping[str, str]) -> str:
    """Return *texts* as one line of YAML, which takes what JSON can hold."""
    listed = (f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in texts.items())
    return "{" + ", ".join(listed) + "}"


def read_helplines(own: Path | None = None) -> Directory:
    """Return the directory as it is, an organisation's *own* over Lantern's.

    Raises:
        FlowError: it is broken.

    """
    return read_directory(read_directory_texts(own))


def change_helplines(changes: Mapping[str, Change], own: Path | None) -> Path:
    """Write *changes*, by the names of helplines, into the file of *own*; return that file.

    A file that is not there yet begins as a copy of Lantern's. Comments and all else stay.

    Raises:
        ConfigError: there is no own folder or no such helpline, or the file cannot be written.
        FlowError: the directory is broken, or would be with *changes*; nothing is written then.

    """
    if own is None:
        raise ConfigError([_NOWHERE])
    texts = read_directory_texts(own)
    known = read_directory(texts).helplines
    if strange := [_unknown(name, known) for name in changes if name not in known]:
        raise ConfigError(strange)
    text = texts[FILE]
    for name, change in changes.items():
        for word, value in change.values().items():
            text = with_value(text, name, word, value)
    read_directory({**texts, FILE: text})
    path = own / FILE
    _write(path, text)
    return path


def _unknown(name: str, known: Mapping[str, Helpline]) -> str:
    near = hint(name, known) or f"; known are {', '.join(known)}"
    return f'there is no helpline "{name}"{near}'


def _write(path: Path, text: str) -> None:
    """Replace *path* at once, so that nobody ever reads half of it."""
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)  # noqa: PTH105 - Path.replace is the same
    except OSError as error:
        raise ConfigError([f"{path} cannot be written ({error.strerror})"]) from None


def with_value(text: str, name: str, word: str, value: str) -> str:
    """Return the file *text* with *value* under *word* of the helpline *name*; all else stays."""
    line = _inside(yaml.compose(text, Loader=yaml.SafeLoader), "helplines", name)
    pairs = {key.value: (key, node) for key, node in line.value}
    if word in pairs:
        key, node = pairs[word]
        head, tail = text[: key.end_mark.index], text[_end(text, node) :]
        return f"{head}: {value}{tail}"
    key, node = list(pairs.values())[-1]
    if line.flow_style:
        end = node.end_mark.index
        return f"{text[:end]}, {word}: {value}{text[end:]}"
    end = _end(text, node)
    return f"{text[:end]}\n{' ' * key.start_mark.column}{word}: {value}{text[end:]}"


def _inside(node: yaml.Node | None, *names: str) -> yaml.MappingNode:
    for name in names:
        node = next(value for key, value in _pairs(node) if key.value == name)
    if not isinstance(node, yaml.MappingNode):
        text = f"{names[-1]} is no block"
        raise TypeError(text)
    return node


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
