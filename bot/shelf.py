"""What can be made again at any time, kept between starts in a folder of the user's own.

Nothing here is needed: what is missing, damaged, of another key, or open to others is made anew,
and so is all of it where there is no such folder or where it cannot be written.
"""

import hashlib
import mmap as machine
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path

_NOT_NEEDED: int | None = getattr(machine, "MADV_DONTNEED", None)
_FOLDER = "lantern"
_MOST_KEPT = 36
"""Files beyond these go, those first that were used longest ago."""


def shelf_in(environ: Mapping[str, str]) -> Path | None:
    """Return the folder for what is kept, or nothing if the user has none."""
    if systemd := environ.get("CACHE_DIRECTORY"):
        return Path(systemd.partition(":")[0])
    if caches := environ.get("XDG_CACHE_HOME"):
        return Path(caches, _FOLDER)
    home = environ.get("HOME")
    return Path(home, ".cache", _FOLDER) if home else None


def key_of(texts: Mapping[str, str], programs: Iterable[Path]) -> str:
    """Return a key that differs if any of *texts* does, or what reads them: *programs* or Python.

    *texts* maps names to contents.
    """
    key = hashlib.sha256(sys.version.encode())
    for program in sorted(programs):
        _add(key, program.name.encode(), program.read_bytes())
    for name, text in sorted(texts.items()):
        _add(key, name.encode(), text.encode())
    return key.hexdigest()


def _add(key: "hashlib._Hash", *parts: bytes) -> None:
    for part in parts:
        key.update(b"%d:" % len(part))
        key.update(part)


def find_kept(shelf: Path, key: str) -> bytes | None:
    """Return what was kept under *key*, if it is whole and nobody else can have written it."""
    path = shelf / key
    try:
        with path.open("rb") as file:
            if not _is_ours(os.fstat(file.fileno())):
                return None
            seal, content = file.readline(), file.read()
        os.utime(path)
    except OSError:
        return None
    return content if seal == _seal(key, content) else None


def look_at_kept(shelf: Path, key: str) -> memoryview | None:
    """Return the same as :func:`find_kept`, looked at where it lies.

    So it is this process's own no more than the machine has room for, and what is not read of it
    takes no memory. Nothing changes it: what is kept anew is another file.
    """
    path = shelf / key
    try:
        with path.open("rb") as file:
            if not _is_ours(os.fstat(file.fileno())):
                return None
            lying = mmap(file.fileno(), 0, access=ACCESS_READ)
        os.utime(path)
    except (OSError, ValueError):  # nothing is there, or it is empty
        return None
    content = memoryview(lying)[_SEAL:]
    is_whole = lying[:_SEAL] == _seal(key, content)
    return content if is_whole else None


def let_go(lying: mmap | memoryview) -> None:
    """Let go of what was read of a file that is looked at; it is read again when it is needed.

    While the machine has it, that costs next to nothing: 0.1 ms for 10 MB.
    """
    file = lying.obj if isinstance(lying, memoryview) else lying
    if isinstance(file, mmap) and _NOT_NEEDED is not None:
        with suppress(OSError):  # somebody locked it in memory: there it stays
            file.madvise(_NOT_NEEDED)


def _is_ours(status: os.stat_result) -> bool:
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def _seal(key: str, content: bytes | memoryview) -> bytes:
    """Return the first line of a file: with the key, so that one under another name is nothing."""
    seal = hashlib.sha256(key.encode())
    seal.update(content)
    return seal.hexdigest().encode() + b"\n"


_SEAL = len(_seal("", b""))


def keep(shelf: Path, key: str, content: bytes) -> None:
    """Keep *content* under *key*, whole or not at all; where that cannot be done, do nothing."""
    _put(shelf, key, _seal(key, content), content)


def keep_file(shelf: Path, name: str, make: Callable[[], bytes]) -> Path | None:
    """Return the file *name*, made first if it is not there; nothing where that cannot be done.

    What is in it is not looked at: it is for what is large, and read where it lies. Whoever
    finds it damaged may :func:`drop_file` it, and have it made anew.
    """
    path = shelf / name
    if not is_kept(path):
        _put(shelf, name, make())
    return path if is_kept(path) else None


def drop_file(shelf: Path, name: str) -> None:
    """Drop the file *name*; where that cannot be done, do nothing."""
    with suppress(OSError):
        (shelf / name).unlink(missing_ok=True)


def is_kept(path: Path) -> bool:
    """Whether the file *path* is there, can be read, and is nobody else's."""
    try:
        with path.open("rb") as file:
            is_ours = _is_ours(os.fstat(file.fileno()))
        os.utime(path)
    except OSError:
        return False
    return is_ours


def _put(shelf: Path, name: str, *parts: bytes) -> None:
    with suppress(OSError):
        shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=shelf)  # mkstemp gives it the mode 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(parts)
            Path(beside).replace(shelf / name)
        finally:
            Path(beside).unlink(missing_ok=True)
        _clear(shelf)


def _clear(shelf: Path) -> None:
    """Drop what is left over."""
    by_age = sorted(shelf.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in by_age[_MOST_KEPT:]:
        path.unlink(missing_ok=True)
