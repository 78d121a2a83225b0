"""A network in which every word of a text looks at every other one: for one language.

Its form, and what it knew before it learned from our texts, are for English those of MiniLM with
six layers (Wang and others, 2020, arXiv:2002.10957, as taught on sentences: all-MiniLM-L6-v2,
Apache 2.0), for Chinese those of the first layers of multilingual E5, small (Wang and others, 2024,
arXiv:2402.05672, MIT).
"""

from collections.abc import Mapping
from math import sqrt

from bot.triage.tools import Array, Tools

SIZE = 384
"""How many numbers stand for a token, from the first layer to the last."""

HEADS = 12

_FAR_BELOW = 1e4


def attend(weights: Mapping[str, Array], rows: Array, mask: Array, tools: Tools) -> Array:
    """Return what the network says of each text and question: an array of (texts, questions).

    *rows* has the tokens of each text, (texts, tokens, SIZE); *mask* is 1 where there is one.
    What ``tools.keep`` blots out while it learns is, for each layer, what was looked up and what
    was made of it, and last what all is answered from.
    """
    keep, layers = tools.keep, layers_of(weights)
    read = rows + weights["places"][: rows.shape[1]]
    read = tools.evened(read, weights["ln_g"], weights["ln_b"])
    unseen = (1.0 - mask[:, None, None, :]) * -_FAR_BELOW
    for layer in range(layers):
        seen, made = (keep[2 * layer], keep[2 * layer + 1]) if len(keep) > layers else (1.0, 1.0)
        looked = _look_around(weights, layer, read, unseen, tools) * seen
        read = tools.evened(read + looked, weights[f"g1.{layer}"], weights[f"b1.{layer}"])
        wide = tools.gated(read @ weights[f"up.{layer}"] + weights[f"up_b.{layer}"])
        thought = (wide @ weights[f"down.{layer}"] + weights[f"down_b.{layer}"]) * made
        read = tools.evened(read + thought, weights[f"g2.{layer}"], weights[f"b2.{layer}"])
    there = mask[:, :, None]
    middle = (read * there).sum(axis=1) / there.sum(axis=1)
    whole = tools.np.concatenate([read[:, 0], middle], axis=1) * keep[-1]
    return whole @ weights["says"] + weights["bias"]


def layers_of(weights: Mapping[str, Array]) -> int:
    """Return how many layers *weights* have."""
    return sum(name.startswith("asks.") and not name.endswith(".step") for name in weights)


def _look_around(
    weights: Mapping[str, Array], layer: int, read: Array, unseen: Array, tools: Tools
) -> Array:
    """Return what each token finds at those that matter to it."""
    texts, tokens, size = read.shape
    asks, has, gives = (
        (read @ weights[f"{name}.{layer}"] + weights[f"{name}_b.{layer}"])
        .reshape((texts, tokens, HEADS, size // HEADS))
        .transpose((0, 2, 1, 3))
        for name in ("asks", "has", "gives")
    )
    near = asks @ has.transpose((0, 1, 3, 2)) * sqrt(HEADS / size) + unseen
    found = tools.shared(near) @ gives
    found = found.transpose((0, 2, 1, 3)).reshape((texts, tokens, size))
    return found @ weights[f"tells.{layer}"] + weights[f"tells_b.{layer}"]
