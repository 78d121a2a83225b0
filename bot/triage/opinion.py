"""A second opinion beside the rules, learned from texts that people wrote and marked.

It may only raise: what the rules saw stays as it is. Why it raised is told by the pieces of the
text that spoke most for it.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, inf, sqrt

from ahocorasick_rs import AhoCorasick

from bot.domain.errors import Finding, FlowError
from bot.domain.level import Level
from bot.triage.concepts import Concepts
from bot.triage.grams import MARK, meanings, runs_of, spread, spread_of
from bot.triage.plain import make_plain

FILE = "flows/triage/opinion.tsv"
RISK = "risk"
PRESSING = "pressing"
WORRY = "worry"
RARITY = "rarity"
BIAS = "@bias"
FROM = "@from"
SURE = "@sure"
IN_DOUBT = "distress"
"""The category where it is not sure enough to name one, which would weigh on the level."""

LITTLE = 1000.0
"""What every text says at least: so that of a word or two no more is made than they tell."""

_MOST_SHOWN = 5
_WORD_ENDS = "_"
"""What stands between words where their pieces are looked for."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The pieces that have a weight, each with its number, and how rare each is, squared.

    A rare piece counts for more in how much a text says altogether, by which all is divided:
    so a long text is no more of a risk than a short one.
    """

    names: tuple[str, ...] = field(repr=False)
    rarities: tuple[float, ...] = field(repr=False)
    written: AhoCorasick = field(repr=False)
    meant: Mapping[str, int] = field(repr=False)
    concepts: Concepts = field(repr=False)

    def find(self, text: str) -> set[int]:
        """Return the numbers of the pieces of *text*, as it was written."""
        runs = runs_of(make_plain(text).text)
        hits = self.written.find_matches_as_indexes(spread_of(runs), overlapping=True)
        found = {hit[0] for hit in hits}
        meant = self.meant
        found.update([meant[piece] for piece in meanings(runs, self.concepts) if piece in meant])
        return found

    def size(self, found: set[int]) -> float:
        """Return how much the pieces *found* say altogether; never 0."""
        rarities = self.rarities
        return sqrt(LITTLE + sum([rarities[number] for number in found]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weigher:
    """A head whose weights are found by the numbers of the pieces; nothing weighs 0."""

    bias: float
    since: float
    weights: tuple[float, ...] = field(repr=False)

    def score(self, found: set[int], size: float) -> float:
        """Return how much the pieces *found*, which say *size*, speak for yes."""
        weights = self.weights
        return self.bias + sum([weights[number] for number in found]) / size


@dataclass(frozen=True, slots=True, kw_only=True)
class Seldom:
    """The same of a head in which most pieces weigh nothing: these are left out."""

    bias: float
    since: float
    weights: Mapping[int, float] = field(repr=False)

    def score(self, found: set[int], size: float) -> float:
        """Return how much the pieces *found*, which say *size*, speak for yes."""
        weights = self.weights
        return self.bias + sum([weights[n] for n in found if n in weights]) / size


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What was learned; ``version`` changes with it. ``kinds`` are the categories.

    From ``risk.since`` on a person should read a text in their time; from ``sure`` on, soon.
    ``worry`` only says whether a text may tell of a small worry, so that it is read closely.
    """

    version: str
    pieces: Pieces
    risk: Weigher
    sure: float
    pressing: Weigher
    worry: Weigher | None
    kinds: Mapping[str, Seldom]

    def score(self, text: str) -> float:
        """Return how much *text*, as it was written, speaks for a risk."""
        found = self.pieces.find(text)
        return self.risk.score(found, self.pieces.size(found))

    def scores(self, text: str) -> tuple[float, float]:
        """Return how much *text*, as it was written, speaks for a risk, and for a small worry."""
        found = self.pieces.find(text)
        size = self.pieces.size(found)
        worry = self.worry.score(found, size) if self.worry else -inf
        return self.risk.score(found, size), worry

    def is_risk(self, text: str) -> bool:
        """Whether *text*, as it was written, reads like a risk."""
        return self.score(text) >= self.risk.since

    def judge(self, text: str) -> Judgement:
        """Return what it holds of *text*, and why."""
        found = self.pieces.find(text)
        size = self.pieces.size(found)
        score = self.risk.score(found, size)
        is_risk = score >= self.risk.since
        is_sure = score >= max(self.sure, self.risk.since)
        is_pressing = is_sure and self.pressing.score(found, size) >= self.pressing.since
        level = Level.ROUTINE if is_risk else Level.NONE
        if is_sure:
            level = Level.EMERGENCY if is_pressing else Level.URGENT
        kind = max(self.kinds, key=lambda name: self.kinds[name].score(found, size), default="")
        return Judgement(
            level=level,
            likelihood=1 / (1 + exp(-score)),
            category=kind if is_sure else IN_DOUBT if is_risk else "",
            reasons=tuple(self._reasons(found, size, spread(make_plain(text).text))),
        )

    def _reasons(self, found: set[int], size: float, spelt: str) -> Sequence[Reason]:
        weights, names = self.risk.weights, self.pieces.names
        strongest = sorted(found, key=lambda number: (-abs(weights[number]), names[number]))
        return [
            Reason(piece=_readable(names[number], spelt), weight=weights[number] / size)
            for number in strongest[:_MOST_SHOWN]
        ]


