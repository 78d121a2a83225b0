"""Teaching the network of the close reading. Needs autograd, which running does not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.assessing.descent import Descent, Weights
from bot.assessing.labelled import Labelled
from bot.assessing.learning import library
from bot.domain.level import Level
from bot.triage.lots import filled
from bot.triage.network import BRANCH_SIZE, READ_SIZE, TOKEN_SIZE, forward
from bot.triage.tools import (
    Array,
    Tools,
    evened,
    gated,
    positive,
    shared,
    unevened,
    ungated,
    unshared,
    unwound,
    windows,
)
from bot.triage.transformer import SIZE, attend, layers_of

SEED = 20
_TOGETHER = 32
_OF_LIKE_LENGTH = 20
"""Of how many lots the texts are sorted by length, so that little of a lot is filling."""

_OF_THE_FEW = 3.0
"""How much more a small worry counts where it is asked whether anything is told: it is rare."""

_FIRST_SAID = 0.02
"""How far from nothing the answers are that know nothing yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schooling:
    """How long and how boldly it learns, and what it must do without meanwhile.

    ``forgotten`` is which share of what it makes of a text is left out, ``unread`` which share of
    the tokens it does not get to see: so it trusts in no single word. ``aside`` is how much the
    questions beside "is it a risk" count.
    """

    rounds: int = 4
    rate: float = 6e-4
    decay: float = 0.01
    forgotten: float = 0.2
    unread: float = 0.1
    aside: float = 0.3
    worry: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    """A text as the network learns from it: its tokens, and what is true of it.

    ``counts`` is how much each answer matters: of a harmless text nobody asks which kind it is.
    """

    tokens: Array
    answers: Array
    counts: Array


Blots = Callable[[Array, float, np.random.Generator], list[Array]]
"""Says what is blotted out of texts with such a mask, if it is that share of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A network that can be taught: how it reads, and what may be blotted out meanwhile."""

    read: Callable[[Mapping[str, Array], Array, Array, Tools], Array]
    blots: Blots


def pupils_of(
    texts: Sequence[Labelled],
    kinds: Sequence[str],
    tokens_of: Callable[[str], Sequence[int]],
    schooling: Schooling,
) -> list[Pupil]:
    """Return *texts* as they are learned from: risk, pressing, worry, and *kinds* are asked."""
    pupils = []
    for text in texts:
        truths = [
            text.is_risk,
            text.level is Level.EMERGENCY,
            text.level <= Level.ROUTINE,
            *(k in text.categories for k in kinds),
        ]
        aside = schooling.aside if text.is_risk else 0.0
        worry = schooling.worry * (_OF_THE_FEW if text.level is Level.ROUTINE else 1.0)
        kind = schooling.aside if text.level <= Level.ROUTINE else 0.0
        pupils.append(
            Pupil(
                tokens=np.array(tokens_of(text.text), np.int64),
                answers=np.array(truths, np.float32),
                counts=np.array([1.0, aside, worry] + [kind] * len(kinds), np.float32),
            )
        )
    return pupils


