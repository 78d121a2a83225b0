"""What networks are computed with, by numpy or, while they learn, by what stands in for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import pi, sqrt
from types import ModuleType
from typing import Any

import numpy as np

Array = Any
"""An array of numpy, or what the library that learns puts in its place."""

_STEADY = 1e-12
_BEND = sqrt(2.0 / pi)
_CUBED = 0.044715


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What it is computed with: numpy and the functions below, or what stands in for them.

    ``keep`` blots out parts while it learns; which, the networks say.
    """

    np: ModuleType
    windows: Callable[[Array, int, int], Array]
    evened: Callable[[Array, Array, Array], Array]
    positive: Callable[[Array], Array]
    bent: Callable[[Array], Array]
    shared: Callable[[Array], Array]
    gated: Callable[[Array], Array]
    keep: Sequence[Array] = (1.0, 1.0, 1.0)


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


def shared(near: Array) -> Array:
    """Return *near* as shares of the whole, along the last axis: the nearer, the more."""
    grown = np.exp(near - near.max(axis=-1, keepdims=True))
    grown /= grown.sum(axis=-1, keepdims=True)
    return grown


def unshared(slope: Array, shares: Array) -> Array:
    """Return what *slope* of the *shares* means for what they are shares of."""
    turned = slope * shares
    return turned - shares * turned.sum(axis=-1, keepdims=True)


def gated(values: Array) -> Array:
    """Return *values*, those far below 0 as 0, with a smooth bend (Hendrycks and Gimpel 2016)."""
    return 0.5 * values * (1.0 + np.tanh(_BEND * (values + _CUBED * values * values * values)))


def ungated(slope: Array, values: Array) -> Array:
    """Return what *slope* of what was :func:`gated` means for *values*."""
    bent = np.tanh(_BEND * (values + _CUBED * values * values * values))
    steep = _BEND * (1.0 + 3.0 * _CUBED * values * values)
    return slope * 0.5 * (1.0 + bent + values * (1.0 - bent * bent) * steep)


PLAIN = Tools(
    np=np,
    windows=windows,
    evened=evened,
    positive=positive,
    bent=np.tanh,
    shared=shared,
    gated=gated,
)
