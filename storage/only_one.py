"""One running Lantern for one database file."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from bot.domain.errors import ConfigError
from storage.faults import why
from storage.server_url import ServerUrl


@contextmanager
def only_one(database: Path | ServerUrl, *, mark: str = "") -> Iterator[None]:
    """Hold *database* for this process; the system lets go of it when the process ends, however.

    A database on a server is for any number of processes. *mark* says by which key this one
    seals what is new, to whoever asks :func:`mark_of_holder`.

    Raises:
        ConfigError: another process holds it, or nothing can be written beside it.

    """
    if isinstance(database, ServerUrl):
        yield
        return
    with _opened(_lock_of(database)) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            text = f"another Lantern runs on database {database} already; stop that one first"
            raise ConfigError([text]) from None
        _leave_mark(mark, file)
        yield


def _leave_mark(mark: str, file: TextIO) -> None:
    """Leave *mark* in *file*, if there is room; without one this process is a stranger to others.

    Raises:
        ConfigError: the mark of whoever held it before stays.

    """
    try:
        os.ftruncate(file.fileno(), 0)
    except OSError as error:
        raise ConfigError([_unwritable(Path(file.name), error)]) from None
    with suppress(OSError):
        os.write(file.fileno(), mark.encode())


def mark_of_holder(database: Path) -> str | None:
    """Return the mark of the process that holds *database*, ``""`` if it has none; None if none is.

    Earlier versions have none, nor has a command that holds it for a while.
    """
    if not is_held(database):
        return None
    try:
        return _lock_of(database).read_text("utf-8")
    except OSError:
        return ""


def is_held(database: Path | ServerUrl) -> bool:
    """Return whether a process holds *database*; of one on a server, nobody knows, and it may be.

    For a moment nobody else can hold it.
    """
    if isinstance(database, ServerUrl):
        return True
    try:
        with _lock_of(database).open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _lock_of(database: Path) -> Path:
    held = database.resolve()  # the same file may be reached by a link
    return held.with_name(f"{held.name}.lock")


def _opened(lock: Path) -> TextIO:
    try:
        return lock.open("a", encoding="utf-8")  # whoever holds it keeps their mark there
    except OSError as error:
        raise ConfigError([_unwritable(lock, error)]) from None


def _unwritable(lock: Path, error: OSError) -> str:
    if isinstance(error, PermissionError) and os.access(lock.parent, os.W_OK, effective_ids=True):
        says = f"{lock} belongs to another user, who has run Lantern here"
        advice = "hand it over (chown), and run every command as Lantern's user"
    else:
        says = f"nothing can be written to {lock.parent} ({why(error)})"
        advice = "the folder of the database must be there, have room, and let Lantern's user write"
    return f"{says}; {advice}"
