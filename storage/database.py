"""What Lantern asks of a database, whichever it is: SQLite in a file, or PostgreSQL."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, Protocol, TypeVar

from bot.domain.errors import LanternError
from storage.ahead import Ahead
from storage.key_cache import KeyCache
from storage.known import Known
from storage.reach import EVERYTHING, Reach
from storage.sealing import Keys
from storage.statements import Statement

T = TypeVar("T")
NUMBERS, LEASES = 1, 2
"""What is done by one after the other: counting cases and lines of the audit; taking leases."""

_REMEMBERED = 20_000
Tell = Callable[[set[str]], None]


class Row(Protocol):
    """A row: columns by name or by place."""

    def __getitem__(self, column: Any, /) -> Any:  # noqa: ANN401 - SQL decides on the type
        """Return the value of *column*."""

    def __iter__(self) -> Iterator[Any]:
        """Go through the values."""

    def keys(self) -> Iterable[str]:
        """Return the names of the columns."""

    def __len__(self) -> int:
        """Return how many columns there are."""


class DatabaseAwayError(LanternError):
    """Nothing can be written now, whatever it is: the disk is full, the server away, or closed."""


class NeedsEverythingError(Exception):
    """The work turned out to touch more than it had said; it is done again with all for itself."""


class Transaction(ABC):
    """What a piece of work may do in the transaction it runs in."""

    def __init__(self, keys: Keys, cache: KeyCache, *, may_write: bool = True) -> None:
        self.keys = keys
        self.cache = cache
        self.may_write = may_write
        self.process = ""
        """The id of this process, if others share the database."""
        self.touched: set[str] = set()
        """Who should look again once this is committed: addresses, ``desk`` and the like."""
        self.changed_keys: set[str] = set()
        """Whose data key was made or destroyed, so that no other cache goes on with the old."""
        self.has_erased = False
        """Whether something is gone that must not stay readable beside the database either."""
        self.ahead: Ahead | None = None
        """What was read before it is asked for, while a batch of updates is taken in."""
        self.known = Known()
        self._later: dict[Statement, dict[Hashable, Mapping[str, Any]]] = {}
        self._once_kept: list[Callable[[], None]] = []

    def once_kept(self, do: Callable[..., None], /, *args: object, **named: object) -> None:
        """Call *do* once all of this is committed; if it is not, never."""
        self._once_kept.append(partial(do, *args, **named))

    def do_once_kept(self) -> None:
        """Call what was to be called once all of this is committed, as it is now."""
        for do in self._once_kept:
            do()

    def later(self, statement: Statement, key: Hashable, /, **values: object) -> None:
        """Run *statement* before the next that is run at once, or before the commit.

        What waits is run together, one call a statement, first what others refer to, and new rows
        before changed ones; of several with the same *key* only the last is run.
        """
        self._later.setdefault(statement, {})[key] = values

    def forget(self, statement: Statement, key: Hashable) -> None:
        """Take back what waits as *statement* with *key*."""
        self._later.get(statement, {}).pop(key, None)

    def waiting(self, statement: Statement, key: Hashable) -> Mapping[str, Any] | None:
        """Return the values of *statement* with *key*, if it waits."""
        return self._later.get(statement, {}).get(key)

    async def flush(self) -> None:
        """Run everything that waits."""
        for statement, rows in self.take_waiting():
            await self._execute_many(statement, rows)

    def take_waiting(self) -> list[tuple[Statement, list[Mapping[str, Any]]]]:
        """Return everything that waits, in the order in which to run it; it waits no more."""
        waiting, self._later = self._later, {}
        self.known.changes.clear()
        in_order = sorted(waiting.items(), key=lambda item: item[0].rank)
        return [(statement, list(rows.values())) for statement, rows in in_order if rows]

    async def all(self, statement: Statement, **values: object) -> Sequence[Row]:
        """Return every row of *statement*."""
        if self._later:
            await self.flush()
        return await self._fetch(statement, values)

    async def together(
        self, questions: Sequence[tuple[Statement, Mapping[str, Any]]]
    ) -> list[Sequence[Row]]:
        """Return the rows of each of *questions*, asked at once if that is cheaper.

        They must not be about anything that this transaction has changed.
        """
        return [await self._fetch(statement, values) for statement, values in questions]

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
        return await self._execute(statement, values)

    async def many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run *statement* once for each of *rows*."""
        await self.flush()
        await self._execute_many(statement, rows)

    async def take_turns(self, at: int = NUMBERS) -> None:  # noqa: B027 - one writer does anyway
        """Wait until nobody else is *at* the same: what is counted through, or leases."""

    async def reach_everything(self) -> None:  # noqa: B027 - one writer always does
        """Be sure to have everything for oneself, such as before another contact's case is changed.

        Raises:
            NeedsEverythingError: the work must be done again from the start; the database does so.

        """

    @abstractmethod
    async def _fetch(self, statement: Statement, values: Mapping[str, Any]) -> Sequence[Row]: ...

    @abstractmethod
    async def _execute(self, statement: Statement, values: Mapping[str, Any]) -> int: ...

    @abstractmethod
    async def _execute_many(
        self, statement: Statement, rows: Sequence[Mapping[str, Any]]
    ) -> None: ...


