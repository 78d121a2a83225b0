"""Keeping helplines current: what staff have tried goes into their own file, comments and all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content import read_directory_texts
from bot.desk.own_file import NOWHERE, replace_file, spelt, spelt_in_languages, with_value
from bot.directory.model import Directory, Helpline
from bot.directory.read import HELPLINES as FILE
from bot.directory.read import read_directory
from bot.domain.errors import ConfigError
from bot.flow.strict import hint


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
        changed = {"last_checked": day, "tried": f"{{on: {day}, by: {spelt(self.by)}}}"}
        if self.is_verified is not None:
            changed["verified"] = _yes_or_no(is_so=self.is_verified)
        if self.hours is not None:
            changed["hours"] = spelt_in_languages(self.hours)
        if self.is_closed_at_night is not None:
            changed["not_all_night"] = _yes_or_no(is_so=self.is_closed_at_night)
        return changed


def _yes_or_no(*, is_so: bool) -> str:
    return "yes" if is_so else "no"


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
        raise ConfigError([NOWHERE])
    texts = read_directory_texts(own)
    known = read_directory(texts).helplines
    if strange := [_unknown(name, known) for name in changes if name not in known]:
        raise ConfigError(strange)
    text = texts[FILE]
    for name, change in changes.items():
        for word, value in change.values().items():
            text = with_value(text, ("helplines", name), word, value)
    read_directory({**texts, FILE: text})
    path = own / FILE
    replace_file(path, text)
    return path


def _unknown(name: str, known: Mapping[str, Helpline]) -> str:
    near = hint(name, known) or f"; known are {', '.join(known)}"
    return f'there is no helpline "{name}"{near}'
