"""Going on whatever happens: a database that is away comes back, a fault must not end a loop."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import NoReturn, TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type
from tenacity.wait import wait_random_exponential

from bot.log import Action, record
from storage.database import Database, DatabaseAwayError, Transaction
from storage.reach import EVERYTHING, Reach

T = TypeVar("T")
PAUSE = 1.0
"""Seconds after which a loop that met a fault goes on."""

AWAY_AFTER = 5.0
"""Seconds after which a database that cannot be written counts as away."""

_PATIENCE = wait_random_exponential(multiplier=0.1, min=0.1, max=5)


async def write_in_the_end(
    database: Database,
    work: Callable[[Transaction], Awaitable[T]],
    *,
    reach: Reach = EVERYTHING,
) -> T:
    """Run *work* as :meth:`Database.write` does, waiting for as long as the database is away."""
    with suppress(DatabaseAwayError):
        return await database.write(work, reach=reach)
    retrying = AsyncRetrying(
        retry=retry_if_exception_type(DatabaseAwayError), wait=_PATIENCE, before_sleep=_report
    )
    return await retrying(database.write, work, reach=reach)


async def write_soon(
    database: Database,
    work: Callable[[Transaction], Awaitable[T]],
    *,
    within: float = AWAY_AFTER,
    reach: Reach = EVERYTHING,
) -> T:
    """Run *work* as :func:`write_in_the_end` does, but wait only for *within* seconds.

    Raises:
        DatabaseAwayError: it was not done by then; it may still be, later.

    """
    patience = asyncio.timeout(within)
    try:
        async with patience:
            return await write_in_the_end(database, work, reach=reach)
    except TimeoutError:
        if not patience.expired():
            raise
    text = f"nothing could be written for {within:g} seconds"
    raise DatabaseAwayError(text)


async def keep_doing(step: Callable[[], Awaitable[object]]) -> NoReturn:
    """Take one *step* after another until cancelled; a fault is recorded, then it goes on."""
    while True:
        try:
            await step()
        except Exception as error:  # noqa: BLE001 - what goes on for ever must survive everything
            record(Action.TASK_FAILED, level="error", error=error)
            await asyncio.sleep(PAUSE)


def _report(failed: RetryCallState) -> None:
    error = failed.outcome.exception() if failed.outcome else None
    wait_ms = round(failed.upcoming_sleep * 1000)
    attempts = failed.attempt_number
    record(Action.TASK_FAILED, level="error", error=error, attempts=attempts, wait_ms=wait_ms)
