"""Moving from a file to a server takes everything along, or leaves nothing there."""

import tracemalloc

import pytest
from records import NOW, message_to, new_place, open_case, opened, session_of
from rows import sql

from bot.cli.db_copy import copy
from bot.domain.errors import ConfigError
from storage import audit, cases, contacts, data_keys, outbox, postgres_connection, staff, timers
from storage.copying import copy_all, count_rows, lots
from storage.server_url import ServerUrl
from storage.spool import Spool
from storage.spool_parts import open_part

pytestmark = pytest.mark.long


@pytest.fixture
def url(postgres):
    return postgres.url(postgres.new_database(like="lantern"))


@pytest.fixture
async def filled(path, keys):
    """A file in which there is a little of much."""
    async with opened(path, keys) as database:
        await database.write(data_keys.make_house_key)

        async def work(tx):
            for number in range(1, 4):
                place = await new_place(tx, f"{number}")
                case = await open_case(tx, place, number=number, code=f"{number}")
                await contacts.save_session(tx, place.contact, session_of(f"说 {number}"), now=NOW)
                await outbox.post(tx, message_to(place.address), key=place.contact, now=NOW)
                await timers.set_timer(tx, "ladder", case.id, due_at=NOW)
                await audit.note(tx, "lantern", "opened", case.id, at=NOW, number=number)

        await database.write(work)
    return path


async def test_everything_is_there_and_readable_with_the_same_key_file(filled, url, keys):
    told = []
    copied = await copy_all(filled, url, lambda table, rows: told.append((table, rows)))
    assert {table.table: table.rows for table in copied} == count_rows(filled)
    assert ("cases", 3) in told
    async with opened(url, keys) as database:
        place = await database.read(lambda tx: contacts.find_place(tx, "telegram", "2"))
        assert place.session == session_of("说 2")
        assert [case.number for case in await database.read(cases.open_cases)] == [1, 2, 3]
        assert await database.read(audit.broken_at) is None
        await database.write(lambda tx: audit.note(tx, "lantern", "moved", "house", at=NOW))
        assert await database.read(audit.broken_at) is None
        assert await database.read(staff.all_workers) == []


async def test_a_database_that_holds_something_is_not_touched(filled, url):
    await copy_all(filled, url, _silently)
    with pytest.raises(ConfigError, match="holds something already"):
        await copy_all(filled, url, _silently)
    assert sql(url, "SELECT count(*) FROM cases") == [(3,)]


async def test_rows_that_arrive_changed_are_found_and_nothing_is_kept(filled, url):
    spoil = (
        "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN NEW.queue := 'somewhere'; RETURN NEW; END $$"
    )
    sql(url, spoil)
    sql(url, "CREATE TRIGGER spoil BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION spoil()")
    with pytest.raises(ConfigError, match="the rows of cases differ"):
        await copy_all(filled, url, _silently)
    assert sql(url, "SELECT count(*) FROM cases") == [(0,)]
    assert sql(url, "SELECT count(*) FROM contacts") == [(0,)]


async def test_what_an_earlier_version_kept_too_long_is_cut_where_that_takes_nothing(filled, url):
    sql(
        filled,
        "INSERT INTO files (id, key, kind, media_type, size, at, channel)"
        " VALUES ('f1', 'house', 'video', ?, ?, 0, 'telegram')",
        "video/mp4; codecs=" + "x" * 130,
        3_000_000_000,
    )
    sql(filled, "INSERT INTO inbox VALUES ('web', ?, 0)", "a" * 81)
    assert all(table.is_same for table in await copy_all(filled, url, _silently))
    assert sql(url, "SELECT length(media_type), size FROM files") == [(128, 2**31 - 1)]
    assert sql(url, "SELECT length(update_id) FROM inbox") == [(80,)]


async def test_what_takes_longer_than_any_turn_may_is_brought_over(filled, url, monkeypatch):
    monkeypatch.setattr(postgres_connection, "_ANSWER_WITHIN", 0.7)
    slow = (
        "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN PERFORM pg_sleep(0.35); RETURN NEW; END $$"
    )
    sql(url, slow)
    sql(url, "CREATE TRIGGER slow BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION slow()")
    assert all(table.is_same for table in await copy_all(filled, url, _silently))


async def test_a_row_that_would_lose_what_is_needed_is_named_and_nothing_is_copied(filled, url):
    sql(filled, "UPDATE cases SET queue = ? WHERE number = 2", "q" * 65)
    [(case,)] = sql(filled, "SELECT id FROM cases WHERE number = 2")
    with pytest.raises(ConfigError, match=f"queue of {case} in cases is too large") as caught:
        await copy_all(filled, url, _silently)
    assert "qqq" not in str(caught.value)
    assert sql(url, "SELECT count(*) FROM contacts") == [(0,)]


async def test_photos_are_held_a_few_at_a_time_here_and_there(filled, url):
    photo = "INSERT INTO files VALUES (?, NULL, ?, ?, ?, 0, 0, ?, NULL, randomblob(3000000), NULL)"
    for number in range(20):
        sql(filled, photo, f"{number}", "house", "photo", "image/jpeg", "web")
    tracemalloc.start()
    try:
        copied = await copy_all(filled, url, _silently)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert all(table.is_same for table in copied)
    assert most < 40_000_000


def test_small_rows_are_copied_many_at_a_time():
    assert [len(lot) for lot in lots([("1", b"little")] * 2500)] == [1000, 1000, 500]
    assert list(lots([])) == []


@pytest.mark.parametrize("where", ["lantern.spool", "elsewhere"])
def test_what_waits_in_the_spool_is_taken_in_before_anything_is_copied(
    path, url, keys, where, monkeypatch
):
    monkeypatch.chdir(path.parent)
    if where == "elsewhere":
        monkeypatch.setenv("LANTERN_SPOOL", where)
    spool = Spool(path.with_name(where), keys)
    spool.append([b"kept, and the child was told so"])
    spool.close()
    with pytest.raises(ConfigError, match="start its Lantern once more"):
        copy(path, url.whole)
    again = Spool(path.with_name(where), keys)
    again.drop(1)
    again.close()
    copy(path, url.whole)


def test_what_waits_for_processes_of_a_server_hinders_no_copying(path, url, keys, monkeypatch):
    monkeypatch.chdir(path.parent)
    spool = open_part(path.with_suffix(".spool"), keys)
    spool.append([b"kept by one that was on a server before"])
    spool.close()
    copy(path, url.whole)


def test_whoever_copied_is_told_that_no_command_may_go_on_with_the_file(path, url, capsys):
    copy(path, url.whole)

    said = " ".join(capsys.readouterr().out.split())
    assert 'also for every command, take "database" out of the settings file' in said


def test_a_password_is_never_shown():
    for whole in (
        "postgresql://lantern:p4ss:w0rd@host:5432/lantern",
        "postgresql://lantern@host/lantern?password=p4ssw0rd&sslmode=require",
        "postgresql://lantern:p4ssw0rd@one,two/lantern",
        "postgresql://lantern:p4ss/w0rd@host/lantern",
        "postgresql://lantern:p4ss@w0rd@host/lantern",
        "postgresql://lantern:p4ss?password=w0rd&w0rd@host/lantern",
        "postgresql://lantern@host/lantern?sslpassword=p4ss:w0rd@1&PASSWORD=p4ssw0rd",
    ):
        shown = f"{ServerUrl(whole)} {ServerUrl(whole)!r}"
        assert "p4ss" not in shown
        assert "w0rd" not in shown
        assert "//lantern" in shown


def _silently(_table, _rows):
    """Tell nobody."""
