"""What is pressing overtakes: it waits neither for a place, nor for the pace, nor for a timer."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from fake_telegram import WITHIN
from running import open_lantern, prepare, settings_in, the_book

from bot.casework.bell import Bell
from bot.delivery import MOST_UNDER_WAY, Delivery
from bot.domain.message import Message, Urgency
from bot.pace import Pace
from storage import outbox
from storage.data_keys import HOUSE


def message_to(recipient, urgency, *, channel="slow"):
    return Message(
        id=outbox.new_message_id(),
        channel=channel,
        recipient=recipient,
        address=recipient,
        urgency=urgency,
        text=f"to {recipient}",
    )


class Slow:
    """A channel that takes for ever, but for what is pressing."""

    def __init__(self):
        self.begun = []
        self.is_told = asyncio.Event()
        self.is_full = asyncio.Event()

    async def send(self, message: Message) -> str:
        self.begun.append(message.recipient)
        if len(self.begun) == MOST_UNDER_WAY:
            self.is_full.set()
        if message.urgency is Urgency.SAFETY:
            self.is_told.set()
            return ""
        await asyncio.Event().wait()
        return ""


@asynccontextmanager
async def sending(folder, channel):
    """A Lantern of which only the delivery runs."""
    settings = settings_in(folder)
    prepare(settings)
    async with open_lantern(settings, the_book()) as lantern:
        delivery = Delivery(lantern.house, {"slow": channel})
        task = asyncio.create_task(delivery.run())
        yield lantern.house.database
        task.cancel()
        await asyncio.wait([task])


@pytest.mark.long
async def test_an_alert_is_sent_while_every_place_is_taken_by_replies(tmp_path):
    channel = Slow()
    async with sending(tmp_path, channel) as database:

        async def post_replies(tx):
            for number in range(MOST_UNDER_WAY + 20):
                reply = message_to(f"contact {number}", Urgency.REPLY)
                await outbox.post(tx, reply, key=HOUSE, now=1)

        alert = message_to("worker", Urgency.SAFETY)
        await database.write(post_replies)
        async with asyncio.timeout(WITHIN):
            await channel.is_full.wait()
            await database.write(lambda tx: outbox.post(tx, alert, key=HOUSE, now=1))
            await channel.is_told.wait()

    assert channel.begun[MOST_UNDER_WAY:] == ["worker"]


async def test_of_all_that_waits_for_the_pace_the_most_pressing_goes_first():
    pace, gone = Pace(altogether=(4, 0.2)), []

    async def keep(number, urgency):
        await pace.keep(message_to(str(number), urgency, channel="telegram"))
        gone.append(urgency)

    waiting = [Urgency.REST, Urgency.ALERT, Urgency.REPLY, Urgency.REPLY, Urgency.SAFETY]
    async with asyncio.timeout(WITHIN), asyncio.TaskGroup() as tasks:
        for number in range(4):
            tasks.create_task(keep(number, Urgency.REPLY))
        for number, urgency in enumerate(waiting, 4):
            tasks.create_task(keep(number, urgency))

    assert gone == [*[Urgency.REPLY] * 4, *sorted(waiting)]


async def test_five_messages_to_one_chat_leave_at_once():
    pace = Pace()

    waits = [await pace.keep(message_to("1", Urgency.REST, channel="telegram")) for _ in range(5)]

    assert waits == [False] * 5


async def test_whoever_listens_while_looking_misses_nothing():
    bell = Bell()
    with bell.listening("delivery") as something:
        bell.ring("delivery")

        assert await something(0)
    assert not await bell.wait("delivery", 0)
