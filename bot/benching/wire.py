"""Contacts who write to a bot over HTTP, and how long each waits for the reply."""

import asyncio
import json
import os
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from time import perf_counter, time

import bot
from bot.benching.conversation import WRITTEN, conversations
from bot.benching.lean_telegram import LeanTelegram
from bot.benching.subject import Order, Usage
from bot.domain.errors import LanternError

READY_WITHIN = 60
Talk = Iterator[tuple[int, str]]
ANSWERED_WITHIN = 30
"""Seconds after which a bot that says nothing has failed."""


@dataclass(slots=True)
class Crowd:
    """Contacts who write, each again as soon as they are answered, or when told to."""

    telegram: LeanTelegram = field(init=False)
    waits: list[float] = field(default_factory=list)
    """How long each update was from coming in to its reply, in seconds."""

    goes_on: bool = False
    """Whether whoever is answered writes again."""

    _all: Iterator[Talk] = field(default_factory=conversations)
    _talks: dict[int, Talk] = field(default_factory=dict)
    _since: dict[int, float] = field(default_factory=dict)
    _quiet: asyncio.Event = field(default_factory=asyncio.Event)

    def begin(self, count: int) -> None:
        """Have *count* contacts write, who stand at different questions after a while.

        The first talk of each is broken off after some turns, how many depends on who it is.
        """
        self.goes_on = True
        for number in range(count):
            first = islice(next(self._all), 1 + number % len(WRITTEN))
            self.write(chain(first, chain.from_iterable(self._all)))

    def gather(self, count: int) -> tuple[Talk, ...]:
        """Return *count* talks for :meth:`write`, each one conversation after another."""
        return tuple(chain.from_iterable(self._all) for _ in range(count))

    def heard(self, chat: int, _: str) -> None:
        """Note that the bot has written to *chat*."""
        since = self._since.pop(chat, None)
        if since is None:
            return
        self.waits.append(perf_counter() - since)
        if self.goes_on:
            self.write(self._talks.pop(chat))
        if not self._since:
            self._quiet.set()

    def write(self, talk: Talk) -> None:
        """Have whoever has *talk* write what comes next in it."""
        contact, text = next(talk)
        self._talks[contact] = talk
        self._since[contact] = perf_counter()
        self._quiet.clear()
        self.telegram.writes(contact, text, at=int(time()))

    async def is_answered(self) -> None:
        """Wait until nobody waits for a reply.

        Raises:
            LanternError: somebody waits in vain, so that the figures would mean nothing.

        """
        try:
            async with asyncio.timeout(ANSWERED_WITHIN):
                while self._since:
                    await self._quiet.wait()
        except TimeoutError:
            text = f"{len(self._since)} updates were not answered; nothing can be said"
            raise LanternError(text) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A bot that runs in a process of its own."""

    process: asyncio.subprocess.Process

    async def usage(self) -> Usage:
        """Return what it has used so far."""
        stdin, stdout = self.process.stdin, self.process.stdout
        if stdin is None or stdout is None:
            raise _ended()
        stdin.write(b"?\n")
        line = await stdout.readline()
        if not line:
            raise _ended()
        return Usage(**json.loads(line))


def _ended() -> LanternError:
    return LanternError("the bot that was measured has ended by itself")


@asynccontextmanager
async def running(order: Order, telegram: LeanTelegram) -> AsyncIterator[Subject]:
    """Run the bot of *order* against *telegram* in a process of its own, for the block.

    Raises:
        LanternError: it did not start, or something went wrong in it.

    """
    order = replace(order, api=telegram.address, listen=f"127.0.0.1:{free_port()}")
    root = str(Path(bot.__file__).parents[1])
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.benching.subject", json.dumps(asdict(order))),
        env={**os.environ, "PYTHONPATH": root},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        await _is_ready(process, telegram)
        yield Subject(process=process)
    finally:
        if process.stdin:
            process.stdin.close()
        await process.wait()
    if process.returncode:
        text = "the bot that was measured failed; nothing can be said"
        raise LanternError(text)


async def _is_ready(process: asyncio.subprocess.Process, telegram: LeanTelegram) -> None:
    ended, polled = (
        asyncio.ensure_future(wait) for wait in (process.wait(), telegram.polled.wait())
    )
    await asyncio.wait([ended, polled], timeout=READY_WITHIN, return_when=asyncio.FIRST_COMPLETED)
    is_ready = polled.done() and not ended.done()
    for wait in (ended, polled):
        wait.cancel()
    if not is_ready:
        text = "the bot that is to be measured did not start"
        raise LanternError(text)


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
