"""What a killed backup leaves is removed by the next one; what is replaced is never half there."""

import os
import resource
import stat
from pathlib import Path

import pytest

from storage.whole_file import SURELY_LEFT, put_in_place, remove_left, whole_file

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


def test_a_file_that_is_replaced_may_be_read_by_whom_it_could_before(tmp_path):
    path = tmp_path / "helplines.yaml"
    path.write_bytes(b"old")
    path.chmod(0o664)
    before = os.umask(0o077)
    try:
        put_in_place(path, b"new")
    finally:
        os.umask(before)

    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o664


def test_a_link_still_leads_to_the_file_that_was_replaced(tmp_path):
    path, link = tmp_path / "kept.yaml", tmp_path / "link.yaml"
    path.write_bytes(b"old")
    link.symlink_to(path)

    put_in_place(link, b"new")

    assert link.is_symlink()
    assert path.read_bytes() == b"new"


def test_where_there_is_no_room_the_file_is_as_it_was_and_nothing_is_left(tmp_path):
    path = tmp_path / "poster.pdf"
    path.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            put_in_place(path, bytes(1000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_file_is_written_to(tmp_path):
    put_in_place(Path("/dev/null"), b"new")

    assert not list(tmp_path.iterdir())
