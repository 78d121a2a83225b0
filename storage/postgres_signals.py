"""Waking other processes: what a commit touched, as digests that only Lantern understands."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

import orjson

from storage.postgres_connection import LOST, check_writable, connect
from storage.server_url import ServerUrl

_AT_ONCE = 200
"""Digests in one message, which PostgreSQL limits to 8,000 bytes."""

_ASK_AFTER = 5.0
"""Seconds after which a silent connection is asked whether it is still there."""


class Signals:
    """Listens for what other processes touched; *tell* hears None when it may have missed some.

    It finds out when the server is lost, or has become one that can only be read: then *lost* is
    called before another connection is made.
    """

    def __init__(self, url: ServerUrl, process: str, lost: Callable[[], Awaitable[None]]) -> None:
        self._url = url
        self._process = process
        self._lost = lost
        self.tell: Callable[[frozenset[str] | None], None] = lambda _: None
        self._task = asyncio.create_task(self._listen(), name="database signals")

    async def close(self) -> None:
        """Listen no more."""
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _listen(self) -> None:
        while True:
            with suppress(*LOST):
                connection = await connect(self._url, process=self._process)
                try:
                    await self._listen_on(connection)
                finally:
                    connection.terminate()
            await self._lost()
            await asyncio.sleep(0.2)

    async def _listen_on(self, connection: Any) -> None:  # noqa: ANN401 - asyncpg's own
        """Listen until *connection* is lost, which raises."""
        is_lost = asyncio.Event()
        connection.add_termination_listener(lambda _: is_lost.set())
        await connection.add_listener("lantern", self._hear)
        self.tell(None)
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(_ASK_AFTER):
                    await is_lost.wait()
            await check_writable(connection)

    def _hear(self, _connection: Any, _pid: int, _channel: str, payload: object) -> None:  # noqa: ANN401
        process, *digests = orjson.loads(str(payload))
        if process != self._process:
            self.tell(frozenset(digests))


def messages(process: str, digests: Sequence[str]) -> Iterator[str]:
    """Yield what tells other processes that *process* touched *digests*."""
    for start in range(0, len(digests), _AT_ONCE):
        yield orjson.dumps([process, *digests[start : start + _AT_ONCE]]).decode()
