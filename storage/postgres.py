"""PostgreSQL: any number of processes share one database.

Works about contacts run side by side, in other processes too, as long as the contacts are others;
what may touch anything has everything for itself. Both are advisory locks that end with their
transaction, always taken in the same order.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import asyncpg
from sqlalchemy import text

from bot.domain.ids import new_id
from storage.alone import LOOK_AGAIN, Running
from storage.database import (
    NUMBERS,
    Database,
    DatabaseAwayError,
    NeedsEverythingError,
    Row,
    Transaction,
)
from storage.key_cache import KeyCache
from storage.lane import Lane, Writer
from storage.postgres_connection import (
    DAMAGE,
    LOST,
    away,
    check_rights,
    check_server,
    connect,
    connecting,
    is_passing,
)
from storage.postgres_signals import Signals, messages
from storage.reach import EVERYTHING, Contacts, Everything, Reach, Rows
from storage.schema import metadata
from storage.sealing import Keys
from storage.server_url import ServerUrl
from storage.statements import Statement, ready

T = TypeVar("T")
_Connection = Any
"""asyncpg's own, alone or lent by its pool."""

_HOUSE = "SELECT pg_advisory_xact_lock(1279350356, 0)"
_HOUSE_SHARED = "SELECT pg_advisory_xact_lock_shared(1279350356, 0)"
_TURN = "SELECT pg_advisory_xact_lock(1279350356, $1)"
_CONTACTS = "SELECT pg_advisory_xact_lock(contact) FROM unnest('{{{}}}'::bigint[]) AS contact"
_NOTIFY = "SELECT pg_notify('lantern', '{}')"
_PROCESSES = ready(
    text(
        "SELECT DISTINCT substr(application_name, 9) FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name LIKE 'lantern %'"
    )
)
_READERS = 4


class PostgresTransaction(Transaction):
    """A transaction on a server. It knows no data keys but those it has read itself."""

    def __init__(
        self, connection: _Connection, keys: Keys, reach: Reach, *, may_write: bool = True
    ) -> None:
        super().__init__(keys, KeyCache(), may_write=may_write)
        self._connection = connection
        self._reach = reach
        self._turns: set[int] = set()

    async def take_turns(self, at: int = NUMBERS) -> None:
        """Wait until nobody else is *at* the same; see :meth:`Transaction.take_turns`."""
        if at not in self._turns:
            await self._connection.execute(_TURN, at)
        self._turns.add(at)

    async def reach_everything(self) -> None:
        """Be sure to have everything for oneself; see :meth:`Transaction.reach_everything`."""
        if not isinstance(self._reach, Everything):
            raise NeedsEverythingError

    async def _fetch(self, statement: Statement, values: Mapping[str, Any]) -> Sequence[Row]:
        said = statement.for_postgres
        rows: Sequence[Row] = await self._connection.fetch(said.text, *said.line_up(values))
        return rows

    async def _execute(self, statement: Statement, values: Mapping[str, Any]) -> int:
        said = statement.for_postgres
        status = await self._connection.execute(said.text, *said.line_up(values))
        return int(status.rpartition(" ")[2])

    async def _execute_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        said = statement.for_postgres
        await self._connection.executemany(said.text, list(map(said.line_up, rows)))


class _PostgresWriter(Writer):
    """A connection that writes; a lost one is replaced when the next transaction begins."""

    def __init__(self, database: "PostgresDatabase") -> None:
        self._url = database.url
        self._keys = database.keys
        self._process = database.process
        self._digest = database.digest
        self._connection: _Connection = None

    async def begin(self, reach: Reach) -> Transaction:
        if self._connection is None or self._connection.is_closed():
            self._connection = await connect(self._url, process=self._process)
        await self._connection.execute("; ".join(["BEGIN", *self._locks(reach)]))
        transaction = PostgresTransaction(self._connection, self._keys, reach)
        transaction.process = self._process
        return transaction

    async def commit(self, transaction: Transaction) -> None:
        await transaction.flush()
        digests = [self._digest(name) for name in transaction.touched]
        news = [_NOTIFY.format(payload) for payload in messages(self._process, digests)]
        if await self._connection.execute("; ".join([*news, "COMMIT"])) != "COMMIT":
            says = "the transaction had failed before, so nothing of it was kept"
            raise asyncpg.InternalServerError(says)

    async def roll_back(self, transaction: Transaction | None) -> None:  # noqa: ARG002
        """Undo everything; a connection of which it is not sure is thrown away."""
        try:
            async with asyncio.timeout(2):
                await self._connection.execute("ROLLBACK")
        except (*LOST, AttributeError):
            self._let_go()

    def is_passing(self, error: Exception) -> bool:
        return is_passing(error)

    def away(self, error: Exception) -> DatabaseAwayError | None:
        """Return what *error* means; what lies with the server is not asked of it again.

        It may have become a standby, which goes on answering, while another can be written to.
        """
        meant = away(error)
        if meant is not None:
            self._let_go()
        return meant

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
        self._connection = None

    async def close(self) -> None:
        if self._connection is not None:
            with suppress(*LOST):
                await self._connection.close(timeout=2)

    def _locks(self, reach: Reach) -> list[str]:
        """Return what takes the locks of *reach*, in the order in which everybody takes them."""
        match reach:
            case Everything():
                return [_HOUSE]
            case Contacts(addresses=addresses):
                numbers = sorted(self._number(*address) for address in addresses)
                return [_HOUSE_SHARED, _CONTACTS.format(",".join(map(str, numbers)))]
            case Rows():
                return []

    def _number(self, channel: str, where: str) -> int:
        return int.from_bytes(self._keys.find(channel, where)[:8], signed=True)


