"""Sending past the outbox, for when there is no database to hold one."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping

from aiolimiter import AsyncLimiter

from bot.domain.errors import SendError, TemporarySendError
from bot.domain.ids import AddressId
from bot.domain.message import Act, Message, Urgency
from bot.log import Action, record
from storage import outbox

Send = Callable[[Message], Awaitable[str]]
_TRIES = 5
_PACE = (20, 1)


class Direct:
    """Sends through the channel of each message, at a pace that Telegram takes, and tries again."""

    def __init__(self, senders: Mapping[str, Send]) -> None:
        self._senders = senders
        self._pace = AsyncLimiter(*_PACE)
        self._tasks: set[asyncio.Task[None]] = set()

    def reaches(self, channel: str) -> bool:
        """Whether anything can be sent on *channel*."""
        return channel in self._senders

    def start(self, job: Coroutine[object, object, None]) -> None:
        """Have *job* done beside whatever goes on."""
        task = asyncio.create_task(job)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def send(self, message: Message, *, is_wanted: Callable[[], bool] = lambda: True) -> str:
        """Return the channel's number of *message*, ``""`` if it has none or was given up.

        It is given up as soon as it is not *is_wanted*.
        """
        send = self._senders.get(message.channel)
        if send is None:
            return ""
        for attempt in range(1, _TRIES + 1):
            await self._pace.acquire()
            if not is_wanted():
                break
            try:
                return await send(message)
            except TemporarySendError as error:
                record(Action.MESSAGE_POSTPONED, message=message.id, attempts=attempt)
                await asyncio.sleep(error.retry_after or attempt)
            except SendError as error:
                record(Action.MESSAGE_FAILED, level="warning", message=message.id, error=error)
                break
        return ""

    async def post(self, message: Message) -> None:
        """Send *message*, whatever number it gets."""
        await self.send(message)

    async def close(self) -> None:
        """Give up what is still under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)


def direct_message(
    channel: str,
    where: str,
    *,
    text: str = "",
    act: Act = Act.SAY,
    references: tuple[str, ...] = (),
) -> Message:
    """Return a message that stands in no outbox."""
    return Message(
        id=outbox.new_message_id(),
        channel=channel,
        recipient=AddressId(""),
        address=where,
        urgency=Urgency.SAFETY,
        act=act,
        text=text,
        references=references,
    )
