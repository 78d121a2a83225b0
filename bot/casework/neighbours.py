"""The processes that send from one outbox: they share the pace, and take over from each other."""

import asyncio
from typing import Final

from bot.casework.house import House
from bot.casework.persisting import write_in_the_end
from bot.pace import Pace
from storage.database import Transaction
from storage.leases import lease_holders, release_leases

TAKE_OVER_AFTER: Final = 2.0
"""Seconds between two looks at who is there."""


class Neighbours:
    """Knows which processes there are, this one included."""

    def __init__(self, house: House, pace: Pace) -> None:
        self._database = house.database
        self._metrics = house.metrics
        self._pace = pace

    async def begin(self) -> None:
        """Take a share of the pace; if no other can be there, give back what was being sent."""
        await write_in_the_end(self._database, self._release_if_alone)

    async def look(self) -> None:
        """Take a share of the pace, and give back what processes held that are gone.

        They must be missing twice: when a server comes back, not all find it at the same moment.
        """
        gone = await self._missing()
        await asyncio.sleep(TAKE_OVER_AFTER)
        if gone and (gone := gone & await self._missing()):
            await write_in_the_end(self._database, lambda tx: release_leases(tx, gone))

    async def _release_if_alone(self, tx: Transaction) -> None:
        if await self._processes() is None:
            await release_leases(tx, await lease_holders(tx))

    async def _missing(self) -> frozenset[str]:
        alive = await self._processes()
        if alive is None:
            return frozenset()
        return await self._database.read(lease_holders) - alive

    async def _processes(self) -> frozenset[str] | None:
        alive = await self._database.processes()
        count = len(alive) if alive else 1
        self._pace.share(count)
        self._metrics.processes.set(count)
        return alive
