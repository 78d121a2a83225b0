"""What a network reads with, lying in files: only looked at there, and let go when it has read.

The numbers are the same, so it says the same. What is looked at in a file is not a process's own:
the machine keeps of it what it has room for, once for all processes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from hashlib import sha256
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from bot.shelf import drop_file, keep_file, let_go
from bot.triage.convolutions import Convolutions
from bot.triage.one_language import OneLanguage, Whole
from bot.triage.tools import Array

Either = TypeVar("Either", Convolutions, OneLanguage)

_NAME = "weights-{key}.bin"
_SHORT_KEY = 16
_LEAST = 16_384
"""Weights of fewer bytes stay in memory; all of these together are a hundredth."""

_APART = 64
"""Each begins at a multiple of this, and is read as fast as in memory."""


def let_go_of(arrays: Iterable[Array]) -> None:
    """Let go of what was read of *arrays*, as far as they lie in files."""
    for file in {id(file): file for file in map(_file_of, arrays)}.values():
        if file is not None:
            let_go(file)


def _file_of(array: Array) -> mmap | None:
    """Return the file in which *array* lies, if it lies in one."""
    lies_in = array
    while isinstance(lies_in, np.ndarray | memoryview):
        lies_in = lies_in.base if isinstance(lies_in, np.ndarray) else lies_in.obj
    return lies_in if isinstance(lies_in, mmap) else None


def lay_out(network: Either, shelf: Path | None, content: bytes) -> Either:
    """Return *network*, whose weights are in *content*, with these lying on the *shelf*.

    They are laid there if they are not. Where that cannot be, they are held in memory.
    """
    arrays = {
        name: array
        for name, weight in network.weights.items()
        if (array := _array_of(weight)).nbytes >= _LEAST
    }
    laid = _laid(arrays, shelf, _NAME.format(key=sha256(content).hexdigest()[:_SHORT_KEY]))
    weights = {
        name: _with(weight, laid[name]) if name in laid else weight
        for name, weight in network.weights.items()
    }
    rest = _both(network.rest, partial(let_go_of, tuple(laid.values())))
    return replace(network, weights=weights, rest=rest)


def _both(first: Callable[[], None], second: Callable[[], None]) -> Callable[[], None]:
    def both() -> None:
        first()
        second()

    return both


def _array_of(weight: Any) -> Array:  # noqa: ANN401 - an array, or a table of whole numbers
    return weight.numbers if isinstance(weight, Whole) else weight


def _with(weight: Any, array: Array) -> Any:  # noqa: ANN401 - the same
    return Whole(array, weight.step) if isinstance(weight, Whole) else array


def _laid(arrays: Mapping[str, Array], shelf: Path | None, name: str) -> dict[str, Array]:
    """Return *arrays* as they lie in the file *name*; none where they cannot lie there.

    Each number is compared with what was loaded; if one is another, all is laid out anew, once.
    """
    if shelf is None:
        return {}
    for _ in ("as it lies there", "laid out anew"):
        path = keep_file(shelf, name, lambda: _as_bytes(arrays))
        if path is None:
            return {}
        laid = _looked_at(path, arrays)
        if laid and all(np.array_equal(laid[each], array) for each, array in arrays.items()):
            let_go_of(laid.values())
            return laid
        drop_file(shelf, name)
    return {}


def _looked_at(path: Path, arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Return what lies in the file *path*, of the kind of *arrays*; none if it is not as long."""
    starts, size = _places_of(arrays)
    try:
        with path.open("rb") as file:
            lying = mmap(file.fileno(), 0, access=ACCESS_READ)
    except (OSError, ValueError):
        return {}
    if len(lying) != size:
        return {}
    return {
        name: np.frombuffer(lying, each.dtype, each.size, starts[name]).reshape(each.shape)
        for name, each in arrays.items()
    }


def _as_bytes(arrays: Mapping[str, Array]) -> bytes:
    starts, size = _places_of(arrays)
    content = bytearray(size)
    for name, array in arrays.items():
        content[starts[name] : starts[name] + array.nbytes] = array.tobytes()
    return bytes(content)


def _places_of(arrays: Mapping[str, Array]) -> tuple[dict[str, int], int]:
    """Return where each of *arrays* begins in a file, and how long that is."""
    starts, at = dict[str, int](), 0
    for name, array in arrays.items():
        starts[name] = at
        at += -(-int(array.nbytes) // _APART) * _APART
    return starts, at
