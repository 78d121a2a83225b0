"""A second reading: by a network for one language alone, beside that for both languages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.triage.close import RISK, is_in_letters
from bot.triage.lots import read_in_lots
from bot.triage.tools import PLAIN, Array
from bot.triage.transformer import attend

if TYPE_CHECKING:
    from bot.triage.close import Network

LONGEST = 96
"""Of more pieces of words than these no text is read, the marks around them among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneLanguage:
    """What a network for one language knows, and how a text becomes what it reads.

    ``kinds`` are the categories it is asked about, ``held`` the marks of the labelled texts that
    it has not learned from. ``tokens_of`` returns the numbers of at most LONGEST pieces of a text,
    and ``rows_of`` what is known of such numbers. ``rest`` is called whenever it has read.
    """

    weights: Mapping[str, Array] = field(repr=False)
    kinds: tuple[str, ...]
    held: frozenset[int] = field(repr=False)
    tokens_of: Callable[[str], Sequence[int]] = field(repr=False)
    rows_of: Callable[[Array], Array] = field(repr=False)
    rest: Callable[[], None] = field(default=lambda: None, repr=False)

    def answer(self, texts: Sequence[str]) -> list[list[float]]:
        """Return what it says of each of *texts* and each question: above 0 is yes.

        It takes some 0.5 ms of a processor for a piece of a text.
        """
        tokens = [self.tokens_of(text) for text in texts]
        said = read_in_lots(tokens, len(self.weights["bias"]), self._read)
        self.rest()
        answers: list[list[float]] = said.tolist()
        return answers

    def _read(self, tokens: Array, mask: Array) -> Array:
        return attend(self.weights, self.rows_of(tokens), mask, PLAIN)


class Whole:
    """A table of weights kept as whole numbers, each column with its step: a quarter of the space.

    It is multiplied with from the left, and its rows are asked for, like those of an array.
    """

    __array_ufunc__ = None
    __slots__ = ("_numbers", "_step")

    def __init__(self, numbers: Array, step: Array) -> None:
        self._numbers, self._step = numbers, step

    @property
    def numbers(self) -> Array:
        """The whole numbers."""
        return self._numbers

    @property
    def step(self) -> Array:
        """What those of each column are to be multiplied with."""
        return self._step

    def __getitem__(self, rows: slice) -> Array:
        """Return those *rows*."""
        return self._numbers[rows].astype(np.float32) * self._step

    def __rmatmul__(self, values: Array) -> Array:
        """Return *values*, of any number of dimensions, times this table."""
        flat = values.reshape(-1, values.shape[-1])
        found = flat @ self._numbers.astype(np.float32)
        found *= self._step
        return found.reshape(*values.shape[:-1], -1)


def kept_small(small: Mapping[str, Array]) -> dict[str, Any]:
    """Return the weights that were :func:`~bot.triage.convolutions.packed`, and stay small."""
    return {
        name: Whole(values, small[f"{name}.step"]) if f"{name}.step" in small else values
        for name, values in small.items()
        if not name.endswith(".step")
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A *network* for one language, beside that for both: for texts in letters, or all others.

    ``share`` is how much of what is said of these is said by it, from 0 to 1.
    """

    network: OneLanguage
    is_for_letters: bool
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The network for *both* languages, and with it those for one."""

    both: "Network"
    beside: Sequence[Beside]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The categories they are asked about, which are the same."""
        return self.both.kinds

    @property
    def held(self) -> frozenset[int]:
        """The marks of the texts that none of them has learned from."""
        return self.both.held.intersection(*(each.network.held for each in self.beside))

    def answer(self, texts: Sequence[str]) -> list[list[float]]:
        """Return what they say of each of *texts* and each question: above 0 is yes."""
        answers = [list(said) for said in self.both.answer(texts)]
        for each in self.beside:
            meant = [
                at for at, text in enumerate(texts) if is_in_letters(text) is each.is_for_letters
            ]
            if not meant:
                continue
            for at, said in zip(
                meant, each.network.answer([texts[at] for at in meant]), strict=True
            ):
                pairs = zip(answers[at], said, strict=True)
                answers[at] = [one + each.share * (other - one) for one, other in pairs]
        return answers

    def telling(self, text: str, question: int = RISK) -> tuple[str, ...]:
        """Return the words of *text* without which *question* is less of a yes, the most first."""
        return self.both.telling(text, question)
