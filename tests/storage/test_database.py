"""One writer that commits in groups, a reader beside it, and what happens when the disk fails."""

import asyncio
import gc
import sqlite3
import threading

import pytest
from asyncpg import UndefinedTableError
from away import locked_file
from records import NOW, count, opened, pragma, update_of
from sqlalchemy import text

from bot.domain.errors import ConfigError
from storage import inbox
from storage.database import DatabaseAwayError
from storage.opening import open_database
from storage.statements import ready

_COUNT = ready(text("SELECT count(*) FROM inbox"))
_HANG = ready(text("SELECT hang() AS hung"))


async def taken(tx):
    [row] = await tx.all(_COUNT)
    return row[0]


def taking(number):
    async def work(tx):
        return await inbox.note(tx, update_of(number=str(number)), now=NOW)

    return work


async def fail(tx):
    await inbox.note(tx, update_of(number="bad"), now=NOW)
    raise LookupError("of this caller only")


async def test_writes_that_wait_together_share_one_commit(database):
    commits = []
    database.on_commit(commits.append)
    results = await asyncio.gather(*(database.write(taking(n)) for n in range(100)))
    assert results == [True] * 100
    assert len(commits) <= 2
    assert await database.read(taken) == 100


async def test_one_failing_work_harms_no_other_and_is_told_to_its_caller_only(database):
    works = [database.write(taking(1)), database.write(fail), database.write(taking(2))]
    first, failed, second = await asyncio.gather(*works, return_exceptions=True)
    assert (first, second) == (True, True)
    assert isinstance(failed, LookupError)
    assert await database.read(taken) == 2


async def test_the_work_of_a_caller_who_went_away_is_still_done(database):
    caller = asyncio.create_task(database.write(taking(1)))
    await asyncio.sleep(0)
    caller.cancel()
    assert not await database.write(taking(1))
    assert await database.read(taken) == 1


async def test_whoever_waits_is_told_what_a_commit_touched(database):
    told = []
    database.on_commit(told.append)

    async def work(tx):
        tx.touched.add("desk")

    await database.write(work)
    assert told == [{"desk"}]


async def test_what_is_told_once_it_is_kept_is_told_after_the_commit_and_else_never(database):
    told = []

    def telling(number, then):
        async def work(tx):
            tx.once_kept(told.append, number)
            await then(tx)
            assert not [each for each in told if each == number]

        return work

    with pytest.raises(LookupError):
        await database.write(telling(1, fail))
    await database.write(telling(2, taking(2)))

    assert told == [2]


async def touch(tx):
    await taking(1)(tx)
    tx.touched.add("post")


async def test_a_follower_joins_what_touches_its_name_and_is_heard_when_that_is_on_disk(
    file_database,
):
    told, heard = [], []
    file_database.on_commit(told.append)
    file_database.follow("post", taken, heard.append)
    await file_database.write(taking(2))
    await file_database.write(touch)
    assert heard == [2]
    file_database.follow_no_more()
    await file_database.write(touch)
    assert heard == [2]
    assert told == [set(), set(), {"post"}]


async def test_a_follower_that_fails_harms_nobody_and_leaves_everybody_told(file_database):
    told, heard = [], []
    file_database.on_commit(told.append)
    file_database.follow("post", fail, heard.append)
    await file_database.write(touch)
    assert (told, heard) == ([{"post"}], [])
    assert await file_database.read(taken) == 1


async def test_a_follower_of_what_cannot_be_committed_is_not_heard(file_database):
    heard = []

    async def follow(_):
        return "done"

    async def break_a_rule(tx):
        tx.later(ready(text("INSERT INTO inbox (channel) VALUES ('x')")), 1)
        tx.touched.add("post")

    file_database.follow("post", follow, heard.append)
    with pytest.raises(sqlite3.IntegrityError):
        await file_database.write(break_a_rule)
    await file_database.write(touch)
    assert heard == ["done"]


async def test_a_reader_sees_one_state_from_beginning_to_end(database):
    await database.write(taking(1))

    async def look_twice(tx):
        before = await taken(tx)
        await database.write(taking(2))
        return before, await taken(tx)

    assert await database.read(look_twice) == (1, 1)
    assert await database.read(taken) == 2


