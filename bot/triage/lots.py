"""Texts that are tokens already, put together in lots that a network reads at once."""

from collections.abc import Callable, Sequence

import numpy as np

from bot.triage.tools import Array

_TOGETHER = 1024
"""How many tokens are read at once, those included that a lot is filled up with."""


def read_in_lots(
    texts: Sequence[Sequence[int]], questions: int, read: Callable[[Array, Array], Array]
) -> Array:
    """Return what *read* says of *texts*, an array of (texts, *questions*).

    It is handed the tokens of a lot and a mask, as they were :func:`filled`.
    """
    said = np.zeros((len(texts), questions), np.float32)
    for lot in _lots([*map(len, texts)]):
        said[lot] = read(*filled([texts[at] for at in lot]))
    return said


def _lots(lengths: Sequence[int]) -> list[list[int]]:
    """Return the places of texts of *lengths*, those of like length in lots of _TOGETHER tokens."""
    lots: list[list[int]] = []
    for at in sorted(range(len(lengths)), key=lambda at: lengths[at]):
        if not lots or (len(lots[-1]) + 1) * lengths[at] > _TOGETHER:
            lots.append([])
        lots[-1].append(at)
    return lots


def filled(texts: Sequence[Sequence[int]]) -> tuple[Array, Array]:
    """Return *texts* as one array, and 1 where there is a token, 0 where it was filled up."""
    longest = max(len(tokens) for tokens in texts)
    tokens = np.zeros((len(texts), longest), np.int64)
    mask = np.zeros((len(texts), longest), np.float32)
    for at, text in enumerate(texts):
        tokens[at, : len(text)] = text
        mask[at, : len(text)] = 1.0
    return tokens, mask
