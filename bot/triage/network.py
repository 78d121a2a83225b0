"""A small network that reads a text as a whole: what stands beside what, and how it adds up.

Its form, and what it knew before it learned from our texts, are those of the convolutional
Universal Sentence Encoder for many languages (Yang and others, 2019, arXiv:1907.04307), which puts
Chinese and English into one space.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

Array = Any
"""An array of numpy, or what the library that learns puts in its place."""

WIDTHS = {2: 0, 3: 1, 5: 2}
"""How many tokens are read together, and how many of them stand before the one they are about."""

TOKEN_SIZE = 512
BRANCH_SIZE = 256
READ_SIZE = TOKEN_SIZE + BRANCH_SIZE * len(WIDTHS)

_STEADY = 1e-12
_FAR_BELOW = 1e4


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What it is computed with: numpy and the functions below, or what stands in for them.

    ``keep`` blots out parts while it learns: at each token, of the whole, and of what is answered.
    """

    np: ModuleType
    windows: Callable[[Array, int, int], Array]
    evened: Callable[[Array, Array, Array], Array]
    positive: Callable[[Array], Array]
    bent: Callable[[Array], Array]
    keep: Sequence[Array] = (1.0, 1.0, 1.0)


def forward(weights: Mapping[str, Array], rows: Array, mask: Array, tools: Tools) -> Array:
    """Return what the network says of each text and question: an array of (texts, questions).

    *rows* has the tokens of each text, (texts, tokens, TOKEN_SIZE); *mask* is 1 where there is
    one.
    """
    return conclude(weights, look(weights, rows, mask, tools), mask, tools)


def look(weights: Mapping[str, Array], rows: Array, mask: Array, tools: Tools) -> Array:
    """Return what is read at each token with those beside it: (texts, tokens, READ_SIZE)."""
    there = mask[:, :, None]
    read = tools.np.concatenate([rows, *_branches(weights, rows, there, tools)], axis=2)
    return tools.evened(read, weights["ln_g"], weights["ln_b"])


def conclude(weights: Mapping[str, Array], read: Array, mask: Array, tools: Tools) -> Array:
    """Return what follows for each question from what was *read* where *mask* is 1."""
    lib, keep, there = tools.np, tools.keep, mask[:, :, None]
    count = lib.maximum(mask.sum(axis=1)[:, None], 1.0)
    peaks = (read - (1.0 - there) * _FAR_BELOW).max(axis=1)
    sums = (read * there).sum(axis=1) @ weights["cnn_W"] + count * weights["cnn_b"]
    meant = _meaning(weights, sums / lib.sqrt(count) * keep[1], tools)
    return meant * keep[1] @ weights["says"] + peaks * keep[2] @ weights["shouts"] + weights["bias"]


def _branches(weights: Mapping[str, Array], rows: Array, there: Array, tools: Tools) -> list[Array]:
    keep, found = tools.keep[0], []
    for width, before in WIDTHS.items():
        token = _through(rows, weights[f"proj{width}"]) + weights[f"proj_b{width}"]
        token = tools.evened(token, weights[f"ln_g{width}"], weights[f"ln_b{width}"]) * there
        beside = _through(tools.windows(token, width, before), weights[f"w1_{width}"])
        once = (tools.positive(beside + weights[f"b1_{width}"]) + token) * there * keep
        beside = _through(tools.windows(once, width, before), weights[f"w2_{width}"])
        found.append(tools.positive(beside + weights[f"b2_{width}"]) + once)
    return found


def windows(token: Array, width: int, before: int) -> Array:
    """Return each token with those beside it, *before* of them before it; beyond the ends is 0."""
    texts, tokens, size = token.shape
    beside = np.zeros((texts, tokens, width * size), token.dtype)
    for at in range(width):
        here, there = _overlap(tokens, at - before)
        beside[:, here, at * size : (at + 1) * size] = token[:, there]
    return beside


def unwound(beside: Array, width: int, before: int) -> Array:
    """Return for each token the sum of what stands for it in the windows *beside*."""
    texts, tokens, wide = beside.shape
    size = wide // width
    token = np.zeros((texts, tokens, size), beside.dtype)
    for at in range(width):
        here, there = _overlap(tokens, at - before)
        token[:, there] += beside[:, here, at * size : (at + 1) * size]
    return token


def _overlap(tokens: int, shift: int) -> tuple[slice, slice]:
    """Return which tokens have one *shift* away, and which those are."""
    first, last = max(0, -shift), max(0, tokens - max(0, shift))
    last = max(first, last)
    return slice(first, last), slice(first + shift, last + shift)


def _through(values: Array, layer: Array) -> Array:
    """Return *values* times *layer*: all tokens of all texts at once, which is fastest."""
    texts, tokens, size = values.shape
    return (values.reshape(texts * tokens, size) @ layer).reshape(texts, tokens, layer.shape[1])


def evened(values: Array, gain: Array, shift: Array) -> Array:
    """Return *values*, each row brought to the same middle and spread, times *gain* and *shift*-ed.

    *gain* and *shift* have one number for each place in a row.
    """
    return _steadied(values)[0] * gain + shift


def unevened(slope: Array, values: Array, gain: Array) -> tuple[Array, Array, Array]:
    """Return what *slope* of what was :func:`evened` means for the values, the gain, the shift."""
    steady, spread = _steadied(values)
    rows = tuple(range(values.ndim - 1))
    turn = slope * steady
    gained = slope * gain
    along = (gained * steady).mean(axis=-1, keepdims=True)
    back = (gained - gained.mean(axis=-1, keepdims=True) - steady * along) / spread
    return back, turn.sum(axis=rows), slope.sum(axis=rows)


def positive(values: Array) -> Array:
    """Return *values*, with 0 for what is below it."""
    return np.maximum(values, 0.0)


def _steadied(values: Array) -> tuple[Array, Array]:
    """Return *values*, each row around 0 with a spread of 1, and what its spread was."""
    centred = values - values.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _STEADY)
    centred /= spread
    return centred, spread


def _meaning(weights: Mapping[str, Array], sums: Array, tools: Tools) -> Array:
    first = tools.positive(sums @ weights["d0"])
    second = tools.positive(sums @ weights["p1"] + first @ weights["d1"])
    third = tools.positive(second @ weights["d2"])
    return tools.bent(second @ weights["p3"] + third @ weights["d3"])


PLAIN = Tools(np=np, windows=windows, evened=evened, positive=positive, bent=np.tanh)
