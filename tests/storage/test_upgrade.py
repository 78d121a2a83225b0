"""Bringing a file to this program's schema, copying it, and refusing what does not fit."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from records import NOW, new_place, opened
from rows import sql
from sqlalchemy import create_engine

import storage
from bot.domain.errors import ConfigError
from storage.revision import check_revision, known_revisions, newest_revision, revision_of
from storage.schema import metadata
from storage.upgrade import back_up, find_damage, upgrade


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
    for copy in copies:
        assert find_damage(copy) == []
        [(contacts,)] = sql(copy, "SELECT count(*) FROM contacts")
        assert sql(copy, "SELECT count(*) FROM addresses") == [(contacts,)]
        assert copy.stat().st_mode & 0o777 == 0o600


def test_a_backup_overwrites_nothing(path):
    with pytest.raises(ConfigError, match="never overwrites"):
        back_up(path, path)


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
