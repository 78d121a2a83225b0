"""Offices near by: what staff know of them goes into their own file, comments and all."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.content import read_directory_texts
from bot.desk.own_file import (
    NOWHERE,
    replace_file,
    spelt,
    spelt_in_languages,
    with_entry,
    with_value,
    without_entry,
    without_value,
)
from bot.directory.model import Place
from bot.directory.places import FILE
from bot.directory.read import read_directory
from bot.domain.errors import ConfigError
from bot.domain.expression import expression
from bot.flow.strict import hint

MAY_BE_LEFT_OUT = ("number", "address", "hours")
_SECTION = "places"
_NAME = expression(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What somebody knows of an office since ``checked_on``; what is empty stays as it is.

    ``names``, ``address`` and ``hours`` hold a text for each language. ``left_out`` are those
    words of MAY_BE_LEFT_OUT that are told no more.
    """

    checked_on: date
    kind: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    address: Mapping[str, str] = field(default_factory=dict)
    number: str = ""
    hours: Mapping[str, str] = field(default_factory=dict)
    left_out: Collection[str] = ()

    def values(self) -> dict[str, str]:
        """Return the words that stand in the file from now on, and how their values are spelt."""
        texts = {"names": self.names, "address": self.address, "hours": self.hours}
        values = {"kind": self.kind} if self.kind else {}
        values |= {word: spelt_in_languages(text) for word, text in texts.items() if text}
        if self.number:
            values["number"] = spelt(self.number)
        return values | {"last_checked": self.checked_on.isoformat()}


def add_place(name: str, known: Known, own: Path | None) -> Path:
    """Write a new office into the file of *own*, behind the others; return that file.

    A file that is not there yet begins as a copy of Lantern's. Comments and all else stay.

    Raises:
        ConfigError: there is no own folder, or the name is taken or none, or the file cannot be
            written.
        FlowError: the directory is broken, or would be then; nothing is written.

    """
    if not _NAME.fullmatch(name):
        text = f'"{name}" is no name: write small letters, digits and _, such as kaili_legal_aid'
        raise ConfigError([text])
    texts, places = _read(own)
    if name in places:
        raise ConfigError([f'there is a place "{name}" already: change it, or give another name'])
    return _keep(with_entry(texts[FILE], (_SECTION, name), known.values()), texts, own)


def change_place(name: str, known: Known, own: Path | None) -> Path:
    """Write what is *known* of an office into the file of *own*; all else stays.

    Raises:
        ConfigError: there is no own folder or no such place, or the file cannot be written.
        FlowError: the directory is broken, or would be then; nothing is written.

    """
    texts, places = _read(own)
    where = (_SECTION, _found(name, places))
    text = texts[FILE]
    for word, value in known.values().items():
        text = with_value(text, where, word, value)
    for word in known.left_out:
        if getattr(places[name], word):
            text = without_value(text, where, word)
    return _keep(text, texts, own)


def remove_place(name: str, own: Path | None) -> Path:
    """Take an office out of the file of *own*; all else stays.

    Raises:
        ConfigError: there is no own folder or no such place, or the file cannot be written.
        FlowError: the directory is broken; nothing is written.

    """
    texts, places = _read(own)
    text = without_entry(texts[FILE], (_SECTION, _found(name, places)))
    return _keep(text, texts, own)


def _read(own: Path | None) -> tuple[Mapping[str, str], Mapping[str, Place]]:
    if own is None:
        raise ConfigError([NOWHERE])
    texts = read_directory_texts(own)
    return texts, read_directory(texts).places


def _found(name: str, places: Mapping[str, Place]) -> str:
    if name not in places:
        known = f"known are {', '.join(places)}" if places else "none is written down yet"
        raise ConfigError([f'there is no place "{name}"{hint(name, places) or f"; {known}"}'])
    return name


def _keep(text: str, texts: Mapping[str, str], own: Path | None) -> Path:
    if own is None:
        raise ConfigError([NOWHERE])
    read_directory({**texts, FILE: text})
    path = own / FILE
    replace_file(path, text)
    return path
