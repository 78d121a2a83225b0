"""A database that is there, but broken or closed to us: a child in danger is heard all the same."""

import sqlite3
from contextlib import closing

import pytest
from away import all_taken_in, status_of
from postgres import PostgresServer
from running import running

from storage.upgrade import upgrade

EMERGENCY = "he is going to kill me now"
DANGER = "This sounds dangerous"


@pytest.fixture
def server():
    """A server of the test's own, to be spoilt."""
    server = PostgresServer().make()
    server.sql("CREATE DATABASE lantern")
    upgrade(server.url("lantern"))
    yield server
    server.remove()


async def add_staff(run, fake):
    phone = fake.person(id=2001)
    await phone.writes("hello")
    await fake.all_taken()
    await run.add_worker("Worker 1", telegram=2001)
    await run.lantern.mailroom.away.learn()
    return phone


async def check_child_is_heard(run, fake, phone):
    child = fake.person(id=1001, language_code="en")
    await child.writes(EMERGENCY)
    await child.hears(DANGER, within=20)
    await phone.hears("The database cannot be written", within=20)
    await phone.hears("sounds like an emergency")
    assert run.lantern.mailroom.kept >= 1
    assert (await status_of(run, "/readyz"))[0] == 503
    assert (await status_of(run, "/healthz"))[0] == 200
    return child


async def check_all_is_taken_in(run, phone):
    await all_taken_in(run)
    await phone.hears("The database is back")
    await phone.chat.sees("L-0001")


def spoil_page(file, table):
    """Overwrite the first page of *table*, and have nobody go on with what they remember of it."""
    with closing(sqlite3.connect(file)) as db:
        [(is_busy, *_)] = db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert not is_busy
        [(page,)] = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
        [(size,)] = db.execute("PRAGMA page_size")
        with file.open("r+b") as content:
            content.seek((page - 1) * size)
            content.write(b"\xff" * size)
        db.execute("PRAGMA user_version = 1")


async def test_with_a_damaged_file_a_child_in_danger_hears_and_what_they_wrote_is_kept(
    tmp_path, fake
):
    async with running(tmp_path, fake, patience=3) as run:
        phone = await add_staff(run, fake)
        spoil_page(run.lantern.settings.database, "inbox")
        await check_child_is_heard(run, fake, phone)


async def test_without_a_table_of_the_file_it_is_kept_and_taken_in_when_that_is_there_again(
    tmp_path, fake
):
    async with running(tmp_path, fake, patience=3) as run:
        phone = await add_staff(run, fake)
        with closing(sqlite3.connect(run.lantern.settings.database)) as db:
            db.execute("ALTER TABLE inbox RENAME TO lost")
            await check_child_is_heard(run, fake, phone)
            db.execute("ALTER TABLE lost RENAME TO inbox")
        await check_all_is_taken_in(run, phone)


def another_password(server):
    server.demand_password("app")
    server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'")


def the_right_password(server):
    server.sql("ALTER ROLE app PASSWORD 'old'")


def no_rights(server):
    server.sql("ALTER ROLE app NOSUPERUSER")


def its_rights(server):
    server.sql("ALTER ROLE app SUPERUSER")


def no_table(server):
    server.sql("ALTER TABLE inbox RENAME TO lost", database="lantern")


def its_table(server):
    server.sql("ALTER TABLE lost RENAME TO inbox", database="lantern")


@pytest.mark.long
@pytest.mark.parametrize(
    ("spoil", "mend"),
    [(another_password, the_right_password), (no_rights, its_rights), (no_table, its_table)],
)
async def test_a_server_that_refuses_is_no_silence_and_all_is_taken_in_afterwards(
    tmp_path, fake, server, spoil, mend
):
    server.sql("CREATE ROLE app LOGIN SUPERUSER PASSWORD 'new'")
    url = server.url("lantern", user="app:old").whole
    async with running(tmp_path, fake, patience=3, LANTERN_DATABASE=url) as run:
        phone = await add_staff(run, fake)
        spoil(server)
        await check_child_is_heard(run, fake, phone)
        mend(server)
        await check_all_is_taken_in(run, phone)
