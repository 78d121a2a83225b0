"""One running Lantern for one database file."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.domain.errors import ConfigError
from storage.server_url import ServerUrl


@contextmanager
def only_one(database: Path | ServerUrl) -> Iterator[None]:
    """Hold *database* for this process; the system lets go of it when the process ends, however.

    A database on a server is for any number of processes.

    Raises:
        ConfigError: another process holds it.

    """
    if isinstance(database, ServerUrl):
        yield
        return
    held = database.resolve()  # the same file may be reached by a link
    with held.with_name(f"{held.name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            text = f"another Lantern runs on database {database} already; stop that one first"
            raise ConfigError([text]) from None
        yield
