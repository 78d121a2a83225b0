"""The spool's own files: sealed, in order, whole after a crash, and gone when they are over."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

import storage
from bot.domain.errors import ConfigError
from storage.key_file import changing, replace_keys, with_new_master, without_master
from storage.sealing import new_keys, read_keys, write_keys
from storage.spool import RESERVED, Spool, SpoolError, count_kept

CANARY = b"canary-7351 my father"
RECORDS = [b"%d %s" % (number, CANARY) for number in range(5)]
ROOT = Path(storage.__file__).parents[1]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "spool"


@pytest.fixture
def keys():
    return new_keys()


def opened(folder, keys):
    return Spool(folder, keys)


def files_in(folder, pattern="*.spool"):
    return sorted(folder.glob(pattern))


def test_what_was_kept_comes_back_in_order_after_the_process_is_gone(folder, keys):
    spool = opened(folder, keys)
    spool.append(RECORDS[:2])
    spool.append(RECORDS[2:])
    spool.close()

    again = opened(folder, keys)
    assert again.waiting == 5
    assert again.oldest(3) == RECORDS[:3]
    again.drop(3)
    assert again.oldest(9) == RECORDS[3:]
    again.close()


def test_nothing_of_what_was_kept_can_be_read_in_the_files(folder, keys):
    spool = opened(folder, keys)
    spool.append(RECORDS)
    content = b"".join(file.read_bytes() for file in folder.iterdir())
    spool.close()
    assert b"canary" not in content
    assert files_in(folder)[0].stat().st_mode & 0o077 == 0


def test_a_file_that_was_read_to_its_end_is_removed_and_room_is_set_aside_again(folder, keys):
    spool = opened(folder, keys)
    spool.append(RECORDS)
    assert not (folder / "reserve").exists()
    spool.drop(4)
    assert files_in(folder)
    spool.drop(1)
    assert files_in(folder) == []
    assert (folder / "reserve").stat().st_size == RESERVED
    spool.append([b"more"])
    assert spool.oldest(9) == [b"more"]
    spool.close()


def test_more_than_the_room_set_aside_goes_on_in_further_files(folder, keys):
    spool = opened(folder, keys)
    large = [bytes([number]) * (RESERVED // 3) for number in range(7)]
    for record in large:
        spool.append([record])
    assert len(files_in(folder)) == 4
    spool.close()
    again = opened(folder, keys)
    assert again.oldest(9) == large
    again.drop(4)
    assert len(files_in(folder)) == 2
    assert again.oldest(9) == large[4:]
    again.close()


@pytest.mark.parametrize("cut", [1, 3, 20])
def test_a_torn_tail_is_kept_aside_and_all_before_it_counts(folder, keys, cut):
    spool = opened(folder, keys)
    spool.append(RECORDS)
    size = len(files_in(folder)[0].read_bytes().rstrip(b"\0"))
    spool.close()
    os.truncate(files_in(folder)[0], size - cut)

    again = opened(folder, keys)
    assert again.oldest(9) == RECORDS[:4]
    assert len(files_in(folder, "*.torn")) == 1
    assert count_kept(folder) == (1, 1)
    again.append([b"after the crash"])
    again.close()
    assert opened(folder, keys).oldest(9) == [*RECORDS[:4], b"after the crash"]


def test_a_record_of_which_only_the_head_was_written_is_torn_too(folder, keys):
    spool = opened(folder, keys)
    spool.append(RECORDS)
    file = files_in(folder)[0]
    end = len(file.read_bytes().rstrip(b"\0"))
    spool.close()
    with file.open("r+b") as raw:
        raw.seek(end)
        raw.write(b"\0\0\0\x50half")

    again = opened(folder, keys)
    assert again.oldest(9) == RECORDS
    assert len(files_in(folder, "*.torn")) == 1
    again.close()


def test_a_record_that_rotted_does_not_take_those_behind_it_along(folder, keys):
    spool = opened(folder, keys)
    spool.append(RECORDS)
    spool.close()
    file = files_in(folder)[0]
    content = bytearray(file.read_bytes())
    content[content.index(b"\n") + 30] ^= 1
    file.write_bytes(content)

    again = opened(folder, keys)
    assert again.oldest(9) == RECORDS[1:]
    assert len(files_in(folder, "*.torn")) == 1
    again.close()


def test_a_file_that_was_never_begun_is_nothing(folder, keys):
    folder.mkdir()
    (folder / "00000001.spool").write_bytes(bytes(4096))
    (folder / "00000002.spool").write_bytes(b'{"lantern": "sp')
    spool = opened(folder, keys)
    assert spool.waiting == 0
    assert count_kept(folder) == (0, 1)
    spool.append(RECORDS)
    assert files_in(folder)[0].name == "00000004.spool"
    spool.close()


def test_with_another_key_file_it_stops_and_nothing_is_thrown_away(folder, keys):
    spool = opened(folder, keys)
    spool.append(RECORDS)
    spool.close()
    with pytest.raises(ConfigError, match="not taken in yet"):
        opened(folder, new_keys())
    assert count_kept(folder) == (1, 0)
    assert opened(folder, keys).oldest(9) == RECORDS


def test_what_is_kept_once_the_own_key_was_dropped_stops_no_start_with_the_new_one(folder, keys):
    folder.mkdir()
    file = folder / "lantern.key"
    write_keys(keys, file)
    spool = opened(folder, read_keys(file))
    with changing(file) as before:
        replace_keys(file, without_master(with_new_master(before, ()), before.active))
    spool.append(RECORDS)
    spool.close()

    again = opened(folder, read_keys(file))
    assert again.oldest(9) == RECORDS
    again.close()


def test_a_folder_belongs_to_one_process(folder, keys):
    first = opened(folder, keys)
    with pytest.raises(ConfigError, match="LANTERN_SPOOL"):
        opened(folder, keys)
    first.close()
    opened(folder, keys).close()


def test_a_place_that_cannot_be_written_is_told_at_the_start(tmp_path, keys):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ConfigError, match="choose another with LANTERN_SPOOL"):
        opened(tmp_path / "file" / "spool", keys)


def put_back(folder):
    """Give what was put aside the ending that it is taken in by, as an operator would."""
    for file in files_in(folder, "*.torn"):
        file.rename(file.with_suffix(".spool"))


def test_only_what_could_not_be_taken_in_is_put_aside_and_can_be_put_back(folder, keys):
    spool = opened(folder, keys)
    spool.append(RECORDS)
    spool.drop(2, failed={1})
    spool.drop(3, failed={0, 2})
    assert count_kept(folder) == (0, 2)
    content = b"".join(file.read_bytes() for file in folder.iterdir())
    assert b"canary" not in content
    assert all(file.stat().st_mode & 0o077 == 0 for file in files_in(folder, "*.torn"))
    spool.close()
    put_back(folder)
    again = opened(folder, keys)
    assert again.oldest(9) == [RECORDS[1], RECORDS[2], RECORDS[4]]
    again.close()


def test_what_was_put_aside_in_one_outage_is_not_overwritten_in_the_next(folder, keys):
    for record in RECORDS[:2]:
        spool = opened(folder, keys)
        spool.append([record])
        spool.drop(1, failed={0})
        spool.close()
    assert count_kept(folder) == (0, 2)
    put_back(folder)
    again = opened(folder, keys)
    assert again.oldest(9) == RECORDS[:2]
    again.close()


def test_without_room_for_what_could_not_be_taken_in_its_whole_file_stays(folder, keys):
    spool = opened(folder, keys)
    spool.append(RECORDS)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        spool.drop(5, failed={0})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert count_kept(folder) == (0, 1)
    spool.close()
    put_back(folder)
    again = opened(folder, keys)
    assert again.oldest(9) == RECORDS
    again.close()


def test_a_file_that_was_never_begun_overwrites_nothing_that_was_put_aside(folder, keys):
    folder.mkdir()
    (folder / "00000002.spool").write_bytes(b'{"lantern": "sp')
    (folder / "00000002.torn").write_bytes(b"put aside before")
    opened(folder, keys).close()
    assert count_kept(folder) == (0, 2)


FULL = """
import resource, sys
from pathlib import Path
from storage.sealing import read_keys
from storage.spool import Spool, SpoolError

spool = Spool(Path(sys.argv[1]), read_keys(Path(sys.argv[2])))
limit = int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
kept = []
for number in range(400):
    try:
        spool.append([b"%06d" % number * 100])
    except SpoolError:
        continue
    kept.append(number)
assert spool.waiting == len(kept)
print(*kept)
"""


def test_what_a_full_disk_refused_does_not_count_and_what_it_took_does(folder, keys, tmp_path):
    write_keys(keys, tmp_path / "key")
    done = subprocess.run(  # noqa: S603 - it is this program
        [sys.executable, "-c", FULL, folder, tmp_path / "key", "100000"],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    kept = [b"%06d" % int(number) * 100 for number in done.stdout.split()]
    assert 0 < len(kept) < 400

    spool = opened(folder, keys)
    assert spool.oldest(400) == kept
    spool.close()


def test_an_error_names_no_contents(folder, keys):
    spool = opened(folder, keys)
    spool.append(RECORDS)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        with pytest.raises(SpoolError) as told:
            spool.append(RECORDS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "canary" not in str(told.value)
    assert spool.oldest(9) == RECORDS
    spool.append([b"room again"])
    assert spool.oldest(9)[-1] == b"room again"
    spool.close()
