"""Who needs which master key: what is sealed, and the processes that run."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.config import Settings, spool_folder
from bot.domain.errors import ConfigError
from storage.database import Database
from storage.key_holders import marks_of, marks_of_others
from storage.only_one import mark_of_holder
from storage.rewrapping import count_by_master
from storage.spool_file import count_files_by_master
from storage.spool_folder import unusable

_LOOKS, _LOOK_AGAIN = 10, 0.1
"""How often, and after how many seconds: a server shows for a moment who has ended."""

_START_AGAIN = (
    "start it again, on each machine with a copy of this key file, and then run this command again"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InUse:
    """How many data keys, and files of the spool here, each master key wraps, by its id."""

    data_keys: Mapping[str, int]
    files: Mapping[str, int]


async def look(database: Database, settings: Settings) -> InUse:
    """Return what needs which master key now.

    Raises:
        ConfigError: the spool cannot be read.

    """
    try:
        files = count_files_by_master(spool_folder(settings))
    except OSError as error:
        raise ConfigError([unusable(spool_folder(settings), error)]) from None
    return InUse(data_keys=await database.read(count_by_master), files=files)


async def count_late(database: Database, settings: Settings) -> int:
    """Return how many processes run that seal what is new by another key than the active one."""
    mark = database.keys.mark
    return await _count(database, settings, lambda other: other != mark)


async def check_all_seal_with_active(database: Database, settings: Settings) -> None:
    """Stop where a process runs that seals what is new by another key than the active one.

    Raises:
        ConfigError: it was started before that was added, or has another key file.

    """
    if late := await count_late(database, settings):
        says = f"{_processes(late)} that began before {database.keys.active} was added"
        raise ConfigError([f"{says}, or with another key file; {_START_AGAIN}"])


async def check_all_can_look_again(database: Database, settings: Settings) -> None:
    """Stop where a process runs that would not find a master key that is added now.

    Raises:
        ConfigError: it is of an earlier version, or has another key file.

    """
    ours = marks_of(database.keys)
    if strangers := await _count(database, settings, lambda other: other not in ours):
        says = f"{_processes(strangers)} of an earlier version, or with another key file"
        raise ConfigError([f"{says}; {_START_AGAIN}"])


async def _count(database: Database, settings: Settings, counts: Callable[[str], bool]) -> int:
    """Return how many processes there are, but this one, whose mark *counts*."""
    if isinstance(settings.database, Path):
        mark = mark_of_holder(settings.database)
        return int(mark is not None and counts(mark))
    for _ in range(_LOOKS):
        found = sum(map(counts, await marks_of_others(database)))
        if not found:
            break
        await asyncio.sleep(_LOOK_AGAIN)
    return found


def _processes(count: int) -> str:
    return "a process of Lantern runs" if count == 1 else f"{count} processes of Lantern run"
