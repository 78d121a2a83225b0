"""Looking whether the database can be written, also while nobody writes to Lantern."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.intake.setting_aside import Write
from storage import inbox
from storage.database import Database, DatabaseAwayError, Transaction
from storage.reach import EVERYTHING, ROWS, Reach

T = TypeVar("T")

PROBED_EVERY = 10.0
"""Seconds after which it is looked again.

Alerts that are due stand still while the database is away, and whoever is called out then has to
hear so, whether anybody writes or not.
"""


async def probe(database: Database, write: Write) -> None:
    """Return if *database* can be written by means of *write*; nothing is left there.

    Raises:
        DatabaseAwayError: it cannot.

    """
    await write_or_away(database, write, inbox.touch, reach=ROWS)


async def write_or_away(
    database: Database,
    write: Write,
    work: Callable[[Transaction], Awaitable[T]],
    *,
    reach: Reach = EVERYTHING,
) -> T:
    """Return what *work* does by means of *write*.

    Raises:
        DatabaseAwayError: *database* is away, or too broken for it.

    """
    try:
        return await write(work, reach=reach)
    except Exception as error:
        check_damage(database, error)
        raise


def check_damage(database: Database, error: Exception) -> None:
    """Take a *database* that is broken for one that is away, if *error* tells of it.

    Raises:
        DatabaseAwayError: it does.

    """
    if database.is_damage(error):
        text = f"the database is damaged or closed to this user: {type(error).__name__}"
        raise DatabaseAwayError(text) from error
