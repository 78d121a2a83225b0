"""SQLite in a file: one writer that commits in groups, and a reader beside it."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from bot.domain.errors import ConfigError, NotNowError
from storage.database import Database, DatabaseAwayError, Row, Transaction
from storage.faults import advice_on
from storage.key_cache import KeyCache
from storage.lane import Follower, Lane, Writer
from storage.reach import EVERYTHING, Reach
from storage.sealing import Keys
from storage.sqlite_steps import PATIENT, TOGETHER, Answer, GroupingConnection, Step, empty_log
from storage.statements import Statement

T = TypeVar("T")
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    PATIENT,
    "PRAGMA cache_size = -8000",
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

_OF_THE_WORK = (
    sqlite3.IntegrityError,
    sqlite3.DataError,
    sqlite3.ProgrammingError,
    sqlite3.NotSupportedError,
)

_AWAY = _PASSING | {sqlite3.SQLITE_NOTADB}
"""Where nothing at all can be written, whether or not it passes by itself."""

_OF_THE_FOLDER = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN})
_BEGIN, _BEGIN_TO_READ = "BEGIN IMMEDIATE", "BEGIN"
_ROLL_BACK: tuple[Step, ...] = (("ROLLBACK", ()),)


class SqliteTransaction(Transaction):
    """A transaction on a connection to a file. It begins with the first thing it asks or does.

    What is to be flushed goes with the next call, so that it costs none of its own.
    """

    def __init__(
        self,
        connection: aiosqlite.Connection,
        keys: Keys,
        cache: KeyCache,
        *,
        may_write: bool = True,
    ) -> None:
        super().__init__(keys, cache, may_write=may_write)
        self._connection = connection
        self._first: list[Step] = [(_BEGIN if may_write else _BEGIN_TO_READ, ())]

    async def together(
        self, questions: Sequence[tuple[Statement, Mapping[str, Any]]]
    ) -> list[Sequence[Row]]:
        """Return the rows of each of *questions*, asked in one call."""
        asked = [_step(statement, values) for statement, values in questions]
        return [rows for rows, _ in await self._call(*asked)]

    async def flush(self) -> None:
        """Have everything that waits run before whatever comes next."""
        for statement, rows in self.take_waiting():
            said = statement.for_sqlite
            self._first.append((said.text, list(map(said.line_up, rows))))

    async def commit(self) -> None:
        """Make everything durable, what waits included."""
        await self.flush()
        await self._call(("COMMIT", ()))

    async def _fetch(self, statement: Statement, values: Mapping[str, Any]) -> Sequence[Row]:
        ((rows, _),) = await self._call(_step(statement, values))
        return rows

    async def _execute(self, statement: Statement, values: Mapping[str, Any]) -> int:
        ((_, count),) = await self._call(_step(statement, values))
        return count

    async def _execute_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            said = statement.for_sqlite
            await self._call((said.text, list(map(said.line_up, rows))))

    async def _call(self, *steps: Step) -> list[Answer]:
        """Return the answers of *steps*; if one fails, nothing more can be done but roll back."""
        every = [*self._first, *steps]
        answers = list[Any](await self._connection.execute_fetchall(TOGETHER, every))
        self._first = []
        return answers[len(answers) - len(steps) :]


def _step(statement: Statement, values: Mapping[str, Any]) -> Step:
    said = statement.for_sqlite
    return said.text, said.line_up(values)


class _SqliteWriter(Writer):
    def __init__(self, connection: aiosqlite.Connection, keys: Keys) -> None:
        self._connection = connection
        self._keys = keys
        self._cache = KeyCache()
        self._is_log_due = False

    async def begin(self, reach: Reach) -> Transaction:  # noqa: ARG002 - it is always alone
        return SqliteTransaction(self._connection, self._keys, self._cache)

    async def commit(self, transaction: Transaction) -> None:
        if isinstance(transaction, SqliteTransaction):
            await transaction.commit()
            if self._is_log_due or transaction.has_erased:
                self._is_log_due = not await empty_log(self._connection)

    async def roll_back(self, transaction: Transaction | None) -> None:
        with suppress(aiosqlite.Error):
            await self._connection.execute_fetchall(TOGETHER, _ROLL_BACK)
        if transaction is not None:
            self._cache.forget(*transaction.changed_keys)

    def is_passing(self, error: Exception) -> bool:  # noqa: ARG002 - nobody else writes
        return False

    def away(self, error: Exception) -> DatabaseAwayError | None:
        if not isinstance(error, sqlite3.DatabaseError):
            return None
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _AWAY:
            return None
        name = error.sqlite_errorname
        return DatabaseAwayError(f"the database cannot be written now ({name}); {advice_on(name)}")

    async def close(self) -> None:
        await self._connection.close()


class SqliteDatabase(Database):
    """An open database file. Writing is done by one task; whatever waits shares one commit."""

    def __init__(self, writer: Writer, reader: aiosqlite.Connection, keys: Keys) -> None:
        super().__init__(keys)
        self._reader = reader
        self._read = KeyCache()
        self._reading = asyncio.Lock()
        self._readings: set[asyncio.Task[Any]] = set()
        self._lane = Lane(writer, self._committed)

    async def write(
        self, work: Callable[[Transaction], Awaitable[T]], *, reach: Reach = EVERYTHING
    ) -> T:
        """Run *work* in a transaction; see :meth:`Database.write`."""
        return await self._lane.write(work, reach)

    async def read(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run *work*, which must only read, on one consistent view of the database.

        Whoever gives up, because it takes too long, waits no longer, also where a disk hangs.
        """
        reading = asyncio.create_task(self._read_in_turn(work))
        reading.add_done_callback(_take_note)
        self._readings.add(reading)
        reading.add_done_callback(self._readings.discard)
        try:
            return await asyncio.shield(reading)
        except asyncio.CancelledError:
            reading.cancel()  # and not waited for: it ends when the file lets go of it
            raise

    async def _read_in_turn(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        async with self._reading:
            try:
                reading = SqliteTransaction(self._reader, self.keys, self._read, may_write=False)
                return await work(reading)
            finally:
                # Also when the caller is cancelled: a view left open would never see news.
                with suppress(aiosqlite.Error):
                    await self._reader.execute_fetchall(TOGETHER, _ROLL_BACK)

    def follow(
        self,
        name: str,
        work: Callable[[Transaction], Awaitable[T | None]],
        committed: Callable[[T], None],
    ) -> None:
        """Do *work* in each transaction that touches *name*; see :meth:`Database.follow`."""
        self._lane.follower = Follower(name=name, work=work, committed=committed)

    def follow_no_more(self) -> None:
        """End what :meth:`follow` began."""
        self._lane.follower = None

    async def alone(self, name: str, job: Callable[[], Awaitable[None]]) -> None:  # noqa: ARG002
        """Do *job*: a file is open in one process only."""
        await job()

    async def processes(self) -> None:
        """Return None: only this process has the file open."""

    def is_damage(self, error: Exception) -> bool:
        """Whether *error* lies with the file; see :meth:`Database.is_damage`."""
        return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, _OF_THE_WORK)

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


def _take_note(reading: asyncio.Task[Any]) -> None:
    """Look at how *reading* ended: nobody else does where its caller gave up."""
    if not reading.cancelled():
        reading.exception()


def _check(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path, timeout=5)) as connection:
            connection.execute(_PRAGMAS[0])
            connection.execute("BEGIN IMMEDIATE")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in _PASSING - _OF_THE_FOLDER:
            text = f"database {path} cannot be written now ({error.sqlite_errorname})"
            advice = advice_on(error.sqlite_errorname)
            raise NotNowError([f"{text}; {advice}"]) from None
        text = f"database {path} cannot be opened for writing ({error.sqlite_errorname})"
        raise ConfigError([f"{text}; its folder must be writable, as the database is"]) from None


async def _connect(path: Path) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(
        path, isolation_level=None, cached_statements=512, factory=GroupingConnection
    )
    connection.row_factory = aiosqlite.Row
    await connection.execute_fetchall(TOGETHER, [(pragma, ()) for pragma in _PRAGMAS])
    return connection
