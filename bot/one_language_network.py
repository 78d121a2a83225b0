"""Loads a network for one language, and what it knew of words before it learned from us.

See :mod:`bot.triage.transformer` for where that is from. What it knew of pieces of words lies in a
file of its own, since learning does not change it; it is looked at where it lies, and takes little
memory so. A text in Chinese is cut as the network for both languages has it, one in English into
the longest pieces that are known.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.format import open_memmap, read_array

from bot.close_network import opened, write_network
from bot.domain.errors import FlowError
from bot.lying import lay_out, let_go_of
from bot.triage.close import ENGLISH, ENGLISH_PIECES, ForOne, damaged, unreadable, unusable
from bot.triage.convolutions import Convolutions, unpacked
from bot.triage.one_language import LONGEST, Beside, OneLanguage, kept_small
from bot.triage.tools import Array
from bot.triage.transformer import SIZE
from bot.triage.wordpieces import BEGIN, END, UNKNOWN, pieces_of

Cut = Callable[[str, Mapping[str, int]], Sequence[int]]
"""Returns the numbers of at most LONGEST pieces of a text, if these are the numbers of all."""

_MARKS = 2
_NAMES, _STEPS = "names", "steps"
_MOST = 127
_LEAST = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The pieces of words that are known, and of each SIZE whole numbers with their step."""

    names: tuple[str, ...]
    steps: Array = field(repr=False)
    numbers: Array = field(repr=False)


def cut_into_words(text: str, numbers: Mapping[str, int]) -> Sequence[int]:
    """Return the numbers of the longest pieces of words in *text* that have one: for English."""
    return pieces_of(text, numbers, longest=LONGEST)


def cut_as(names_of: Callable[[str], Sequence[str]]) -> Cut:
    """Return what cuts a text as *names_of* does: for Chinese, as that for both languages does."""

    def cut(text: str, numbers: Mapping[str, int]) -> Sequence[int]:
        unknown, names = numbers[UNKNOWN], names_of(text)[: LONGEST - _MARKS]
        return [numbers[BEGIN], *(numbers.get(name, unknown) for name in names), numbers[END]]

    return cut


def load_one_language(
    content: bytes,
    table: Path | bytes,
    *,
    kinds: Sequence[str] | None = None,
    large: bool = False,
    files: tuple[str, str] = (ENGLISH, ENGLISH_PIECES),
    cut: Cut = cut_into_words,
) -> OneLanguage:
    """Return the network whose weights are *content*, which reads with the pieces in *table*.

    That is a file, or what is in it. Its weights stay small, unless they are to be *large*, to be
    learned with. *files* are the names of these two; *cut* takes a text to pieces.

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
    return one_language_of(weights, known, held, pieces, cut=cut)


def load_beside(
    each: ForOne,
    files: Mapping[str, bytes | Path],
    both: Convolutions,
    share: float,
    shelf: Path | None = None,
) -> Beside:
    """Return the network of *each*, which lies among *files*, to be read with beside *both*.

    Its weights are laid out on the *shelf*.

    Raises:
        FlowError: its files are not what ``lantern triage train`` wrote, it cannot be used, or it
            knows other categories than *both*.

    """
    given = files[each.file]
    content = given if isinstance(given, bytes) else given.read_bytes()
    network = load_one_language(
        content,
        files[each.pieces],
        kinds=both.kinds,
        files=(each.file, each.pieces),
        cut=cutting(each, both),
    )
    network = lay_out(network, shelf, content)
    try:
        network.answer([each.tried_on])
    except Exception as error:  # noqa: BLE001 - whatever it is, the right file is to be named
        raise FlowError([unusable(error, each.file)]) from None
    return Beside(network=network, is_for_letters=each.is_for_letters, share=share)


def pieces_in(
    content: bytes, table: Path | bytes, files: tuple[str, str] = (ENGLISH, ENGLISH_PIECES)
) -> Pieces:
    """Return the pieces with which the network in *content* reads.

    See :func:`load_one_language`.
    """
    return _take_pieces(opened(content, files[0])[2], table, files)


def cutting(each: ForOne, both: Convolutions) -> Cut:
    """Return how texts are cut for the network of *each*, which is read with beside *both*."""
    return cut_into_words if each.is_for_letters else cut_as(both.names_of)


def one_language_of(
    weights: Mapping[str, Any],
    kinds: Sequence[str],
    held: Collection[int],
    pieces: Pieces,
    *,
    cut: Cut,
) -> OneLanguage:
    """Return the network that reads with *weights* and *pieces*, into which texts are *cut*."""
    numbers = {name: number for number, name in enumerate(pieces.names)}
    table, steps = pieces.numbers, pieces.steps
    return OneLanguage(
        weights=weights,
        kinds=tuple(kinds),
        held=frozenset(held),
        tokens_of=lambda text: cut(text, numbers),
        rows_of=lambda tokens: table[tokens] * steps[tokens][..., None],
        rest=lambda: let_go_of([table]),
    )


def make_pieces(names: Sequence[str], rows: Array) -> Pieces:
    """Return the pieces *names*, of each of which one of *rows* is known, kept small."""
    steps = (np.abs(rows).max(axis=1) / _MOST + _LEAST).astype(np.float32)
    numbers = np.round(rows / steps[:, None]).astype(np.int8)
    return Pieces(names=tuple(names), steps=steps, numbers=numbers)


def write_one_language(
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
