"""One running Lantern for one database file."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.domain.errors import ConfigError


@contextmanager
def only_one(database: Path) -> Iterator[None]:
    """Hold *database* for this process; the system lets go of it when the process ends, however.

    Raises:
        ConfigError: another process holds it.

    """
    with database.with_name(f"{database.name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            text = f"another Lantern runs on database {database} already; stop that one first"
            raise ConfigError([text]) from None
        yield
