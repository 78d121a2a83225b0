"""Tells whoever waits in this process that something changed."""

import asyncio
from collections import defaultdict

DESK = "desk"
DELIVERY = "delivery"
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

    async def wait(self, subject: str, seconds: float) -> bool:
        """Wait for *subject*; return False if *seconds* went by first."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[subject].add(future)
        try:
            async with asyncio.timeout(seconds):
                await future
        except TimeoutError:
            return False
        finally:
            self._leave(subject, future)
        return True

    def _leave(self, subject: str, future: asyncio.Future[None]) -> None:
        waiting = self._waiting.get(subject)
        if waiting:
            waiting.discard(future)
            if not waiting:
                del self._waiting[subject]