async def test_a_reader_who_is_cancelled_leaves_no_old_view_behind(database):
    for turns in range(12):
        reader = asyncio.create_task(database.read(taken))
        for _ in range(turns):
            await asyncio.sleep(0)
        reader.cancel()
        await asyncio.wait([reader])
        await database.write(taking(turns))
        assert await database.read(taken) == turns + 1


async def test_who_gives_up_reading_waits_no_longer_though_the_file_hangs(file_database):
    """As a disk hangs, or whoever else has the file: the reading ends when it is let go."""
    began, goes_on = threading.Event(), threading.Event()

    def hang():
        began.set()
        return goes_on.wait()

    reader = file_database._reader  # noqa: SLF001 - nothing else makes a file hang
    await reader.create_function("hang", 0, hang)
    hanging = asyncio.create_task(file_database.read(lambda tx: tx.all(_HANG)))
    await asyncio.to_thread(began.wait)
    hanging.cancel()
    await asyncio.wait([hanging], timeout=5)
    has_given_up = hanging.done()
    goes_on.set()
    assert has_given_up
    assert await file_database.read(taken) == 0


async def test_a_locked_file_is_told_as_away_and_writing_goes_on_afterwards(file_database, path):
    database = file_database
    await pragma(database, "busy_timeout = 1")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    works = [database.write(taking(n)) for n in range(3)]
    for outcome in await asyncio.gather(*works, return_exceptions=True):
        assert isinstance(outcome, DatabaseAwayError)
        assert "SQLITE_BUSY" in str(outcome)
    other.execute("ROLLBACK")
    other.close()
    assert await database.write(taking(1))


async def test_an_error_let_go_of_keeps_nobody_waiting_while_the_next_writes(file_database, path):
    """Else everything stands still for as long as another program holds the file."""
    database = file_database
    await pragma(database, "busy_timeout = 1")
    async with locked_file(path):
        [error] = await asyncio.gather(database.write(taking(1)), return_exceptions=True)
    assert isinstance(error, DatabaseAwayError)
    await pragma(database, "busy_timeout = 3000")
    async with locked_file(path):
        writing = asyncio.create_task(database.write(taking(2)))
        for _ in range(500):
            await asyncio.sleep(0)  # until it is under way
        del error
        gc.collect()
    assert await writing


async def test_a_full_disk_is_told_as_away_and_loses_nothing_that_was_there(file_database):
    database = file_database
    await database.write(taking(1))
    [pages] = await pragma(database, "page_count")
    await pragma(database, f"max_page_count = {pages}")

    async def much(tx):
        for number in range(3000):
            await inbox.note(tx, update_of(number=f"much {number}"), now=NOW)

    with pytest.raises(DatabaseAwayError, match=r"SQLITE_FULL\); make room on its disk"):
        await database.write(much)
    assert await database.read(taken) == 1
    await pragma(database, "max_page_count = 100000")
    await database.write(much)
    assert await database.read(taken) == 3001


async def test_a_mistake_in_the_work_is_not_taken_for_a_failing_disk(database):
    async def work(tx):
        await tx.all(ready(text("SELECT nothing FROM nowhere")))

    with pytest.raises((sqlite3.OperationalError, UndefinedTableError)):
        await database.write(work)


async def test_closing_finishes_what_waits_and_refuses_what_comes_later(where, keys):
    async with opened(where, keys) as database:
        waiting = [asyncio.create_task(database.write(taking(n))) for n in range(5)]
        await asyncio.sleep(0)
    assert await asyncio.gather(*waiting) == [True] * 5
    assert count(where, "inbox") == 5
    with pytest.raises(DatabaseAwayError):
        await database.write(taking(6))


async def test_a_writer_that_ends_is_noticed_and_keeps_nobody_waiting(where, keys):
    async with opened(where, keys) as database:
        ended = asyncio.create_task(database.ended())
        database.on_commit(lambda _: 1 / 0)
        assert await database.write(taking(1))
        with pytest.raises(ZeroDivisionError):
            await ended
        with pytest.raises(DatabaseAwayError):
            await database.write(taking(2))


async def test_a_file_that_cannot_be_opened_is_told_in_one_sentence(tmp_path, keys):
    with pytest.raises(ConfigError, match="cannot be opened for writing"):
        await open_database(tmp_path / "no such folder" / "lantern.sqlite3", keys)
