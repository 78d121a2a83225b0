import resource
import tempfile
from pathlib import Path

import pytest
from rights import without_rights

from bot.domain.errors import ConfigError
from storage.only_one import mark_of_holder, only_one
from storage.revision import revision_of


def test_a_second_lantern_on_one_database_does_not_start(tmp_path):
    path = tmp_path / "lantern.sqlite3"

    with only_one(path), pytest.raises(ConfigError) as caught, only_one(path):
        pass

    assert "another Lantern runs on database" in str(caught.value)


def test_a_second_lantern_does_not_start_by_a_link_to_the_database_either(tmp_path):
    path, link = tmp_path / "lantern.sqlite3", tmp_path / "current" / "database"
    link.parent.mkdir()
    link.symlink_to(path)

    with (
        only_one(path),
        pytest.raises(ConfigError, match=f"runs on database {link}"),
        only_one(link),
    ):
        pass


def test_the_next_lantern_starts_when_the_first_has_ended(tmp_path):
    path = tmp_path / "lantern.sqlite3"
    with only_one(path):
        pass

    with only_one(path):
        assert path.with_name("lantern.sqlite3.lock").exists()


def test_whoever_holds_it_is_known_by_their_mark_also_when_a_second_does_not_start(tmp_path):
    path = tmp_path / "lantern.sqlite3"
    with only_one(path, mark="0123456789"):
        assert mark_of_holder(path) == "0123456789"
        with pytest.raises(ConfigError):
            only_one(path, mark="another").__enter__()
        assert mark_of_holder(path) == "0123456789"

    assert mark_of_holder(path) is None
    with only_one(path):
        assert mark_of_holder(path) == ""


def test_where_there_is_no_room_for_its_mark_it_starts_and_counts_as_a_stranger(tmp_path):
    path = tmp_path / "lantern.sqlite3"
    with only_one(path, mark="0123456789"):
        pass
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        with only_one(path, mark="9876543210"):
            assert mark_of_holder(path) == ""
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_lock_that_another_user_left_is_named():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        lock = folder / "lantern.sqlite3.lock"
        lock.touch(mode=0o400)

        with without_rights(), pytest.raises(ConfigError) as caught:
            only_one(folder / "lantern.sqlite3").__enter__()

    assert f"{lock} belongs to another user" in str(caught.value)
    assert "run every command as Lantern's user" in str(caught.value)


def test_a_folder_that_only_another_user_may_look_into_is_named():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "theirs"
        folder.mkdir(mode=0o700)
        Path(name).chmod(0o755)

        with without_rights(), pytest.raises(ConfigError) as caught:
            revision_of(folder / "lantern.sqlite3")

    assert f"the folder of {folder / 'lantern.sqlite3'}" in str(caught.value)
    assert "run every command as Lantern's user" in str(caught.value)


def test_a_lock_that_is_no_file_belongs_to_nobody(tmp_path):
    (tmp_path / "lantern.sqlite3.lock").mkdir()

    with pytest.raises(ConfigError) as caught:
        only_one(tmp_path / "lantern.sqlite3").__enter__()

    assert "nothing can be written" in str(caught.value)
    assert "another user" not in str(caught.value)
