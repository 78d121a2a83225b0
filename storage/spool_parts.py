"""The parts of a folder in which several processes on one machine keep their spools."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from bot.domain.errors import ConfigError
from storage.sealing import Keys
from storage.spool import Spool
from storage.spool_folder import ASIDE, ENDING, claim, unusable

MOST_PARTS = 64
"""How many processes on one machine may share a folder for their spools."""


def open_part(folder: Path, keys: Keys) -> Spool:
    """Open a part of *folder* that no other process has; also if several start at one moment.

    So processes on one machine need no settings of their own, and what one that was killed has
    left is taken in by the next that starts. What lies in *folder* itself was left by one that
    had it for itself, before the database was moved to a server.

    Raises:
        ConfigError: it cannot be used; says what to do.

    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / "choosing").open("wb") as choosing:
            fcntl.flock(choosing, fcntl.LOCK_EX)
            return Spool(_free_part(folder), keys)
    except OSError as error:
        raise ConfigError([unusable(folder, error)]) from None


def _free_part(folder: Path) -> Path:
    """Return a part of *folder* that is free; one in which something was left, if there is."""
    parts = [folder / str(number) for number in range(1, MOST_PARTS + 1)]
    left = (part for part in (folder, *parts) if any(_left_in(part)) and _is_free(part))
    free = (part for part in parts if _is_free(part))
    return next(left, None) or next(free, parts[0])


def _left_in(part: Path) -> Iterator[Path]:
    return (path for path in part.glob("*") if path.suffix in {ENDING, ASIDE})


def _is_free(part: Path) -> bool:
    try:
        os.close(claim(part))
    except ConfigError:
        return False
    return True
