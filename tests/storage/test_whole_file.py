"""What a killed backup leaves is removed by the next one, and nothing else is."""

import os

import pytest

from storage.whole_file import SURELY_LEFT, remove_left, whole_file

SQLITE = b"SQLite format 3\x00" + bytes(84)


@pytest.fixture
def age(tmp_path):
    """Make a file of the folder look as old as is said."""

    def made(name, content, seconds):
        path = tmp_path / name
        path.write_bytes(content)
        os.utime(path, (1_000_000 - seconds, 1_000_000 - seconds))
        return path

    return made


def killed(folder, name):
    """The name under which *name* would be left if the process were killed now."""
    with whole_file(folder / name) as part:
        return part.name


def test_what_a_killed_backup_left_is_removed_with_what_the_database_made_beside_it(tmp_path, age):
    name = killed(tmp_path, "monday.sqlite3")
    left = age(name, SQLITE, SURELY_LEFT)
    beside = age(f"{name}-journal", b"journal", SURELY_LEFT)
    nothing_yet = age(killed(tmp_path, "tuesday.sqlite3"), b"", SURELY_LEFT)

    assert set(remove_left(tmp_path, now=1_000_000)) == {left, nothing_yet}
    assert not any(each.exists() for each in (left, beside, nothing_yet))


def test_what_may_be_written_just_now_and_what_is_no_backup_stays(tmp_path, age):
    kept = [
        age(killed(tmp_path, "monday.sqlite3"), SQLITE, SURELY_LEFT - 1),
        age(killed(tmp_path, "holiday.mp4"), b"a film", SURELY_LEFT),
        age("monday.sqlite3", SQLITE, SURELY_LEFT),
        age(".monday.part", SQLITE, SURELY_LEFT),
    ]

    assert list(remove_left(tmp_path, now=1_000_000)) == []
    assert all(each.exists() for each in kept)
