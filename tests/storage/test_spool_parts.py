"""Processes that share a folder for their spools: nothing that one has left is forgotten there."""

import pytest

from storage.sealing import new_keys
from storage.spool import Spool
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
