"""What is posted is taken by the delivery in the same transaction: a commit less, and as safe."""

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing

from fake_telegram import WITHIN
from running import open_lantern, prepare, settings_in, the_book

from bot.delivery import Delivery
from bot.domain.message import Message, Urgency
from storage import outbox
from storage.data_keys import HOUSE

FIRST = "ready"


class Watched:
    """A channel that notes what another program sees of each message while it is sent."""

    def __init__(self, file):
        self.file = file
        self.seen = []
        self.sent = asyncio.Queue()
        self.may_end = asyncio.Event()

    async def send(self, message: Message) -> str:
        if message.text == FIRST:
            return ""
        with closing(sqlite3.connect(self.file)) as other:
            question = "SELECT leased_until IS NOT NULL, attempts FROM outbox WHERE id = ?"
            self.seen += other.execute(question, (message.id,)).fetchall()
        self.sent.put_nowait(message.text)
        await self.may_end.wait()
        return ""


@asynccontextmanager
async def sending(folder, *, holds=True):
    """A Lantern of which only the delivery runs, and whose channel at first ends nothing."""
    settings = settings_in(folder)
    prepare(settings)
    async with open_lantern(settings, the_book()) as lantern:
        channel = Watched(settings.database)
        if not holds:
            channel.may_end.set()
        delivery = Delivery(lantern.house, {"watched": channel})
        task = asyncio.create_task(delivery.run())
        await first_message(lantern.house)
        yield lantern.house, channel
        channel.may_end.set()
        task.cancel()
        await asyncio.wait([task])


async def first_message(house):
    """Return when one message was sent and that is noted, so that the delivery only listens."""
    told = listen_to(house)
    await house.database.write(posting("nobody", FIRST))
    async with asyncio.timeout(WITHIN):
        while await house.database.read(outbox.count_waiting):
            await told.get()


def posting(recipient, text, *, urgency=Urgency.REPLY):
    message = Message(
        id=outbox.new_message_id(),
        channel="watched",
        recipient=recipient,
        address=recipient,
        urgency=urgency,
        text=text,
    )

    async def work(tx):
        await outbox.post(tx, message, key=HOUSE, now=1)

    return work


def listen_to(house):
    """Return the queue into which each commit puts what it tells others of."""
    told = asyncio.Queue()

    def tell(touched):
        told.put_nowait(set(touched))
        house.bell.ring(*touched)

    house.database.on_commit(tell)
    return told


async def test_posting_and_taking_are_one_commit_and_nothing_leaves_before_it(tmp_path):
    async with sending(tmp_path) as (house, channel):
        told = listen_to(house)
        async with asyncio.timeout(WITHIN):
            await house.database.write(posting("a", "one"))
            assert await channel.sent.get() == "one"
    assert channel.seen == [(1, 1)]
    assert told.get_nowait() == {"a"}
    assert told.qsize() == 1  # the other one notes that it was sent


async def test_of_two_posted_for_one_recipient_the_second_waits_for_the_first(tmp_path):
    async with sending(tmp_path) as (house, channel):
        async with asyncio.timeout(WITHIN):
            for text in ("one", "two"):
                await house.database.write(posting("a", text))
            await house.database.write(posting("b", "to somebody else"))
            first = [await channel.sent.get() for _ in range(2)]
            assert channel.sent.empty()
            channel.may_end.set()
            assert await channel.sent.get() == "two"
    assert first == ["one", "to somebody else"]
    assert channel.seen == [(1, 1)] * 3


async def test_what_was_posted_by_work_that_failed_is_not_sent(tmp_path):
    post = posting("a", "never")

    async def post_and_fail(tx):
        await post(tx)
        raise LookupError

    async with sending(tmp_path) as (house, channel):
        works = [house.database.write(work) for work in (posting("b", "this"), post_and_fail)]
        _, failed = await asyncio.gather(*works, return_exceptions=True)
        async with asyncio.timeout(WITHIN):
            assert await channel.sent.get() == "this"
            channel.may_end.set()
    assert isinstance(failed, LookupError)
    assert channel.sent.empty()


async def test_more_than_there_is_room_for_is_sent_all_the_same(tmp_path):
    async with sending(tmp_path) as (house, channel):
        channel.may_end.set()
        async with asyncio.timeout(WITHIN):
            for start in range(0, 300, 150):
                batch = (house.database.write(posting(f"{start + n}", "x")) for n in range(150))
                await asyncio.gather(*batch)
            assert [await channel.sent.get() for _ in range(300)] == ["x"] * 300
    assert channel.seen == [(1, 1)] * 300


async def test_what_was_taken_when_delivery_was_stopped_is_sent_by_the_next(tmp_path):
    async with sending(tmp_path) as (house, before):
        posted = asyncio.create_task(house.database.write(posting("a", "one")))
        await asyncio.sleep(0)
    await posted
    async with sending(tmp_path, holds=False) as (_, channel), asyncio.timeout(WITHIN):
        assert await channel.sent.get() == "one"
    assert before.sent.empty()
    assert channel.seen == [(1, 2)]
