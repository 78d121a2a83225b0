"""What is kept of the alarm path, and the way of a released database to where it can be kept."""

import sqlite3
from contextlib import closing

import pytest
from alembic import command
from alembic.config import Config
from records import NOW, message_to
from rows import sql
from sqlalchemy import create_engine

import storage.migrations
from bot.domain.alarm import Reason
from bot.domain.ids import DAY, MINUTE, SECOND
from bot.domain.worker import Role
from storage import alarm, data_keys, outbox, staff
from storage.upgrade import find_damage, newest_revision, upgrade

LATER = NOW + MINUTE


@pytest.fixture
async def crew(database):
    """Two workers of whom the first has a phone; the test "t1" was sent to it as message."""

    async def work(tx):
        first, second = [
            await staff.add_worker(tx, name, Role.WORKER, "en", now=NOW) for name in ("A", "B")
        ]
        await staff.link_address(tx, "telegram", "7", first, now=NOW)
        [address] = await staff.staff_addresses_of(tx)
        message = message_to(address.id)
        await outbox.post(tx, message, key=data_keys.HOUSE, now=NOW)
        await alarm.add_test(tx, "t1", asked_by="schedule", now=NOW)
        await alarm.add_call(tx, "t1", first, "telegram", message.id)
        return first, second, message.id

    return await database.write(work)


async def calls(database, test="t1"):
    return await database.read(lambda tx: alarm.calls_of(tx, test))


async def test_a_call_is_taken_when_its_message_was_sent(database, crew):
    _, _, message = crew
    [before] = await calls(database)

    await database.write(lambda tx: outbox.finish(tx, message, "1", now=LATER))

    [after] = await calls(database)
    assert (before.taken_at, after.taken_at) == (None, LATER)


async def test_what_became_of_a_call_outlives_the_outbox(database, crew):
    _, _, message = crew

    async def work(tx):
        await outbox.finish(tx, message, "1", now=LATER)
        await alarm.settle(tx, "t1")
        [call] = await alarm.calls_of(tx, "t1")
        await outbox.drop_waiting(tx, call.worker)
        return call

    assert (await database.write(work)).taken_at == LATER


async def test_the_first_answer_counts_and_one_from_the_desk_is_a_call_of_its_own(database, crew):
    first, second, _ = crew

    async def work(tx):
        for at in (LATER, LATER + MINUTE):
            assert await alarm.answer(tx, "t1", first, "telegram", now=at)
        assert await alarm.answer(tx, "t1", second, "desk", now=LATER)
        assert not await alarm.answer(tx, "no such test", first, "telegram", now=LATER)
        return await alarm.habits(tx)

    habits = await database.write(work)

    assert {call.answered_at for call in await calls(database)} == {LATER}
    assert {habits[first].answered_at, habits[second].answered_at} == {LATER}
    assert await database.read(alarm.last_sign_of_life) == LATER


async def test_only_what_a_phone_took_counts_and_what_waits_is_stuck(database, crew):
    _, _, message = crew
    stuck = await database.read(lambda tx: alarm.stuck_channels(tx, before=LATER))
    fresh = await database.read(lambda tx: alarm.stuck_channels(tx, before=NOW))
    before = await database.read(lambda tx: alarm.is_taken_since(tx, NOW, now=LATER))

    await database.write(lambda tx: outbox.finish(tx, message, "1", now=LATER))

    assert (stuck, fresh, before) == ({"telegram"}, frozenset(), False)
    assert await database.read(lambda tx: alarm.is_taken_since(tx, NOW, now=LATER))
    assert not await database.read(lambda tx: alarm.is_taken_since(tx, LATER, now=LATER))
    assert not await database.read(lambda tx: alarm.is_taken_since(tx, NOW, now=LATER, case="c"))


async def test_a_break_lasts_until_it_is_ended(database):
    await database.write(lambda tx: alarm.begin_break(tx, Reason.NOT_TAKEN, now=NOW))
    found = await database.read(alarm.find_break)

    await database.write(lambda tx: alarm.end_break(tx, now=LATER))

    assert (found.began_at, found.reason) == (NOW, Reason.NOT_TAKEN)
    assert await database.read(alarm.find_break) is None


async def last_at_desk(database, now=LATER):
    return await database.read(lambda tx: alarm.last_at_desk(tx, now=now))


async def test_somebody_is_at_the_desk_when_they_say_so(database, crew):
    first, _, _ = crew
    assert await last_at_desk(database) == 0

    await database.write(lambda tx: alarm.note_at_desk(tx, first, now=LATER))

    assert await last_at_desk(database) == LATER
    await database.write(lambda tx: staff.remove_worker(tx, first, now=LATER))
    assert await last_at_desk(database) == 0


async def test_what_was_put_down_before_the_clock_was_put_back_says_nothing_of_now(database, crew):
    first, second, message = crew

    async def work(tx):
        await alarm.note_at_desk(tx, first, now=LATER)
        await alarm.note_at_desk(tx, second, now=LATER + DAY)
        await outbox.finish(tx, message, "1", now=LATER + DAY)

    await database.write(work)

    theirs = [
        await database.read(lambda tx, one=one: alarm.at_desk(tx, one, now=LATER))
        for one in (first, second)
    ]
    assert (await last_at_desk(database), theirs) == (LATER, [LATER, 0])
    assert not await database.read(lambda tx: alarm.is_taken_since(tx, NOW, now=LATER))
    assert await database.read(lambda tx: alarm.is_taken_since(tx, NOW, now=LATER + DAY))


async def test_another_machines_clock_may_be_a_little_ahead(database, crew):
    first, _, _ = crew

    await database.write(lambda tx: alarm.note_at_desk(tx, first, now=LATER))

    assert await last_at_desk(database, now=LATER - SECOND) == LATER


async def test_old_tests_are_forgotten_with_their_calls(database, crew):
    assert crew
    await database.write(lambda tx: alarm.forget(tx, before=NOW))
    assert await database.read(alarm.latest_test)

    await database.write(lambda tx: alarm.forget(tx, before=NOW + DAY))

    assert await database.read(alarm.latest_test) is None
    assert await calls(database) == []


def test_a_database_of_the_first_release_is_brought_here_with_all_its_data(tmp_path):
    path = tmp_path / "lantern.sqlite3"
    released(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO workers (id, name, role, language, added_at)"
            " VALUES ('w1', 'Wang Min', 'supervisor', 'zh_CN', ?)",
            [NOW],
        )
        connection.commit()

    assert upgrade(path) == ("0001", newest_revision())

    assert sql(path, "SELECT name, at_desk_at FROM workers") == [("Wang Min", None)]
    assert sql(path, "SELECT count(*) FROM alarm_tests") == [(0,)]
    assert find_damage(path) == []
    kept = path.with_name("lantern.sqlite3.before-0001")
    assert sql(kept, "SELECT name FROM workers") == [("Wang Min",)]


def released(path):
    """Make a database as the first release left it."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", storage.migrations.__path__[0])
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.commit()
    engine.dispose()
