"""A line to a PostgreSQL server that breaks at the worst moment: around a commit."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread

_COMMIT = b"COMMIT\x00"
_AT_ONCE = 1 << 16


@dataclass(kw_only=True)
class Line:
    """Forwards everything to the server at *port*, but breaks at every so many commits.

    If it *forgets*, the server never hears of such a commit; else only its answer is lost.
    """

    port: int
    every: int
    forgets: bool
    address: int = 0
    commits: int = 0
    breaks: int = 0
    is_good: bool = False
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def open(self) -> None:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.address = self._server.sockets[0].getsockname()[1]

    def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Forward one connection; one that comes while this closes is broken at once."""
        if not self._server.is_serving():
            writer.transport.abort()
            return
        task = asyncio.create_task(self._forward(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: writer.transport.abort())  # also if it never began

    async def close(self) -> None:
        """Break every connection, and listen no more."""
        self._server.close()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, to_there = await asyncio.open_connection("127.0.0.1", self.port)
        breaking = asyncio.Event()
        pumps = [
            asyncio.create_task(self._ask(reader, to_there, breaking)),
            asyncio.create_task(self._answer(there, writer, breaking)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            to_there.transport.abort()  # before anything waits, and may be cancelled
            for pump in pumps:
                pump.cancel()
            await asyncio.wait(pumps)

    async def _ask(
        self, client: asyncio.StreamReader, server: asyncio.StreamWriter, breaking: asyncio.Event
    ) -> None:
        with suppress(OSError):
            while content := await client.read(_AT_ONCE):
                if _COMMIT in content and self._breaks_now():
                    if self.forgets:
                        return
                    breaking.set()
                server.write(content)

    async def _answer(
        self, server: asyncio.StreamReader, client: asyncio.StreamWriter, breaking: asyncio.Event
    ) -> None:
        with suppress(OSError):
            while content := await server.read(_AT_ONCE):
                if breaking.is_set():
                    return
                client.write(content)

    def _breaks_now(self) -> bool:
        self.commits += 1
        if self.is_good or self.commits % self.every:
            return False
        self.breaks += 1
        return True


@contextmanager
def bad_line(port: int, *, every: int, forgets: bool) -> Iterator[Line]:
    """Open such a line, with an address of its own, in a thread of its own."""
    line, loop = Line(port=port, every=every, forgets=forgets), asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(line.open(), loop).result()
    try:
        yield line
    finally:
        asyncio.run_coroutine_threadsafe(line.close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
