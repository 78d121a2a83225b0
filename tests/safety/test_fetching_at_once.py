"""Several processes that fetch from one database: each try of a file counts once."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from running import MovableClock, prepare, settings_in, the_book
from sqlalchemy import select

from bot.app import open_lantern
from bot.domain.case import EntryKind
from bot.domain.errors import PermanentSendError, TemporarySendError
from bot.domain.ids import MINUTE
from bot.domain.update import FileReference, Kind, Update
from bot.intake.files import FETCH
from bot.watch.fetching import Fetching
from storage import case_log, timers
from storage.schema import files
from storage.statements import ready

_FILES = ready(select(files.c.id, files.c.case_id))


class Channel:
    """Where the files lie; it can be away."""

    def __init__(self, error=None):
        self.error, self.asked = error, 0

    async def fetch(self, _):
        self.asked += 1
        await asyncio.sleep(0)
        if self.error is not None:
            raise self.error
        return b"a picture"


@asynccontextmanager
async def town_with_a_photo(folder):
    """A Lantern to whom a child has sent a photo that nobody has fetched yet, and its clock."""
    settings, clock = settings_in(folder, LANTERN_HEARTBEAT="off"), MovableClock()
    prepare(settings)
    async with open_lantern(settings, the_book(), clock=clock) as lantern:
        taking = asyncio.create_task(lantern.mailroom.run())
        photo = FileReference(kind="photo", media_type="image/jpeg", size=9, reference="there")
        await lantern.mailroom.take(
            Update(
                id="1",
                channel="telegram",
                address="1001",
                sender="1001",
                kind=Kind.FILE,
                at=clock(),
                file=photo,
            )
        )
        taking.cancel()
        await asyncio.gather(taking, return_exceptions=True)
        yield lantern.house, clock


async def fetch_all(house, clock, channel, *, processes):
    """Have the *processes* fetch until nothing waits; return how many minutes that took."""
    fetching = [Fetching(house, {"telegram": channel.fetch}) for _ in range(processes)]
    began = clock()
    while (at := await house.database.read(lambda tx: timers.next_due(tx, only=FETCH))) is not None:
        clock.advance(max(0, at - clock()))
        due = await house.database.read(lambda tx: timers.due_timers(tx, now=clock(), only=FETCH))
        await asyncio.gather(*(each.fetch(due[0]) for each in fetching))
    return (clock() - began) // MINUTE


async def log_of(house):
    """What happened in the case, and the file."""

    async def work(tx):
        [(file, case)] = await tx.all(_FILES)
        log = await case_log.read_log(tx, case)
        happened = [entry.text for entry in log if entry.kind is EntryKind.STATUS]
        return happened, await case_log.find_file(tx, file)

    return await house.database.read(work)


@pytest.mark.long
@pytest.mark.parametrize(
    ("error", "asked", "minutes"),
    [
        (TemporarySendError("it is away"), 13, 423),
        (PermanentSendError("it is gone", is_dead=False), 1, 0),
    ],
)
async def test_a_file_is_given_up_as_late_as_by_one_process_and_told_of_once(
    tmp_path, error, asked, minutes
):
    channel = Channel(error)
    async with town_with_a_photo(tmp_path) as (house, clock):
        took = await fetch_all(house, clock, channel, processes=3)
        happened, _ = await log_of(house)

    assert (channel.asked, took) == (asked, minutes)
    assert happened.count("file_lost") == 1


async def test_a_file_whose_fetcher_was_killed_is_fetched_by_another_process(tmp_path):
    channel = Channel()
    async with town_with_a_photo(tmp_path) as (house, clock):
        begun = asyncio.Event()

        async def hang(_):
            begun.set()
            await asyncio.Event().wait()

        gone = Fetching(house, {"telegram": hang})
        [timer] = await house.database.read(
            lambda tx: timers.due_timers(tx, now=clock(), only=FETCH)
        )
        killed = asyncio.create_task(gone.fetch(timer))
        await begun.wait()
        await Fetching(house, {"telegram": channel.fetch}).fetch(timer)
        assert channel.asked == 0
        killed.cancel()
        await asyncio.gather(killed, return_exceptions=True)
        await fetch_all(house, clock, channel, processes=2)
        _, file = await log_of(house)

    assert (channel.asked, file.content) == (1, b"a picture")
