"""A file that has its name when all of it is there: a new one, or in the place of another."""

import glob
import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from errno import ELOOP
from pathlib import Path
from secrets import token_hex

from bot.domain.expression import expression

SURELY_LEFT = 3600
"""Seconds after which nobody writes to a part any more."""

_LEFT = expression(r"\..+\.[a-z0-9_]{8}\.part")
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

    A link still leads to the same file, which keeps its rights and, if that is allowed, its owner
    and its group. Of several who replace it at once, one is the last. A process that is killed
    leaves a hidden file that ends in ``.new``; it is removed when the same file is next replaced,
    once it is an hour old.

    Raises:
        OSError: it cannot be written, or is a link that leads to itself.

    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)  # such as /dev/stdout
        return
    file = _led_to(path)
    was = file.stat() if file.exists() else None
    beside = file.with_name(f".{file.name}.{token_hex(4)}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if was else 0o666)
    try:
        with os.fdopen(handle, "wb") as writing:
            if was:
                _keep_rights(was, beside)
            writing.write(content)
        sync(beside)
        _remove_left_beside(file, now=beside.stat().st_mtime)
        beside.replace(file)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _remove_left_beside(file: Path, *, now: float) -> None:
    """Remove what killed processes left that were replacing *file*; others may do so just now."""
    for path in file.parent.glob(f".{glob.escape(file.name)}.{'[0-9a-f]' * 8}.new"):
        with suppress(OSError):  # it is in nobody's way
            if _is_old(path, now):
                path.unlink()


def _is_old(path: Path, now: float) -> bool:
    """Whether *path* is a file, and no link to one, that nobody writes to any more."""
    try:
        was = path.lstat()
    except FileNotFoundError:  # it has its name by now
        return False
    return stat.S_ISREG(was.st_mode) and now - was.st_mtime >= SURELY_LEFT


def _led_to(path: Path) -> Path:
    """Return the file that *path* is or leads to."""
    try:
        file = path.resolve()
    except RuntimeError:  # before Python 3.13
        raise _round(path) from None
    if file.is_symlink():
        raise _round(path)
    return file


def _round(path: Path) -> OSError:
    return OSError(ELOOP, "it is a link that leads to itself", str(path))


def _keep_rights(was: os.stat_result, beside: Path) -> None:
    try:
        os.chown(beside, was.st_uid, was.st_gid)
    except OSError:  # only root gives a file away
        with suppress(OSError):
            os.chown(beside, -1, was.st_gid)
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
    if not _is_old(path, now):
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
