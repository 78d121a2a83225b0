"""A job that only one of several processes does."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from storage.postgres_connection import check_writable

LOOK_AGAIN = 1.0
"""Seconds after which a process looks whether it may do what another did."""

_ALONE = "SELECT pg_try_advisory_lock($1)"


class Running:
    """A job that runs for as long as no other process holds its lock."""

    def __init__(self, job: Callable[[], Awaitable[None]]) -> None:
        self._job = job
        self._task: asyncio.Future[None] | None = None

    @property
    def is_over(self) -> bool:
        """Whether the job has ended by itself; its error is raised."""
        if self._task is None or not self._task.done():
            return False
        self._task.result()
        return True

    async def hold(self, connection: Any, number: int) -> None:  # noqa: ANN401 - asyncpg's own
        """Run while *connection* is there and has the lock *number*."""
        while not await connection.fetchval(_ALONE, number):
            await self.stop()
            await asyncio.sleep(LOOK_AGAIN)
        if self._task is None:
            self._task = asyncio.ensure_future(self._job())
        while not self.is_over:
            await asyncio.wait([self._task], timeout=LOOK_AGAIN)
            await check_writable(connection)  # raises once the lock is lost

    async def stop(self) -> None:
        """Stop the job, if it runs."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])
