"""What reads closely: the network, and the texts as it reads them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bot.triage.close import RISK
from bot.triage.network import PLAIN, Array, forward

LONGEST = 400
"""Of more tokens than these no text is read at once, but part by part."""

_TOGETHER = 32
_MOST_LEFT_OUT = 24
_MOST_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Convolutions:
    """What the network knows, and how a text becomes what it reads.

    ``pieces_of`` cuts a text into pieces, ``tokens_of`` returns their numbers with the marks of
    beginning and end, ``rows_of`` what is known of such numbers.
    """

    weights: Mapping[str, Array] = field(repr=False)
    pieces_of: Callable[[str], Sequence[str]] = field(repr=False)
    tokens_of: Callable[[str], Sequence[int]] = field(repr=False)
    rows_of: Callable[[Array], Array] = field(repr=False)

    def answer(self, texts: Sequence[str]) -> list[list[float]]:
        """Return what it says of each of *texts* and each question: above 0 is yes."""
        answers: list[list[float]] = self.answer_tokens([*map(self.tokens_of, texts)]).tolist()
        return answers

    def answer_tokens(self, texts: Sequence[Sequence[int]]) -> Array:
        """Return the same of texts that are tokens already; of a long one the worst part counts."""
        parts = [(at, part) for at, tokens in enumerate(texts) for part in _parts(tokens)]
        parts.sort(key=lambda owned: len(owned[1]))
        said = np.full((len(texts), len(self.weights["bias"])), -np.inf, np.float32)
        for start in range(0, len(parts), _TOGETHER):
            lot = parts[start : start + _TOGETHER]
            tokens, mask = filled([part for _, part in lot])
            answers = forward(self.weights, self.rows_of(tokens), mask, PLAIN)
            np.maximum.at(said, [at for at, _ in lot], answers)
        return said

    def telling(self, text: str) -> tuple[str, ...]:
        """Return the pieces of *text* without which it would be less of a risk, the most first."""
        pieces = [*self.pieces_of(text)][: LONGEST - 2]
        first, *tokens, last = self.tokens_of(text)[:LONGEST]
        size = -(-len(pieces) // _MOST_LEFT_OUT)
        places = [(at, at + size) for at in range(0, len(pieces), size)]
        without = [[first, *tokens[:start], *tokens[end:], last] for start, end in places]
        whole, *rest = self.answer_tokens([[first, *tokens, last], *without])[:, RISK].tolist()
        drops = sorted(zip(rest, places, strict=True))
        found = ["".join(pieces[a:b]).replace("▁", " ").strip() for r, (a, b) in drops if r < whole]
        return tuple(dict.fromkeys(piece for piece in found if piece))[:_MOST_SHOWN]


def _parts(tokens: Sequence[int]) -> list[Sequence[int]]:
    return [tokens[at : at + LONGEST] for at in range(0, len(tokens), LONGEST)]


def filled(texts: Sequence[Sequence[int]]) -> tuple[Array, Array]:
    """Return *texts* as one array, and 1 where there is a token, 0 where it was filled up."""
    longest = max(len(tokens) for tokens in texts)
    tokens = np.zeros((len(texts), longest), np.int64)
    mask = np.zeros((len(texts), longest), np.float32)
    for at, text in enumerate(texts):
        tokens[at, : len(text)] = text
        mask[at, : len(text)] = 1.0
    return tokens, mask


def packed(weights: Mapping[str, Array]) -> dict[str, Array]:
    """Return *weights* in an eighth of the space of doubles: whole numbers, and their steps."""
    small: dict[str, Any] = {}
    for name, values in weights.items():
        if values.ndim < len(("rows", "columns")):
            small[name] = values.astype(np.float32)
            continue
        step = np.abs(values).max(axis=0) / 127 + 1e-12
        small[name] = np.round(values / step).astype(np.int8)
        small[f"{name}.step"] = step.astype(np.float32)
    return small


def unpacked(small: Mapping[str, Array]) -> dict[str, Array]:
    """Return the weights that were *packed*."""
    return {
        name: values * small[f"{name}.step"] if f"{name}.step" in small else values
        for name, values in small.items()
        if not name.endswith(".step")
    }
