"""A file that has its name when all of it is there: a new one, or in the place of another."""

import glob
import os
import re
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

SURELY_LEFT = 3600
"""Seconds after which nobody writes to a part any more."""

_LEFT = re.compile(r"\..+\.[a-z0-9_]{8}\.part")
_DATABASE = b"SQLite format 3\x00"


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Hand out an empty file beside *target*, which becomes *target* once it is written.

    Only its owner may read it. If anything fails, nothing of it is left; it is left, with a name
    that ends in ``.part``, if the process is killed, until :func:`remove_left` finds it.

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
        _remove(part)


def put_in_place(path: Path, content: bytes) -> None:
    """Have *path* hold *content*; nobody ever reads half of it, and if it fails, it is as it was.

    A link still leads to the same file, which keeps its rights and, if that is allowed, its owner.

    Raises:
        OSError: it cannot be written.

    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)  # such as /dev/stdout
        return
    file = path.resolve()
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_bytes(content)
        sync(beside)
        if file.exists():
            _keep_rights(file, beside)
        beside.replace(file)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _keep_rights(file: Path, beside: Path) -> None:
    was = file.stat()
    with suppress(PermissionError):
        os.chown(beside, was.st_uid, was.st_gid)
    beside.chmod(stat.S_IMODE(was.st_mode))


def remove_left(folder: Path, *, now: float) -> Sequence[Path]:
    """Remove from *folder* the databases that were half written when a process was killed.

    Return them. Another may be written there just now: what was written to an hour before *now*,
    in seconds since 1970, is surely left.

    Raises:
        OSError: one cannot be removed.

    """
    found = sorted(folder.glob(".*.part"))
    left = [path for path in found if _LEFT.fullmatch(path.name) and _is_left(path, now)]
    for path in left:
        _remove(path)
    return left


def _is_left(path: Path, now: float) -> bool:
    if not path.is_file() or now - path.stat().st_mtime < SURELY_LEFT:
        return False
    with path.open("rb") as file:
        return file.read(len(_DATABASE)) in {b"", _DATABASE}


def _remove(part: Path) -> None:
    for path in part.parent.glob(f"{glob.escape(part.name)}*"):
        path.unlink(missing_ok=True)


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
