"""A whole Lantern in a forked process that ends itself, as a power cut does, at a commit."""

import asyncio
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from forked import write_into
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
    write_into(Path(folder, "log"))
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
