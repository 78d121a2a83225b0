"""Learning the second opinion from labelled texts. Needs scikit-learn, which running does not."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from bot.assessing.labelled import Labelled
from bot.domain.errors import ConfigError
from bot.domain.level import Level
from bot.triage.grams import grams
from bot.triage.opinion import PRESSING, RISK, Head
from bot.triage.plain import make_plain

LEAST_TEXTS = 3
"""A piece that stands in fewer texts is not learned: one alone says little, and may be told."""

SEED = 20
_TINY = 0.02
_TINY_OF_A_KIND = 0.1
"""Weights that decide nothing are left out, so that the file stays small."""

_BOTH = 2
_SURE = 9.0
"""The score where all texts say the same: there was nothing to learn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A text as it is learned from, and what it counts as."""

    text: str
    labelled: Labelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How freely weights may grow, and what share of harmless texts may be taken for a risk.

    ``false_alarms`` is for those a person reads in their time, ``false_urgent`` for the pressing.
    """

    freedom: float = 0.3
    false_alarms: float = 0.01
    false_urgent: float = 0.01


def lessons_of(texts: Iterable[Labelled]) -> list[Lesson]:
    """Return *texts* as they are learned from: with what was said before, where there is some."""
    return [
        Lesson(text=" ".join((*labelled.history, labelled.text)), labelled=labelled)
        for labelled in texts
    ]


def learn(texts: Sequence[Labelled], effort: Effort, since: float) -> dict[str, Head]:
    """Return what was learned from *texts*: a head for risk, one for pressing, one a category.

    *since* is from which score on a text counts as a risk. The same texts give the same heads.

    Raises:
        ConfigError: scikit-learn is not installed.

    """
    lessons = lessons_of(texts)
    known = _known(lessons)
    heads = {RISK: _fit(lessons, known, _is_risk, effort, since=since)}
    risky = [lesson for lesson in lessons if lesson.labelled.is_risk]
    heads[PRESSING] = _fit(risky, known, _is_pressing, effort, since=0.0, least=_TINY_OF_A_KIND)
    for kind in sorted({kind for lesson in risky for kind in lesson.labelled.categories}):
        is_kind = _has(kind)
        heads[kind] = _fit(risky, known, is_kind, effort, since=0.0, least=_TINY_OF_A_KIND)
    return heads


def _has(kind: str) -> Callable[[Labelled], bool]:
    return lambda labelled: kind in labelled.categories


def _is_risk(labelled: Labelled) -> bool:
    return labelled.is_risk


def _is_pressing(labelled: Labelled) -> bool:
    return labelled.level is Level.EMERGENCY


def cross_score(texts: Sequence[Labelled], effort: Effort, *, folds: int = 5) -> list[float]:
    """Return for each of *texts* its risk score by what was learned without it and its twin."""
    lessons = lessons_of(texts)
    groups = [min(lesson.labelled.id, lesson.labelled.twin or "~") for lesson in lessons]
    order = {group: number for number, group in enumerate(sorted(set(groups)))}
    scores = [0.0] * len(lessons)
    for fold in range(folds):
        held = [number for number, group in enumerate(groups) if order[group] % folds == fold]
        out = set(held)
        rest = [lesson for number, lesson in enumerate(lessons) if number not in out]
        head = _fit(rest, _known(rest), _is_risk, effort, since=0.0)
        for number in held:
            scores[number] = head.score(_pieces(lessons[number]))
    return scores


def threshold(texts: Sequence[Labelled], scores: Sequence[float], allowed: float) -> float:
    """Return from which score on at most *allowed* of the harmless ones are taken for risks."""
    pairs = zip(texts, scores, strict=True)
    harmless = sorted((score for text, score in pairs if not text.is_risk), reverse=True)
    return harmless[min(int(len(harmless) * allowed), len(harmless) - 1)] + 1e-6


def _known(lessons: Iterable[Lesson]) -> dict[str, int]:
    counts = Counter(piece for lesson in lessons for piece in _pieces(lesson))
    often = sorted(piece for piece, count in counts.items() if count >= LEAST_TEXTS)
    return {piece: number for number, piece in enumerate(often)}


def _pieces(lesson: Lesson) -> set[str]:
    return grams(make_plain(lesson.text).text)


def _fit(
    lessons: Sequence[Lesson],
    known: dict[str, int],
    is_so: Callable[[Labelled], bool],
    effort: Effort,
    *,
    since: float,
    least: float = _TINY,
) -> Head:
    answers = [is_so(lesson.labelled) for lesson in lessons]
    if len(set(answers)) < _BOTH:
        return Head(bias=_SURE if all(answers) else -_SURE, since=since, weights={})
    model = _library("sklearn.linear_model").LogisticRegression(
        C=effort.freedom, max_iter=1000, class_weight="balanced", random_state=SEED
    )
    model.fit(_matrix(lessons, known), answers)
    weights = {
        piece: round(float(weight), 3)
        for piece, weight in zip(known, model.coef_[0], strict=True)
        if abs(weight) >= least
    }
    return Head(bias=round(float(model.intercept_[0]), 4), since=since, weights=weights)


def _matrix(lessons: Sequence[Lesson], known: dict[str, int]) -> Any:  # noqa: ANN401 - scipy's
    values, columns, starts = [], [], [0]
    for lesson in lessons:
        numbers = sorted(known[piece] for piece in _pieces(lesson) if piece in known)
        columns += numbers
        values += [1.0] * len(numbers)
        starts.append(len(columns))
    sparse = _library("scipy.sparse")
    return sparse.csr_matrix((values, columns, starts), shape=(len(lessons), len(known)))


def _library(name: str) -> Any:  # noqa: ANN401 - it is not there when Lantern runs
    try:
        return import_module(name)
    except ImportError:
        text = 'learning needs scikit-learn; run: pip install "lantern-chat[train]"'
        raise ConfigError([text]) from None