def _readable(piece: str, spelt: str) -> str:
    """Return *piece* as people read it: of a part of a word, the whole word of the text *spelt*."""
    if piece.startswith(MARK):
        return " … ".join(piece.removeprefix(MARK).split(MARK)).replace("_", " ")
    start = spelt.find(piece)
    if piece.isascii() and start >= 0:
        end = start + len(piece)
        first = spelt.rfind(_WORD_ENDS, 0, start + 1) if not piece.startswith(_WORD_ENDS) else start
        last = spelt.find(_WORD_ENDS, end - 1)
        piece = spelt[max(first, 0) : last if last >= 0 else end]
    return piece.strip("_^$").replace("_", " ")


Heads = dict[str, dict[str, float]]
"""What each piece adds to each question, as a file has it."""


def read_opinion(text: str, concepts: Concepts, *, file: str = FILE) -> Opinion:
    """Return the opinion that *text*, the contents of *file*, holds.

    Raises:
        FlowError: a line is not as ``lantern triage train`` writes it.

    """
    return make_opinion(read_heads(text, file=file), concepts, text)


def read_heads(text: str, *, file: str = FILE) -> Heads:
    """Return what *text*, the contents of *file*, says, as plain data.

    Raises:
        FlowError: a line is not as ``lantern triage train`` writes it.

    """
    heads: Heads = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("# "):
            continue
        try:
            piece, *weights = line.split("\t")
            for weight in weights:
                head, _, value = weight.partition("=")
                heads.setdefault(head, {})[piece] = float(value)
        except ValueError:
            raise FlowError([_damaged(file, number)]) from None
    if not {RISK, PRESSING, RARITY} <= heads.keys():
        raise FlowError([_damaged(file, 1)])
    return heads


def make_opinion(heads: Heads, concepts: Concepts, text: str) -> Opinion:
    """Return the opinion of *heads*, which were read from *text*."""
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    rarities = heads[RARITY]
    names = tuple(sorted(rarities, key=lambda piece: piece.startswith(MARK)))
    written = [name for name in names if not name.startswith(MARK)]
    pieces = Pieces(
        names=names,
        rarities=_shared(rarities[name] ** 2 for name in names),
        written=AhoCorasick(written),
        meant={name: number for number, name in enumerate(names) if name.startswith(MARK)},
        concepts=concepts,
    )
    places = {name: place for place, name in enumerate(names)}
    made = {name: _weigher(weights, places) for name, weights in heads.items() if name != RARITY}
    return Opinion(
        version=f"{version}.{concepts.version}",
        pieces=pieces,
        risk=made.pop(RISK),
        sure=heads[RISK].get(SURE, 0.0),
        pressing=made.pop(PRESSING),
        worry=made.pop(WORRY, None),
        kinds={name: _seldom(weigher) for name, weigher in made.items()},
    )


def _shared(values: Iterable[float]) -> tuple[float, ...]:
    """Return *values*, each that is different once in memory: they are few."""
    known: dict[float, float] = {}
    return tuple([known.setdefault(value, value) for value in values])


def _weigher(weights: Mapping[str, float], places: Mapping[str, int]) -> Weigher:
    """Return the head of *weights*, of pieces at their *places*."""
    by_place = [0.0] * len(places)
    for name, weight in weights.items():
        if name in places:
            by_place[places[name]] = weight
    return Weigher(
        bias=weights.get(BIAS, 0.0), since=weights.get(FROM, 0.0), weights=_shared(by_place)
    )


def _seldom(weigher: Weigher) -> Seldom:
    weights = {number: weight for number, weight in enumerate(weigher.weights) if weight}
    return Seldom(bias=weigher.bias, since=weigher.since, weights=weights)


def _damaged(file: str, line: int) -> Finding:
    text = "this is not a line that lantern triage train wrote"
    return Finding(file=file, line=line, code="T901", text=text)
