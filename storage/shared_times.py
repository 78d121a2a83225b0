"""When something was last done, known to all processes on a machine, also without a database.

A time is that of an empty file's last change: to set it needs no room on a full disk.
"""

import fcntl
import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from bot.domain.ids import NEVER, Instant

ENDING = ".last"
_NANOSECONDS = 1000


class SharedTimes:
    """Times by name, shared through *folder*; without one, or if it fails, this process's own."""

    def __init__(self, folder: Path | None, names: Collection[str]) -> None:
        self._own: dict[str, Instant] = {}
        self._paths = {name: folder / f"{name}{ENDING}" for name in names} if folder else {}
        for path in self._paths.values():
            with suppress(OSError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
                os.utime(path, ns=(NEVER, NEVER))

    def last(self, name: str, *, now: Instant) -> Instant:
        """Return when *name* was last claimed, by whichever process; a time to come is none."""
        found = self._own.get(name, NEVER)
        with suppress(OSError, KeyError):
            shared = Instant(self._paths[name].stat().st_mtime_ns // _NANOSECONDS)
            found = max(found, shared if shared <= now else NEVER)
        return found

    def claim(self, name: str, *, now: Instant, again_after: int) -> bool:
        """Whether this process is to do *name* now: none did in the last *again_after* us.

        Of several that ask at one moment one is to.
        """
        try:
            handle = os.open(self._paths[name], os.O_RDWR)
        except (OSError, KeyError):
            return self._claim(name, now, again_after)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_claimed = self._claim(name, now, again_after)
            if is_claimed:
                with suppress(OSError):
                    os.utime(handle, ns=(now * _NANOSECONDS, now * _NANOSECONDS))
        except BlockingIOError:
            return False
        except OSError:
            return self._claim(name, now, again_after)
        else:
            return is_claimed
        finally:
            os.close(handle)

    def _claim(self, name: str, now: Instant, again_after: int) -> bool:
        if now - self.last(name, now=now) < again_after:
            return False
        self._own[name] = now
        return True
