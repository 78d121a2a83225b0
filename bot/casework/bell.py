"""Tells whoever waits in this process that something changed."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial

ALARM = "alarm"
DESK = "desk"
DELIVERY = "delivery"
PRESSING = "pressing"
"""Something is to be sent that waits for nothing else, or there is room to send more."""

TIMERS = "timers"


class Bell:
    """One bell for each subject: an address, or one of the names above."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, set[asyncio.Future[None]]] = defaultdict(set)

    def ring(self, *subjects: str) -> None:
        """Wake everybody who waits for one of *subjects*."""
        for subject in subjects:
            for future in self._waiting.pop(subject, ()):
                if not future.done():
                    future.set_result(None)

    def ring_from_elsewhere(
        self, digests: frozenset[str] | None, digest: Callable[[str], str]
    ) -> None:
        """Ring what another process touched, told as *digests*; everything if that is None."""
        subjects = [s for s in self._waiting if digests is None or digest(s) in digests]
        self.ring(*subjects)

    async def wait(self, subject: str, seconds: float) -> bool:
        """Wait for *subject*; return False if *seconds* went by first."""
        with self.listening(subject) as wait:
            return await wait(seconds)

    @contextmanager
    def listening(self, subject: str) -> Iterator[Callable[[float], Awaitable[bool]]]:
        """Listen for *subject* from now on; what is yielded waits as :meth:`wait` does.

        Whoever looks and then waits misses nothing that happens between the two.
        """
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[subject].add(future)
        try:
            yield partial(_wait, future)
        finally:
            self._leave(subject, future)

    def _leave(self, subject: str, future: asyncio.Future[None]) -> None:
        waiting = self._waiting.get(subject)
        if waiting:
            waiting.discard(future)
            if not waiting:
                del self._waiting[subject]


async def _wait(future: asyncio.Future[None], seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await future
    except TimeoutError:
        return False
    return True
