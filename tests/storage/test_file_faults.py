"""What is told of a database file that cannot be used, and whether a start is tried again."""

import resource
import sqlite3
from contextlib import contextmanager

import pytest
from records import opened

from bot.domain.errors import ConfigError, NotNowError
from storage.faults import advice_on, fault_of
from storage.revision import check_revision
from storage.upgrade import upgrade


@contextmanager
def no_room():
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_a_start_on_a_full_disk_says_to_make_room_and_is_tried_again(tmp_path, keys):
    path = tmp_path / "lantern.sqlite3"
    upgrade(path)
    async with opened(path, keys):
        pass

    with no_room(), pytest.raises(NotNowError, match=r"SQLITE_.*; make room on its disk"):
        check_revision(path)

    check_revision(path)


def test_a_file_that_is_no_database_is_not_tried_again(tmp_path):
    path = tmp_path / "lantern.sqlite3"
    path.write_bytes(b"nothing of the kind" * 100)

    with pytest.raises(ConfigError, match="restore it from a backup") as caught:
        check_revision(path)

    assert not isinstance(caught.value, NotNowError)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("SQLITE_BUSY", "another program holds it"),
        ("SQLITE_IOERR_SHMSIZE", "make room"),
        ("SQLITE_READONLY_DIRECTORY", "allowed to write to that file and to its folder"),
        ("SQLITE_CORRUPT_INDEX", "lantern db check"),
    ],
)
def test_every_fault_of_a_file_comes_with_what_to_do(name, advice):
    assert advice in advice_on(name)


def test_of_a_missing_table_nobody_is_sent_round_in_a_circle(tmp_path):
    says = str(fault_of(tmp_path / "a", sqlite3.OperationalError("no such table: audit")))

    assert "restore it from a backup" in says
    assert "db check" not in says