class PostgresDatabase(Database):
    """A database on a server, shared by every process that opens it."""

    at_once = 4

    def __init__(
        self, url: ServerUrl, keys: Keys, readers: "asyncpg.Pool[Any]", *, process: str
    ) -> None:
        super().__init__(keys)
        self.process = process
        self.url = url
        self._readers = readers
        self._rows = self._lane()
        self._everything = self._lane()
        self._contacts = [self._lane() for _ in range(self.at_once)]
        self._signals = Signals(url, self.process, readers.expire_connections)

    async def write(
        self, work: Callable[[Transaction], Awaitable[T]], *, reach: Reach = EVERYTHING
    ) -> T:
        """Run *work* in a transaction; see :meth:`Database.write`."""
        match reach:
            case Rows():
                lane = self._rows
            case Contacts():
                lane = min(self._contacts, key=lambda lane: lane.waiting)
            case _:
                lane = self._everything
        return await lane.write(work, reach)

    async def read(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run *work*, which must only read, on one consistent view of the database."""
        while True:
            try:
                return await self._read(work)
            except Exception as error:
                if (meant := away(error)) is not None:
                    raise meant from None
                if not is_passing(error):
                    raise

    async def _read(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        async with (
            self._readers.acquire(timeout=5) as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            return await work(PostgresTransaction(connection, self.keys, Rows(), may_write=False))

    def on_commit_elsewhere(self, tell: Callable[[frozenset[str] | None], None]) -> None:
        """Call *tell* after each commit of another process with digests of what it touched."""
        self._signals.tell = tell

    async def alone(self, name: str, job: Callable[[], Awaitable[None]]) -> None:
        """Do *job* whenever no other process does the one called *name*, until cancelled.

        While the server is away it goes on, until another process turns out to do it.
        """
        number = int.from_bytes(self.keys.find("alone", name)[:8], signed=True)
        running = Running(job)
        try:
            while not running.is_over:
                with suppress(*LOST):
                    connection = await connect(self.url, process=self.process)
                    try:
                        await running.hold(connection, number)
                    finally:
                        connection.terminate()
                await asyncio.sleep(LOOK_AGAIN)
        finally:
            await running.stop()

    async def processes(self) -> frozenset[str] | None:
        """Return the ids of the processes that have this database open."""
        return frozenset(row[0] for row in await self.read(lambda tx: tx.all(_PROCESSES)))

    def is_damage(self, error: Exception) -> bool:
        """Whether *error* lies with the server; see :meth:`Database.is_damage`."""
        return isinstance(error, DAMAGE)

    async def ended(self) -> None:
        """Return when nothing can be written any more; raise if that is a fault."""
        tasks = [lane.task for lane in self._lanes()]
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def close(self) -> None:
        """Finish what waits, then close."""
        await asyncio.gather(*(lane.close() for lane in self._lanes()))
        await self._signals.close()
        self._readers.terminate()

    def _lanes(self) -> list[Lane]:
        return [*self._contacts, self._everything, self._rows]

    def _lane(self) -> Lane:
        return Lane(_PostgresWriter(self), self._committed)

    def _committed(self, transaction: Transaction) -> None:
        self._tell(transaction.touched)


def _id_with(mark: str) -> str:
    """Return a new id that ends in *mark*: by which key its process seals what is new.

    Earlier versions have ids of the same kind, which end in anything.
    """
    return new_id()[: -len(mark)] + mark


async def open_server(url: ServerUrl, keys: Keys) -> PostgresDatabase:
    """Open the database at *url*, which must have the current schema.

    Raises:
        ConfigError: it cannot be reached, is too old, or refuses; says what to do.

    """
    await check_server(url)
    await check_rights(url, metadata.tables)
    process = _id_with(keys.mark)
    readers = await asyncpg.create_pool(
        url.whole, min_size=0, max_size=_READERS, **connecting(process)
    )
    return PostgresDatabase(url, keys, readers, process=process)
