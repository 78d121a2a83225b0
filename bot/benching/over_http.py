"""The whole way of a message, over HTTP: an update in, its reply out."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import cycle
from time import perf_counter

from bot.benching.figures import summarise
from bot.benching.lean_telegram import LeanTelegram
from bot.benching.subject import Order, Usage
from bot.benching.wire import Crowd, Subject, running

IN_FLIGHT = 50
"""How many contacts write at once."""

PER_SECOND = 30
"""As many messages a second as Telegram takes from one bot."""

WARM_UP, WARM_UP_FOR = 8, 0.5
TALKING = 150
"""How many contacts share those messages, so that each writes every few seconds."""


_FEWEST, _A_LITTLE = 2, 0.05
"""Fewer answers give no figures; so many seconds after a look there is another."""

_BEGINS_LATE = 6.0
"""Seconds after the start by which all has begun that is done once."""

_AT_REST = 0.05
"""Seconds of the processor that a bot at rest takes in a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long each measurement goes on, and how many contacts a peer's file holds.

    Alarms are measured for longer, since there are only a few of them a second. At a steady rate
    it is measured once what every start does once is over, but waited for that no longer.
    """

    seconds: float
    contacts: int
    alarm_seconds: float = 0
    settles_within: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Updates answered a second, the wait for the reply, and what that took of the machine."""

    updates_per_s: float
    p50_ms: float
    p99_ms: float
    cores: float
    cpu_ms_per_update: float
    most_mb: float


async def measure_flood(order: Order, effort: Effort) -> Flow:
    """Have contacts write to the bot of *order*, which begins anew, as fast as it answers."""
    with tempfile.TemporaryDirectory(prefix="lantern-bench-") as folder:
        order = replace(order, folder=folder, contacts=effort.contacts)
        return await measure_flood_in(order, effort)


async def measure_flood_in(order: Order, effort: Effort) -> Flow:
    """Have contacts write to the bot of *order* as fast as it answers."""
    crowd = Crowd()
    async with talking(order, crowd) as subject:
        before = await _begin(crowd, subject)
        crowd.begin(IN_FLIGHT)
        await listen(crowd, effort.seconds)
        flow = await _end(crowd, subject, before)
        crowd.goes_on = False
        await crowd.is_answered()
    return flow


async def measure_sustained(effort: Effort) -> Flow:
    """Have contacts write to Lantern, :data:`PER_SECOND` updates a second whatever it does."""
    crowd = Crowd()
    with tempfile.TemporaryDirectory(prefix="lantern-bench-") as folder:
        order = Order(bot="lantern", api="", folder=folder)
        async with talking(order, crowd) as subject:
            await _until_settled(subject, within=effort.settles_within)
            before = await _begin(crowd, subject)
            await _write_steadily(crowd, seconds=effort.seconds)
            await listen(crowd, 0)
            flow = await _end(crowd, subject, before)
            await crowd.is_answered()
    return flow


async def listen(crowd: Crowd, seconds: float) -> None:
    """Return after *seconds*, or once enough is answered for there to be figures."""
    await asyncio.sleep(seconds)
    while len(crowd.waits) < _FEWEST:  # noqa: ASYNC110 - an event would be set for every answer
        await asyncio.sleep(_A_LITTLE)


async def _until_settled(subject: Subject, *, within: float) -> None:
    """Return when the bot has done what it does once, some seconds after each start."""
    until = perf_counter() + within
    await asyncio.sleep(min(within, _BEGINS_LATE))
    is_settled = False
    while not is_settled and perf_counter() < until:
        before = await subject.usage()
        await asyncio.sleep(1)
        is_settled = (await subject.usage()).cpu_s - before.cpu_s < _AT_REST


async def _write_steadily(crowd: Crowd, *, seconds: float) -> None:
    talks = cycle(crowd.gather(TALKING))
    started = perf_counter()
    for number in range(int(seconds * PER_SECOND)):
        crowd.write(next(talks))
        await asyncio.sleep(max(0, started + (number + 1) / PER_SECOND - perf_counter()))


@asynccontextmanager
async def talking(order: Order, crowd: Crowd) -> AsyncIterator[Subject]:
    """Run the bot of *order* for the block, and have *crowd* talk with it for a start."""
    async with LeanTelegram(crowd.heard) as telegram:
        crowd.telegram = telegram
        async with running(order, telegram) as subject:
            await _warm_up(crowd)
            yield subject


async def _warm_up(crowd: Crowd) -> None:
    crowd.begin(WARM_UP)
    await asyncio.sleep(WARM_UP_FOR)
    crowd.goes_on = False
    await crowd.is_answered()


async def _begin(crowd: Crowd, subject: Subject) -> tuple[float, Usage]:
    usage = await subject.usage()
    crowd.waits.clear()
    return perf_counter(), usage


async def _end(crowd: Crowd, subject: Subject, before: tuple[float, Usage]) -> Flow:
    started, used = before
    took, waits = perf_counter() - started, tuple(crowd.waits)
    usage = await subject.usage()
    figures = summarise(waits, within=took)
    cpu = usage.cpu_s - used.cpu_s
    return Flow(
        updates_per_s=figures.turns_per_s,
        p50_ms=figures.p50_ms,
        p99_ms=figures.p99_ms,
        cores=round(cpu / took, 3),
        cpu_ms_per_update=round(cpu / len(waits) * 1000, 3),
        most_mb=usage.most_mb,
    )
