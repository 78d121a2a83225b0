"""Batches that are taken in side by side, each of other addresses.

Few large batches cost less than many small ones, so another begins only if it is worth it.
"""

import asyncio
from collections.abc import Collection, Coroutine, Mapping, Sequence
from time import perf_counter

from bot.intake.letters import Letter

WORTH_ANOTHER = 16
"""With so many waiting another batch begins beside those under way; fewer wait for one to end."""

NO_LONGER = 0.02
"""Seconds after which another begins beside those under way, however few wait."""


class SideBySide:
    """The batches under way, *at_once* at most."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._under_way: dict[asyncio.Task[None], frozenset[str]] = {}
        self._began_at = 0.0

    @property
    def tasks(self) -> Collection[asyncio.Task[None]]:
        """The batches under way."""
        return self._under_way.keys()

    @property
    def busy(self) -> frozenset[str]:
        """The boxes of those under way, whose next letters have to wait for them."""
        return frozenset().union(*self._under_way.values())

    def has_room_for(self, boxes: Mapping[str, Collection[Letter]]) -> bool:
        """Whether another batch of what waits in *boxes* may begin, and is worth it."""
        if not self._under_way:
            return True
        if len(self._under_way) >= self._at_once:
            return False
        if perf_counter() - self._began_at >= NO_LONGER:
            return True
        busy = self.busy
        return sum(len(box) for key, box in boxes.items() if key not in busy) >= WORTH_ANOTHER

    def begin(self, work: Coroutine[None, None, None], batch: Sequence[Letter]) -> None:
        """Begin *work*, which takes in *batch*."""
        self._began_at = perf_counter()
        self._under_way[asyncio.create_task(work)] = frozenset(letter.box for letter in batch)

    def let_go(self) -> None:
        """Let go of those that have ended; raises what one of them did."""
        for task in [task for task in self._under_way if task.done()]:
            del self._under_way[task]
            task.result()

    def cancel(self) -> None:
        """Cancel what is under way."""
        for task in self._under_way:
            task.cancel()
