"""A second opinion beside the rules, learned from texts that people wrote and marked.

It may only raise: what the rules saw stays as it is. Why it raised is told by the pieces of the
text that spoke most for it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp

from bot.domain.errors import Finding, FlowError
from bot.domain.level import Level
from bot.triage.grams import grams
from bot.triage.plain import make_plain

FILE = "flows/triage/opinion.tsv"
RISK = "risk"
PRESSING = "pressing"
_BIAS = "@bias"
_FROM = "@from"
_SURE = "@sure"
IN_DOUBT = "distress"
"""The category where it is not sure enough to name one, which would weigh on the level."""

_NO_PIECES = frozenset({_BIAS, _FROM, _SURE})
_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A piece of a text, and how much it spoke for a risk; negative: against it."""

    piece: str = field(repr=False)
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the second opinion holds of a text; ``level`` is routine where it is in doubt.

    ``likelihood`` is how likely it thinks a risk, from 0 to 1. ``category`` is what it would be.
    """

    level: Level
    likelihood: float
    category: str
    reasons: tuple[Reason, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One question that is weighed: where it starts, what each piece adds, and from where yes."""

    bias: float
    since: float
    weights: Mapping[str, float] = field(repr=False)

    def score(self, pieces: set[str]) -> float:
        """Return how much *pieces* speak for yes."""
        weights = self.weights
        return self.bias + sum([weights[piece] for piece in pieces if piece in weights])


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What was learned; ``version`` changes with it. ``kinds`` are the categories.

    From ``risk.since`` on a person should read a text in their time; from ``sure`` on, soon.
    """

    version: str
    risk: Head
    sure: float
    pressing: Head
    kinds: Mapping[str, Head]

    def is_risk(self, text: str) -> bool:
        """Whether *text*, as it was written, reads like a risk."""
        return self.risk.score(grams(make_plain(text).text)) >= self.risk.since

    def judge(self, text: str) -> Judgement:
        """Return what it holds of *text*, and why."""
        pieces = grams(make_plain(text).text)
        score = self.risk.score(pieces)
        is_risk = score >= self.risk.since
        is_sure = score >= max(self.sure, self.risk.since)
        is_pressing = is_sure and self.pressing.score(pieces) >= self.pressing.since
        level = Level.ROUTINE if is_risk else Level.NONE
        if is_sure:
            level = Level.EMERGENCY if is_pressing else Level.URGENT
        kind = max(self.kinds, key=lambda name: self.kinds[name].score(pieces), default="")
        return Judgement(
            level=level,
            likelihood=1 / (1 + exp(-score)),
            category=kind if is_sure else IN_DOUBT if is_risk else "",
            reasons=_reasons(self.risk, pieces),
        )


def _reasons(head: Head, pieces: set[str]) -> tuple[Reason, ...]:
    known = [piece for piece in pieces if piece in head.weights]
    strongest = sorted(known, key=lambda piece: (-abs(head.weights[piece]), piece))
    return tuple(
        Reason(piece=piece.strip("_^$").replace("_", " "), weight=head.weights[piece])
        for piece in strongest[:_MOST_SHOWN]
    )


def read_opinion(text: str, *, file: str = FILE) -> Opinion:
    """Return the opinion that *text*, the contents of *file*, holds.

    Raises:
        FlowError: a line is not as ``lantern triage train`` writes it.

    """
    heads: dict[str, dict[str, float]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        try:
            piece, *weights = line.split("\t")
            for weight in weights:
                head, _, value = weight.partition("=")
                heads.setdefault(head, {})[piece] = float(value)
        except ValueError:
            raise FlowError([_damaged(file, number)]) from None
    if RISK not in heads or PRESSING not in heads:
        raise FlowError([_damaged(file, 1)])
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    made = {name: _head(weights) for name, weights in heads.items()}
    kinds = {name: head for name, head in made.items() if name not in {RISK, PRESSING}}
    sure = heads[RISK].get(_SURE, 0.0)
    return Opinion(
        version=version, risk=made[RISK], sure=sure, pressing=made[PRESSING], kinds=kinds
    )


def _head(weights: Mapping[str, float]) -> Head:
    pieces = {piece: weight for piece, weight in weights.items() if piece not in _NO_PIECES}
    return Head(bias=weights.get(_BIAS, 0.0), since=weights.get(_FROM, 0.0), weights=pieces)


def write_opinion(heads: Mapping[str, Head], about: Sequence[str], *, sure: float = 0.0) -> str:
    """Return *heads* as the text of a file, with *about* in front; the same for the same heads."""
    lines = [f"# {line}" for line in about]
    lines.append("\t".join([_BIAS, *(f"{name}={head.bias:.4f}" for name, head in heads.items())]))
    lines.append("\t".join([_FROM, *(f"{name}={head.since:.4f}" for name, head in heads.items())]))
    lines.append(f"{_SURE}\t{RISK}={sure:.4f}")
    for piece in sorted({piece for head in heads.values() for piece in head.weights}):
        weights = [
            f"{name}={head.weights[piece]:.3f}"
            for name, head in heads.items()
            if piece in head.weights
        ]
        lines.append("\t".join([piece, *weights]))
    return "\n".join(lines) + "\n"


def _damaged(file: str, line: int) -> Finding:
    text = "this is not a line that lantern triage train wrote"
    return Finding(file=file, line=line, code="T901", text=text)
