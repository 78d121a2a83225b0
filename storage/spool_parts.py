"""The parts of a folder in which several processes on one machine keep their spools."""

import fcntl
import os
from pathlib import Path

from bot.domain.errors import ConfigError
from storage.sealing import Keys
from storage.spool import Spool
from storage.spool_folder import ENDING, claim, newest_number, unusable, waiting_in
from storage.whole_file import sync

MOST_PARTS = 64
"""How many processes on one machine may share a folder for their spools."""


def open_part(folder: Path, keys: Keys) -> Spool:
    """Open a part of *folder* that no other process has; also if several start at one moment.

    So processes on one machine need no settings of their own. What those have left that are
    gone is taken over; so is what lies in *folder* itself, from when one had it for itself.

    Raises:
        ConfigError: it cannot be used; says what to do.

    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / "choosing").open("wb") as choosing:
            fcntl.flock(choosing, fcntl.LOCK_EX)
            return _open_free_part(folder, keys)
    except OSError as error:
        raise ConfigError([unusable(folder, error)]) from None


def _open_free_part(folder: Path, keys: Keys) -> Spool:
    parts = [folder / str(number) for number in range(1, MOST_PARTS + 1)]
    own = next((part for part in parts if _is_free(part)), parts[0])
    for part in (folder, *parts):
        if part != own and waiting_in(part):
            _take_over(part, own)
    return Spool(own, keys)


def _is_free(part: Path) -> bool:
    try:
        os.close(claim(part))
    except ConfigError:
        return False
    return True


def _take_over(part: Path, own: Path) -> None:
    """Move what waits in *part* behind all that waits in *own*, unless another process has it."""
    try:
        handle = claim(part)
    except ConfigError:
        return
    try:
        for number, path in enumerate(waiting_in(part), newest_number(own) + 1):
            path.rename(own / f"{number:08}{ENDING}")
        sync(own)
        sync(part)
    finally:
        os.close(handle)
