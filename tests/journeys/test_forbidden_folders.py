"""What an operator reads where only another user of the machine may look."""

import tempfile
from pathlib import Path

import pytest
from ports import free_port
from rights import without_rights
from running import settings_in
from typer.testing import CliRunner

from bot.cli.root import app
from bot.cli.running import settings_here_or_of_the_demo
from bot.config import load_settings
from bot.demo import prepare_demo
from bot.doctor.spool import check_spool
from bot.domain.errors import ConfigError
from storage.faults import nearest_seen
from storage.upgrade import upgrade


@pytest.fixture
def theirs():
    """A folder of another user, below one that everybody may look into."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = Path(name) / "theirs"
        folder.mkdir(mode=0o700)
        yield folder


def test_settings_that_only_another_user_may_read_are_named(theirs):
    with without_rights(), pytest.raises(ConfigError) as caught:
        load_settings({"LANTERN_CONFIG": str(theirs / "lantern.toml")}, theirs.parent)

    assert f"may look into the folder of {theirs / 'lantern.toml'}" in str(caught.value)


def test_a_command_typed_in_another_user_s_folder_looks_for_nothing_there(theirs, monkeypatch):
    monkeypatch.setenv("LANTERN_LISTEN", f"127.0.0.1:{free_port()}")
    monkeypatch.setenv("LANTERN_DATABASE", str(theirs.parent / "lantern.sqlite3"))
    monkeypatch.chdir(theirs)

    with without_rights():
        assert settings_here_or_of_the_demo().database == theirs.parent / "lantern.sqlite3"


async def test_the_doctor_says_that_a_spool_in_another_user_s_folder_cannot_be_used(theirs):
    spool = theirs / "kept" / "spool"
    settings = settings_in(theirs.parent, LANTERN_SPOOL=str(spool))

    with without_rights():
        [check] = await check_spool(settings)

    assert check.says == f"{spool} cannot be written"


def test_how_much_is_free_is_looked_up_above_another_user_s_folder(theirs):
    with without_rights():
        assert nearest_seen(theirs / "kept" / "keys") == theirs


def test_a_demo_in_another_user_s_folder_is_refused(theirs):
    with without_rights(), pytest.raises(ConfigError, match="choose another folder"):
        prepare_demo(theirs / "demo", is_fresh=False)


def test_a_demo_where_a_file_lies_is_refused(tmp_path):
    (tmp_path / "demo").touch()

    with pytest.raises(ConfigError, match="nothing can be written to"):
        prepare_demo(tmp_path / "demo", is_fresh=False)


@pytest.mark.parametrize(
    "words", [("copy", "{}/x.sqlite3", "postgresql://a@127.0.0.1:9/b"), ("backup", "{}/kept/x")]
)
def test_a_database_is_copied_neither_from_nor_into_another_user_s_folder(theirs, words):
    theirs.parent.chmod(0o777)
    database = theirs.parent / "lantern.sqlite3"
    upgrade(database)
    database.chmod(0o666)
    typed = [word.format(theirs) for word in words]
    assert CliRunner().invoke(app, ["db", words[0], "--help"]).exit_code == 0

    with without_rights():
        told = CliRunner().invoke(app, ["db", *typed], env={"LANTERN_DATABASE": str(database)})

    assert f"nobody but another user may look into the folder of {theirs}" in str(told.exception)
