"""Whether Lantern gets slower or larger with what it has stored."""

import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import bot
from bot.benching.lantern_subject import DATABASE, environment
from bot.benching.lean_telegram import LeanTelegram
from bot.benching.over_http import Effort, Flow, measure_flood_in
from bot.benching.stored import Stored, fill
from bot.benching.subject import Order
from bot.benching.wire import READY_WITHIN, free_port
from bot.domain.errors import LanternError

STARTS = 3
"""How often the start is measured; the fastest counts, since others only ever slow it down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """What was measured with so much stored; ``start_s`` is from the command to the first poll."""

    contacts: int
    cases: int
    file_mb: float
    fill_s: float
    start_s: float
    flow: Flow


async def measure_growth(sizes: Sequence[Stored], effort: Effort) -> tuple[Grown, ...]:
    """Measure with each of *sizes* stored, one after another.

    Raises:
        LanternError: Lantern did not start or did not answer, so that nothing can be said.

    """
    return tuple([await _measure(stored, effort) for stored in sizes])


async def _measure(stored: Stored, effort: Effort) -> Grown:
    with tempfile.TemporaryDirectory(prefix="lantern-bench-") as name:
        folder = Path(name)
        started = perf_counter()
        await fill(folder, stored)
        took = perf_counter() - started
        starts = [await _start(folder) for _ in range(STARTS)]
        order = Order(bot="lantern", api="", folder=name, is_paced=False)
        flow = await measure_flood_in(order, effort)
        size = (folder / DATABASE).stat().st_size
        return Grown(
            contacts=stored.contacts,
            cases=stored.cases,
            file_mb=round(size / 1_000_000, 1),
            fill_s=round(took, 1),
            start_s=round(min(starts), 2),
            flow=flow,
        )


async def _start(folder: Path) -> float:
    """Return the seconds from ``lantern run`` until it asks Telegram for updates."""
    async with LeanTelegram(lambda *_: None) as telegram:
        listen = f"127.0.0.1:{free_port()}"
        order = Order(bot="lantern", api=telegram.address, folder=str(folder), listen=listen)
        environ = {
            **{name: value for name, value in os.environ.items() if "LANTERN_" not in name},
            **environment(order),
            "LANTERN_LOG_LEVEL": "error",
            "PYTHONPATH": str(Path(bot.__file__).parents[1]),
        }
        started = perf_counter()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.cli", "run"), env=environ, cwd=folder
        )
        try:
            async with asyncio.timeout(READY_WITHIN):
                await telegram.polled.wait()
            return perf_counter() - started
        except TimeoutError:
            text = "Lantern did not start"
            raise LanternError(text) from None
        finally:
            process.terminate()
            await process.wait()
