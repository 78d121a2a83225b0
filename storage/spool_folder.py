"""A folder of the spool: who has it, what its files are called, and that they are on disk."""

import fcntl
import os
from pathlib import Path

from bot.domain.errors import ConfigError
from storage.faults import why

ENDING = ".spool"
"""How the name of a file ends that holds what waits."""

ASIDE = ".torn"
"""How the name of a file ends that is kept for a person to look at."""


def claim(folder: Path) -> int:
    """Make *folder* this process's own, until the handle that is returned is closed.

    Raises:
        ConfigError: another has it, or it cannot be used; says what to do.

    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder / "lock", os.O_WRONLY | os.O_CREAT, 0o600)
    except OSError as error:
        raise ConfigError([unusable(folder, error)]) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        text = f"another Lantern uses the spool folder {folder}; give each its own (LANTERN_SPOOL)"
        raise ConfigError([text]) from None
    return handle


def unusable(folder: Path, error: OSError) -> str:
    """Return in one sentence why *folder* cannot be used, and what to do."""
    return f"spool folder {folder} cannot be used ({why(error)}); choose another with LANTERN_SPOOL"


def waiting_in(folder: Path) -> list[Path]:
    """Return the files in *folder* that hold what waits, the oldest first."""
    return sorted(folder.glob(f"*{ENDING}"))


def newest_number(folder: Path) -> int:
    """Return the highest number of a file in *folder*, 0 if there is none.

    Files that were put aside count, so that none is ever given the name of another.
    """
    paths = (*folder.glob(f"*{ENDING}"), *folder.glob(f"*{ASIDE}"))
    numbers = (path.name.partition(".")[0] for path in paths)
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def write_all(handle: int, content: bytes, start: int) -> None:
    """Write all of *content* from *start* on."""
    done = 0
    while done < len(content):
        done += os.pwrite(handle, content[done:], start + done)
