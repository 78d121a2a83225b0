"""A database that is there, but broken or closed to us: a child in danger is heard all the same."""

import asyncio
import sqlite3
from contextlib import closing, contextmanager

import pytest
from away import all_taken_in, learned, spool_of, status_of
from running import running

from storage.spool import count_kept

EMERGENCY = "he is going to kill me now"
DANGER = "This sounds dangerous"


async def add_staff(run, fake):
    phone = fake.person(id=2001)
    await phone.writes("hello")
    await fake.all_taken()
    await run.add_worker("Worker 1", telegram=2001)
    await learned(run)
    return phone


async def check_child_is_heard(run, fake, phone):
    child = fake.person(id=1001, language_code="en")
    await child.writes(EMERGENCY)
    await child.hears(DANGER)
    await phone.hears("The database cannot be written")
    await phone.hears("sounds like an emergency")
    assert run.lantern.mailroom.kept >= 1
    assert (await status_of(run, "/readyz"))[0] == 503
    assert (await status_of(run, "/healthz"))[0] == 200
    return child


async def check_all_is_taken_in(run, phone):
    await all_taken_in(run)
    await phone.hears("The database is back")
    await phone.chat.sees("L-0001")


@contextmanager
def held_still(file):
    """Hold *file* with all that was written in itself, and none of it beside it.

    Not in the thread of a Lantern, which may have to go on so that it can be held.
    """
    log = file.with_name(f"{file.name}-wal")
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        while not db.in_transaction:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            db.execute("BEGIN IMMEDIATE")
            if log.stat().st_size:  # somebody wrote in between
                db.execute("ROLLBACK")
        yield db
        db.execute("COMMIT")


def rename(file, table, name):
    """Rename *table* as soon as nobody writes."""
    with held_still(file) as db:
        db.execute(f"ALTER TABLE {table} RENAME TO {name}")


def spoil_page(file, table):
    """Overwrite the first page of *table*, and have nobody go on with what they remember of it."""
    with held_still(file) as db:
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
        await asyncio.to_thread(spoil_page, run.lantern.settings.database, "inbox")
        await check_child_is_heard(run, fake, phone)


async def test_without_a_table_of_the_file_it_is_kept_and_taken_in_when_that_is_there_again(
    tmp_path, fake
):
    async with running(tmp_path, fake, patience=3) as run:
        phone = await add_staff(run, fake)
        file = run.lantern.settings.database
        await asyncio.to_thread(rename, file, "inbox", "lost")
        await check_child_is_heard(run, fake, phone)
        await asyncio.to_thread(rename, file, "lost", "inbox")
        await check_all_is_taken_in(run, phone)


def spoil_longest_session(file):
    """Break the chain of pages that holds the longest session, and nothing else."""
    with held_still(file) as db, file.open("r+b") as content:
        [(size,)] = db.execute("PRAGMA page_size")
        [*_, (body,)] = db.execute("SELECT sealed_body FROM sessions ORDER BY length(sealed_body)")
        for start in range(0, file.stat().st_size, size):
            content.seek(start)
            page = content.read(size)
            if page[4:] in body and page[:4] != bytes(4):  # and another follows
                content.seek(start)
                content.write(b"\x7f\xff\xff\xff")
                return
    raise AssertionError


async def write_much(fake, person):
    await person.writes("/start")
    await person.hears("110")
    for number in range(6):
        await person.writes(f"today we walked to the river and home again, {number}. " * 60)
        await fake.all_taken()


async def check_one_is_put_aside(run, fake, phone, one):
    """Whoever is broken hears that it is kept; another one in danger is taken in all the same."""
    await one.writes("hello again")
    await one.hears("Something on our side is not working")
    await fake.person(id=1002, language_code="en").writes(EMERGENCY)
    await phone.chat.sees("L-0001")
    await all_taken_in(run)
    await phone.chat.sees("was set aside")
    waiting, aside = count_kept(spool_of(run))
    assert (waiting, aside > 0) == (0, True)


@pytest.mark.long
async def test_one_child_with_a_damaged_page_keeps_nobody_else_waiting(tmp_path, fake):
    one = fake.person(id=1001, language_code="en")
    async with running(tmp_path, fake, patience=3) as run:
        phone = await add_staff(run, fake)
        await write_much(fake, one)
        file = run.lantern.settings.database
    await asyncio.to_thread(spoil_longest_session, file)
    async with running(tmp_path, fake, patience=3) as run:
        await learned(run)
        await check_one_is_put_aside(run, fake, phone, one)


def shut_longest_session(file):
    """Have its data key be wrapped by a master key that is not in the key file here."""
    with held_still(file) as db:
        db.execute(
            "UPDATE data_keys SET master = 'k9' WHERE id = "
            "(SELECT contact FROM sessions ORDER BY length(sealed_body) DESC LIMIT 1)"
        )


def rows_of(file, asked):
    with closing(sqlite3.connect(file)) as db:
        return db.execute(asked).fetchall()


@pytest.mark.long
async def test_one_child_whose_master_key_is_missing_is_heard_at_once_as_any_other(tmp_path, fake):
    one = fake.person(id=1001, language_code="en")
    async with running(tmp_path, fake, patience=3) as run:
        phone = await add_staff(run, fake)
        await write_much(fake, one)
        file = run.lantern.settings.database
    await asyncio.to_thread(shut_longest_session, file)
    async with running(tmp_path, fake, patience=3) as run:
        await learned(run)
        await one.writes(EMERGENCY)
        await one.hears("a person will read it. If you are in danger, call 110 now")
        await phone.chat.sees("L-0001")
        assert rows_of(file, "SELECT DISTINCT kind FROM timers WHERE kind = 'ladder'")
        await fake.person(id=1002, language_code="en").writes(EMERGENCY)
        await phone.chat.sees("L-0002")
        await all_taken_in(run)
        assert count_kept(spool_of(run)) == (0, 0)
        assert (await status_of(run, "/readyz"))[0] == 200


REFUSE_LONGEST_SESSION = """
DO $$ DECLARE whose text; BEGIN
    SELECT contact INTO whose FROM sessions ORDER BY length(sealed_body) DESC LIMIT 1;
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN RAISE EXCEPTION ''damaged'' USING ERRCODE = ''XX001''; END';
    EXECUTE format('CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON sessions FOR EACH ROW
        WHEN (NEW.contact = %L) EXECUTE FUNCTION refuse()', whose);
    EXECUTE format('CREATE TRIGGER refuse BEFORE INSERT ON outbox FOR EACH ROW
        WHEN (NEW.recipient = %L) EXECUTE FUNCTION refuse()',
        (SELECT id FROM addresses WHERE contact = whose));
END $$
"""


@pytest.mark.long
async def test_one_child_whom_the_server_refuses_keeps_nobody_else_waiting(tmp_path, fake, server):
    one = fake.person(id=1001, language_code="en")
    url = server.url("lantern").whole
    async with running(tmp_path, fake, patience=3, LANTERN_DATABASE=url) as run:
        phone = await add_staff(run, fake)
        await write_much(fake, one)
        server.sql(REFUSE_LONGEST_SESSION, database="lantern")
        await check_one_is_put_aside(run, fake, phone, one)


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
