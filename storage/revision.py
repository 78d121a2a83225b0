"""Whether a database has the schema that this program knows, told fast at every start."""

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from bot.domain.errors import ConfigError
from storage.faults import fault_of, is_there
from storage.opening import Where
from storage.server_url import ServerUrl

_VERSIONS = Path(__file__).with_name("migrations") / "versions"
_NO_TABLE = "no such table"
_ASK = "SELECT version_num FROM alembic_version"
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


def known_revisions() -> tuple[str, ...]:
    """Return every schema revision this program knows, the newest last."""
    return tuple(sorted(path.name.partition("_")[0] for path in _VERSIONS.glob("[0-9]*.py")))


def newest_revision() -> str:
    """Return the schema revision of this program."""
    return known_revisions()[-1]


def check_revision(place: Where) -> None:
    """Stop a program and a database that do not fit.

    Raises:
        ConfigError: the database is missing, older or newer than this program; says what to do.

    """
    found = revision_of(place)
    if found == newest_revision():
        return
    if found is None:
        raise ConfigError([_missing(place)])
    if found in known_revisions():
        says = f'database {place} has the older schema {found}; run "lantern db upgrade"'
        raise ConfigError([says])
    says = f"database {place} has the schema {found}, which is newer than this program; update it"
    raise ConfigError([says])


def check_there(place: Where) -> None:
    """Stop what must not make a database.

    Raises:
        ConfigError: there is none at *place*; says what to do.

    """
    if revision_of(place) is None:
        raise ConfigError([_missing(place)])


def _missing(place: Where) -> str:
    is_on_server = isinstance(place, ServerUrl)
    says = _lack_of(place)
    first = 'if there never was one, make it with "lantern init"; if there was'
    right = "the address is right"
    look = right if is_on_server else f"its disk is mounted and {right}"
    return f"database {place} {says}; {first}, look whether {look}, or restore its backup"


def _lack_of(place: Where) -> str:
    if isinstance(place, ServerUrl):
        return "is empty"
    if not is_there(place):
        return "does not exist"
    return "holds nothing of Lantern's" if tables_in(place) else "is empty"


def tables_in(path: Path) -> set[str]:
    """Return the names of all tables in the file *path*.

    Raises:
        ConfigError: it is not a database.

    """
    try:
        with closing(sqlite3.connect(path)) as connection:
            return {row[0] for row in connection.execute(_TABLES)}
    except sqlite3.Error as error:
        raise fault_of(path, error) from None


def revision_of(place: Where) -> str | None:
    """Return the schema revision of the database at *place*, None if it is empty or missing.

    Raises:
        ConfigError: it is not a database, or cannot be reached.

    """
    if isinstance(place, ServerUrl):
        with ThreadPoolExecutor(1) as thread:  # whoever calls may be in an event loop
            return thread.submit(lambda: asyncio.run(_of_server(place))).result()
    return _of_file(place) if is_there(place) else None


def _of_file(path: Path) -> str | None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            row = connection.execute(_ASK).fetchone()
    except sqlite3.Error as error:
        if _NO_TABLE in str(error):
            return None
        raise fault_of(path, error) from None
    return str(row[0]) if row else None


async def _of_server(url: ServerUrl) -> str | None:
    from storage.postgres_connection import revision_on  # noqa: PLC0415 - files need none of it

    return await revision_on(url)
