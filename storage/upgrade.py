"""Bringing a database file to the schema this program knows."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DatabaseError

from bot.domain.errors import ConfigError

_SCRIPTS = Path(__file__).with_name("migrations")


def newest_revision() -> str:
    """Return the schema revision this program knows."""
    return str(ScriptDirectory(str(_SCRIPTS)).get_current_head())


def revision_of(path: Path) -> str | None:
    """Return the schema revision of the database file *path*, None if it is empty or missing.

    Raises:
        ConfigError: the file is not a database.

    """
    if not path.exists():
        return None
    with _connected(path) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def check_revision(path: Path) -> None:
    """Stop a program and a database that do not fit.

    Raises:
        ConfigError: the database is missing, older or newer than this program; says what to do.

    """
    found = revision_of(path)
    if found == newest_revision():
        return
    if found is None:
        raise ConfigError([f'database {path} does not exist yet; make it with "lantern init"'])
    if found in _known():
        text = f'database {path} has the older schema {found}; run "lantern db upgrade"'
        raise ConfigError([text])
    text = f"database {path} has the schema {found}, which is newer than this program; update it"
    raise ConfigError([text])


def upgrade(path: Path) -> tuple[str | None, str]:
    """Bring *path* to the newest schema; return the revisions before and after.

    A database that holds something is copied to ``<name>.before-<revision>`` first.

    Raises:
        ConfigError: the file is not a database, cannot be written, or is newer than this program.

    """
    before = revision_of(path)
    if before and before not in _known():
        check_revision(path)
    if before and before != newest_revision():
        back_up(path, path.with_name(f"{path.name}.before-{before}"))
    _make_file(path)
    with _connected(path) as connection:
        config = Config()
        config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
    return before, newest_revision()


def _make_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as error:
        text = f"database {path} cannot be written ({type(error).__name__}); choose another folder"
        raise ConfigError([text]) from None


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


@contextmanager
def _connected(path: Path) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
            yield connection
    except DatabaseError as error:
        if "unable to open" in str(error):
            text = f"{path} cannot be opened; it must be a file that Lantern may read and write"
            raise ConfigError([text]) from None
        if "not a database" in str(error) or "malformed" in str(error):
            text = f"{path} is not a database, or it is damaged; restore it from a backup"
        else:
            reason = getattr(error.orig, "sqlite_errorname", type(error).__name__)
            text = f"database {path} cannot be used now ({reason})"
        raise ConfigError([text]) from None
    finally:
        engine.dispose()
