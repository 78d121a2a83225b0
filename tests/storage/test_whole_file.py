"""What a killed backup leaves is removed by the next one; what is replaced is never half there."""

import os
import resource
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from rights import NOBODY, without_rights

import storage
from storage.whole_file import SURELY_LEFT, put_in_place, remove_left, whole_file

SQLITE = b"SQLite format 3\x00" + bytes(84)
ROOT = Path(storage.__file__).parents[1]
KILLED = """
import os, resource, signal, sys
from pathlib import Path
from storage.whole_file import put_in_place

signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
os.umask(0)
put_in_place(Path(sys.argv[1]), bytes(1000))
"""
"""A process that is killed in the middle of what it writes."""


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


def test_a_link_is_left_where_it_is_though_what_it_leads_to_is_old(tmp_path, age):
    link = tmp_path / killed(tmp_path, "monday.sqlite3")
    link.symlink_to(age("monday.sqlite3", SQLITE, SURELY_LEFT))

    assert list(remove_left(tmp_path, now=1_000_000)) == []
    assert link.is_symlink()


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


def test_what_is_half_written_is_read_by_nobody_who_may_not_read_the_file(tmp_path):
    path = tmp_path / "helplines.yaml"
    path.write_bytes(b"old")
    path.chmod(0o600)
    done = subprocess.run(  # noqa: S603 - it is this program
        [sys.executable, "-c", KILLED, path], env={"PYTHONPATH": str(ROOT)}, check=False
    )
    [left] = set(tmp_path.iterdir()) - {path}

    assert done.returncode < 0
    assert path.read_bytes() == b"old"
    assert stat.S_IMODE(left.stat().st_mode) == 0o600


def test_what_a_process_left_that_was_killed_goes_when_the_file_is_replaced_again(tmp_path):
    path = tmp_path / "helplines.yaml"
    for file in (path, tmp_path / "other.yaml"):
        subprocess.run(  # noqa: S603 - it is this program
            [sys.executable, "-c", KILLED, file], env={"PYTHONPATH": str(ROOT)}, check=False
        )
    [of_this], [of_another] = tmp_path.glob(".help*"), tmp_path.glob(".other*")
    names = ("", "mine.", "customer.", "mine.0123abcd.")
    kept = [of_another, *(tmp_path / f".helplines.yaml.{name}new" for name in names)]
    for each in (of_this, *kept):
        each.write_bytes(b"half")
        os.utime(each, (1_000_000, 1_000_000))
    young = tmp_path / ".helplines.yaml.0123abcd.new"
    young.write_bytes(b"being written")

    put_in_place(path, b"new")

    assert set(tmp_path.iterdir()) == {path, young, *kept}


def test_a_new_file_may_be_read_by_whom_every_new_file_may(tmp_path):
    before = os.umask(0o027)
    try:
        put_in_place(tmp_path / "poster.pdf", b"new")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "poster.pdf").stat().st_mode) == 0o640


def groups_to_try():
    """The group of a file and the one it is to have when another's file was replaced.

    Only root makes a file of somebody else; whoever else runs this tries it with a group of theirs.
    """
    if os.geteuid() == 0:
        return [(4242, 4242), (4243, os.getegid())]
    return [(group, group) for group in os.getgroups()[:1] or [os.getegid()]]


@pytest.mark.parametrize(("group", "kept"), groups_to_try())
def test_a_file_keeps_its_group_if_whoever_replaces_it_is_in_it(group, kept):
    is_root, groups = os.geteuid() == 0, os.getgroups()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "helplines.yaml"
        path.write_bytes(b"old")
        path.chmod(0o664)
        os.chown(path, -1, group)
        if is_root:
            os.chown(folder, NOBODY, -1)
            os.setgroups([4242])
        try:
            with without_rights():
                put_in_place(path, b"new")
        finally:
            if is_root:
                os.setgroups(groups)
        now = path.stat()

        assert path.read_bytes() == b"new"
    owner = NOBODY if is_root else os.geteuid()
    assert (now.st_uid, now.st_gid, stat.S_IMODE(now.st_mode)) == (owner, kept, 0o664)


def test_two_who_replace_the_same_file_at_once_both_do_and_nothing_is_left(tmp_path):
    path = tmp_path / "helplines.yaml"
    texts = [bytes([number]) * 100_000 for number in range(100)]
    with ThreadPoolExecutor(2) as two:
        list(two.map(lambda text: put_in_place(path, text), texts))

    assert path.read_bytes() in texts
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_that_leads_to_itself_is_said_and_stays(tmp_path):
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.symlink_to(other)
    other.symlink_to(one)

    with pytest.raises(OSError, match="it is a link that leads to itself"):
        put_in_place(one, b"new")

    assert set(tmp_path.iterdir()) == {one, other}


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
