"""Weighing what was read quickly with what was read closely, so that false alarms stay few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.assessing.labelled import Labelled
from bot.assessing.learning import Effort, library, threshold
from bot.domain.errors import ConfigError
from bot.domain.level import Level
from bot.triage.close import Mix, is_in_letters

_ALL_BUT = 0.01
"""The share of what is found by reading closely that is given up to read fewer texts so."""

_EMERGENCIES = 0.68
"""The share of emergencies that are to be known as such."""

_ENOUGH = 200
"""From fewer harmless texts nobody can tell how often they are taken for a risk."""

_RIGHT = 0.9
"""The share of the categories named that are to be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A text that was not learned from, and what was made of it.

    ``firm`` is what rules saw that are not weak, ``kind`` how much spoke for the likeliest
    category, and ``is_kind`` whether that is one of its own.
    """

    labelled: Labelled
    quick: float
    close: float
    pressing: float
    has_clue: bool
    firm: Level
    kind: float = 0.0
    is_kind: bool = False

    @property
    def is_firm(self) -> bool:
        """Whether a firm rule calls somebody soon."""
        return self.firm <= Level.URGENT


def settle(samples: Sequence[Sample], effort: Effort) -> Mix:
    """Return how both are weighed best, and from where on it is said, as *effort* allows.

    What firm rules take for a risk counts among the false alarms that are allowed.

    Raises:
        ConfigError: *samples* are all alike, so that there is nothing to weigh.

    """
    open_ = [sample for sample in samples if not sample.is_firm]
    if len({s.labelled.is_risk for s in open_}) < len((True, False)):
        text = "too few labelled texts: of those held back, some must be a risk, and some none"
        raise ConfigError([text])
    known = np.array([[s.quick, s.close, float(s.has_clue)] for s in open_])
    model = library("sklearn.linear_model").LogisticRegression(C=10.0, class_weight="balanced")
    model.fit(known, [s.labelled.is_risk for s in open_])
    scores = dict(zip(map(id, open_), model.decision_function(known).tolist(), strict=True))
    letters = _for_letters(samples, scores, effort)
    for sample in open_:
        scores[id(sample)] += letters if is_in_letters(sample.labelled.text) else 0.0
    texts, judged = [s.labelled for s in samples], [scores.get(id(s)) for s in samples]
    quick, close, clue = model.coef_[0].tolist()
    pressing = [s.pressing for s in samples if s.labelled.level is Level.EMERGENCY]
    since = threshold(texts, judged, effort)
    found = [s.quick for s in open_ if s.labelled.is_risk and scores[id(s)] >= since]
    return Mix(
        doubt=_below(found, _ALL_BUT),
        bias=float(model.intercept_[0]),
        quick=quick,
        close=close,
        clue=clue,
        since=since,
        sure=threshold(texts, judged, effort, share=effort.hasty),
        pressing_since=_below(pressing, 1 - _EMERGENCIES),
        kind_since=_sure_of_kind(samples),
        letters=letters,
    )


def _for_letters(samples: Sequence[Sample], scores: Mapping[int, float], effort: Effort) -> float:
    """Return what texts in letters must be given, to be as often taken for a risk as others.

    Harmless ones are meant, of the share that *effort* allows; if there are few, that is nothing.
    """
    lines = []
    for kind in (False, True):
        alike = [sample for sample in samples if is_in_letters(sample.labelled.text) is kind]
        if sum(not sample.labelled.is_risk for sample in alike) < _ENOUGH:
            return 0.0
        judged = [scores.get(id(sample)) for sample in alike]
        lines.append(threshold([s.labelled for s in alike], judged, effort, share=effort.hasty))
    in_characters, in_letters = lines
    return in_characters - in_letters


def _sure_of_kind(samples: Sequence[Sample]) -> float:
    """Return from where on the likeliest category of a risk is right often enough."""
    kinds = sorted(((s.kind, s.is_kind) for s in samples if s.labelled.is_risk), reverse=True)
    since, right = 0.0, 0
    for count, (kind, is_kind) in enumerate(kinds, 1):
        right += is_kind
        since = kind if right >= _RIGHT * count else since
    return since


def _below(scores: Sequence[float], share: float) -> float:
    """Return below which score a *share* of *scores* is; where there is none, an even chance."""
    return float(np.quantile(scores, share)) if scores else 0.0
