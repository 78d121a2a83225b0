"""Moving an organisation from a file to a server: all rows, proved to be the same."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import BigInteger, Integer, String, Table, func, select
from sqlalchemy.types import TypeEngine

from bot.domain.errors import ConfigError
from storage.columns import LARGEST_COUNT
from storage.postgres_connection import connect_for_long
from storage.schema import metadata
from storage.server_url import ServerUrl
from storage.statements import ready

_ROWS_AT_ONCE, _BYTES_AT_ONCE = 1000, 8_000_000
_ROOM = 1 << 256
_MAY_BE_CUT = {
    ("files", "media_type"),
    ("files", "size"),
    ("inbox", "update_id"),
    ("set_aside", "update_id"),
}
"""What says nothing more when it is cut; earlier versions kept it in a file however long."""

Row = tuple[Any, ...]
Note = Callable[[str, int], None]
"""Is told the name of a table and how many more of its rows were dealt with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """One table: how many rows it has here and there, and whether they are the same."""

    table: str
    rows: int
    is_same: bool


def count_rows(source: Path) -> Mapping[str, int]:
    """Return how many rows each table of the file *source* has."""
    with closing(_opened(source)) as connection:
        every = {t.name: ready(select(func.count()).select_from(t)) for t in metadata.sorted_tables}
        counts = {name: connection.execute(each.for_sqlite.text) for name, each in every.items()}
        return {name: cursor.fetchone()[0] for name, cursor in counts.items()}


async def copy_all(source: Path, target: ServerUrl, note: Note) -> Sequence[Copied]:
    """Copy every row of the file *source* to the empty database *target*, and prove it.

    Both must have the newest schema, and nobody may be writing to *source*. Nothing is kept at
    *target* unless every table has the same rows afterwards, by count and by hash.

    Raises:
        ConfigError: *target* holds something already, or the rows differ.

    """
    connection = await connect_for_long(target)
    try:
        async with connection.transaction(isolation="serializable"):
            await _check_empty(connection, target)
            with closing(_opened(source)) as file:
                copied = [await _copy(file, connection, t, note) for t in metadata.sorted_tables]
            _check_same(copied, target)
    finally:
        await connection.close()
    return copied


async def _check_empty(connection: Any, target: ServerUrl) -> None:  # noqa: ANN401
    for table in metadata.sorted_tables:
        if await connection.fetchrow(ready(select(table).limit(1)).for_postgres.text, 1):
            text = f"database {target} holds something already; copy to an empty one"
            raise ConfigError([text])


def _check_same(copied: Iterable[Copied], target: ServerUrl) -> None:
    wrong = [table.table for table in copied if not table.is_same]
    if wrong:
        text = f"the rows of {', '.join(wrong)} differ at {target}; nothing was kept there"
        raise ConfigError([text])


async def _copy(
    file: sqlite3.Connection,
    connection: Any,  # noqa: ANN401
    table: Table,
    note: Note,
) -> Copied:
    columns = [column.name for column in table.columns]
    every = ready(select(table))
    here, there, fit = _Sum(), _Sum(), _fitting(table)
    for some in lots(map(fit, file.execute(every.for_sqlite.text))):
        here.add(some)
        await connection.copy_records_to_table(table.name, records=some, columns=columns)
        note(table.name, len(some))
    most = max(1, min(_ROWS_AT_ONCE, _BYTES_AT_ONCE // (here.largest or 1)))
    async for row in connection.cursor(every.for_postgres.text, prefetch=most):
        there.add([row])
    return Copied(table=table.name, rows=here.count, is_same=here == there)


def lots(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield *rows* in lots, each of so few that not much more than 8 MB are held at once."""
    some: list[Row] = []
    held = 0
    for row in rows:
        some.append(row)
        held += _size(row)
        if held >= _BYTES_AT_ONCE or len(some) == _ROWS_AT_ONCE:
            yield some
            some, held = [], 0
    if some:
        yield some


def _size(row: Iterable[object]) -> int:
    return sum([len(value) for value in row if isinstance(value, str | bytes)])


def _fitting(table: Table) -> Callable[[Row], Row]:
    """Return what makes a row of *table* fit for PostgreSQL, since in a file anything fits.

    It raises a ConfigError, which names the row and never what it holds, if that lost something.
    """
    limits = [
        (place, column.name, most)
        for place, column in enumerate(table.columns)
        if (most := _most(column.type))
    ]

    def fit(row: Row) -> Row:
        for place, name, most in limits:
            value = row[place]
            if value is None or (len(value) if isinstance(value, str) else value) <= most:
                continue
            if (table.name, name) not in _MAY_BE_CUT:
                text = f"{name} of {row[0]} in {table.name} is too large for PostgreSQL"
                raise ConfigError([f"{text}; nothing was kept there; report this"])
            cut = value[:most] if isinstance(value, str) else most
            row = (*row[:place], cut, *row[place + 1 :])
        return row

    return fit


def _most(kind: TypeEngine[Any]) -> int | None:
    """Return how long a text, or how large a number, a column of *kind* takes; None if any."""
    match kind:
        case BigInteger():
            return None
        case Integer():
            return LARGEST_COUNT
        case String():
            return kind.length
        case _:
            return None


@dataclass(slots=True)
class _Sum:
    """A fingerprint of rows that does not depend on their order, and the bytes of the largest."""

    count: int = 0
    digest: int = 0
    largest: int = 0

    def add(self, rows: Iterable[Iterable[object]]) -> None:
        """Add *rows*."""
        for row in rows:
            self.largest = max(self.largest, _size(row))
            line = orjson.dumps(list(row), default=_digest)
            self.count += 1
            self.digest = (self.digest + int.from_bytes(hashlib.sha256(line).digest())) % _ROOM


def _digest(content: bytes) -> str:
    """Return what stands for *content* in a line: of a photo itself the line would be large."""
    return hashlib.sha256(content).hexdigest()


def _opened(source: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
