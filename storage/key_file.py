"""Changing the key file: it is always whole, and one changes it, or moves by it, at a time."""

import fcntl
import glob
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from bot.domain.errors import ConfigError
from bot.domain.expression import expression
from storage.faults import why
from storage.sealing import KEY, Keys, content_of, read_keys
from storage.whole_file import put_in_place, sync

_NUMBERED = expression(r"k([0-9]{1,9})(-[0-9a-f]{4})?")


@contextmanager
def changing(path: Path) -> Iterator[Keys]:
    """Hand out the keys in *path*, which nobody else changes meanwhile by a command of ours.

    Raises:
        ConfigError: it is no key file, or somebody else changes it just now.

    """
    read_keys(path)  # or it says what to do
    folder = _folder_of(path)
    try:
        _hold(folder, path)
        yield read_keys(path)
    finally:
        os.close(folder)


def _folder_of(path: Path) -> int:
    try:
        return os.open(path.resolve().parent, os.O_RDONLY)
    except OSError as error:
        raise ConfigError([_unwritten(path, error)]) from None


def _hold(folder: int, path: Path) -> None:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        says = f"another command changes the key file {path} just now, or moves by it"
        says = f"{says}; wait until it has ended"
        raise ConfigError([says]) from None
    except OSError:  # a disk that knows no locks: whoever runs two at once is on their own
        return


def with_new_master(keys: Keys, known: Collection[str]) -> Keys:
    """Return *keys* with a new master key, which is active; its id is no other's, nor in *known*.

    Its end is random, so that it is another one also after an old key file was put back.
    """
    numbers = (_NUMBERED.fullmatch(name) for name in {*keys.masters, *known})
    number = 1 + max((int(found[1]) for found in numbers if found), default=0)
    name = f"k{number}-{os.urandom(2).hex()}"
    return replace(keys, active=name, masters={**keys.masters, name: os.urandom(KEY)})


def without_master(keys: Keys, master: str) -> Keys:
    """Return *keys* without the master key called *master*."""
    left = {name: key for name, key in keys.masters.items() if name != master}
    return replace(keys, masters=left)


def with_masters_of(keys: Keys, old: Keys) -> Keys:
    """Return *keys* with those master keys of *old* besides that they lack; none becomes active.

    Raises:
        ConfigError: *old* belongs to another Lantern, or has nothing besides.

    """
    if old.lookup != keys.lookup or any(
        keys.masters.get(name, key) != key for name, key in old.masters.items()
    ):
        says = "that key file belongs to another Lantern than the one in place"
        advice = "if this database was written with it, put it in place of that one"
        raise ConfigError([f"{says}, and nothing was changed; {advice}"])
    if old.masters.keys() <= keys.masters.keys():
        raise ConfigError(["the key file has all that is in that one; nothing was changed"])
    return replace(keys, masters={**old.masters, **keys.masters})


def replace_keys(path: Path, keys: Keys) -> None:
    """Have the key file *path* hold *keys*; whatever happens, the old or the new one is whole.

    It is on disk, under its name, when this returns. Only within :func:`changing`.

    Raises:
        ConfigError: it cannot be written, and is as it was.

    """
    file = path.resolve()
    try:
        _remove_left(file)
        put_in_place(file, content_of(keys))
    except OSError as error:
        raise ConfigError([_unwritten(path, error)]) from None
    with suppress(OSError):  # not every disk can: the file itself is there
        sync(file.parent)


def _remove_left(file: Path) -> None:
    """Remove what a killed command left beside *file*: it holds keys."""
    for left in file.parent.glob(f".{glob.escape(file.name)}.{'[0-9a-f]' * 8}.new"):
        left.unlink()


def _unwritten(path: Path, error: OSError) -> str:
    says = f"key file {path} cannot be written ({why(error)}), and is as it was"
    advice = "make room, and let Lantern's user write to its folder"
    return f"{says}; {advice}; where the file alone is mounted (a container), mount its folder"
