"""What an operator begins with: a database and a key file, or what is wrong."""

import resource

import pytest
from older import BEFORE, older_database
from typer.testing import CliRunner

from bot.cli.root import app
from bot.domain.errors import ConfigError
from storage.only_one import only_one
from storage.revision import revision_of
from storage.sealing import new_keys, read_keys, write_keys
from storage.upgrade import upgrade


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def init():
    return CliRunner().invoke(app, ["init"], env={"COLUMNS": "200"})


def staff_list():
    return CliRunner().invoke(app, ["staff", "list"])


def as_one_line(output):
    """Return *output* as it is in a terminal so wide that no line is broken."""
    return " ".join(output.split())


def test_a_key_file_is_made_once_and_kept(here):
    assert "Made the key file" in init().output
    keys = read_keys(here / "lantern.key")

    again = init()

    assert "is there already" in as_one_line(again.output)
    assert again.exit_code == 0
    assert read_keys(here / "lantern.key") == keys


def test_a_key_file_that_is_none_is_not_told_as_ready(here):
    (here / "lantern.key").touch(mode=0o600)

    told = init()

    assert isinstance(told.exception, ConfigError)
    assert "is empty; restore it from its backup, or delete it" in str(told.exception)
    assert "ready" not in told.output


def test_no_new_key_file_is_made_for_what_another_one_sealed(here):
    init()
    assert staff_list().exit_code == 0
    key_file = here / "lantern.key"
    key_file.rename(here / "copy")

    told = init()

    assert isinstance(told.exception, ConfigError)
    assert f"there is no {key_file}; put its copy back, or move the database" in str(told.exception)
    assert not key_file.exists()
    (here / "copy").rename(key_file)
    assert init().exit_code == 0
    assert staff_list().exit_code == 0


def test_a_database_is_not_told_as_ready_beside_another_key_file_than_its_own(here):
    init()
    assert staff_list().exit_code == 0
    (here / "lantern.key").unlink()
    write_keys(new_keys(), here / "lantern.key")

    told = init()

    assert isinstance(told.exception, ConfigError)
    assert "not the one that this database was written with; put that one" in str(told.exception)
    assert "is ready" not in told.output


def test_a_database_that_holds_nothing_yet_gets_its_key_file(here):
    upgrade(here / "lantern.sqlite3")

    assert "Made the key file" in init().output


def test_where_there_is_no_room_no_key_file_is_left(here):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        told = init()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert isinstance(told.exception, ConfigError)
    assert "cannot be written (File too large), and nothing is left; make room" in str(
        told.exception
    )
    assert list(here.iterdir()) == []


def test_a_folder_that_cannot_be_made_or_is_not_there_is_told(here, monkeypatch):
    (here / "file").touch()
    monkeypatch.setenv("LANTERN_KEY_FILE", str(here / "file" / "lantern.key"))
    told = init()
    assert "for the key file cannot be made" in str(told.exception)
    with pytest.raises(ConfigError, match="the folder of the database must be there"):
        only_one(here / "missing" / "lantern.sqlite3").__enter__()


def test_a_folder_for_the_database_that_cannot_be_made_is_told(here, monkeypatch):
    (here / "file").touch()
    monkeypatch.setenv("LANTERN_DATABASE", str(here / "file" / "lantern.sqlite3"))

    assert "for the database cannot be made" in str(init().exception)


def test_an_older_database_is_upgraded_by_nobody_else_at_once(here):
    path = older_database(here / "lantern.sqlite3")

    with only_one(path):
        told = init()

    assert "another Lantern runs on database" in str(told.exception)
    assert revision_of(path) == BEFORE
    assert f"was brought from schema {BEFORE} to" in as_one_line(init().output)


def test_a_database_that_is_ready_may_be_in_use(here):
    init()

    with only_one(here / "lantern.sqlite3"):
        assert init().exit_code == 0
