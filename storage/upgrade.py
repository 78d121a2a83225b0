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
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.domain.errors import ConfigError
from storage.opening import Where
from storage.postgres_connection import LOST, check_server, connect, explain
from storage.revision import (
    check_revision,
    known_revisions,
    newest_revision,
    revision_of,
    tell_fault,
)
from storage.server_url import ServerUrl

T = TypeVar("T")
_SCRIPTS = Path(__file__).with_name("migrations")
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(1279350356, 3)")
_NOBODY_ELSE = text("SELECT pg_advisory_xact_lock(1279350356, 0)")
"""Turns wait until the migration is over: in the middle of it they might hold each other up."""


def upgrade(place: Where) -> tuple[str | None, str]:
    """Bring the database at *place* to the newest schema; return the revisions before and after.

    A file that holds something is copied to ``<name>.before-<revision>`` first. On a server, two
    who upgrade at once do so one after the other.

    Raises:
        ConfigError: it is not a database, cannot be written, or is newer than this program.

    """
    before = revision_of(place)
    if before and before not in known_revisions():
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
        connection.execute(_NOBODY_ELSE)
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
        raise ConfigError([tell_fault(path, error.orig)]) from None
    finally:
        engine.dispose()
