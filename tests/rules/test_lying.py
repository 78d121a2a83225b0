"""What lies in files and is only looked at is what it was, and is let go when it has been read."""

import ctypes
import tempfile
from pathlib import Path

import numpy as np
import pytest
from rights import without_rights

from bot.keeping import are_indexes_kept
from bot.lying import lay_out, let_go_of
from bot.shelf import keep, look_at_kept
from bot.triage.one_language import OneLanguage, Whole

LARGE = np.arange(200 * 100, dtype=np.float32).reshape(200, 100)
NUMBERS = (LARGE % 251 - 125).astype(np.int8)
STEP = np.full(100, 0.5, np.float32)
CONTENT = b"what the weights were read from"


def network(rested=None):
    """One of which only the weights matter: one large, one kept small, one too little to lie."""
    return OneLanguage(
        weights={"large": LARGE, "small": Whole(NUMBERS, STEP), "bias": STEP},
        kinds=(),
        held=frozenset(),
        tokens_of=len,
        rows_of=len,
        rest=(lambda: None) if rested is None else lambda: rested.append(1),
    )


def says_the_same(weights):
    whole = np.ones((1, 200), np.float32)
    return (
        np.array_equal(weights["large"], LARGE)
        and np.array_equal(whole @ weights["small"], whole @ Whole(NUMBERS, STEP))
        and weights["bias"] is STEP
    )


def in_memory(name):
    """How many kB of the file *name* this process holds, as the machine counts them."""
    is_it, held = False, 0
    for line in Path("/proc/self/smaps").read_text().splitlines():
        if line.endswith(name) or "-" in line.partition(" ")[0]:
            is_it = line.endswith(name)
        elif is_it and line.startswith("Rss:"):
            held += int(line.split()[1])
    return held


def test_weights_are_laid_out_once_for_nobody_else_to_read_and_are_the_same(tmp_path):
    first = lay_out(network(), tmp_path, CONTENT)
    [path] = tmp_path.iterdir()
    laid_at = path.stat().st_ino
    again = lay_out(network(), tmp_path, CONTENT)

    assert says_the_same(first.weights)
    assert says_the_same(again.weights)
    assert not again.weights["large"].flags.owndata
    assert path.stat().st_ino == laid_at
    assert path.stat().st_mode & 0o077 == 0


def test_what_was_read_is_let_go_once_a_network_rests_and_so_is_what_it_let_go_before(tmp_path):
    rested = []
    laid = lay_out(network(rested), tmp_path, CONTENT)
    [path] = tmp_path.iterdir()
    assert in_memory(path.name) == 0

    assert laid.weights["large"].sum() == LARGE.sum()
    assert in_memory(path.name) > 0
    laid.rest()

    assert in_memory(path.name) == 0
    assert rested == [1]
    assert says_the_same(laid.weights)


@pytest.mark.parametrize("damage", ["empty", "cut off", "other numbers"])
def test_what_lies_there_damaged_is_laid_out_anew(tmp_path, damage):
    lay_out(network(), tmp_path, CONTENT)
    [path] = tmp_path.iterdir()
    whole = path.read_bytes()
    damaged = {"empty": b"", "cut off": whole[:-64], "other numbers": b"\1" + whole[1:]}[damage]
    path.write_bytes(damaged)

    assert says_the_same(lay_out(network(), tmp_path, CONTENT).weights)
    assert path.read_bytes() == whole


def test_without_a_shelf_or_where_it_cannot_be_written_weights_stay_in_memory(tmp_path):
    shelf = tmp_path / "shelf"
    shelf.write_bytes(b"a file, and no folder")
    for place in (None, shelf):
        weights = lay_out(network(), place, CONTENT).weights
        assert weights["large"] is LARGE
        assert weights["small"].numbers is NUMBERS


def test_of_an_array_in_memory_nothing_is_let_go():
    let_go_of([LARGE, LARGE[3:]])
    assert LARGE[1, 0] == 100


def test_what_was_kept_is_looked_at_only_if_it_is_whole_and_of_its_key(tmp_path):
    keep(tmp_path, "one", b"kept" * 5000)
    looked = look_at_kept(tmp_path, "one")

    assert looked is not None
    assert looked == b"kept" * 5000
    (tmp_path / "two").write_bytes((tmp_path / "one").read_bytes())
    (tmp_path / "two").chmod(0o600)
    (tmp_path / "empty").touch(mode=0o600)
    assert look_at_kept(tmp_path, "two") is None
    assert look_at_kept(tmp_path, "empty") is None
    assert look_at_kept(tmp_path, "nothing") is None
    (tmp_path / "one").chmod(0o644)
    assert look_at_kept(tmp_path, "one") is None


def test_what_somebody_locked_in_memory_stays_there_and_is_read(tmp_path):
    laid = lay_out(network(), tmp_path, CONTENT)
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.mlock(ctypes.c_void_p(laid.weights["large"].ctypes.data), 4096) == 0

    laid.rest()

    assert says_the_same(laid.weights)


def test_a_shelf_that_may_not_be_looked_into_keeps_no_index(monkeypatch):
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "theirs").mkdir(mode=0o700)
        Path(name).chmod(0o755)
        monkeypatch.setenv("XDG_CACHE_HOME", f"{name}/theirs")

        with without_rights():
            assert not are_indexes_kept("key", ["en"])
