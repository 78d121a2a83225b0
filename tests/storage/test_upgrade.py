"""Bringing a file to this program's schema, copying it, and refusing what does not fit."""

import re
import resource
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from older import older_database
from records import NOW, new_place, opened
from rows import sql
from sqlalchemy import create_engine

import storage
from bot.domain.errors import ConfigError
from storage import postgres_connection
from storage.revision import check_revision, known_revisions, newest_revision, revision_of
from storage.schema import metadata
from storage.upgrade import back_up, find_damage, upgrade

pytestmark = pytest.mark.long

CUT = """
import os, sys
from pathlib import Path
from sqlalchemy import Engine, event
from storage.upgrade import back_up, upgrade

@event.listens_for(Engine, "before_cursor_execute")
def cut(connection, cursor, statement, *_):
    if sys.argv[2] in statement:
        os._exit(9)

upgrade(Path(sys.argv[1]))
"""
"""An upgrade whose process is gone as soon as it comes to a certain statement."""

ROOT = Path(storage.__file__).parents[1]
TEST = "INSERT INTO alarm_tests (id, made_at, asked_by) VALUES (hex(randomblob(8)), 0, 'w')"
LEARNING = ("activities", "sign_ups", "subscriptions")


def cut_off(path, statement):
    done = subprocess.run(  # noqa: S603 - it is this program
        [sys.executable, "-c", CUT, path, statement], env={"PYTHONPATH": str(ROOT)}, check=False
    )
    assert done.returncode == 9


@pytest.fixture
def older(tmp_path):
    """A database of the schema before learning together, with something in it."""
    path = older_database(tmp_path / "lantern.sqlite3")
    sql(path, TEST)
    return path


def tables_of_learning(path):
    found = sql(path, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return [name for (name,) in found if name in LEARNING]


def copies_of(path):
    return sorted(copy.name for copy in path.parent.glob("*.before-*"))


def test_an_upgrade_that_is_cut_off_leaves_all_as_it_was_and_the_next_succeeds(older):
    cut_off(older, "CREATE TABLE sign_ups")
    assert revision_of(older) == "0007"
    assert tables_of_learning(older) == []
    sql(older, TEST)
    assert upgrade(older) == ("0007", newest_revision())
    assert sorted(tables_of_learning(older)) == sorted(LEARNING)
    assert find_damage(older) == []
    assert copies_of(older) == ["lantern.sqlite3.before-0007", "lantern.sqlite3.before-0007.2"]
    for copy, tests in zip(copies_of(older), (1, 2), strict=True):
        assert sql(older.with_name(copy), "SELECT count(*) FROM alarm_tests") == [(tests,)]
        assert older.with_name(copy).stat().st_mode & 0o777 == 0o600


def test_a_new_database_that_is_cut_off_is_begun_anew(tmp_path):
    path = tmp_path / "lantern.sqlite3"
    cut_off(path, "CREATE TABLE sign_ups")
    assert upgrade(path) == (None, newest_revision())
    assert find_damage(path) == []


def test_what_an_earlier_version_left_half_upgraded_is_told_with_the_copy_to_put_back(older):
    good = older.with_name(f"{older.name}.before-0007")
    back_up(older, good)
    sql(older, "CREATE TABLE activities (id TEXT)")
    with pytest.raises(ConfigError, match=re.escape(f"; put {good} in its place, and upgrade")):
        upgrade(older)
    assert tables_of_learning(older) == ["activities"]
    assert copies_of(older) == [good.name]
    elsewhere = good.rename(good.with_name("moved away"))
    with pytest.raises(ConfigError, match="put a backup from before in its place"):
        upgrade(older)
    elsewhere.replace(older)
    assert upgrade(older) == ("0007", newest_revision())


def test_a_copy_that_was_cut_off_is_no_copy(older):
    part = older.with_name(f".{older.name}.before-0007.12345678.part")
    part.write_bytes(b"half of it")
    upgrade(older)
    copy = older.with_name("lantern.sqlite3.before-0007")
    assert find_damage(copy) == []
    assert revision_of(copy) == "0007"
    assert copies_of(older) == [part.name, copy.name]


def test_an_empty_place_becomes_a_database_that_only_its_owner_reads(tmp_path):
    path = tmp_path / "new folder" / "lantern.sqlite3"
    assert upgrade(path) == (None, newest_revision())
    assert upgrade(path) == (newest_revision(), newest_revision())
    assert path.stat().st_mode & 0o777 == 0o600
    assert find_damage(path) == []
    check_revision(path)


def indexes_of(path):
    statements = sql(path, "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql <> ''")
    return {" ".join(statement.split()) for (statement,) in statements}


def test_the_migrations_make_exactly_the_tables_that_the_program_knows(path, tmp_path):
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()
    direct = create_engine(f"sqlite:///{tmp_path / 'direct'}")
    metadata.create_all(direct)
    direct.dispose()
    assert differences == []
    assert indexes_of(path) == indexes_of(tmp_path / "direct")


def test_the_revisions_that_every_start_knows_are_those_of_the_migrations():
    scripts = ScriptDirectory(str(Path(storage.__file__).parent / "migrations"))
    known = [script.revision for script in scripts.walk_revisions()]
    assert list(known_revisions()) == known[::-1]
    assert newest_revision() == scripts.get_current_head()


def test_a_database_newer_than_the_program_is_refused_and_left_alone(path):
    sql(path, "UPDATE alembic_version SET version_num = '9999'")
    for act in (check_revision, upgrade):
        with pytest.raises(ConfigError, match="newer than this program; update it"):
            act(path)
    assert revision_of(path) == "9999"


def test_a_missing_database_is_told_with_what_to_do(tmp_path):
    with pytest.raises(ConfigError, match='make it with "lantern init"'):
        check_revision(tmp_path / "lantern.sqlite3")
    assert not (tmp_path / "lantern.sqlite3").exists()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear aunt, this is a letter and no database. " * 50)
    before = path.read_bytes()
    for act in (check_revision, upgrade):
        with pytest.raises(ConfigError, match="not a database"):
            act(path)
    assert path.read_bytes() == before


def test_a_folder_where_nothing_can_be_written_is_told_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "lantern.sqlite3", tmp_path):
        with pytest.raises(ConfigError, match="cannot be"):
            upgrade(path)


