"""Processes that share a folder for their spools: nothing that one has left is forgotten there."""

import pytest

from storage.sealing import new_keys
from storage.spool import Spool, count_kept
from storage.spool_parts import open_part


@pytest.fixture
def keys():
    return new_keys()


def test_processes_that_share_a_folder_each_have_a_part_and_take_over_what_was_left(tmp_path, keys):
    first = open_part(tmp_path, keys)
    second = open_part(tmp_path, keys)
    second.append([b"left behind"])
    second.close()
    third = open_part(tmp_path, keys)
    assert third.oldest(10) == [b"left behind"]
    assert first.oldest(10) == []
    for spool in (first, third):
        spool.close()


def test_what_was_torn_in_one_part_hides_nothing_that_waits_in_another(tmp_path, keys):
    first, second = open_part(tmp_path, keys), open_part(tmp_path, keys)
    (tmp_path / "1" / "00000009.128.torn").write_bytes(b"half a record of a power cut")
    second.append([b"acknowledged to a child in an emergency"])
    first.close()
    second.close()
    one = open_part(tmp_path, keys)
    assert one.oldest(10) == [b"acknowledged to a child in an emergency"]
    one.close()


def test_one_process_takes_over_what_all_that_are_gone_have_left(tmp_path, keys):
    gone = [open_part(tmp_path, keys) for _ in range(4)]
    for number, spool in enumerate(gone):
        spool.append([b"%d" % number])
    for spool in gone[:3]:
        spool.close()
    one, *more = [open_part(tmp_path, keys) for _ in range(3)]
    assert one.oldest(10) == [b"0", b"1", b"2"]
    assert [spool.waiting for spool in (gone[3], *more)] == [1, 0, 0]
    for spool in (gone[3], one, *more):
        spool.close()
    again = open_part(tmp_path, keys)
    assert again.oldest(10) == [b"0", b"1", b"2", b"3"]
    again.drop(4)
    assert count_kept(tmp_path) == (0, 0)
    again.close()


def test_what_is_taken_over_is_put_behind_and_overwrites_nothing(tmp_path, keys):
    first, second = open_part(tmp_path, keys), open_part(tmp_path, keys)
    for spool, record in ((first, b"waits"), (second, b"waits in another")):
        spool.append([record])
        spool.close()
    (tmp_path / "1" / "00000002.torn").write_bytes(b"put aside")
    one = open_part(tmp_path, keys)
    assert one.oldest(10) == [b"waits", b"waits in another"]
    one.drop(2)
    one.append([b"later"])
    assert [path.name for path in sorted((tmp_path / "1").glob("0*"))] == [
        "00000002.torn",
        "00000004.spool",
    ]
    one.close()


def test_what_one_with_the_folder_for_itself_has_left_is_taken_over(tmp_path, keys):
    alone = Spool(tmp_path / "spool", keys)
    alone.append([b"kept before the move to a server"])
    beside = open_part(tmp_path / "spool", keys)
    assert beside.waiting == 0
    alone.close()
    shared = open_part(tmp_path / "spool", keys)
    assert shared.oldest(10) == [b"kept before the move to a server"]
    for spool in (beside, shared):
        spool.close()
