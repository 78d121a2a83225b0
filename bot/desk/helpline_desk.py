"""The helplines at the desk: who looks at them, and what a supervisor found out by trying one."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from bot.casework.house import House
from bot.content import directory_stamp
from bot.desk.helplines import Change, change_helplines, read_helplines
from bot.directory.model import Directory, Helpline
from bot.domain.errors import (
    ConfigError,
    ConflictError,
    FlowError,
    NotAllowedError,
    RefusedError,
)
from bot.domain.ids import SECOND
from bot.domain.worker import Worker
from storage import audit

_Stamp = tuple[tuple[str, int, int], ...]
_BY = "supervisor"
"""Who writes down at the desk what they found out; the audit knows which of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What somebody found out about a helpline; ``seen`` is the line as they saw it before.

    ``hours`` are what is told of them from now on; without any, none are told.
    """

    seen: str
    is_verified: bool
    hours: Mapping[str, str]
    is_closed_at_night: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HelplineDesk:
    """Keeps the helplines in the organisation's own file, with the same checks as the command.

    ``own`` is the folder with that file, None if there is none: then nothing can be changed.
    """

    house: House
    own: Path | None
    _last: list[tuple[_Stamp, Directory]] = field(default_factory=list)
    _one_by_one: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def today(self) -> date:
        """The day by the organisation's clock."""
        zone = self.house.directory.organisation.reading_hours.zone
        return datetime.fromtimestamp(self.house.clock() / SECOND, UTC).astimezone(zone).date()

    def told_unless_verified(self, language: str) -> str:
        """Return what families are told of a line that is not verified."""
        return self.house.directory.phrases["hours_differ"][language]

    async def read(self) -> Directory:
        """Return the helplines as the file has them; families see it after the next start.

        Raises:
            FlowError: the file is broken.

        """
        return await asyncio.to_thread(self._read)

    def _read(self) -> Directory:
        """Read the files, if they are not those that were read last."""
        stamp = tuple(directory_stamp(self.own))
        for known, directory in self._last[:]:  # another thread may read as well
            if known == stamp:
                return directory
        found = read_helplines(self.own)
        self._last[:] = [(stamp, found)]
        return found

    async def keep(self, worker: Worker, name: str, found: Found) -> None:
        """Write down what *worker* found out about the helpline *name* today.

        Raises:
            NotAllowedError: there is no such helpline, or it is not for this worker.
            ConflictError: somebody else changed the line first.
            RefusedError: the file could not be written so, or would not be sound.

        """
        if not worker.may_supervise:
            raise NotAllowedError
        async with self._one_by_one:
            line = (await self.read()).helplines.get(name)
            if line is None:
                raise NotAllowedError
            if state_of(line) != found.seen:
                text = "somebody else changed the helpline"
                raise ConflictError(text)
            is_new = found.hours != line.hours
            await self._write(name, self._change(found, has_new_hours=is_new))
        await self.house.database.write(
            lambda tx: audit.note(
                tx,
                worker.id,
                "helpline_checked",
                name,
                at=self.house.clock(),
                verified=found.is_verified,
                hours_changed=is_new,
            )
        )

    def _change(self, found: Found, *, has_new_hours: bool) -> Change:
        if found.hours and set(found.hours) != set(self.house.directory.languages):
            text = "the hours are missing in a language"
            raise RefusedError(text, missing="hours")
        return Change(
            checked_on=self.today,
            by=_BY,
            is_verified=found.is_verified,
            hours=found.hours if has_new_hours else None,
            is_closed_at_night=found.is_closed_at_night,
        )

    async def _write(self, name: str, change: Change) -> None:
        try:
            await asyncio.to_thread(change_helplines, {name: change}, self.own)
        except ConfigError as error:
            raise RefusedError(str(error), missing="folder") from error
        except FlowError as error:
            text = "the directory would not be sound"
            raise RefusedError(text, missing="hours") from error


def state_of(line: Helpline) -> str:
    """Return how *line* stands, to be compared with how it stood before."""
    hours = "|".join(line.hours.values()) if line.hours else ""
    tried = line.tried.on if line.tried else ""
    return f"{line.last_checked}|{tried}|{line.is_verified}|{line.is_closed_at_night}|{hours}"
