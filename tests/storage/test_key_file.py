"""The key file is changed as a whole or not at all, and by one at a time."""

import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from rights import NOBODY, without_rights

import storage
from bot.domain.errors import ConfigError
from storage.key_file import (
    changing,
    replace_keys,
    with_masters_of,
    with_new_master,
    without_master,
)
from storage.sealing import content_of, new_keys, read_keys, write_keys

ROOT = Path(storage.__file__).parents[1]
KILLED = """
import os, signal, sys
from pathlib import Path
from storage.key_file import changing, replace_keys, with_new_master

file, step = Path(sys.argv[1]), int(sys.argv[2])

def count(event, _):
    global step
    if event in {"open", "os.chmod", "os.chown", "os.rename", "os.remove"}:
        step -= 1
        if step == 0:
            os.kill(os.getpid(), signal.SIGKILL)

with changing(file) as keys:
    changed = with_new_master(keys, ())
    sys.addaudithook(count)
    replace_keys(file, changed)
"""
"""Adds a key, and ends as by a power cut just before the so-manieth thing it does with a file."""


@pytest.fixture
def file(tmp_path):
    write_keys(new_keys(), tmp_path / "lantern.key")
    return tmp_path / "lantern.key"


def add_to(file):
    with changing(file) as keys:
        changed = with_new_master(keys, ())
        replace_keys(file, changed)
    return changed


def test_a_new_master_key_stands_beside_the_old_one_and_is_active(file):
    before = read_keys(file)
    changed = add_to(file)

    assert read_keys(file) == changed
    assert changed.masters.items() > before.masters.items()
    assert changed.active in changed.masters.keys() - before.masters.keys()
    assert changed.lookup == before.lookup
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["lantern.key"]


def test_an_id_is_never_given_twice(file):
    keys = read_keys(file)
    assert with_new_master(keys, {"k7-ffff", "of our own", "k3"}).active.startswith("k8-")
    assert len({with_new_master(keys, ()).active for _ in range(20)}) > 1


def test_a_key_file_that_is_reached_by_a_link_is_changed_where_it_lies(file):
    link = file.with_name("link")
    link.symlink_to(file)
    changed = add_to(link)

    assert link.is_symlink()
    assert read_keys(file) == changed


def test_two_who_change_it_at_once_do_not_undo_each_other(file):
    with (
        changing(file),
        pytest.raises(ConfigError, match="another command changes the key file"),
        changing(file),
    ):
        pass


@pytest.mark.long
def test_killed_at_any_moment_the_old_or_the_new_file_is_whole(file):
    before, steps, was_new = read_keys(file), 0, []
    while True:
        steps += 1
        ended = subprocess.run(  # noqa: S603 - our own script
            [sys.executable, "-c", KILLED, str(file), str(steps)],
            env={"PYTHONPATH": str(ROOT)},
            check=False,
        )
        after = read_keys(file)
        assert after.masters.items() >= before.masters.items()
        was_new.append(after.masters.keys() != before.masters.keys())
        before = after
        assert file.stat().st_mode & 0o777 == 0o600
        if ended.returncode != -signal.SIGKILL:
            break
    assert ended.returncode == 0
    assert steps > 5
    assert set(was_new[:-1]) == {False, True}
    assert [path.name for path in file.parent.iterdir()] == ["lantern.key"]


@pytest.mark.parametrize("mode", [0o555, 0o511])
def test_where_it_may_not_be_written_it_stays_as_it_was(mode):
    with tempfile.TemporaryDirectory() as name:
        folder, file = Path(name), Path(name) / "lantern.key"
        write_keys(new_keys(), file)
        before = file.read_bytes()
        if os.geteuid() == 0:
            os.chown(file, NOBODY, NOBODY)
        folder.chmod(mode)
        with without_rights(), pytest.raises(ConfigError) as told:
            add_to(file)
        folder.chmod(0o700)

        assert "cannot be written (Permission denied), and is as it was; make room" in str(
            told.value
        )
        assert "where the file alone is mounted (a container), mount its folder" in str(told.value)
        assert file.read_bytes() == before
        assert list(folder.iterdir()) == [file]


def test_a_missing_key_file_is_told(tmp_path):
    with (
        pytest.raises(ConfigError, match="is missing; put its copy back"),
        changing(tmp_path / "x"),
    ):
        pass


def test_what_an_old_copy_has_is_taken_back_and_what_is_active_stays(file):
    old = read_keys(file)
    changed = add_to(file)
    now = without_master(changed, "k1")

    assert with_masters_of(now, old) == changed
    with pytest.raises(ConfigError, match="has all that is in that one"):
        with_masters_of(changed, old)
    with pytest.raises(ConfigError, match="belongs to another Lantern"):
        with_masters_of(now, new_keys())
    with pytest.raises(ConfigError, match="belongs to another Lantern"):
        with_masters_of(changed, replace(old, masters={"k1": b"1" * 32}))


def test_the_mark_tells_one_active_key_from_another_and_nothing_of_it(file):
    keys = read_keys(file)
    changed = with_new_master(keys, ())

    assert read_keys(file).mark == keys.mark
    assert changed.mark != keys.mark
    assert replace(changed, active="k1").mark == keys.mark
    assert keys.mark not in keys.masters["k1"].hex()


def test_a_key_that_was_added_later_is_found_and_a_file_that_is_gone_does_no_harm(file):
    keys = read_keys(file)
    changed = add_to(file)

    assert keys.added(changed.active) == changed.masters[changed.active]
    assert keys.added("k0") is None
    file.write_bytes(b"[]")
    assert keys.added(changed.active) is None
    file.unlink()
    assert keys.added(changed.active) is None


def test_what_is_new_is_sealed_by_the_key_in_the_file_once_the_own_was_dropped_there(file):
    keys = read_keys(file)
    changed = add_to(file)
    assert keys.wrap(b"new")[0] == "k1"
    file.write_bytes(content_of(without_master(changed, "k1")))

    master, wrapped = keys.wrap(b"new")
    assert master == changed.active
    assert read_keys(file).unwrap(master, wrapped) == b"new"
    assert keys.unwrap(master, wrapped) == b"new"
    assert keys.wrap_by_active(b"moved")[0] == "k1"


def test_a_file_that_is_gone_broken_or_of_another_lantern_does_not_change_what_seals(file):
    keys = read_keys(file)
    lacking = replace(keys, active="k9", masters={"k2": b"2" * 32})
    for content in (content_of(lacking), content_of(another_lantern()), b"", b"[]"):
        file.write_bytes(content)
        assert keys.wrap(b"new")[0] == "k1"
    file.unlink()
    assert keys.wrap(b"new")[0] == "k1"
    assert new_keys().wrap(b"new")[0] == "k1"


def another_lantern():
    return replace(new_keys(), active="k2", masters={"k2": b"2" * 32})


@pytest.mark.parametrize("active", [[], {}, 1, None])
def test_an_active_key_that_is_no_name_is_told(file, active):
    file.write_bytes(orjson.dumps(orjson.loads(file.read_bytes()) | {"active": active}))
    with pytest.raises(ConfigError, match="cannot be read as a key file; restore it"):
        read_keys(file)