class Database(ABC):
    """An open database; ``at_once`` is how many works about contacts it does side by side."""

    at_once = 1

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.process = ""
        """The id of this process, if others share the database."""
        self._tell: Tell = lambda _: None
        self.digest: Callable[[str], str] = lru_cache(_REMEMBERED)(self._digest)
        """Returns by what another process tells of a name, which may say who somebody is."""

    def on_commit(self, tell: Tell) -> None:
        """Call *tell* after each commit of this process with the names that the work touched."""
        self._tell = tell

    def on_commit_elsewhere(  # noqa: B027 - where there is no elsewhere, nothing is told
        self, tell: Callable[[frozenset[str] | None], None]
    ) -> None:
        """Call *tell* after each commit of another process with what it touched.

        Names may say who somebody is, so they come as ``digest`` gives them; None means that
        anything may have been touched.
        """

    def follow(  # noqa: B027 - leaving it out costs a commit, and nothing else
        self,
        name: str,
        work: Callable[[Transaction], Awaitable[T | None]],
        committed: Callable[[T], None],
    ) -> None:
        """Do *work* in each transaction that touches *name*, if this database can; one at a time.

        What it returns is handed to *committed*, which must not raise, as soon as it is on disk;
        nobody is told of *name* then. If it returns None or fails, all is as if it was not there.
        """

    def follow_no_more(self) -> None:  # noqa: B027 - as above
        """End what :meth:`follow` began."""

    def _digest(self, name: str) -> str:
        return self.keys.find("bell", name)[:8].hex()

    @abstractmethod
    async def write(
        self, work: Callable[[Transaction], Awaitable[T]], *, reach: Reach = EVERYTHING
    ) -> T:
        """Run *work* in a transaction and return its result once that is on disk.

        Work that waits at the same time shares the commit. If any of it fails, each is run
        again alone, so *work* must not change anything but the database. An error of *work*
        undoes it and is raised here. Cancelling the caller does not undo the work. *reach* is
        what nobody else may change meanwhile.

        Raises:
            DatabaseAwayError: nothing can be written now; the same *work* may do later.

        """

    @abstractmethod
    async def read(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run *work*, which must only read, on one consistent view of the database."""

    @abstractmethod
    async def alone(self, name: str, job: Callable[[], Awaitable[None]]) -> None:
        """Do *job* whenever no other process does the one called *name*, until cancelled."""

    @abstractmethod
    async def processes(self) -> frozenset[str] | None:
        """Return the ids of the processes that have this database open; None if only this may."""

    @abstractmethod
    def is_damage(self, error: Exception) -> bool:
        """Whether *error* of a work lies with the database, and not with the work or its values.

        A page or a table may be damaged or forbidden while others are not, so it may still be
        there for other work.
        """

    @abstractmethod
    async def ended(self) -> None:
        """Return when nothing can be written any more; raise if that is a fault."""

    @abstractmethod
    async def close(self) -> None:
        """Finish what waits, then close."""
