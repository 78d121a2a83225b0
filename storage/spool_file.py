"""One file of the spool: a line with its wrapped key, then records, each sealed at its place.

A record is four bytes with its length and what :func:`storage.sealing.seal` made of it. Zeros
where a length should be mean that nothing was written from there on.
"""

import os
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from struct import Struct

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.sealing import KEY, Keys, UnsealError, seal, unseal
from storage.spool_folder import ASIDE, ENDING, write_all

MOST_ADDED = 32
"""Bytes that a record takes more than what it holds."""

_LENGTH = Struct(">I")
_LONGEST_HEAD = 4096


@dataclass(slots=True, kw_only=True, eq=False)
class SpoolFile:
    """An open file of the spool; ``end`` is where the next record goes, ``room`` its size.

    ``is_over`` says that what was read from it is safe elsewhere.
    """

    path: Path
    handle: int
    key: AESGCM = field(repr=False)
    end: int
    room: int
    is_over: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a record lies, its length included."""

    file: SpoolFile
    start: int
    size: int


def new_head(keys: Keys) -> tuple[AESGCM, bytes]:
    """Return a fresh key, and the line with which a file sealed under it begins."""
    key = os.urandom(KEY)
    master, wrapped = keys.wrap(key)
    body = {"lantern": "spool", "master": master, "key": b64encode(wrapped).decode()}
    return AESGCM(key), orjson.dumps(body) + b"\n"


def read_head(content: bytes, keys: Keys) -> tuple[AESGCM, int] | None:
    """Return the key of a file and where its records begin; None if its first line is not whole.

    Raises:
        UnsealError: the key file does not open it.

    """
    line, newline, _ = content.partition(b"\n")
    found = _wrapped_in(line)
    return (AESGCM(keys.unwrap(*found)), len(line) + 1) if found and newline else None


def _wrapped_in(line: bytes) -> tuple[str, bytes] | None:
    """Return the id of the master key and the wrapped key in *line*, if it is whole."""
    try:
        body = orjson.loads(line)
        return str(body["master"]), b64decode(body["key"], validate=True)
    except (ValueError, KeyError, TypeError):
        return None


def count_files_by_master(folder: Path) -> Mapping[str, int]:
    """Return how many files of the spool in *folder*, also put aside, each master key wraps.

    Raises:
        OSError: one cannot be read.

    """
    paths = (path for ending in (ENDING, ASIDE) for path in folder.rglob(f"*{ending}"))
    found = (_wrapped_in(line) for line in map(_first_line, paths))
    return Counter(wrapped[0] for wrapped in found if wrapped)


def _first_line(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.readline(_LONGEST_HEAD)
    except FileNotFoundError:  # it was taken in meanwhile
        return b""


def seal_records(file: SpoolFile, records: Sequence[bytes]) -> tuple[bytes, list[Place]]:
    """Return what to write at the end of *file* for *records*, and where each will lie."""
    content, places = bytearray(), []
    for record in records:
        start = file.end + len(content)
        sealed = seal(file.key, record, _purpose(start))
        content += _LENGTH.pack(len(sealed)) + sealed
        places.append(Place(file=file, start=start, size=_LENGTH.size + len(sealed)))
    return bytes(content), places


def write_records(path: Path, records: Sequence[bytes], keys: Keys) -> None:
    """Write the new file *path* that holds *records*; it is on disk when this returns.

    Raises:
        OSError: it cannot be written, or is there already.

    """
    key, head = new_head(keys)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        file = SpoolFile(path=path, handle=handle, key=key, end=len(head), room=0)
        write_all(handle, head + seal_records(file, records)[0], 0)
        os.fsync(handle)
    finally:
        os.close(handle)


def open_record(place: Place) -> bytes:
    """Return the record at *place*.

    Raises:
        OSError: it cannot be read.
        UnsealError: it was changed.

    """
    sealed = os.pread(place.file.handle, place.size, place.start)[_LENGTH.size :]
    return unseal(place.file.key, sealed, _purpose(place.start))


def places_in(file: SpoolFile, content: bytes) -> Iterator[tuple[Place, bool]]:
    """Yield each record of *file* and whether it can be opened; what is torn cannot.

    *content* is all of the file, and ``file.end`` where its records begin.
    """
    start = file.end
    while start < len(content):
        head = content[start : start + _LENGTH.size]
        length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else len(content)
        if not any(head):
            return
        size = min(_LENGTH.size + length, len(content) - start)
        place = Place(file=file, start=start, size=size)
        yield place, size == _LENGTH.size + length and _can_be_opened(place)
        start += size


def _can_be_opened(place: Place) -> bool:
    try:
        open_record(place)
    except UnsealError:
        return False
    return True


def _purpose(start: int) -> str:
    return f"spool {start}"
