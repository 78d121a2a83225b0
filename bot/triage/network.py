"""A small network that reads a text as a whole: what stands beside what, and how it adds up.

Its form, and what it knew before it learned from our texts, are those of the convolutional
Universal Sentence Encoder for many languages (Yang and others, 2019, arXiv:1907.04307), which puts
Chinese and English into one space.
"""

from collections.abc import Mapping

from bot.triage.tools import Array, Tools

WIDTHS = {2: 0, 3: 1, 5: 2}
"""How many tokens are read together, and how many of them stand before the one they are about."""

TOKEN_SIZE = 512
BRANCH_SIZE = 256
READ_SIZE = TOKEN_SIZE + BRANCH_SIZE * len(WIDTHS)

_FAR_BELOW = 1e4


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


def _through(values: Array, layer: Array) -> Array:
    """Return *values* times *layer*: all tokens of all texts at once, which is fastest."""
    texts, tokens, size = values.shape
    return (values.reshape(texts * tokens, size) @ layer).reshape(texts, tokens, layer.shape[1])


def _meaning(weights: Mapping[str, Array], sums: Array, tools: Tools) -> Array:
    first = tools.positive(sums @ weights["d0"])
    second = tools.positive(sums @ weights["p1"] + first @ weights["d1"])
    third = tools.positive(second @ weights["d2"])
    return tools.bent(second @ weights["p3"] + third @ weights["d3"])
