"""A whole Lantern in a forked process that ends itself, as a power cut does, at a commit."""

import asyncio
import multiprocessing
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from multiprocessing.forkserver import ensure_running
from pathlib import Path

from running import at_once, the_book

from bot.app import open_lantern, run
from bot.config import load_settings

the_book()  # read once, in the process that all others are forked from


@dataclass(frozen=True, slots=True)
class Cut:
    """At which commit to end, and whether just before or just after it; 0 is never."""

    commit: int
    is_before: bool


def serve(environ: dict[str, str], folder: str, cut: Cut) -> None:
    """Run Lantern until the cut, or until it is stopped."""
    log = os.open(Path(folder, "log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    asyncio.run(_serve(environ, Path(folder), cut))


async def _serve(environ: dict[str, str], folder: Path, cut: Cut) -> None:
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asyncio.current_task().cancel)
    settings = load_settings(environ, folder)
    async with open_lantern(settings, the_book(), pace=at_once()) as lantern:
        await _arm(lantern.house, cut)
        with suppress(asyncio.CancelledError):
            await run(lantern)


async def _arm(house, cut: Cut) -> None:
    left = cut.commit

    def count(statement: str = "COMMIT") -> None:
        nonlocal left
        if statement == "COMMIT":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    if cut.is_before:

        async def trace(tx) -> None:
            await tx._connection.set_trace_callback(count)  # noqa: SLF001 - none else sees it

        await house.database.write(trace)
        left = cut.commit
        return

    def committed(touched: set[str]) -> None:
        count()
        house.bell.ring(*touched)

    house.database.on_commit(committed)


def forking() -> ForkServerContext:
    """Start the process from which all others are forked; it must find what the tests find."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["boundary"])
    before = dict(os.environ)
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    ensure_running()
    os.environ.clear()
    os.environ.update(before)
    return context


class Forked:
    """One such process."""

    def __init__(
        self, context: ForkServerContext, environ: dict[str, str], folder: Path, cut: Cut
    ) -> None:
        arguments = (environ, str(folder), cut)
        self._process = context.Process(target=serve, args=arguments, daemon=True)
        self._process.start()
        self._ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(self._process.sentinel, self._note_end)

    def _note_end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._process.sentinel)
        self._ended.set()

    async def ends(self, within: float) -> bool:
        """Whether it ends by itself in time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._ended.wait()
        return self._ended.is_set()

    async def works_for(self, seconds: float) -> None:
        """Let it work for so long; it must not end by itself."""
        assert not await self.ends(within=seconds)

    async def kill(self) -> None:
        self._process.kill()
        await self._ended.wait()

    async def stop(self) -> int:
        self._process.terminate()
        await self._ended.wait()
        self._process.join()
        return self._process.exitcode
