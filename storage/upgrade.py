"""Bringing a database to the schema this program knows."""

import asyncio
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain, count
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.domain.errors import ConfigError
from storage.faults import fault_of, is_there, why
from storage.opening import Where
from storage.postgres_connection import LOST, check_server, connect_for_long, explain
from storage.revision import (
    check_revision,
    known_revisions,
    newest_revision,
    revision_of,
    tables_in,
)
from storage.schema import metadata
from storage.server_url import ServerUrl
from storage.tables_of_the_house import data_keys
from storage.whole_file import whole_file

T = TypeVar("T")
_SCRIPTS = Path(__file__).with_name("migrations")
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(1279350356, 3)")
_NOBODY_ELSE = text("SELECT pg_advisory_xact_lock(1279350356, 0)")
"""Turns wait until the migration is over: in the middle of it they might hold each other up."""

_A_KEY = select(data_keys.c.id).limit(1)

_OF_THE_DISK = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")
"""What SQLite says of a copy for which there is no room, or that may not be written."""

_VERSION = "alembic_version"

_HALF_MADE = ("already exists", "duplicate column name")
"""What SQLite says of a schema of which an earlier version of this program made only a part."""


class _HalfMadeError(Exception):
    """Some of the new schema is there already."""


def upgrade(place: Where) -> tuple[str | None, str]:
    """Bring the database at *place* to the newest schema; return the revisions before and after.

    A file that holds something is copied to ``<name>.before-<revision>`` first. All of the new
    schema is there afterwards or, if it is cut off, nothing of it. On a server, two who upgrade at
    once do so one after the other.

    Raises:
        ConfigError: it is not a database, cannot be written, or is newer than this program.

    """
    before = revision_of(place)
    if before and before not in known_revisions():
        check_revision(place)
    if isinstance(place, Path):
        _upgrade_file(place, before)
    else:
        _connected(place, _migrate)
    return before, newest_revision()


def is_in_use(place: Where) -> bool:
    """Return whether anything was ever sealed in the database at *place*.

    Raises:
        ConfigError: it is not a database, or cannot be reached.

    """
    return revision_of(place) is not None and _connected(place, _has_a_key)


def _has_a_key(connection: Connection) -> bool:
    return connection.execute(_A_KEY).first() is not None


def _upgrade_file(path: Path, before: str | None) -> None:
    if before == newest_revision():
        return
    if before is None and is_there(path):
        _check_not_anothers(path)
    copy = _copy_first(path, before) if before else None
    _make_file(path)
    try:
        _connected(path, _migrate)
    except _HalfMadeError:
        if copy:
            copy.unlink()  # it is as half as the file
        first = path.with_name(f"{path.name}.before-{before}")
        good = first if first.exists() else "a backup from before"
        says = f"{path} was left half upgraded when an upgrade was cut off"
        raise ConfigError([f"{says}; put {good} in its place, and upgrade again"]) from None


def _check_not_anothers(path: Path) -> None:
    """Stop what would write Lantern's tables among those of another program."""
    found = tables_in(path)
    if found and not _are_ours(found):
        says = f"{path} is the database of another program; choose another file"
        raise ConfigError([f"{says} with LANTERN_DATABASE"])


def _are_ours(tables: set[str]) -> bool:
    """Return whether these are Lantern's: another program may have a table of the same name."""
    return _VERSION in tables or len(tables & metadata.tables.keys()) > len(metadata.tables) / 2


def _copy_first(path: Path, before: str) -> Path:
    """Return a copy of *path* under a new name; what was cut off has left one already."""
    first = path.with_name(f"{path.name}.before-{before}")
    more = (first.with_name(f"{first.name}.{number}") for number in count(2))
    copy = next(name for name in chain([first], more) if not name.exists())
    back_up(path, copy)
    return copy


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # else each table is there at once
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
        says = f"database {path} cannot be written ({why(error)}); choose another folder"
        raise ConfigError([says]) from None


def back_up(path: Path, target: Path) -> int:
    """Copy the database *path* to the new file *target* while it may be in use; return its size.

    *target* is there when all of it is, and was found to be whole. Nothing is left of what fails.

    Raises:
        ConfigError: *target* exists, or cannot be written; or *path* is damaged.

    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError([_unwritten(target, why(error))]) from None
    try:
        _check_new(target)
        with whole_file(target) as part:
            _copy_whole(path, part)
        return target.stat().st_size
    except FileExistsError:
        text = f"{target} exists already; a backup never overwrites a file"
        raise ConfigError([text]) from None
    except OSError as error:
        raise ConfigError([_unwritten(target, why(error))]) from None
    except sqlite3.Error as error:
        raise ConfigError([_uncopied(path, target, error)]) from None


def _check_new(target: Path) -> None:
    """Raise before anything is copied if there is a *target* already."""
    if target.exists():
        raise FileExistsError


def _copy_whole(path: Path, part: Path) -> None:
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as copy:
        copy.execute("PRAGMA locking_mode = EXCLUSIVE")  # with less, a network share may fail
        source.backup(copy)
        damage = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    if damage != "ok":
        raise sqlite3.DatabaseError


def _unwritten(target: Path, name: str) -> str:
    says = f"{target} cannot be written ({name}), and nothing is left there"
    return f"{says}; make room, or choose a folder where Lantern's user may write"


def _uncopied(path: Path, target: Path, error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "SQLITE_CORRUPT")
    if name.startswith(_OF_THE_DISK):
        return _unwritten(target, name)
    return f"database {path} is damaged ({name}), so no copy was made; run: lantern db check"


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
        "postgresql+asyncpg://", async_creator=lambda: connect_for_long(url), poolclass=NullPool
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
        if any(words in str(error.orig) for words in _HALF_MADE):
            raise _HalfMadeError from None
        raise fault_of(path, error.orig) from None
    finally:
        engine.dispose()
