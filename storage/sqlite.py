"""SQLite in a file: one writer that commits in groups, and a reader beside it."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from bot.domain.errors import ConfigError, NotNowError
from storage.database import Database, DatabaseAwayError, Row, Transaction
from storage.key_cache import KeyCache
from storage.lane import Lane, Writer
from storage.reach import EVERYTHING, Reach
from storage.sealing import Keys
from storage.statements import Statement

T = TypeVar("T")
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


_BEGIN = "BEGIN IMMEDIATE"
TOGETHER = "together"
"""Instead of one statement for a :class:`GroupingConnection`: several of them."""


class GroupingConnection(sqlite3.Connection):
    """A connection that also runs many statements in one call.

    Every call goes to a thread and back, which takes longer than what most statements do.
    """

    def execute(self, sql: str, parameters: Any = (), /) -> Any:  # noqa: ANN401 - sqlite3 says so
        """Run *sql*; if it is TOGETHER, *parameters* are statements with their values."""
        if sql != TOGETHER:
            return super().execute(sql, parameters)
        ask = super().execute
        return _Answers([ask(question, values).fetchall() for question, values in parameters])

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        """Run *sql* for each of *parameters*; if it is TOGETHER, these are statements and rows.

        A statement that has no rows of values, not even one, has None for them.
        """
        if sql != TOGETHER:
            return super().executemany(sql, parameters)
        cursor = self.cursor()
        for statement, rows in parameters:
            if rows is None:
                cursor.execute(statement)
            else:
                cursor.executemany(statement, rows)
        return cursor


class _Answers:
    """The rows of several questions, as a cursor has those of one."""

    def __init__(self, rows: list[list[Any]]) -> None:
        self._rows = rows

    def fetchall(self) -> list[list[Any]]:
        """Return the rows of each question."""
        return self._rows


_OF_THE_FOLDER = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN})


class SqliteTransaction(Transaction):
    """A transaction on a connection to a file. It begins with the first thing it asks or does."""

    def __init__(self, connection: aiosqlite.Connection, keys: Keys, cache: KeyCache) -> None:
        super().__init__(keys, cache)
        self._connection = connection
        self.has_begun = False

    async def begin(self) -> None:
        """Begin, unless it has."""
        if not self.has_begun:
            await self._connection.execute(_BEGIN)
            self.has_begun = True

    async def together(
        self, questions: Sequence[tuple[Statement, Mapping[str, Any]]]
    ) -> list[Sequence[Row]]:
        """Return the rows of each of *questions*, asked in one call."""
        asked = [(statement.sql, statement.bind(values)) for statement, values in questions]
        if self.has_begun:
            return list[Sequence[Row]](await self._connection.execute_fetchall(TOGETHER, asked))
        beginning: Sequence[tuple[str, Mapping[str, Any]]] = [(_BEGIN, {}), *asked]
        answers = list[Sequence[Row]](await self._connection.execute_fetchall(TOGETHER, beginning))
        self.has_begun = True
        return answers[1:]

    async def _fetch(self, statement: Statement, values: Mapping[str, Any]) -> Sequence[Row]:
        await self.begin()
        rows = await self._connection.execute_fetchall(statement.sql, statement.bind(values))
        return list(rows)

    async def _execute(self, statement: Statement, values: Mapping[str, Any]) -> int:
        await self.begin()
        cursor = await self._connection.execute(statement.sql, statement.bind(values))
        return cursor.rowcount

    async def _execute_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        await self.begin()
        bound = [statement.bind(row) for row in rows]
        await self._connection.executemany(statement.sql, bound)

    async def flush(self) -> None:
        """Run everything that waits, in one call."""
        await self.begin()
        if waiting := bound(self):
            await self._connection.executemany(TOGETHER, waiting)


def bound(transaction: Transaction) -> list[tuple[str, list[dict[str, Any]] | None]]:
    """Return what waits in *transaction* as :data:`TOGETHER` wants it; it waits no more."""
    return [
        (statement.sql, [statement.bind(row) for row in rows])
        for statement, rows in transaction.take_waiting()
    ]


class _SqliteWriter(Writer):
    def __init__(self, connection: aiosqlite.Connection, keys: Keys) -> None:
        self._connection = connection
        self._keys = keys
        self._cache = KeyCache()

    async def begin(self, reach: Reach) -> Transaction:  # noqa: ARG002 - it is always alone
        return SqliteTransaction(self._connection, self._keys, self._cache)

    async def commit(self, transaction: Transaction) -> None:
        together = [*bound(transaction), ("COMMIT", None)]
        if isinstance(transaction, SqliteTransaction) and not transaction.has_begun:
            together.insert(0, (_BEGIN, None))
        await self._connection.executemany(TOGETHER, together)

    async def roll_back(self, transaction: Transaction | None) -> None:
        with suppress(aiosqlite.Error):
            await self._connection.execute("ROLLBACK")
        if transaction is not None:
            self._cache.forget(*transaction.changed_keys)

    def is_passing(self, error: Exception) -> bool:  # noqa: ARG002 - nobody else writes
        return False

    def away(self, error: Exception) -> DatabaseAwayError | None:
        if not isinstance(error, sqlite3.OperationalError):
            return None
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _PASSING:
            return None
        return DatabaseAwayError(f"the database cannot be written now: {error.sqlite_errorname}")

    async def close(self) -> None:
        await self._connection.close()


class SqliteDatabase(Database):
    """An open database file. Writing is done by one task; whatever waits shares one commit."""

    def __init__(self, writer: Writer, reader: aiosqlite.Connection, keys: Keys) -> None:
        super().__init__(keys)
        self._reader = reader
        self._read = KeyCache()
        self._reading = asyncio.Lock()
        self._lane = Lane(writer, self._committed)

    async def write(
        self, work: Callable[[Transaction], Awaitable[T]], *, reach: Reach = EVERYTHING
    ) -> T:
        """Run *work* in a transaction; see :meth:`Database.write`."""
        return await self._lane.write(work, reach)

    async def read(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run *work*, which must only read, on one consistent view of the database."""
        async with self._reading:
            try:
                await self._reader.execute("BEGIN")
                transaction = SqliteTransaction(self._reader, self.keys, self._read)
                transaction.may_write, transaction.has_begun = False, True
                return await work(transaction)
            finally:
                # Also when the caller is cancelled: a view left open would never see news.
                with suppress(aiosqlite.Error):
                    await self._reader.execute("ROLLBACK")

    async def alone(self, name: str, job: Callable[[], Awaitable[None]]) -> None:  # noqa: ARG002
        """Do *job*: a file is open in one process only."""
        await job()

    async def processes(self) -> None:
        """Return None: only this process has the file open."""

    async def ended(self) -> None:
        """Return when nothing can be written any more; raise if that is a fault."""
        await asyncio.shield(self._lane.task)

    async def close(self) -> None:
        """Finish what waits, then close."""
        await self._lane.close()
        await self._reader.close()

    def _committed(self, transaction: Transaction) -> None:
        self._read.forget(*transaction.changed_keys)
        self._tell(transaction.touched)


async def open_file(path: Path, keys: Keys) -> SqliteDatabase:
    """Open the database file *path*, which must have the current schema.

    Raises:
        ConfigError: the file or its folder cannot be written.

    """
    _check(path)
    writer, reader = await _connect(path), await _connect(path)
    return SqliteDatabase(_SqliteWriter(writer, keys), reader, keys)


def _check(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path, timeout=5)) as connection:
            connection.execute(_PRAGMAS[0])
            connection.execute("BEGIN IMMEDIATE")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in _PASSING - _OF_THE_FOLDER:
            text = f"database {path} cannot be written now ({error.sqlite_errorname}); try again"
            raise NotNowError([text]) from None
        text = f"database {path} cannot be opened for writing ({error.sqlite_errorname})"
        raise ConfigError([f"{text}; its folder must be writable, as the database is"]) from None


async def _connect(path: Path) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(
        path, isolation_level=None, cached_statements=512, factory=GroupingConnection
    )
    connection.row_factory = aiosqlite.Row
    for pragma in _PRAGMAS:
        await connection.execute(pragma)
    return connection
