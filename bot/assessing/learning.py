"""Learning the second opinion from labelled texts. Needs scikit-learn, which running does not."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from math import log, sqrt
from typing import Any

from bot.assessing.labelled import Labelled
from bot.domain.errors import ConfigError
from bot.domain.level import Level
from bot.triage.concepts import Concepts
from bot.triage.grams import grams
from bot.triage.opinion import LITTLE, PRESSING, RISK, WORRY, Head
from bot.triage.plain import make_plain

LEAST_TEXTS = 2
"""A piece that stands in fewer texts is not learned: one alone says little, and may be told."""

SEED = 20
_MOST_OF_A_KIND = 800
_MOST_PRESSING = 5000
"""Of what decides little only the strongest is kept, so that the file stays small."""

_BOTH = 2
_SURE = 9.0
"""The score where all texts say the same: there was nothing to learn."""


INSTALLING = "pip install scikit-learn autograd pypinyin safetensors"
"""By their own names: on the public index, that of Lantern's package is another program's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How freely weights may grow, how many pieces are kept, and what false alarms are allowed.

    ``ordinary`` and ``twins`` are the shares of harmless texts, and of harmless texts that look
    like a risk, that may be taken for one; ``hasty`` is by how much fewer may be pressing.
    ``worries`` is which further share of either may be taken for a small worry.
    ``letters`` and ``worries_in_letters`` are the shares of twins and of worries in letters where
    they are others, for the close reading.
    """

    freedom: float = 10.0
    pieces: int = 25_000
    ordinary: float = 0.03
    twins: float = 0.20
    hasty: float = 0.9
    worries: float = 0.03
    letters: float | None = None
    worries_in_letters: float = 0.06

    @property
    def in_letters(self) -> "Effort":
        """The same for texts without Chinese characters."""
        twins = self.twins if self.letters is None else self.letters
        return replace(self, twins=twins, worries=self.worries_in_letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A text as it is learned from: its pieces, and what it counts as."""

    pieces: frozenset[str]
    labelled: Labelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What was learned: the heads, and how rare each piece is."""

    heads: Mapping[str, Head]
    rarities: Mapping[str, float]


def lessons_of(texts: Iterable[Labelled], concepts: Concepts) -> list[Lesson]:
    """Return *texts* as they are learned from, each alone: so it is read, too."""
    return [
        Lesson(pieces=frozenset(grams(make_plain(labelled.text).text, concepts)), labelled=labelled)
        for labelled in texts
    ]


def learn(lessons: Sequence[Lesson], effort: Effort, since: float) -> Learned:
    """Return what was learned: a head for risk, for pressing, for a small worry, and a category.

    *since* is from which score on a text counts as a risk. The same texts give the same heads.

    Raises:
        ConfigError: scikit-learn is not installed.

    """
    rarities = _telling(lessons, effort)
    heads = {RISK: _fit(lessons, rarities, _is_risk, effort, since=since)}
    risky = [lesson for lesson in lessons if lesson.labelled.is_risk]
    heads[PRESSING] = _fit(risky, rarities, _is_pressing, effort, most=_MOST_PRESSING)
    others = [lesson for lesson in lessons if not lesson.labelled.is_risk]
    heads[WORRY] = _fit(others, rarities, _is_worry, effort, most=_MOST_PRESSING)
    for kind in sorted({kind for lesson in risky for kind in lesson.labelled.categories}):
        heads[kind] = _fit(risky, rarities, _has(kind), effort, most=_MOST_OF_A_KIND)
    return Learned(heads=heads, rarities=rarities)


def _has(kind: str) -> Callable[[Labelled], bool]:
    return lambda labelled: kind in labelled.categories


def _is_risk(labelled: Labelled) -> bool:
    return labelled.is_risk


def _is_pressing(labelled: Labelled) -> bool:
    return labelled.level is Level.EMERGENCY


def _is_worry(labelled: Labelled) -> bool:
    return labelled.level is Level.ROUTINE


def cross_score(
    lessons: Sequence[Lesson],
    effort: Effort,
    *,
    folds: int = 5,
    tell: Callable[[float], None] = lambda _: None,
) -> list[float]:
    """Return for each of *lessons* its risk score by what was learned without it and its twin.

    *tell* hears again and again which share of the work is done.
    """
    labelled = [lesson.labelled for lesson in lessons]
    groups = [min(each.id, each.twin or "~") for each in labelled]
    order = {group: number for number, group in enumerate(sorted(set(groups)))}
    scores = [0.0] * len(lessons)
    for fold in range(folds):
        held = [number for number, group in enumerate(groups) if order[group] % folds == fold]
        out = set(held)
        rest = [lesson for number, lesson in enumerate(lessons) if number not in out]
        rarities = _telling(rest, effort)
        head = _fit(rest, rarities, _is_risk, effort)
        for number in held:
            scores[number] = _score(lessons[number].pieces, head, rarities)
        tell((fold + 1) / folds)
    return scores


def threshold(
    texts: Iterable[Labelled],
    scores: Iterable[float | None],
    effort: Effort,
    *,
    share: float = 1.0,
) -> float:
    """Return from which score on at most *share* of the false alarms of *effort* are made.

    A text whose score is None is taken for a risk whatever its score, and counts as well.
    """
    ordinary, twins = list[float | None](), list[float | None]()
    for labelled, score in zip(texts, scores, strict=True):
        if labelled.level is Level.NONE:
            (twins if labelled.twin else ordinary).append(score)
    return max(
        _above_all_but(effort.ordinary * share, ordinary),
        _above_all_but(effort.twins * share, twins),
    )


def _above_all_but(allowed: float, scores: Sequence[float | None]) -> float:
    highest = sorted((score for score in scores if score is not None), reverse=True)
    if not highest:
        return float("-inf")
    left = max(0, int(len(scores) * allowed) - (len(scores) - len(highest)))
    return highest[min(left, len(highest) - 1)] + 1e-6


def _score(pieces: Iterable[str], head: Head, rarities: Mapping[str, float]) -> float:
    known = [piece for piece in pieces if piece in rarities]
    size = sqrt(LITTLE + sum(rarities[piece] ** 2 for piece in known))
    return head.bias + sum(head.weights.get(piece, 0.0) for piece in known) / size


def _telling(lessons: Sequence[Lesson], effort: Effort) -> dict[str, float]:
    """Return how rare each piece is; of all, only those that tell most of a risk."""
    counts = Counter(piece for lesson in lessons for piece in lesson.pieces)
    rarities = {
        piece: round(log((1 + len(lessons)) / (1 + count)) + 1, 2)
        for piece, count in sorted(counts.items())
        if count >= LEAST_TEXTS
    }
    weights = _fit(lessons, rarities, _is_risk, effort).weights
    strongest = sorted(weights, key=lambda piece: (-abs(weights[piece] / rarities[piece]), piece))
    return {piece: rarities[piece] for piece in sorted(strongest[: effort.pieces])}


def _fit(
    lessons: Sequence[Lesson],
    rarities: Mapping[str, float],
    is_so: Callable[[Labelled], bool],
    effort: Effort,
    *,
    since: float = 0.0,
    most: int | None = None,
) -> Head:
    answers = [is_so(lesson.labelled) for lesson in lessons]
    if len(set(answers)) < _BOTH:
        return Head(bias=_SURE if all(answers) else -_SURE, since=since, weights={})
    model = library("sklearn.linear_model").LogisticRegression(
        C=effort.freedom, max_iter=1000, class_weight="balanced", random_state=SEED
    )
    model.fit(_matrix(lessons, rarities), answers)
    weights = {
        piece: round(float(weight) * rarities[piece], 2)
        for piece, weight in zip(rarities, model.coef_[0], strict=True)
    }
    strongest = sorted(weights, key=lambda piece: (-abs(weights[piece]), piece))[:most]
    kept = {piece: weights[piece] for piece in strongest if weights[piece]}
    return Head(bias=round(float(model.intercept_[0]), 4), since=since, weights=kept)


def _matrix(lessons: Sequence[Lesson], rarities: Mapping[str, float]) -> Any:  # noqa: ANN401 - scipy's
    numbers = {piece: number for number, piece in enumerate(rarities)}
    values, columns, starts = list[float](), list[int](), [0]
    for lesson in lessons:
        known = sorted(piece for piece in lesson.pieces if piece in numbers)
        size = sqrt(LITTLE + sum(rarities[piece] ** 2 for piece in known))
        columns += [numbers[piece] for piece in known]
        values += [rarities[piece] / size for piece in known]
        starts.append(len(columns))
    sparse = library("scipy.sparse")
    return sparse.csr_matrix((values, columns, starts), shape=(len(lessons), len(numbers)))


def library(name: str) -> Any:  # noqa: ANN401 - it is not there when Lantern runs
    """Return the module *name* of a library that only learning needs.

    Raises:
        ConfigError: it is not installed.

    """
    try:
        return import_module(name)
    except ImportError:
        text = "learning needs libraries that running does not; run: "
        raise ConfigError([text + INSTALLING]) from None


def check_libraries() -> None:
    """Make sure, before hours of learning, that what most of it needs is installed.

    Raises:
        ConfigError: it is not.

    """
    for name in ("sklearn", "scipy.sparse", "autograd", "pypinyin"):
        library(name)
