"""The spool: where updates are kept, sealed and in order, while the database is away.

Each process has a folder of its own for it. A file that was read to its end is removed. Room for
the first megabytes is set aside at the start, so that a full disk does not stop the spool as well.
"""

import os
from collections import deque
from collections.abc import Collection, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from threading import Lock

from bot.domain.errors import ConfigError, LanternError
from storage.faults import nearest_seen
from storage.sealing import Keys, UnsealError
from storage.spool_file import (
    MOST_ADDED,
    Place,
    SpoolFile,
    new_head,
    open_record,
    places_in,
    read_head,
    seal_records,
    write_records,
)
from storage.spool_folder import (
    ASIDE,
    ENDING,
    claim,
    newest_number,
    unusable,
    waiting_in,
    write_all,
)
from storage.whole_file import sync

RESERVED = 8 * 1024 * 1024
"""Bytes set aside beforehand; an update takes some 500."""

_RESERVE = "reserve"


class SpoolError(LanternError):
    """The spool cannot be used now; what was to be kept does not count as kept."""


class Spool:
    """An open spool, for one process. Every call blocks, and may come from any thread."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder = folder
        self._keys = keys
        self._places: deque[Place] = deque()
        self._last: SpoolFile | None = None
        self._number = 0
        self._lock = Lock()
        self._claim = claim(folder)
        try:
            self._load()
        except BaseException:
            os.close(self._claim)
            raise
        self._set_aside_room()

    @property
    def waiting(self) -> int:
        """How many records wait."""
        return len(self._places)

    def append(self, records: Sequence[bytes]) -> None:
        """Keep *records* behind those that wait; they are on disk when this returns.

        Raises:
            SpoolError: none of them counts as kept.

        """
        with self._lock:
            try:
                places = self._write(records)
            except OSError as error:
                self._leave_last()
                text = f"the spool cannot be written now ({type(error).__name__} {error.errno})"
                raise SpoolError(text) from None
            self._places.extend(places)

    def oldest(self, most: int) -> list[bytes]:
        """Return the *most* oldest records that wait; they go on waiting.

        Raises:
            SpoolError: they cannot be read now.

        """
        with self._lock:
            try:
                return [open_record(place) for place in islice(self._places, most)]
            except (OSError, UnsealError) as error:
                text = f"the spool cannot be read now ({type(error).__name__})"
                raise SpoolError(text) from None

    def drop(self, count: int, *, failed: Collection[int] = ()) -> None:
        """Remove the *count* oldest records; those at *failed* among them are put aside."""
        with self._lock:
            is_aside = self._put_aside([self._places[number] for number in sorted(failed)])
            for number in range(count):
                file = self._places.popleft().file
                file.is_over &= is_aside or number not in failed
                if not self._places or self._places[0].file is not file:
                    self._remove(file)

    def close(self) -> None:
        """Let go of the folder; what waits stays there."""
        with self._lock:
            for handle in {place.file.handle for place in self._places}:
                os.close(handle)
            self._places.clear()
            os.close(self._claim)

    def _put_aside(self, places: Sequence[Place]) -> bool:
        """Keep a copy of the records at *places* in a file of its own; return whether it is kept.

        If not, the whole of their file is put aside when it is over.
        """
        if not places:
            return True
        path = self._next_path(ASIDE)
        try:
            write_records(path, [open_record(place) for place in places], self._keys)
            sync(self._folder)
        except (OSError, UnsealError):
            with suppress(OSError):
                path.unlink(missing_ok=True)
            return False
        return True

    def _next_path(self, ending: str) -> Path:
        self._number += 1
        return self._folder / f"{self._number:08}{ending}"

    def _write(self, records: Sequence[bytes]) -> list[Place]:
        size = sum(len(record) + MOST_ADDED for record in records)
        file = self._last
        if file is None or file.end + size > file.room:
            file = self._last = self._begin_file()
        content, places = seal_records(file, records)
        write_all(file.handle, content, file.end)
        os.fsync(file.handle)
        file.end += len(content)
        return places

    def _begin_file(self) -> SpoolFile:
        path = self._next_path(ENDING)
        with suppress(FileNotFoundError):
            (self._folder / _RESERVE).rename(path)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            key, head = new_head(self._keys)
            write_all(handle, head, 0)
            os.fsync(handle)
            sync(self._folder)
        except OSError:
            os.close(handle)
            path.unlink(missing_ok=True)
            raise
        return SpoolFile(path=path, handle=handle, key=key, end=len(head), room=RESERVED)

    def _leave_last(self) -> None:
        """Begin another file next time: what was half written here is cut off, or torn."""
        file, self._last = self._last, None
        if file is None:
            return
        if not any(place.file is file for place in reversed(self._places)):
            self._remove(file)
            return
        with suppress(OSError):
            os.ftruncate(file.handle, file.end)

    def _remove(self, file: SpoolFile) -> None:
        if file is self._last:
            self._last = None
        os.close(file.handle)
        with suppress(OSError):  # taken in again after the next start, which changes nothing
            if file.is_over:
                file.path.unlink(missing_ok=True)
            else:
                file.path.rename(self._next_path(ASIDE))
            sync(self._folder)
        self._set_aside_room()

    def _set_aside_room(self) -> None:
        """Have room set aside, if there is any: without it the spool needs a disk with space."""
        reserve = self._folder / _RESERVE
        with suppress(OSError):
            if reserve.exists() and reserve.stat().st_size == RESERVED:
                return
            handle = os.open(reserve, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                os.posix_fallocate(handle, 0, RESERVED)
                os.fsync(handle)
            finally:
                os.close(handle)

    def _load(self) -> None:
        self._number = newest_number(self._folder)
        for path in waiting_in(self._folder):
            try:
                self._load_file(path)
            except UnsealError as error:
                text = f"spool file {path} holds updates that were not taken in yet, but {error}"
                raise ConfigError([text]) from None
            except OSError as error:
                raise ConfigError([unusable(self._folder, error)]) from None

    def _load_file(self, path: Path) -> None:
        content = path.read_bytes()
        head = read_head(content, self._keys)
        if head is None:
            path.rename(self._next_path(ASIDE)) if content.strip(b"\0") else path.unlink()
            return
        key, start = head
        handle = os.open(path, os.O_RDWR)
        file = SpoolFile(path=path, handle=handle, key=key, end=start, room=0)
        before = len(self._places)
        for place, is_whole in places_in(file, content):
            if is_whole:
                self._places.append(place)
            else:
                torn = content[place.start : place.start + place.size].rstrip(b"\0")
                _keep_torn(path.with_suffix(f".{place.start}{ASIDE}"), torn)
        if len(self._places) == before:
            self._remove(file)


def count_kept(folder: Path) -> tuple[int, int]:
    """Return how many files of the spool in *folder* wait, and how many were torn."""
    return len(list(folder.rglob(f"*{ENDING}"))), len(list(folder.rglob(f"*{ASIDE}")))


def can_be_used(folder: Path) -> bool:
    """Whether a spool could be opened in *folder*, which need not be there yet."""
    found = nearest_seen(folder)
    return found.is_dir() and os.access(found, os.W_OK | os.X_OK, effective_ids=True)


def _keep_torn(path: Path, content: bytes) -> None:
    """Keep what is torn, if there is room: nothing of it was ever acknowledged."""
    if content:
        with suppress(OSError):
            path.write_bytes(content)
