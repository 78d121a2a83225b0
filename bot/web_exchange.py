"""What stands behind the web chat: the mailroom and the outbox."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic

from bot.casework.house import House
from bot.channels.web import CHANNEL
from bot.channels.web_exchange import Exchange
from bot.domain.ids import MINUTE, AddressId
from bot.domain.message import Message
from bot.domain.update import Update
from storage import case_log, contacts, outbox
from storage.database import Transaction

FORGOTTEN_AFTER = 30 * MINUTE
"""After this long without a word, a page that opens begins anew instead of showing the last."""


def make_exchange(house: House, take: Callable[[Update], Awaitable[None]]) -> Exchange:
    """Return the calls of the web chat, on *house*."""
    shelf = _Shelf(house)
    return Exchange(
        take=take,
        waiting=shelf.waiting,
        received=shelf.received,
        wait_for_news=shelf.wait_for_news,
        keep_file=shelf.keep_file,
        latest=shelf.latest,
        is_from_person=lambda message: message.is_from_person,
    )


class _Shelf:
    """The messages that pages come for."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def waiting(self, address: str) -> Sequence[Message]:
        async def work(tx: Transaction) -> Sequence[Message]:
            recipient = await _recipient(tx, address)
            return await outbox.waiting_for(tx, recipient) if recipient else ()

        return await self._house.database.read(work)

    async def received(self, address: str, message: str) -> None:
        async def work(tx: Transaction) -> None:
            recipient = await _recipient(tx, address)
            if recipient:
                now = self._house.clock()
                await outbox.note_received(tx, recipient, message, now=now)

        await self._house.database.write(work)

    async def wait_for_news(self, address: str, seconds: float) -> None:
        ends = monotonic() + seconds
        while not await self.waiting(address) and (left := ends - monotonic()) > 0:
            await self._house.bell.wait(address, min(left, 5))
            await asyncio.sleep(0)

    async def keep_file(self, content: bytes, media_type: str) -> str:
        async def work(tx: Transaction) -> str:
            now = self._house.clock()
            return await case_log.stage_file(tx, content, media_type, channel=CHANNEL, at=now)

        return await self._house.database.write(work)

    async def latest(self, address: str) -> Message | None:
        async def work(tx: Transaction) -> Message | None:
            place = await contacts.find_place(tx, CHANNEL, address)
            is_old = place is None or self._house.clock() - place.spoken_at > FORGOTTEN_AFTER
            if place is None or is_old or not (place.session and place.session.state):
                return None
            return await outbox.latest_for(tx, place.address)

        return await self._house.database.read(work)


async def _recipient(tx: Transaction, address: str) -> AddressId | None:
    place = await contacts.find_place(tx, CHANNEL, address)
    return place.address if place else None
