"""Sends what waits in the outbox: safety first, in order for each recipient, one at a time."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from typing import Protocol

from aiolimiter import AsyncLimiter
from tenacity import RetryCallState, Retrying
from tenacity.wait import wait_random_exponential

from bot.casework.bell import DELIVERY
from bot.casework.cases import add_status, note_news
from bot.casework.house import House
from bot.domain.errors import PermanentSendError, SendError, TemporarySendError
from bot.domain.ids import SECOND, CaseId
from bot.domain.message import Act, Message
from bot.log import Action, record
from storage import contacts, outbox, staff
from storage.database import Transaction

LEASE = 120 * SECOND
"""How long a message is taken out of everybody else's hands while it is sent."""

MOST_UNDER_WAY = 100
LONGEST_PAUSE = 300
_BACKOFF = wait_random_exponential(multiplier=1, max=LONGEST_PAUSE)
_LIMITERS_KEPT = 10_000


class Channel(Protocol):
    """Something that sends."""

    async def send(self, message: Message) -> str:
        """Send *message* and return the channel's number for it, ``""`` if it has none.

        Raises:
            SendError: it was not sent.

        """


class Delivery:
    """Sends what waits, through the channel of each message."""

    def __init__(self, house: House, channels: Mapping[str, Channel]) -> None:
        self._house = house
        self._channels = channels
        self._pace = Pace()
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Send until cancelled; what is under way then is finished first."""
        try:
            while True:
                if not await self._send_due():
                    await self._wait()
        finally:
            if self._under_way:
                await asyncio.wait(self._under_way, timeout=3)

    async def send_all(self) -> None:
        """Send everything that is due now, and return when it has been sent."""
        while await self._send_due():
            await asyncio.wait(self._under_way)

    async def _send_due(self) -> int:
        now = self._house.clock()
        room = MOST_UNDER_WAY - len(self._under_way)
        if room <= 0:
            await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
            return 1
        messages = await self._house.database.write(
            lambda tx: outbox.lease_due(tx, now=now, until=now + LEASE, most=room)
        )
        for message in messages:
            task = asyncio.create_task(self._send(message))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        return len(messages)

    async def _wait(self) -> None:
        due = await self._house.database.read(outbox.next_due)
        left = (due - self._house.clock()) / SECOND if due is not None else 1
        await self._house.bell.wait(DELIVERY, min(max(left, 0.02), 1))

    async def _send(self, message: Message) -> None:
        channel = self._channels.get(message.channel)
        try:
            if channel is None:
                text = f"there is no channel {message.channel} here"
                raise TemporarySendError(text, retry_after=LONGEST_PAUSE)
            await self._pace.keep(message)
            reference = await channel.send(message)
        except SendError as error:
            await self._fail(message, error)
        else:
            now = self._house.clock()
            await self._house.database.write(
                lambda tx: outbox.finish(tx, message.id, reference, now=now)
            )
            labels = (message.channel, message.urgency.name.lower())
            self._house.metrics.messages_sent.labels(*labels).inc()
        self._house.bell.ring(DELIVERY)

    async def _fail(self, message: Message, error: SendError) -> None:
        async def work(tx: Transaction) -> None:
            await self._note_failure(tx, message, error)

        await self._house.database.write(work)

    async def _note_failure(self, tx: Transaction, message: Message, error: SendError) -> None:
        labels = (message.channel, message.urgency.name.lower())
        if isinstance(error, TemporarySendError):
            pause = error.retry_after or backoff(message.attempts + 1)
            until = self._house.clock() + int(pause * SECOND)
            await outbox.postpone(tx, message.id, until=until)
            self._house.metrics.messages_postponed.labels(*labels).inc()
            record(Action.MESSAGE_POSTPONED, message=message.id, attempts=message.attempts)
            return
        await outbox.fail(tx, message.id, now=self._house.clock())
        self._house.metrics.messages_failed.labels(*labels).inc()
        record(Action.MESSAGE_FAILED, level="warning", message=message.id, error=error)
        is_dead = isinstance(error, PermanentSendError) and error.is_dead
        await self._tell_a_person(tx, message, is_dead=is_dead)

    async def _tell_a_person(self, tx: Transaction, message: Message, *, is_dead: bool) -> None:
        """Record a dead address; a case whose message did not arrive is news for its worker."""
        now = self._house.clock()
        if is_dead:
            await contacts.mark_dead(tx, message.recipient, now=now)
            await staff.mark_dead(tx, message.recipient, now=now)
            record(Action.ADDRESS_DEAD, level="warning", address=message.recipient)
        case = await outbox.case_of(tx, message.id)
        if case and message.act is Act.SAY:
            await add_status(tx, CaseId(case), "undelivered", at=now)
            await note_news(tx, self._house, CaseId(case))


def backoff(attempts: int) -> float:
    """Return how many seconds to wait after *attempts* failures: longer each time, with chance."""
    state = RetryCallState(Retrying(), None, (), {})
    state.attempt_number = attempts
    return max(0.5, _BACKOFF(state))


class Pace:
    """Telegram's limits: 30 messages a second, 20 a minute to a group, one a second to a chat.

    A chat takes a short burst: five at once, then one a second.
    """

    def __init__(self) -> None:
        self._overall = AsyncLimiter(30, 1)
        self._chats: OrderedDict[str, AsyncLimiter] = OrderedDict()

    async def keep(self, message: Message) -> None:
        """Return when *message* may be sent."""
        if message.channel != "telegram" or message.act is not Act.SAY:
            return
        await self._of(message.address).acquire()
        await self._overall.acquire()

    def _of(self, address: str) -> AsyncLimiter:
        limiter = self._chats.pop(address, None)
        if limiter is None:
            limiter = AsyncLimiter(20, 60) if address.startswith("-") else AsyncLimiter(5, 5)
        self._chats[address] = limiter
        if len(self._chats) > _LIMITERS_KEPT:
            self._chats.popitem(last=False)
        return limiter
