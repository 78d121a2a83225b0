"""The embedded database: one writer that commits in groups, and a reader beside it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from storage.key_cache import KeyCache
from storage.sealing import Keys
from storage.statements import Statement

T = TypeVar("T")
Row = aiosqlite.Row
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 10000",
)


class Transaction:
    """What a piece of work may do in the transaction it runs in."""

    def __init__(self, connection: aiosqlite.Connection, keys: Keys, cache: KeyCache) -> None:
        self._connection = connection
        self.keys = keys
        self.cache = cache
        self.touched: set[str] = set()
        """Who should look again once this is committed: addresses, ``desk`` and the like."""

    async def all(self, statement: Statement, **values: object) -> Sequence[Row]:
        """Return every row of *statement*."""
        rows = await self._connection.execute_fetchall(statement.sql, statement.bind(values))
        return list(rows)

    async def one(self, statement: Statement, **values: object) -> Row | None:
        """Return the first row of *statement*, if there is one."""
        rows = await self.all(statement, **values)
        return rows[0] if rows else None

    async def run(self, statement: Statement, **values: object) -> int:
        """Run *statement* and return how many rows it touched."""
        async with self._connection.execute(statement.sql, statement.bind(values)) as cursor:
            return cursor.rowcount

    async def many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run *statement* once for each of *rows*."""
        bound = [statement.bind(row) for row in rows]
        await self._connection.executemany(statement.sql, bound)


@dataclass(slots=True, kw_only=True)
class _Job:
    work: Callable[[Transaction], Awaitable[Any]]
    done: asyncio.Future[Any]


class Database:
    """An open database. Writing is done by one task; whatever waits shares one commit."""

    def __init__(
        self, writer: aiosqlite.Connection, reader: aiosqlite.Connection, keys: Keys
    ) -> None:
        self._writer = writer
        self._reader = reader
        self.keys = keys
        self._cache = KeyCache()
        self._jobs: asyncio.Queue[_Job | None] = asyncio.Queue()
        self._reading = asyncio.Lock()
        self._tell: Callable[[set[str]], None] = lambda _: None
        self._task = asyncio.create_task(self._run(), name="database writer")

    def on_commit(self, tell: Callable[[set[str]], None]) -> None:
        """Call *tell* after each commit with the names that the work touched."""
        self._tell = tell

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run *work* in a transaction and return its result once that is on disk.

        Work that waits at the same time shares the commit. If any of it fails, each is run
        again alone, so *work* must not change anything but the database. An error of *work*
        undoes it and is raised here. Cancelling the caller does not undo the work.
        """
        job = _Job(work=work, done=asyncio.get_running_loop().create_future())
        self._jobs.put_nowait(job)
        result: T = await asyncio.shield(job.done)
        return result

    async def read(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run *work*, which must only read, on one consistent view of the database."""
        async with self._reading:
            await self._reader.execute("BEGIN")
            try:
                return await work(Transaction(self._reader, self.keys, self._cache))
            finally:
                await self._reader.execute("ROLLBACK")

    async def close(self) -> None:
        """Finish what waits, then close."""
        self._jobs.put_nowait(None)
        await self._task
        await self._reader.close()
        await self._writer.close()

    async def _run(self) -> None:
        while batch := await self._next_batch():
            if not await self._commit(batch) and len(batch) > 1:
                for job in batch:
                    await self._commit([job])

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

    async def _commit(self, batch: Sequence[_Job]) -> bool:
        """Run *batch* in one transaction; a lone job that fails is told why."""
        transaction = Transaction(self._writer, self.keys, self._cache)
        try:
            await self._writer.execute("BEGIN IMMEDIATE")
            results = [await job.work(transaction) for job in batch]
            await self._writer.execute("COMMIT")
        except Exception as error:  # noqa: BLE001 - whatever work raises belongs to its caller
            with suppress(aiosqlite.Error):
                await self._writer.execute("ROLLBACK")
            if len(batch) == 1:
                _fail(batch[0], error)
            return False
        self._tell(transaction.touched)
        for job, result in zip(batch, results, strict=True):
            if not job.done.done():
                job.done.set_result(result)
        return True


def _fail(job: _Job, error: Exception) -> None:
    if not job.done.done():
        job.done.set_exception(error)


async def open_database(path: Path, keys: Keys) -> Database:
    """Open the database file *path*, which must have the current schema."""
    writer = await _connect(path)
    reader = await _connect(path)
    return Database(writer, reader, keys)


async def _connect(path: Path) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(path, isolation_level=None, cached_statements=512)
    connection.row_factory = aiosqlite.Row
    for pragma in _PRAGMAS:
        await connection.execute(pragma)
    return connection
