"""By which master keys the processes that run seal, and whether a key file has them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.errors import NotNowError
from storage.database import Database
from storage.rewrapping import count_by_master
from storage.sealing import MARK, Keys


def marks_of(keys: Keys) -> frozenset[str]:
    """Return the mark of each master key in *keys*."""
    return frozenset(replace(keys, active=name).mark for name in keys.masters)


async def marks_of_others(database: Database) -> Sequence[str]:
    """Return by which key each other process on a server seals; nothing of a file.

    Of an earlier version, which says nothing of it, it is that of no key.
    """
    others = (await database.processes() or frozenset()) - {database.process}
    return [process[-MARK:] for process in others]


async def check_is_current(database: Database) -> None:
    """Stop a start with a key file that lacks what another process, which goes on, seals with.

    It could not read those who wrote there, and would begin anew with them.

    Raises:
        NotNowError: it may start once the key file is copied; says so.

    """
    keys = database.keys
    if marks_of(keys).issuperset(await marks_of_others(database)):
        return
    counts = await database.read(count_by_master)
    missing = [name for name, count in counts.items() if count and name not in keys.masters]
    if missing:
        says = f"the key file lacks {', '.join(sorted(missing))}, with which another Lantern runs"
        raise NotNowError([f"{says} on this database; copy the key file from its machine"])
