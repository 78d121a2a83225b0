"""The fake's own time, and waiting for something to happen."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

Found = TypeVar("Found")

WITHIN = 30.0
"""Seconds within which what a test waits for must happen: many times what it takes, so that no
test fails because the machine is busy. Where it happens, nobody waits so long."""


class MovableClock:
    """Runs with the real clock until it is stopped; can be put forward at any time."""

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        self._source = source
        self._ahead = 0.0
        self._stopped_at: float | None = None

    def now(self) -> float:
        """Return the seconds since 1970-01-01 UTC."""
        reading = self._source() if self._stopped_at is None else self._stopped_at
        return reading + self._ahead

    def advance(self, step: timedelta) -> None:
        """Put the clock forward by *step*."""
        self._ahead += step.total_seconds()

    def stop(self) -> None:
        """Let the time stand still, so that a test decides when a second has passed."""
        self._stopped_at = self._source()


class Pulse:
    """Wakes whoever waits for something in the fake to become true."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def beat(self) -> None:
        """Say that something changed."""
        self._event.set()
        self._event = asyncio.Event()

    async def until(self, look: Callable[[], Found], within: float | None = None) -> Found:
        """Return what *look* finds as soon as it is true.

        Raises:
            TimeoutError: nothing was found within so many seconds.

        """
        async with asyncio.timeout(within):
            while not (found := look()):
                await self._event.wait()
        return found
