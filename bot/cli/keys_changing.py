"""What changing the master keys takes: each step is whole, and safe beside a Lantern that runs."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from time import monotonic

from rich.console import Console
from rich.progress import Progress

from bot.cli.keys_in_use import check_all_can_look_again, check_all_seal_with_active, look
from bot.config import Settings
from bot.doctor.database import opened
from bot.domain.counted import counted
from bot.domain.errors import ConfigError
from bot.housing import wall_clock
from storage import audit
from storage.data_keys import find_unreadable, make_house_key
from storage.database import Database, Transaction
from storage.key_file import (
    changing,
    replace_keys,
    with_masters_of,
    with_new_master,
    without_master,
)
from storage.reach import ROWS
from storage.rewrapping import count_by_master, move_some
from storage.sealing import Keys, read_keys

Note = Callable[[int], None]


async def add_key(settings: Settings) -> str:
    """Add a new master key, which is active from now on, and return its id.

    Raises:
        ConfigError: it cannot be added, or a process runs that could not find it.

    """
    with changing(settings.key_file) as keys:
        async with opened(settings) as database:
            await database.write(make_house_key)
            await check_all_can_look_again(database, settings)
            changed = with_new_master(keys, (await database.read(count_by_master)).keys())
            replace_keys(settings.key_file, changed)
            await _note(database, "key_added", changed.active)
    return changed.active


async def put_keys_back(settings: Settings, old: Keys) -> None:
    """Have the key file hold the master keys of *old* as well.

    Raises:
        ConfigError: it has them all, or they are another Lantern's.

    """
    with changing(settings.key_file) as keys:
        changed = with_masters_of(keys, old)
        async with opened(settings) as database:
            replace_keys(settings.key_file, changed)
            for name in changed.masters.keys() - keys.masters.keys():
                await _note(database, "key_put_back", name)


async def check_droppable(settings: Settings, master: str) -> None:
    """Stop where *master* is needed, or may be.

    Raises:
        ConfigError: says by what.

    """
    keys = read_keys(settings.key_file)
    if master not in keys.masters:
        known = ", ".join(sorted(keys.masters))
        raise ConfigError([f'the key file has no master key "{master}"; it has: {known}'])
    if master == keys.active:
        raise ConfigError([f'{master} is the active key; run "lantern keys add" first'])
    async with opened(settings) as database:
        await _check_unneeded(database, settings, master)


async def _check_unneeded(database: Database, settings: Settings, master: str) -> None:
    await check_all_seal_with_active(database, settings)
    use = await look(database, settings)
    if count := use.data_keys.get(master, 0):
        says = f"{counted(count, 'data key needs', 'data keys need')} {master}; nothing was changed"
        raise ConfigError([f'{says}; run "lantern keys move" first'])
    if count := use.files.get(master, 0):
        need = counted(count, "file of the spool needs", "files of the spool need")
        says = f"{need} {master}; nothing was changed"
        advice = 'see "When the database is away" in docs/operations.md'
        raise ConfigError([f"{says}; {advice}"])


async def drop_key(settings: Settings, master: str) -> None:
    """Take *master* out of the key file; it is put back if somebody came meanwhile who needs it.

    Raises:
        ConfigError: it is needed, or the file cannot be written.

    """
    with changing(settings.key_file) as keys:
        await check_droppable(settings, master)
        async with opened(settings) as database:
            replace_keys(settings.key_file, without_master(keys, master))
            try:
                await _check_unneeded(database, settings, master)
            except BaseException:
                replace_keys(settings.key_file, keys)
                raise
            await _note(database, "key_dropped", master)


async def _note(database: Database, action: str, master: str) -> None:
    await database.write(lambda tx: audit.note(tx, "operator", action, master, at=wall_clock()))


async def move_data_keys(settings: Settings) -> Keys:
    """Wrap every data key by the active master key, and return the keys by which that was done.

    Nobody changes the key file meanwhile, also if this is stopped and goes on much later.

    Raises:
        ConfigError: not all could be, or a process runs that may still make some with another one.

    """
    with changing(settings.key_file):
        async with opened(settings) as database:
            await _move(database, settings)
            return database.keys


async def _move(database: Database, settings: Settings) -> None:
    await check_all_seal_with_active(database, settings)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        counts = await database.read(count_by_master)
        total = sum(counts.values()) - counts.get(database.keys.active, 0)
        task = progress.add_task("Moving data keys", total=total)
        left = await move_all(database, partial(progress.advance, task))
    _check_is_still_active(database.keys, settings)
    await check_all_seal_with_active(database, settings)
    await _check_all_open(database, left)
    await database.write(_end)


def _check_is_still_active(keys: Keys, settings: Settings) -> None:
    """Stop where somebody has put another key file in place by hand meanwhile."""
    now = read_keys(settings.key_file).active
    if now != keys.active:
        says = f"data keys were moved to {keys.active}, but {now} is active in the key file by now"
        advice = f"put a copy that has {keys.active} back with"
        raise ConfigError([f'{says}; {advice} "lantern keys put-back", and move again'])


async def move_all(database: Database, note: Note) -> Mapping[str, int]:
    """Move until there is nothing more to be moved, also of what is made meanwhile."""
    while True:
        moved, left = await _go_through(database, note)
        if not moved:
            return left


async def _go_through(database: Database, note: Note) -> tuple[int, Mapping[str, int]]:
    count, left, after = 0, Counter[str](), ""
    while True:
        began = monotonic()
        some = await database.write(partial(move_some, after=after), reach=ROWS)
        if some is None:
            return count, left
        count, after = count + some.moved, some.last
        left.update(some.left)
        note(some.moved)
        await asyncio.sleep(monotonic() - began)  # half the time is for others who write


async def _check_all_open(database: Database, left: Mapping[str, int]) -> None:
    if left:
        which = ", ".join(f"{count} of {name}" for name, count in sorted(left.items()))
        says = f"the key file does not open {which}; put the file that has that key back"
        raise ConfigError([f'{says} with "lantern keys put-back", and move again'])
    count, unreadable = await database.read(lambda tx: find_unreadable(tx, _silently))
    if unreadable:
        says = f"{unreadable} of {count} data keys cannot be opened with this key file"
        raise ConfigError([f"{says}; put back the one that this database was written with"])


def _silently(_done: int, _all: int) -> None:
    """Tell nobody how far it is."""


async def _end(tx: Transaction) -> None:
    """Write down that all is moved, and let nothing stay beside the database that was before."""
    await audit.note(tx, "operator", "data_keys_moved", tx.keys.active, at=wall_clock())
    tx.has_erased = True
