"""Loads the network for English, and what it knew of words before it learned from us.

That is MiniLM (all-MiniLM-L6-v2, Apache 2.0; see :mod:`bot.triage.transformer`). What it knew of
pieces of words lies in a file of its own, since learning does not change it; it is looked at
where it lies, and takes little memory so.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.format import open_memmap, read_array

from bot.close_network import opened, write_network
from bot.domain.errors import FlowError
from bot.triage.close import ENGLISH, PIECES, damaged, unreadable
from bot.triage.convolutions import unpacked
from bot.triage.english import LONGEST, English, kept_small
from bot.triage.tools import Array
from bot.triage.transformer import SIZE
from bot.triage.wordpieces import BEGIN, END, UNKNOWN, pieces_of

_NAMES, _STEPS = "names", "steps"
_MOST = 127
_LEAST = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The pieces of words that are known, and of each SIZE whole numbers with their step."""

    names: tuple[str, ...]
    steps: Array = field(repr=False)
    numbers: Array = field(repr=False)


def load_english(
    content: bytes,
    table: Path | bytes,
    *,
    kinds: Sequence[str] | None = None,
    large: bool = False,
    files: tuple[str, str] = (ENGLISH, PIECES),
) -> English:
    """Return the network whose weights are *content*, which reads with the pieces in *table*.

    That is a file, or what is in it. Its weights stay small, unless they are to be *large*, to be
    learned with. *files* are the names of these two.

    Raises:
        FlowError: one of them is not what ``lantern triage train`` wrote, or the network knows
            other categories than *kinds*, if these are given.

    """
    known, held, small = opened(content, files[0], kinds)
    pieces = _take_pieces(small, table, files)
    try:
        weights = unpacked(small) if large else kept_small(small)
    except (KeyError, TypeError, ValueError):
        raise FlowError([damaged(files[0])]) from None
    return english_of(weights, known, held, pieces)


def pieces_in(content: bytes, table: Path | bytes) -> Pieces:
    """Return the pieces with which the network in *content* reads; see :func:`load_english`."""
    return _take_pieces(opened(content, ENGLISH)[2], table, (ENGLISH, PIECES))


def english_of(
    weights: Mapping[str, Any], kinds: Sequence[str], held: Collection[int], pieces: Pieces
) -> English:
    """Return the network that reads with *weights* and *pieces*."""
    numbers = {name: number for number, name in enumerate(pieces.names)}
    return English(
        weights=weights,
        kinds=tuple(kinds),
        held=frozenset(held),
        tokens_of=lambda text: pieces_of(text, numbers, longest=LONGEST),
        rows_of=lambda tokens: pieces.numbers[tokens] * pieces.steps[tokens][..., None],
    )


def make_pieces(names: Sequence[str], rows: Array) -> Pieces:
    """Return the pieces *names*, of each of which one of *rows* is known, kept small."""
    steps = (np.abs(rows).max(axis=1) / _MOST + _LEAST).astype(np.float32)
    numbers = np.round(rows / steps[:, None]).astype(np.int8)
    return Pieces(names=tuple(names), steps=steps, numbers=numbers)


def write_english(
    weights: Mapping[str, Array], kinds: Sequence[str], held: Collection[int], pieces: Pieces
) -> bytes:
    """Return all but the numbers of *pieces* as a file; see :func:`write_network`."""
    names = np.frombuffer("\n".join(pieces.names).encode(), np.uint8)
    return write_network(weights, kinds, held, **{_NAMES: names, _STEPS: pieces.steps})


def write_table(pieces: Pieces) -> bytes:
    """Return the numbers of *pieces* as a file."""
    content = BytesIO()
    np.save(content, pieces.numbers, allow_pickle=False)
    return content.getvalue()


def _take_pieces(small: dict[str, Array], table: Path | bytes, files: tuple[str, str]) -> Pieces:
    """Take out of *small* what it says of the pieces of which *table* has the numbers."""
    try:
        names = small.pop(_NAMES).tobytes().decode().split("\n")
        steps = small.pop(_STEPS)
    except (AttributeError, KeyError, ValueError):
        raise FlowError([damaged(files[0])]) from None
    if steps.shape != (len(names),) or not {BEGIN, END, UNKNOWN} <= set(names):
        raise FlowError([damaged(files[0])])
    numbers = _look_at(table, files[1])
    if numbers.dtype != np.int8 or numbers.shape != (len(names), SIZE):
        raise FlowError([damaged(files[1])])
    return Pieces(names=tuple(names), steps=steps, numbers=numbers)


def _look_at(table: Path | bytes, file: str) -> Array:
    try:
        if isinstance(table, bytes):
            return read_array(BytesIO(table), allow_pickle=False)
        return open_memmap(table, mode="r")
    except (ValueError, EOFError):
        raise FlowError([damaged(file)]) from None
    except OSError:
        raise FlowError([unreadable(file)]) from None
