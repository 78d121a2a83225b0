"""What an operator reads where a database file cannot be used, and whether it may pass."""

from pathlib import Path

from bot.domain.errors import ConfigError, NotNowError
from storage.server_url import ServerUrl

_ROOM = "make room on its disk"
_RIGHTS = "Lantern's user must be allowed to write to that file and to its folder"
_ADVICE = {
    "SQLITE_BUSY": "another program holds it; try again, or stop that one",
    "SQLITE_LOCKED": "another program holds it; try again, or stop that one",
    "SQLITE_NOMEM": "the machine has no memory left; try again",
    "SQLITE_FULL": _ROOM,
    "SQLITE_IOERR": f"{_ROOM}, or see whether that disk is failing",
    "SQLITE_READONLY": _RIGHTS,
    "SQLITE_CANTOPEN": _RIGHTS,
}
"""What to do, by how SQLite's name of the fault begins."""

_PASSING = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_NOMEM", "SQLITE_FULL", "SQLITE_IOERR")
"""What passes without anybody changing how Lantern is set up: a start is tried again."""


def why(error: OSError) -> str:
    """Return what is wrong with a file or folder, in words: "No space left on device"."""
    return error.strerror or type(error).__name__


def is_there(path: Path) -> bool:
    """Return whether the file *path* is there.

    Raises:
        ConfigError: its folder may not be looked into.

    """
    try:
        return path.exists()
    except PermissionError:
        says = f"nobody but another user may look into the folder of {path}"
        advice = "run every command as Lantern's user, who must be allowed to"
        raise ConfigError([f"{says}; {advice}"]) from None


def can_be_seen(path: Path) -> bool:
    """Return whether *path* is there, as far as this user may look."""
    try:
        return path.exists()
    except PermissionError:
        return False


def nearest_seen(folder: Path) -> Path:
    """Return *folder*, or the nearest above it that is there."""
    return next((path for path in (folder, *folder.parents) if can_be_seen(path)), folder)


def fault_of(path: Path | ServerUrl, error: BaseException | None) -> ConfigError:
    """Return in one sentence why the database *path* cannot be used, and what to do."""
    if "not a database" in str(error) or "malformed" in str(error):
        says = f"{path} is not a database, or it is damaged; restore it from a backup"
        return ConfigError([says])
    if "no such table" in str(error) or "no such column" in str(error):
        says = f"something is missing in the database {path}; restore it from a backup"
        return ConfigError([says])
    if "unable to open" in str(error):
        says = f"{path} cannot be opened; it must be a file that Lantern may read and write"
        return ConfigError([says])
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    says = f"database {path} cannot be used now ({name}); {advice_on(name)}"
    return (NotNowError if name.startswith(_PASSING) else ConfigError)([says])


def advice_on(name: str) -> str:
    """Return what to do about the fault that SQLite calls *name*."""
    found = (advice for fault, advice in _ADVICE.items() if name.startswith(fault))
    return next(found, "run: lantern db check")
