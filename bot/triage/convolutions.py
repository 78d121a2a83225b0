"""What reads closely: the network, and the texts as it reads them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bot.triage.close import RISK
from bot.triage.lots import filled, read_in_lots
from bot.triage.network import conclude, forward, look
from bot.triage.telling import Place, phrases_of, units_of
from bot.triage.tools import PLAIN, Array

LONGEST = 96
"""Of more tokens than these no text is read: whoever asks hands in a text part by part."""

_MARKS = 2
"""The tokens that stand for the beginning and the end of a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Convolutions:
    """What the network knows, and how a text becomes what it reads.

    ``kinds`` are the categories it is asked about, ``held`` the marks of the labelled texts that
    it has not learned from. ``tokens_of`` returns the numbers of a text's tokens with the marks
    of beginning and end, ``names_of`` what they are and ``places_of`` where in the text each
    stands but for these two, and ``rows_of`` what is known of such numbers. ``rest`` is called
    whenever it has read.
    """

    weights: Mapping[str, Array] = field(repr=False)
    kinds: tuple[str, ...]
    held: frozenset[int] = field(repr=False)
    tokens_of: Callable[[str], Sequence[int]] = field(repr=False)
    names_of: Callable[[str], Sequence[str]]
    places_of: Callable[[str], Sequence[Place]] = field(repr=False)
    rows_of: Callable[[Array], Array] = field(repr=False)
    rest: Callable[[], None] = field(default=lambda: None, repr=False)

    def answer(self, texts: Sequence[str]) -> list[list[float]]:
        """Return what it says of each of *texts* and each question: above 0 is yes.

        Of each text the first LONGEST tokens are read: about 50 µs of a processor for one.
        """
        answers: list[list[float]] = self.answer_tokens([*map(self.tokens_of, texts)]).tolist()
        return answers

    def answer_tokens(self, texts: Sequence[Sequence[int]]) -> Array:
        """Return the same of texts that are tokens already: (texts, questions)."""
        said = read_in_lots(
            [tokens[:LONGEST] for tokens in texts],
            len(self.weights["bias"]),
            lambda tokens, mask: forward(self.weights, self.rows_of(tokens), mask, PLAIN),
        )
        self.rest()
        return said

    def telling(self, text: str, question: int = RISK) -> tuple[str, ...]:
        """Return the words of *text* without which *question* is less of a yes, the most first.

        They stand in it so; of a text that says nothing, there are none. It is read once: what
        was read at a word is left out of what follows from all of it.
        """
        tokens, mask = filled([self.tokens_of(text)[:LONGEST]])
        places = self.places_of(text)[: tokens.shape[1] - _MARKS]
        units = units_of(text, places)
        if not units:
            return ()
        read = look(self.weights, self.rows_of(tokens), mask, PLAIN)
        without = np.repeat(mask, len(units) + 1, axis=0)
        for at, unit in enumerate(units, 1):
            without[at, unit.first + 1 : unit.last + 1] = 0.0
        whole, *parts = conclude(self.weights, read, without, PLAIN)[:, question].tolist()
        self.rest()
        return phrases_of(text, units, [whole - left for left in parts])


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
