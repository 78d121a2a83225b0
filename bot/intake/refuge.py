"""What is kept in the spool while the database is away, and getting it there and back."""

import asyncio
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.domain.ids import new_id
from bot.domain.update import Update
from bot.metrics import Metrics
from storage.packing import pack_update, unpack_update
from storage.spool import Spool


@dataclass(frozen=True, slots=True, kw_only=True)
class RawUpdate:
    """An update from *where* that cannot even be read; by ``id`` it is known if it comes again."""

    id: str
    channel: str
    content: str = field(repr=False)
    where: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message that was sent past the outbox; it is removed there as all others are."""

    channel: str
    address: str = field(repr=False)
    reference: str


Record = Update | RawUpdate | Shown


class Refuge:
    """The spool as intake sees it: records go in at one end and are read from the other."""

    def __init__(self, spool: Spool, metrics: Metrics) -> None:
        self._spool = spool
        self._metrics = metrics
        self._count()

    @property
    def waiting(self) -> int:
        """How many records wait to be taken in."""
        return self._spool.waiting

    async def keep(self, records: Sequence[Record]) -> None:
        """Return when *records* are on disk, behind all that wait.

        Raises:
            SpoolError: none of them counts as kept.

        """
        await asyncio.to_thread(self._append, records)
        self._count()

    async def oldest(self, most: int) -> list[Record]:
        """Return the *most* oldest records; they go on waiting.

        Raises:
            SpoolError: they cannot be read now.

        """
        packed = await asyncio.to_thread(self._spool.oldest, most)
        return [_unpack(body) for body in packed]

    async def drop(self, count: int, *, failed: Collection[int] = ()) -> None:
        """Remove the *count* oldest; those at *failed*, safe nowhere else, are put aside."""
        await asyncio.to_thread(self._spool.drop, count, failed=failed)
        self._count()

    def _append(self, records: Sequence[Record]) -> None:
        self._spool.append([json.dumps(_pack(record)).encode() for record in records])

    def _count(self) -> None:
        self._metrics.spool_waiting.set(self._spool.waiting)


def _pack(record: Record) -> dict[str, Any]:
    match record:
        case Update():
            return {"update": pack_update(record)}
        case RawUpdate():
            return {"raw": asdict(record)}
        case Shown():
            return {"shown": asdict(record)}


def _unpack(packed: bytes) -> Record:
    """Return what was packed; what another version of this program packed may be unreadable."""
    try:
        [(kind, values)] = json.loads(packed).items()
        return _made(kind, values)
    except (ValueError, KeyError, TypeError, AttributeError):
        content = packed.decode("latin-1")
        return RawUpdate(id=f"spool:{new_id()}", channel="spool", content=content, where="")


def _made(kind: str, values: Mapping[str, Any]) -> Record:
    match kind:
        case "update":
            return unpack_update(values)
        case "raw":
            return RawUpdate(**values)
        case "shown":
            return Shown(**values)
    raise ValueError(kind)