async def test_a_backup_taken_while_the_database_is_in_use_is_whole(path, keys, tmp_path):
    sizes, copies = [], [tmp_path / f"copy{n}" for n in range(5)]
    copying = threading.Thread(target=lambda: sizes.extend(back_up(path, c) for c in copies))
    async with opened(path, keys) as database:
        copying.start()
        for number in range(100):
            await database.write(lambda tx, number=number: new_place(tx, str(number)))
        copying.join()
    assert all(sizes)
    assert not list(tmp_path.glob(".*"))
    for copy in copies:
        assert find_damage(copy) == []
        [(contacts,)] = sql(copy, "SELECT count(*) FROM contacts")
        assert sql(copy, "SELECT count(*) FROM addresses") == [(contacts,)]
        assert copy.stat().st_mode & 0o777 == 0o600


def test_a_migration_on_a_server_may_take_longer_than_any_turn(postgres, monkeypatch):
    monkeypatch.setattr(postgres_connection, "_ANSWER_WITHIN", 0.7)
    url = postgres.url(postgres.new_database())
    slow = (
        "CREATE FUNCTION slow() RETURNS event_trigger LANGUAGE plpgsql AS"
        " $$ BEGIN PERFORM pg_sleep(0.9); END $$"
    )
    sql(url, slow)
    on_index = "ON ddl_command_start WHEN TAG IN ('DROP INDEX')"
    sql(url, f"CREATE EVENT TRIGGER slow {on_index} EXECUTE FUNCTION slow()")
    assert upgrade(url) == (None, newest_revision())


def test_a_backup_overwrites_nothing(path):
    with pytest.raises(ConfigError, match="never overwrites"):
        back_up(path, path)


def test_a_place_for_a_backup_that_cannot_be_written_is_told(path):
    with pytest.raises(ConfigError, match="cannot be written"):
        back_up(path, path / "copy")


def test_two_backups_to_the_same_file_at_once_leave_one_that_is_whole(path, tmp_path):
    sql(path, "CREATE TABLE large AS SELECT randomblob(20000000) AS much")
    target = tmp_path / "copies" / "copy"
    both = threading.Barrier(2)

    def copies():
        both.wait()
        try:
            return back_up(path, target)
        except ConfigError as error:
            return str(error)

    with ThreadPoolExecutor(2) as threads:
        told = list(threads.map(lambda _: copies(), range(2)))
    size, refused = sorted(told, key=str, reverse=True)
    assert size == path.stat().st_size
    assert f"{target} exists already" in refused
    assert find_damage(target) == []
    assert list(target.parent.iterdir()) == [target]


@pytest.fixture
def little_room(path):  # noqa: ARG001 - which is written before
    """A disk on which no file may be larger than 50 kB."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("little_room")
def test_a_backup_for_which_there_is_no_room_is_told_as_that_and_leaves_nothing(path, tmp_path):
    target = tmp_path / "copies" / "copy"
    with pytest.raises(ConfigError, match=re.escape(f"{target} cannot be written (SQLITE_")):
        back_up(path, target)
    assert list(target.parent.iterdir()) == []


def test_of_a_damaged_database_no_backup_is_made(path, tmp_path):
    content = bytearray(path.read_bytes())
    content[-60_000:] = bytes(60_000)
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="so no copy was made; run: lantern db check"):
        back_up(path, tmp_path / "copy")
    assert not list(tmp_path.glob("*copy*"))


def test_damage_is_found(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(
            "INSERT INTO addresses (id, contact, channel, found_by, used_at)"
            " VALUES ('a', 'nobody', 'telegram', x'00', ?)",
            [NOW],
        )
        connection.commit()
    assert find_damage(path) == ["a row of addresses refers to nothing"]


@pytest.mark.parametrize("table", ["accounts", "workers"])
def test_no_table_is_made_among_those_of_another_program(tmp_path, table):
    path = tmp_path / "theirs.sqlite3"
    sql(path, f"CREATE TABLE {table} (number)")

    with pytest.raises(ConfigError, match="is the database of another program"):
        upgrade(path)
    with pytest.raises(ConfigError, match="holds nothing of Lantern's"):
        check_revision(path)

    assert sql(path, "SELECT name FROM sqlite_master") == [(table,)]


def test_a_database_that_does_not_know_its_version_any_more_is_lanterns_still(path):
    sql(path, "DROP TABLE alembic_version")

    with pytest.raises(ConfigError, match="put a backup from before in its place"):
        upgrade(path)


def test_an_empty_file_is_called_empty_and_becomes_a_database(tmp_path):
    path = tmp_path / "lantern.sqlite3"
    path.touch()

    with pytest.raises(ConfigError, match=f"{path} is empty; if there never was one"):
        check_revision(path)
    upgrade(path)

    check_revision(path)
