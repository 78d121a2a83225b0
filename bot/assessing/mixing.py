"""Weighing what was read quickly with what was read closely, so that false alarms stay few."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np

from bot.assessing.labelled import Labelled
from bot.assessing.learning import Effort, library, threshold
from bot.domain.errors import ConfigError
from bot.domain.level import Level
from bot.triage.close import Mix, is_in_letters

_ALL_BUT = 0.02
"""The share of what is found by reading closely that is given up to read fewer texts so."""

_ALL_BUT_WORRIES = 0.05
"""The same of small worries, of which there are few among all texts."""

_EMERGENCIES = 0.8
"""The share of emergencies that are to be known as such."""

_ENOUGH = 200
"""From fewer harmless texts nobody can tell how often they are taken for a risk."""

_RIGHT = 0.93
"""The share of the categories named that are to be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A text that was not learned from, and what was made of it.

    ``worry`` is how much spoke for a small worry when it was read closely, ``quick_worry`` when
    quickly. ``firm`` is what rules saw that are not weak, ``kind`` how much spoke for the likeliest
    category, and ``is_kind`` whether that is one of its own.
    """

    labelled: Labelled
    quick: float
    close: float
    pressing: float
    worry: float
    quick_worry: float
    has_clue: bool
    firm: Level
    kind: float = 0.0
    is_kind: bool = False

    @property
    def is_firm(self) -> bool:
        """Whether a firm rule calls somebody soon."""
        return self.firm <= Level.URGENT


def settle(samples: Sequence[Sample], effort: Effort, judged: Sequence[Sample] = ()) -> Mix:
    """Return how both are weighed best, and from where on it is said, as *effort* allows.

    The false alarms that are allowed are counted on *judged*, if there are any, or else on
    *samples*. What firm rules take for a risk is among them.

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
    quick, close, clue = model.coef_[0].tolist()
    weighed = Mix(
        doubt=0.0,
        bias=float(model.intercept_[0]),
        quick=quick,
        close=close,
        clue=clue,
        sure=0.0,
        pressing_since=_below(
            [s.pressing for s in samples if s.labelled.level is Level.EMERGENCY], 1 - _EMERGENCIES
        ),
        kind_since=_sure_of_kind(samples),
    )
    counted = judged or samples
    evened = replace(weighed, letters=_for_letters(counted, weighed, effort))
    drawn = [s for s in counted if not (evened.letters and is_in_letters(s.labelled.text))]
    sure = _line(drawn, evened, effort, effort.hasty)
    found = [s.quick for s in open_ if s.labelled.is_risk and score_of(s, evened) >= sure]
    mix = replace(evened, sure=sure, doubt=_below(found, _ALL_BUT))
    return _with_worries(counted, mix, effort)


def _with_worries(samples: Sequence[Sample], mix: Mix, effort: Effort) -> Mix:
    """Return *mix* with the lines from where on a text tells of a small worry.

    What is taken for more than that is not counted among the false alarms that are allowed here.
    """
    left = [s for s in samples if not s.is_firm and score_of(s, mix) < mix.sure]
    lines = {
        in_letters: _line_of_worries(
            [s for s in left if is_in_letters(s.labelled.text) is in_letters], allowed.worries
        )
        for in_letters, allowed in ((False, effort), (True, effort.in_letters))
    }
    since = lines[False] if isfinite(lines[False]) else lines[True]
    letters = since - lines[True] if isfinite(lines[True]) else 0.0
    lined = replace(mix, worry_since=since, worry_letters=letters)
    told = [
        s.quick_worry
        for s in left
        if s.labelled.level is Level.ROUTINE and worry_of(s, lined) >= since
    ]
    return replace(lined, worry_doubt=_below(told, _ALL_BUT_WORRIES))


def _line_of_worries(samples: Sequence[Sample], share: float) -> float:
    """Return from which worry on *share* of the harmless *samples* are taken for a small one."""
    allowed = Effort(ordinary=share, twins=share)
    return threshold([s.labelled for s in samples], [s.worry for s in samples], allowed)


def worry_of(sample: Sample, mix: Mix) -> float:
    """Return how much speaks for a small worry in *sample*, as *mix* weighs it."""
    return mix.worry(sample.worry, is_in_letters=is_in_letters(sample.labelled.text))


def _for_letters(samples: Sequence[Sample], mix: Mix, effort: Effort) -> float:
    """Return what texts in letters must be given, to be as often taken for a risk as may be.

    Harmless ones are meant, of the share that *effort* allows; if there are few, that is nothing.
    """
    lines = []
    for kind, allowed in ((False, effort), (True, effort.in_letters)):
        alike = [sample for sample in samples if is_in_letters(sample.labelled.text) is kind]
        if sum(not sample.labelled.is_risk for sample in alike) < _ENOUGH:
            return 0.0
        lines.append(_line(alike, mix, allowed, allowed.hasty))
    in_characters, in_letters = lines
    return in_characters - in_letters


def _line(samples: Sequence[Sample], mix: Mix, effort: Effort, share: float) -> float:
    """Return from which score on a *share* of the false alarms of *effort* are made."""
    judged = [None if sample.is_firm else score_of(sample, mix) for sample in samples]
    return threshold([s.labelled for s in samples], judged, effort, share=share)


def score_of(sample: Sample, mix: Mix) -> float:
    """Return how much speaks for a risk in *sample*, as *mix* weighs it."""
    return mix.score(
        sample.quick,
        sample.close,
        has_clue=sample.has_clue,
        is_in_letters=is_in_letters(sample.labelled.text),
    )


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
