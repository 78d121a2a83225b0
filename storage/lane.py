"""One writing connection and what waits for it: whatever waits at once shares one commit."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from storage.database import DatabaseAwayError, NeedsEverythingError, Transaction
from storage.reach import EVERYTHING, Contacts, Reach

T = TypeVar("T")
Work = Callable[[Transaction], Awaitable[Any]]
_CLOSED = "the database is closed"


class Writer(ABC):
    """A connection that writes, one transaction after another."""

    @abstractmethod
    async def begin(self, reach: Reach) -> Transaction:
        """Begin a transaction that has *reach* for itself."""

    @abstractmethod
    async def commit(self, transaction: Transaction) -> None:
        """Make everything durable, what waits in *transaction* included."""

    @abstractmethod
    async def roll_back(self, transaction: Transaction | None) -> None:
        """Undo everything; never raises for a connection that is gone."""

    @abstractmethod
    def is_passing(self, error: Exception) -> bool:
        """Whether *error* only means that others were in the way, so that it may work at once."""

    @abstractmethod
    def away(self, error: Exception) -> DatabaseAwayError | None:
        """Return what *error* means, if it lies with the disk, the server or the machine."""

    @abstractmethod
    async def close(self) -> None:
        """Close the connection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """Work that is done in each transaction that touches ``name``, at its very end.

    What it returns is handed to ``committed`` once that is on disk, and nobody needs to be told
    of ``name`` then. If it returns None, or fails, all is as if it had not been there.
    """

    name: str
    work: Work
    committed: Callable[[Any], None]


class _FollowerFailedError(Exception):
    """Not the fault of what it followed, which is done without it."""


@dataclass(slots=True, kw_only=True)
class _Job:
    work: Work
    reach: Reach
    done: "asyncio.Future[Any]"


class Lane:
    """Runs work in the order it came, in groups."""

    def __init__(self, writer: Writer, committed: Callable[[Transaction], None]) -> None:
        self._writer = writer
        self._committed = committed
        self._jobs: asyncio.Queue[_Job | None] = asyncio.Queue()
        self._is_closed = False
        self._waiting = 0
        self.follower: Follower | None = None
        self.task = asyncio.create_task(self._run(), name="database writer")

    @property
    def waiting(self) -> int:
        """How many works wait, or are under way."""
        return self._waiting

    async def write(self, work: Callable[[Transaction], Awaitable[T]], reach: Reach) -> T:
        """Run *work* and return its result once that is on disk; see :meth:`Database.write`."""
        if self._is_closed:
            raise DatabaseAwayError(_CLOSED)
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.put_nowait(_Job(work=work, reach=reach, done=done))
        self._waiting += 1
        done.add_done_callback(self._forget)
        return await asyncio.shield(done)

    async def close(self) -> None:
        """Finish what waits, then close."""
        self._is_closed = True
        self._jobs.put_nowait(None)
        await asyncio.wait([self.task])
        await self._writer.close()

    def _forget(self, _: "asyncio.Future[Any]") -> None:
        self._waiting -= 1

    async def _run(self) -> None:
        try:
            while batch := await self._next_batch():
                await self._commit_all(batch)
        finally:
            self._is_closed = True
            while not self._jobs.empty():
                if job := self._jobs.get_nowait():
                    _fail(job, DatabaseAwayError(_CLOSED))

    async def _next_batch(self) -> list[_Job]:
        first = await self._jobs.get()
        batch = [first] if first else []
        while first and not self._jobs.empty():
            job = self._jobs.get_nowait()
            if job is None:
                self._jobs.put_nowait(None)
                break
            batch.append(job)
        return batch

    async def _commit_all(self, batch: Sequence[_Job]) -> None:
        """Commit *batch* together, or else one by one: a lone job that fails is told why."""
        error = await self._commit(batch)
        while error is not None and self._writer.is_passing(error):
            error = await self._commit(batch)
        if error is None:
            return
        if len(batch) > 1 and not isinstance(error, DatabaseAwayError):
            for job in batch:
                await self._commit_all([job])
        elif isinstance(error, NeedsEverythingError):
            batch[0].reach = EVERYTHING
            await self._commit_all(batch)
        else:
            for job in batch:
                _fail(job, error)

    async def _commit(self, batch: Sequence[_Job], *, is_followed: bool = True) -> Exception | None:
        """Run *batch* in one transaction; return why it failed, if it did."""
        transaction, follower = None, self.follower if is_followed else None
        try:
            transaction = await self._writer.begin(_together(batch))
            results = [await job.work(transaction) for job in batch]
            taken = await _follow(transaction, follower) if follower else None
            await self._writer.commit(transaction)
        except _FollowerFailedError:
            await self._writer.roll_back(transaction)
            return await self._commit(batch, is_followed=False)
        except Exception as error:  # noqa: BLE001 - whatever work raises belongs to its caller
            await self._writer.roll_back(transaction)
            return self._writer.away(error) or error
        for job, result in zip(batch, results, strict=True):
            if not job.done.done():
                job.done.set_result(result)
        if follower and taken is not None:
            transaction.touched.discard(follower.name)
            follower.committed(taken)
        self._committed(transaction)
        transaction.do_once_kept()
        return None


async def _follow(transaction: Transaction, follower: Follower) -> Any:  # noqa: ANN401 - its own
    if follower.name not in transaction.touched:
        return None
    try:
        return await follower.work(transaction)
    except Exception as error:
        raise _FollowerFailedError from error


def _together(batch: Sequence[_Job]) -> Reach:
    """Return the reach of all of *batch*, which are of one kind unless one has everything."""
    reaches = {job.reach for job in batch}
    if len(reaches) == 1:
        return reaches.pop()
    if all(isinstance(reach, Contacts) for reach in reaches):
        every = {at for reach in reaches if isinstance(reach, Contacts) for at in reach.addresses}
        return Contacts(tuple(every))
    return EVERYTHING


def _fail(job: _Job, error: Exception) -> None:
    if not job.done.done():
        job.done.set_exception(error)
