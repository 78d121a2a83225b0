"""Bringing a database to the schema this program knows."""

import asyncio
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.domain.errors import ConfigError
from storage.opening import Where
from storage.postgres_connection import LOST, check_server, connect, explain
from storage.server_url import ServerUrl

T = TypeVar("T")
_SCRIPTS = Path(__file__).with_name("migrations")
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(1279350356, 3)")


def newest_revision() -> str:
    """Return the schema revision this program knows."""
    return str(ScriptDirectory(str(_SCRIPTS)).get_current_head())


def revision_of(place: Where) -> str | None:
    """Return the schema revision of the database at *place*, None if it is empty or missing.

    Raises:
        ConfigError: it is not a database, or cannot be reached.

    """
    if isinstance(place, Path) and not place.exists():
        return None
    return _connected(place, lambda c: MigrationContext.configure(c).get_current_revision())


def check_revision(place: Where) -> None:
    """Stop a program and a database that do not fit.

    Raises:
        ConfigError: the database is missing, older or newer than this program; says what to do.

    """
    found = revision_of(place)
    if found == newest_revision():
        return
    if found is None:
        is_there = "is empty" if isinstance(place, ServerUrl) else "does not exist yet"
        raise ConfigError([f'database {place} {is_there}; make it with "lantern init"'])
    if found in _known():
        says = f'database {place} has the older schema {found}; run "lantern db upgrade"'
        raise ConfigError([says])
    says = f"database {place} has the schema {found}, which is newer than this program; update it"
    raise ConfigError([says])


def upgrade(place: Where) -> tuple[str | None, str]:
    """Bring the database at *place* to the newest schema; return the revisions before and after.

    A file that holds something is copied to ``<name>.before-<revision>`` first. On a server, two
    who upgrade at once do so one after the other.

    Raises:
        ConfigError: it is not a database, cannot be written, or is newer than this program.

    """
    before = revision_of(place)
    if before and before not in _known():
        check_revision(place)
    if isinstance(place, Path):
        if before and before != newest_revision():
            back_up(place, place.with_name(f"{place.name}.before-{before}"))
        _make_file(place)
    _connected(place, _migrate)
    return before, newest_revision()


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(_ONE_AT_A_TIME)
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()


def _make_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as error:
        says = f"database {path} cannot be written ({type(error).__name__}); choose another folder"
        raise ConfigError([says]) from None


def back_up(path: Path, target: Path) -> int:
    """Copy the database *path* to the new file *target* while it may be in use; return its size.

    Raises:
        ConfigError: *target* exists.

    """
    if target.exists():
        raise ConfigError([f"{target} exists already; a backup never overwrites a file"])
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    target.chmod(0o600)
    return target.stat().st_size


def find_damage(path: Path) -> list[str]:
    """Return what SQLite finds wrong with the file *path*; empty when it is whole."""
    with closing(sqlite3.connect(path)) as connection:
        integrity = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        foreign = [
            f"a row of {row[0]} refers to nothing"
            for row in connection.execute("PRAGMA foreign_key_check")
        ]
    return [line for line in integrity if line != "ok"] + foreign


def _known() -> set[str]:
    return {script.revision for script in ScriptDirectory(str(_SCRIPTS)).walk_revisions()}


def _connected(place: Where, work: Callable[[Connection], T]) -> T:
    """Return what *work* gives on a connection to *place*."""
    if isinstance(place, ServerUrl):
        with ThreadPoolExecutor(1) as thread:  # whoever calls may be in an event loop
            return thread.submit(lambda: asyncio.run(_on_server(place, work))).result()
    return _on_file(place, work)


async def _on_server(url: ServerUrl, work: Callable[[Connection], T]) -> T:
    await check_server(url)
    engine = create_async_engine(
        "postgresql+asyncpg://", async_creator=lambda: connect(url), poolclass=NullPool
    )
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(work)
    except (DBAPIError, *LOST) as error:
        cause = getattr(error, "orig", None)
        reason = getattr(cause, "__cause__", None) or cause or error
        raise ConfigError([explain(url, reason)]) from None
    finally:
        await engine.dispose()


def _on_file(path: Path, work: Callable[[Connection], T]) -> T:
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
            return work(connection)
    except DBAPIError as error:
        raise ConfigError([_told(path, error)]) from None
    finally:
        engine.dispose()


def _told(path: Path, error: DBAPIError) -> str:
    if "unable to open" in str(error):
        return f"{path} cannot be opened; it must be a file that Lantern may read and write"
    if "not a database" in str(error) or "malformed" in str(error):
        return f"{path} is not a database, or it is damaged; restore it from a backup"
    reason = getattr(error.orig, "sqlite_errorname", type(error).__name__)
    return f"database {path} cannot be used now ({reason})"
