"""A commit that is on disk, but whose answer is lost: what it posted leaves soon, and once."""

import asyncio

import pytest
from fake_telegram import WITHIN
from running import prepare, settings_in, the_book
from sqlalchemy import bindparam, select

from bot.casework.bell import DELIVERY
from bot.delivery import Delivery
from bot.domain.message import Message, Urgency
from bot.housing import open_house
from storage import outbox, schema
from storage.data_keys import HOUSE, make_house_key
from storage.database import DatabaseAwayError
from storage.lane import Writer
from storage.sealing import read_keys
from storage.sqlite import SqliteDatabase, _connect, _SqliteWriter
from storage.statements import ready

SOON = WITHIN
"""A lease that nobody gives back lasts two minutes."""

_ATTEMPTS = ready(
    select(schema.outbox.c.attempts).where(schema.outbox.c.recipient == bindparam("to"))
)


class HardOfHearing(Writer):
    """The writer of a file: it makes every commit, and loses the answers of the next ones."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.losing = 0
        self.commits = asyncio.Queue()
        self.may_commit = asyncio.Event()
        self.may_commit.set()

    async def begin(self, reach):
        return await self.writer.begin(reach)

    async def commit(self, transaction):
        if not self.may_commit.is_set():
            self.commits.put_nowait(transaction)
        await self.may_commit.wait()
        await self.writer.commit(transaction)
        if self.losing:
            self.losing -= 1
            text = "the answer is lost"
            raise DatabaseAwayError(text)

    async def roll_back(self, transaction):
        await self.writer.roll_back(transaction)

    def is_passing(self, error):
        return self.writer.is_passing(error)

    def away(self, error):
        return self.writer.away(error)

    async def close(self):
        await self.writer.close()


class Phone:
    """A channel that takes everything at once."""

    def __init__(self) -> None:
        self.sent = []
        self.rang = asyncio.Queue()

    async def send(self, message: Message) -> str:
        self.sent.append(message.text)
        self.rang.put_nowait(message.text)
        return ""


class Sending:
    """A delivery that runs on a file of which some answers are lost."""

    def __init__(self, house, writer: HardOfHearing, phone: Phone) -> None:
        self.house, self.writer, self.phone = house, writer, phone

    async def post(self, text: str) -> None:
        message = Message(
            id=outbox.new_message_id(),
            channel="phone",
            recipient=text,
            address=text,
            urgency=Urgency.SAFETY,
            text=text,
        )

        async def work(tx):
            await outbox.post(tx, message, key=HOUSE, now=self.house.clock())

        await self.house.database.write(work)

    async def rings(self) -> str:
        async with asyncio.timeout(SOON):
            return await self.phone.rang.get()

    async def all_is_noted(self) -> None:
        """Return when nothing waits to be sent any more."""
        async with asyncio.timeout(SOON):
            while await self.house.database.read(outbox.count_waiting):
                await self.house.bell.wait("delivery", 0.05)

    async def looks(self) -> None:
        """Have the delivery ask for what is due while another commit is under way."""
        self.house.bell.ring(DELIVERY)
        for _ in range(20):
            await asyncio.sleep(0)
        assert self.house.database._lane.waiting == 2  # noqa: SLF001 - nobody else sees it

    async def attempts(self, message: str) -> int:
        found = await self.house.database.read(lambda tx: tx.all(_ATTEMPTS, to=message))
        return found[0]["attempts"]


@pytest.fixture
async def sending(tmp_path):
    settings = settings_in(tmp_path)
    prepare(settings)
    keys = read_keys(settings.key_file)
    writer = HardOfHearing(_SqliteWriter(await _connect(settings.database), keys))
    database = SqliteDatabase(writer, await _connect(settings.database), keys)
    house, phone = open_house(settings, the_book(), database), Phone()
    await database.write(make_house_key)
    task = asyncio.create_task(Delivery(house, {"phone": phone}).run())
    sending = Sending(house, writer, phone)
    await sending.post("ready")
    assert await sending.rings() == "ready"
    await sending.all_is_noted()
    yield sending
    task.cancel()
    await asyncio.wait([task])
    await database.close()


@pytest.mark.long
@pytest.mark.parametrize("times", [1, 2])
async def test_what_was_posted_by_a_commit_without_an_answer_leaves_soon_and_once(sending, times):
    sending.writer.losing = times
    with pytest.raises(DatabaseAwayError):
        await sending.post("he has a knife")

    assert await sending.rings() == "he has a knife"
    await sending.all_is_noted()
    assert sending.writer.losing == 0
    assert sending.phone.sent == ["ready", "he has a knife"]


async def test_what_is_taken_while_the_delivery_looks_is_not_taken_again(sending):
    sending.writer.may_commit.clear()
    posting = asyncio.create_task(sending.post("he has a knife"))
    await sending.writer.commits.get()
    await sending.looks()
    sending.writer.may_commit.set()
    await posting

    assert await sending.rings() == "he has a knife"
    await sending.all_is_noted()
    assert await sending.attempts("he has a knife") == 1
    assert sending.phone.sent == ["ready", "he has a knife"]
