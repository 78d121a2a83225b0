"""Whether everything that was ever written down can be read."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.config import Settings
from bot.doctor.check import Check
from bot.domain.errors import ConfigError
from storage import audit, data_keys, inbox
from storage.database import Database
from storage.faults import fault_of
from storage.opening import Where, open_database
from storage.revision import check_revision, newest_revision
from storage.rewrapping import count_by_master
from storage.sealing import Keys, read_keys
from storage.server_url import ServerUrl
from storage.upgrade import find_damage

RESTORE = "stop Lantern and restore the database from its last good backup"
OTHER_KEYS = "put back the key file that this database was written with"


def _silently(_done: int, _all: int) -> None:
    """Tell nobody how far it is."""


async def check_database(
    settings: Settings, note: Callable[[int, int], None] = _silently
) -> list[Check]:
    """Return how the schema, the file, the audit, the data keys and what lies aside are.

    Raises:
        ConfigError: the database or the key file is not there, or does not fit.

    """
    with told_plainly(settings):
        check_revision(settings.database)
        read_keys(settings.key_file)
        checks = [
            Check(name="schema", says=f"of {settings.database} is the newest ({newest_revision()})")
        ]
        if isinstance(settings.database, Path):
            checks.append(_file(settings.database))
        if not checks[-1].is_well:
            return checks
        async with opened(settings) as database:
            checks.append(_audit(await database.read(audit.broken_at)))
            found = await database.read(lambda tx: data_keys.find_unreadable(tx, note))
            checks.append(_keys(*found, database.keys, await database.read(count_by_master)))
            checks.append(_aside(await database.read(inbox.count_set_aside)))
    return checks


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """Open the database of *settings*, and close it in the end; what it says is told plainly.

    Raises:
        ConfigError: the database or the key file is not there, or does not fit; or it fails.

    """
    with told_plainly(settings):
        check_revision(settings.database)
        database = await open_database(settings.database, read_keys(settings.key_file))
        try:
            yield database
        finally:
            await database.close()


@contextmanager
def told_plainly(settings: Settings) -> Iterator[None]:
    """Turn what a database says into a sentence for operators.

    Raises:
        ConfigError: with that sentence.

    """
    place = settings.database
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise  # a mistake of ours, and no fault of the database
    except _mistakes_of(place):
        raise
    except (sqlite3.Error, SQLAlchemyError) as error:
        raise fault_of(place, getattr(error, "orig", None) or error) from None
    except _errors_of(place) as error:
        raise ConfigError([_explained(place, error)]) from None


def _mistakes_of(place: Where) -> tuple[type[Exception], ...]:
    """Return what a server raises where we are mistaken: it is as well as before."""
    if isinstance(place, Path):
        return ()
    from asyncpg import DataError, IntegrityConstraintViolationError  # noqa: PLC0415 - the same

    return IntegrityConstraintViolationError, DataError


def _errors_of(place: Where) -> tuple[type[Exception], ...]:
    """Return what is raised where the database at *place* is a server, and fails."""
    if isinstance(place, Path):
        return ()
    from asyncpg import InterfaceError, PostgresError  # noqa: PLC0415 - files need none of it

    return PostgresError, InterfaceError


def _explained(place: Where, error: Exception) -> str:
    from storage.postgres_connection import explain  # noqa: PLC0415 - files need none of it

    return explain(place, error) if isinstance(place, ServerUrl) else type(error).__name__


def _file(path: Path) -> Check:
    damage = find_damage(path)
    if damage:
        return Check(name="file", says=f"is damaged: {damage[0]}", advice=RESTORE)
    return Check(name="file", says="is whole")


def _audit(broken_at: int | None) -> Check:
    if broken_at is None:
        return Check(name="audit", says="is unbroken: no line was changed or removed")
    says = f"was changed: line {broken_at} does not follow from the one before"
    return Check(name="audit", says=says, advice="find out who can write to the database")


def _aside(count: int) -> Check:
    if not count:
        return Check(name="set aside", says="nothing: all that came in was taken in")
    updates = "1 update" if count == 1 else f"{count} updates"
    says = f"{updates} could not be taken in"
    advice = 'list what came with "lantern db set-aside", and report the fault'
    return Check(name="set aside", says=says, advice=advice, is_warning=True)


def _keys(count: int, unreadable: int, keys: Keys, by_master: Mapping[str, int]) -> Check:
    name = "data keys"
    used = sorted(master for master, number in by_master.items() if number)
    if unreadable:
        says = f"{unreadable} of {count} data keys cannot be opened with this key file"
        missing = ", ".join(master for master in used if master not in keys.masters)
        if not missing:
            return Check(name=name, says=says, advice=OTHER_KEYS)
        advice = f"run: lantern keys put-back COPY, a copy of the key file that has {missing}"
        return Check(name=name, says=f"{says}, which lacks {missing}", advice=advice)
    if older := [master for master in used if master != keys.active]:
        number = sum(by_master[master] for master in older)
        says = f"all {count} can be opened, {number} of them by {', '.join(older)}"
        says, advice = f"{says}, which is not active", "start every Lantern again, then run: "
        return Check(name=name, says=says, advice=f"{advice}lantern keys move", is_warning=True)
    return Check(name=name, says=f"all {count} can be opened")
