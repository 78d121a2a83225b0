"""A new file that has its name when all of it is there, and that overwrites nothing."""

import glob
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Hand out an empty file beside *target*, which becomes *target* once it is written.

    Only its owner may read it. If anything fails, nothing of it is left; it is left, with a name
    that ends in ``.part``, if the process is killed.

    Raises:
        FileExistsError: there is a *target* already, or was made meanwhile by somebody else.
        OSError: it cannot be written.

    """
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        sync(part)
        _give_name(part, target)
        with suppress(OSError):  # not every disk can: the file itself is there
            sync(target.parent)
    finally:
        for left in part.parent.glob(f"{glob.escape(part.name)}*"):
            left.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Return when *path* is on disk: a file's content, or the names of the files in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _give_name(part: Path, target: Path) -> None:
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # such as a USB stick, where a file has one name only
        target.touch(exist_ok=False)
        part.replace(target)