def school(
    pupils: Sequence[Pupil],
    weights: Mapping[str, Array],
    rows_of: Callable[[Array], Array],
    schooling: Schooling,
    *,
    subject: Subject | None = None,
    seed: int = SEED,
    tell: Callable[[float, float], None] = lambda _, __: None,
) -> Weights:
    """Return *weights* after *pupils* were read again and again. The same seed gives the same.

    *rows_of* returns what is known of tokens; *subject* is WHOLE if none is given. *tell* hears
    again and again which share of the work is done, and how wrong the network was last.

    Raises:
        ConfigError: autograd is not installed.

    """
    differentiate, tools = library("autograd").value_and_grad, _tools()
    chance = np.random.default_rng(seed)
    learned = {name: np.array(value, np.float32) for name, value in weights.items()}
    taught = subject or WHOLE
    rise = differentiate(lambda known, lot, keep: _error(known, lot, keep, tools, taught))
    steps = -(-len(pupils) // _TOGETHER) * schooling.rounds
    descent = Descent(learned, rate=schooling.rate, decay=schooling.decay, steps=steps)
    for _ in range(schooling.rounds):
        for lot in _lots(pupils, chance):
            tokens, whole = filled([pupil.tokens for pupil in lot])
            mask = _blot(whole, schooling.unread, chance)
            ready = (rows_of(tokens), mask, lot)
            error, slopes = rise(learned, ready, taught.blots(mask, schooling.forgotten, chance))
            tell(descent.step(learned, slopes), float(error))
    return learned


def fresh(weights: Mapping[str, Array], questions: int, *, seed: int = SEED) -> Weights:
    """Return *weights* that know language, with answers to *questions* that know nothing yet."""
    chance = np.random.default_rng(seed)
    says = chance.normal(0.0, TOKEN_SIZE**-0.5, (TOKEN_SIZE, questions))
    return {
        **weights,
        "says": says.astype(np.float32),
        "shouts": np.zeros((READ_SIZE, questions), np.float32),
        "bias": np.zeros(questions, np.float32),
    }


def fresh_one_language(
    weights: Mapping[str, Array], questions: int, *, seed: int = SEED
) -> Weights:
    """Return the same for *weights* that know one language."""
    says = np.random.default_rng(seed).normal(0.0, _FIRST_SAID, (2 * SIZE, questions))
    return {**weights, "says": says.astype(np.float32), "bias": np.zeros(questions, np.float32)}


def _tools() -> Tools:
    """Return what the network is computed with so that one knows which weight did what.

    What autograd would take to pieces and trace bit by bit, with a new array for each, is traced
    whole.
    """
    extend = library("autograd.extend")
    beside, even, above, bent = map(extend.primitive, (windows, evened, positive, np.tanh))
    extend.defvjp(
        beside,
        lambda _, __, width, before: lambda slope: unwound(slope, width, before),
        argnums=(0,),
    )
    extend.defvjp_argnums(even, _back_from_even)
    extend.defvjp(above, lambda found, _: lambda slope: slope * (found > 0))
    extend.defvjp(bent, lambda found, _: lambda slope: slope * (1.0 - found * found))
    share, gate = map(extend.primitive, (shared, gated))
    extend.defvjp(share, lambda found, _: lambda slope: unshared(slope, found))
    extend.defvjp(gate, lambda _, values: lambda slope: ungated(slope, values))
    return Tools(
        np=library("autograd.numpy"),
        windows=beside,
        evened=even,
        positive=above,
        bent=bent,
        shared=share,
        gated=gate,
    )


def _back_from_even(
    which: Sequence[int], _: Array, given: Sequence[Array], __: object
) -> Callable[[Array], tuple[Array, ...]]:
    """Return what says how each of *given* counts of which autograd asks, as it wants it.

    The slope of a maximum comes from autograd in doubles. It is brought back to what the values
    are, or all that stands before would be computed in doubles too, at more than twice the time.
    """
    values, gain, _shift = given

    def back(slope: Array) -> tuple[Array, ...]:
        all_three = unevened(slope.astype(values.dtype), values, gain)
        return tuple(all_three[at] for at in which)

    return back


def _error(
    weights: Weights, lot: Array, keep: Sequence[Array], tools: Tools, subject: Subject
) -> Array:
    rows, mask, pupils = lot
    said = subject.read(weights, rows, mask, replace(tools, keep=keep))
    answers = np.stack([pupil.answers for pupil in pupils])
    counts = np.stack([pupil.counts for pupil in pupils])
    wrong = tools.np.logaddexp(0.0, said) - answers * said
    return (wrong * counts).sum() / len(pupils)


def _lots(pupils: Sequence[Pupil], chance: np.random.Generator) -> Iterator[list[Pupil]]:
    """Yield all *pupils* in lots of like length, in an order of chance."""
    order = chance.permutation(len(pupils))
    pool = _TOGETHER * _OF_LIKE_LENGTH
    lots = []
    for start in range(0, len(order), pool):
        alike = sorted(order[start : start + pool], key=lambda at: len(pupils[at].tokens))
        lots += [alike[at : at + _TOGETHER] for at in range(0, len(alike), _TOGETHER)]
    for at in chance.permutation(len(lots)):
        yield [pupils[number] for number in lots[at]]


def _blot(mask: Array, share: float, chance: np.random.Generator) -> Array:
    """Return *mask* without a *share* of the tokens; the first is always there."""
    seen = chance.random(mask.shape) >= share
    seen[:, 0] = True
    return mask * seen


def _of_the_whole(mask: Array, share: float, chance: np.random.Generator) -> list[Array]:
    texts, tokens = mask.shape
    shapes = (texts, tokens, BRANCH_SIZE), (texts, TOKEN_SIZE), (texts, READ_SIZE)
    return _kept(shapes, share, chance)


def _kept(
    shapes: Sequence[tuple[int, ...]], share: float, chance: np.random.Generator
) -> list[Array]:
    return [
        (chance.random(shape, np.float32) >= share).astype(np.float32) / np.float32(1 - share)
        for shape in shapes
    ]


WHOLE = Subject(read=forward, blots=_of_the_whole)
"""The network for both languages."""


def for_one_language(weights: Mapping[str, Array]) -> Subject:
    """Return a network for one language, which has as many layers as *weights*."""
    layers = layers_of(weights)

    def blots(mask: Array, share: float, chance: np.random.Generator) -> list[Array]:
        texts, tokens = mask.shape
        return _kept([(texts, tokens, SIZE)] * (2 * layers) + [(texts, 2 * SIZE)], share, chance)

    return Subject(read=attend, blots=blots)
