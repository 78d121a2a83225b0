"""Sends what waits in the outbox: safety first, in order for each recipient, one at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Protocol

from bot.casework.bell import DELIVERY, PRESSING
from bot.casework.house import House
from bot.casework.neighbours import Neighbours
from bot.casework.persisting import keep_doing, write_in_the_end
from bot.domain.errors import PermanentSendError, SendError, TemporarySendError
from bot.domain.ids import SECOND, MessageId
from bot.domain.message import Act, Message, Urgency
from bot.log import Action, record
from bot.pace import LONGEST_PAUSE, Pace, backoff, unexpected
from bot.undelivered import give_up, send_to, tell_of
from bot.unsure import Unsure
from storage import outbox
from storage.backlog import lease_current
from storage.database import Transaction
from storage.leases import release_own
from storage.next_to_send import Leased, Lost
from storage.reach import ROWS

LONGEST_SEND = 60
"""Seconds after which a channel that has not answered counts as failed; well within the lease."""

GRACE = 2
"""Seconds for what is under way when Lantern is stopped."""

MOST_UNDER_WAY = 100
KEPT_FREE = 50
"""How many more may be under way if they are pressing, so that those never wait for a place."""

REFILL, REFILL_AFTER = 25, 0.2
"""With less room than this, and so with much that waits, look for more only now and then."""

LONGEST_NAP = 1.0
"""Seconds after which to look again, whether or not anybody rang."""


class Channel(Protocol):
    """Something that sends."""

    async def send(self, message: Message) -> str:
        """Send *message* and return the channel's number for it, ``""`` if it has none.

        Raises:
            SendError: it was not sent.

        """


class Delivery:
    """Sends what waits, through the channel of each message, at the *pace* it allows."""

    def __init__(
        self, house: House, channels: Mapping[str, Channel], *, pace: Pace | None = None
    ) -> None:
        self._house = house
        self._channels = channels
        self._pace = pace or Pace()
        self._neighbours = Neighbours(house, self._pace)
        self._unsure = Unsure()
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._looks = 0
        self._is_stopping = False

    async def run(self) -> None:
        """Send until cancelled; what is under way then is finished first."""
        database = self._house.database
        try:
            await self._neighbours.begin()
            database.follow(DELIVERY, self._lease_what_was_posted, self._begin_what_was_posted)
            await asyncio.gather(keep_doing(self._step), keep_doing(self._neighbours.look))
        finally:
            self._is_stopping = True
            database.follow_no_more()
            await self._finish_what_is_under_way()

    async def _step(self) -> None:
        bell = self._house.bell
        with bell.listening(DELIVERY) as something, bell.listening(PRESSING) as pressing:
            if self._room() < REFILL:
                await self._take(self._room() + KEPT_FREE, pressing=Urgency.SAFETY)
                await pressing(REFILL_AFTER)
            elif not await self._take(self._room()):
                await something(LONGEST_NAP)

    def _room(self) -> int:
        return MOST_UNDER_WAY - len(self._under_way)

    async def _finish_what_is_under_way(self) -> None:
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way.values(), timeout=GRACE)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)

    async def send_all(self) -> None:
        """Send everything that is due now, and return when it has been sent."""
        while await self._take(self._room()) or self._under_way:
            if self._under_way:
                await asyncio.wait(self._under_way.values())

    async def _take(self, room: int, *, pressing: Urgency = Urgency.REST) -> bool:
        """Begin to send what is due and as *pressing* as that; return whether it filled *room*."""
        if room <= 0:
            return False
        self._looks += 1
        leased = await self._lease(room, pressing)
        self._begin_all(leased)
        return len(leased.messages) + len(leased.unreadable) >= room

    async def _lease_what_was_posted(self, tx: Transaction) -> tuple[int, Leased] | None:
        """Take what is due in the transaction that posts it, which saves one of its own.

        Return it behind the end of its lease, or None if it is to be looked for as ever: there is
        little room, or what is taken at this moment, or may have been, is not known.
        """
        room = self._room()
        if self._unsure or room < REFILL:
            return None
        self._looks += 1
        now = self._house.clock()
        until = self._unsure.begin(now)
        return until, await lease_current(tx, now=now, until=until, most=room)

    def _begin_what_was_posted(self, taken: tuple[int, Leased]) -> None:
        until, leased = taken
        self._unsure.settle([until])
        if self._is_stopping:  # it stays leased until the next start, as after a crash
            return
        self._begin_all(leased)
        if self._room() < REFILL:  # then more may be due
            self._house.bell.ring(DELIVERY)

    def _begin_all(self, leased: Leased) -> None:
        for unreadable in leased.unreadable:
            self._begin(unreadable.id, partial(self._give_up, unreadable))
        for message in leased.messages:
            is_followed = message.id in leased.followed
            send = partial(self._send, message, looks=self._looks, is_followed=is_followed)
            self._begin(message.id, send)

    async def _lease(self, room: int, pressing: Urgency) -> Leased:
        """Take what is due, and give back what was taken if nobody knows whether it was.

        That is so if the database went away before it said that the lease was committed. It is
        asked in the transaction: until that begins, other commits may be answered.
        """
        now = self._house.clock()
        until = self._unsure.begin(now)

        async def work(tx: Transaction) -> tuple[frozenset[int], Leased]:
            unsure = self._unsure.but(until)
            await release_own(tx, unsure)
            leased = await lease_current(tx, now=now, until=until, most=room, pressing=pressing)
            return unsure, leased

        released, leased = await self._house.database.write(work, reach=ROWS)
        self._unsure.settle([*released, until])
        return leased

    def _begin(self, message: MessageId, act: Callable[[], Coroutine[None, None, None]]) -> None:
        if message not in self._under_way:  # it is, if the clock jumped over its lease
            task = asyncio.create_task(act())
            self._under_way[message] = task
            task.add_done_callback(partial(self._forget, message))

    def _forget(self, message: MessageId, _: asyncio.Task[None]) -> None:
        del self._under_way[message]
        if self._room() == REFILL:
            self._house.bell.ring(PRESSING)

    async def _send(self, message: Message, *, looks: int, is_followed: bool) -> None:
        try:
            reference = await self._hand_over(message)
        except SendError as error:
            await self._fail(message, error)
        except Exception as error:  # noqa: BLE001 - it must not stay under way for ever
            record(Action.TASK_FAILED, level="error", error=error, message=message.id)
            await self._fail(message, unexpected(message))
        else:
            if reference is not None:
                await self._finish(message, reference)
        if is_followed or self._looks > looks:  # then something may wait for this to be over
            self._house.bell.ring(DELIVERY)

    async def _hand_over(self, message: Message) -> str | None:
        """Return the channel's number for *message*, or None if it was taken back meanwhile."""
        channel = self._channels.get(message.channel)
        if channel is None:
            text = f"there is no channel {message.channel} here"
            raise TemporarySendError(text, retry_after=LONGEST_PAUSE)
        if await self._pace.keep(message) and not await self._is_wanted(message):
            return None
        async with asyncio.timeout(LONGEST_SEND):
            return await channel.send(message)

    async def _is_wanted(self, message: Message) -> bool:
        """Whether *message* was not taken back while it waited for its turn."""
        return await self._house.database.read(lambda tx: outbox.is_waiting(tx, message.id))

    async def _finish(self, message: Message, reference: str) -> None:
        """Record that *message* was sent; if it was taken back meanwhile, remove it again."""
        now = self._house.clock()
        is_wanted = await write_in_the_end(
            self._house.database,
            lambda tx: outbox.finish(tx, message.id, reference, now=now),
            reach=ROWS,
        )
        labels = (message.channel, message.urgency.name.lower())
        self._house.metrics.messages_sent.labels(*labels).inc()
        if reference and not is_wanted:
            with suppress(SendError):
                channel = self._channels[message.channel]
                await channel.send(replace(message, act=Act.DELETE, references=(reference,)))

    async def _give_up(self, lost: Lost) -> None:
        """Tell of what is *lost*; what waits behind it goes on."""
        labels = (lost.channel, lost.urgency.name.lower())
        self._house.metrics.messages_failed.labels(*labels).inc()
        record(Action.MESSAGE_FAILED, level="error", message=lost.id)
        await self._note(lost.id, lambda tx: give_up(tx, self._house, lost.id))
        self._house.bell.ring(DELIVERY)

    async def _fail(self, message: Message, error: SendError) -> None:
        await self._note(message.id, lambda tx: self._note_failure(tx, message, error))

    async def _note(
        self, message: MessageId, work: Callable[[Transaction], Awaitable[None]]
    ) -> None:
        """Do *work*, which notes that *message* was not sent, or only that it never will be."""
        database, now = self._house.database, self._house.clock()
        try:
            await write_in_the_end(database, work)
        except Exception as fault:  # noqa: BLE001 - at least it must not block what follows
            record(Action.TASK_FAILED, level="error", error=fault, message=message)
            await write_in_the_end(database, lambda tx: outbox.fail(tx, message, now=now))

    async def _note_failure(self, tx: Transaction, message: Message, error: SendError) -> None:
        if not await outbox.is_waiting(tx, message.id):
            return  # it was taken back, or this was noted before and only its commit unanswered
        labels = (message.channel, message.urgency.name.lower())
        moved_to = error.moved_to if isinstance(error, PermanentSendError) else ""
        if moved_to and await send_to(tx, moved_to, message, now=self._house.clock()):
            return
        if isinstance(error, TemporarySendError):
            pause = error.retry_after or backoff(message.attempts + 1)
            until = self._house.clock() + int(pause * SECOND)
            await outbox.postpone(tx, message.id, until=until)
            asyncio.get_running_loop().call_later(pause, self._house.bell.ring, DELIVERY)
            self._house.metrics.messages_postponed.labels(*labels).inc()
            record(Action.MESSAGE_POSTPONED, message=message.id, attempts=message.attempts)
            return
        await outbox.fail(tx, message.id, now=self._house.clock())
        self._house.metrics.messages_failed.labels(*labels).inc()
        record(Action.MESSAGE_FAILED, level="warning", message=message.id, error=error)
        is_dead = isinstance(error, PermanentSendError) and error.is_dead
        await tell_of(tx, self._house, message, is_dead=is_dead)
