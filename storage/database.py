"""The embedded database: one writer that commits in groups, and a reader beside it."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from bot.domain.errors import ConfigError, LanternError
from storage.ahead import Ahead
from storage.key_cache import KeyCache
from storage.sealing import Keys
from storage.statements import Statement

T = TypeVar("T")
Row = aiosqlite.Row
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA secure_delete = ON",
)
_PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOMEM,
    }
)
"""What is wrong with the disk or the machine, and not with the work."""


class DatabaseAwayError(LanternError):
    """Nothing can be written now, whatever it is: the disk is full, the file locked, or closed."""


class Transaction:
    """What a piece of work may do in the transaction it runs in."""

    def __init__(self, connection: aiosqlite.Connection, keys: Keys, cache: KeyCache) -> None:
        self._connection = connection
        self.keys = keys
        self.cache = cache
        self.touched: set[str] = set()
        """Who should look again once this is committed: addresses, ``desk`` and the like."""
        self.changed_keys: set[str] = set()
        """Whose data key was made or destroyed, so that no other cache goes on with the old."""
        self.ahead: Ahead | None = None
        """What was read before it is asked for, while a batch of updates is taken in."""
        self._later: dict[Statement, dict[Hashable, Mapping[str, Any]]] = {}

    def later(self, statement: Statement, key: Hashable, /, **values: object) -> None:
        """Run *statement* before the next that is run at once, or before the commit.

        What waits is run together, one call a statement, first what others refer to; of several
        with the same *key* only the last is run.
        """
        self._later.setdefault(statement, {})[key] = values

    def forget(self, statement: Statement, key: Hashable) -> None:
        """Take back what waits as *statement* with *key*."""
        self._later.get(statement, {}).pop(key, None)

    async def flush(self) -> None:
        """Run everything that waits."""
        waiting, self._later = self._later, {}
        for statement, rows in sorted(waiting.items(), key=lambda item: item[0].rank):
            bound = [statement.bind(values) for values in rows.values()]
            if bound:
                await self._connection.executemany(statement.sql, bound)

    async def all(self, statement: Statement, **values: object) -> Sequence[Row]:
        """Return every row of *statement*."""
        if self._later:
            await self.flush()
        rows = await self._connection.execute_fetchall(statement.sql, statement.bind(values))
        return list(rows)

    async def one(self, statement: Statement, **values: object) -> Row | None:
        """Return the first row of *statement*, if there is one."""
        rows = await self.all(statement, **values)
        return rows[0] if rows else None

    async def run(self, statement: Statement, **values: object) -> int:
        """Run *statement* and return how many rows it touched."""
        if self._later:
            await self.flush()
        if self.ahead is not None:
            self.ahead.distrust()
        async with self._connection.execute(statement.sql, statement.bind(values)) as cursor:
            return cursor.rowcount

    async def many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run *statement* once for each of *rows*."""
        await self.flush()
        bound = [statement.bind(row) for row in rows]
        await self._connection.executemany(statement.sql, bound)


_CLOSED = "the database is closed"


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
        self._written = KeyCache()
        self._read = KeyCache()
        self._jobs: asyncio.Queue[_Job | None] = asyncio.Queue()
        self._is_closed = False
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

        Raises:
            DatabaseAwayError: nothing can be written now; the same *work* may do later.

        """
        if self._is_closed:
            raise DatabaseAwayError(_CLOSED)
        job = _Job(work=work, done=asyncio.get_running_loop().create_future())
        self._jobs.put_nowait(job)
        result: T = await asyncio.shield(job.done)
        return result

    async def read(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run *work*, which must only read, on one consistent view of the database."""
        async with self._reading:
            try:
                await self._reader.execute("BEGIN")
                return await work(Transaction(self._reader, self.keys, self._read))
            finally:
                # Also when the caller is cancelled: a view left open would never see news.
                with suppress(aiosqlite.Error):
                    await self._reader.execute("ROLLBACK")

    async def ended(self) -> None:
        """Return when nothing can be written any more; raise if that is a fault."""
        await asyncio.shield(self._task)

    async def close(self) -> None:
        """Finish what waits, then close."""
        self._is_closed = True
        self._jobs.put_nowait(None)
        await asyncio.wait([self._task])
        await self._reader.close()
        await self._writer.close()

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
        if error is None:
            return
        if len(batch) > 1 and not isinstance(error, DatabaseAwayError):
            for job in batch:
                await self._commit_all([job])
            return
        for job in batch:
            _fail(job, error)

    async def _commit(self, batch: Sequence[_Job]) -> Exception | None:
        """Run *batch* in one transaction; return why it failed, if it did."""
        transaction = Transaction(self._writer, self.keys, self._written)
        try:
            await self._writer.execute("BEGIN IMMEDIATE")
            results = [await job.work(transaction) for job in batch]
            await transaction.flush()
            await self._writer.execute("COMMIT")
        except Exception as error:  # noqa: BLE001 - whatever work raises belongs to its caller
            with suppress(aiosqlite.Error):
                await self._writer.execute("ROLLBACK")
            self._written.forget(*transaction.changed_keys)
            return _away(error) or error
        self._read.forget(*transaction.changed_keys)
        for job, result in zip(batch, results, strict=True):
            if not job.done.done():
                job.done.set_result(result)
        self._tell(transaction.touched)
        return None


def _away(error: Exception) -> DatabaseAwayError | None:
    """Return what *error* means if it lies with the disk or the machine."""
    if not isinstance(error, sqlite3.OperationalError):
        return None
    if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _PASSING:
        return None
    return DatabaseAwayError(f"the database cannot be written now: {error.sqlite_errorname}")


def _fail(job: _Job, error: Exception) -> None:
    if not job.done.done():
        job.done.set_exception(error)


async def open_database(path: Path, keys: Keys) -> Database:
    """Open the database file *path*, which must have the current schema.

    Raises:
        ConfigError: the file or its folder cannot be written.

    """
    _check(path)
    writer = await _connect(path)
    reader = await _connect(path)
    return Database(writer, reader, keys)


def _check(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(_PRAGMAS[0])
            connection.execute("BEGIN IMMEDIATE")
    except sqlite3.DatabaseError as error:
        text = f"database {path} cannot be opened for writing ({error.sqlite_errorname})"
        raise ConfigError([f"{text}; its folder must be writable, as the database is"]) from None


async def _connect(path: Path) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(path, isolation_level=None, cached_statements=512)
    connection.row_factory = aiosqlite.Row
    for pragma in _PRAGMAS:
        await connection.execute(pragma)
    return connection
