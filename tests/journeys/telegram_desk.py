"""What the Telegram tests share: a message to send, and a desk that updates arrive at."""

import asyncio
import contextlib

from fake_telegram import WITHIN
from tenacity import wait_none

from bot.channels.telegram_poller import TelegramPoller
from bot.channels.telegram_receiver import Receiver
from bot.domain.ids import SECOND, AddressId, Instant, MessageId, new_id
from bot.domain.message import Act, Message, Urgency

NOW = Instant(1_800_000_000 * SECOND)
CANARY = "the canary sings at midnight"


def message(text="", *, to=1001, act=Act.SAY, buttons=(), references=()):
    return Message(
        id=MessageId(new_id()),
        channel="telegram",
        recipient=AddressId("a"),
        address=str(to),
        urgency=Urgency.REPLY,
        act=act,
        text=text,
        buttons=buttons,
        references=tuple(map(str, references)),
    )


class Desk:
    """Takes updates as intake would; can fail, and can be made to wait."""

    def __init__(self):
        self.taken = []
        self.set_aside = []
        self.failures = []
        self.open = asyncio.Event()
        self.open.set()
        self.changed = asyncio.Condition()

    def receiver(self):
        return Receiver(take=self._take, set_aside=self._set_aside, now=lambda: NOW)

    async def _take(self, update):
        if self.failures:
            raise self.failures.pop()
        await self._note(self.taken, update)
        await self.open.wait()

    async def _set_aside(self, raw, number, where):
        await self._note(self.set_aside, (raw, number, where))

    async def _note(self, where, what):
        async with self.changed:
            where.append(what)
            self.changed.notify_all()

    async def has(self, count, *, where="taken"):
        async with asyncio.timeout(WITHIN), self.changed:
            await self.changed.wait_for(lambda: len(getattr(self, where)) >= count)
        return getattr(self, where)

    @property
    def texts(self):
        return [update.text for update in self.taken]


@contextlib.asynccontextmanager
async def polling(channel, desk, patience=None):
    poller = TelegramPoller(channel.bot, desk.receiver(), patience=patience or wait_none())
    task = asyncio.create_task(poller.run())
    try:
        yield task
    finally:
        task.cancel()
        async with asyncio.timeout(WITHIN):
            with contextlib.suppress(asyncio.CancelledError):
                await task
