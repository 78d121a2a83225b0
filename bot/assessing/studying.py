"""Studying for the close reading: from labelled texts to its network, and how it is weighed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from zlib import crc32

from bot.assessing.e5 import read_e5
from bot.assessing.labelled import Labelled
from bot.assessing.learning import Effort
from bot.assessing.measure import Assessment, Outcome
from bot.assessing.minilm import read_minilm
from bot.assessing.mixing import Sample, score_of, settle, worry_of
from bot.assessing.schooling import (
    Schooling,
    for_one_language,
    fresh,
    fresh_one_language,
    pupils_of,
    school,
)
from bot.close_network import chinese_pieces, first_weights, network_of, write_network
from bot.domain.errors import ConfigError
from bot.domain.level import Level
from bot.one_language_network import (
    Cut,
    Pieces,
    cut_as,
    cut_into_words,
    make_pieces,
    one_language_of,
    write_one_language,
)
from bot.triage.close import FIRST_KIND, PRESSING, RISK, WORRY, ForOne, Mix, Network, is_in_letters
from bot.triage.closely import firm_of
from bot.triage.convolutions import Convolutions
from bot.triage.one_language import OneLanguage
from bot.triage.rules import Rules
from bot.triage.signals import find_signals, level_of

_HELD = 10
"""One in so many texts, with its twin, is not learned from, but weighed with."""

_RATE_OF_ONE_LANGUAGE = 1e-4
"""How boldly a network for one language learns: what it knows of that came from far more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Studied:
    """How all is weighed together; ``measured`` is on the texts that were held back.

    Both are of texts read as a whole. A running Lantern reads long ones sentence by sentence, and
    must be surer of a part than of a whole: how it does on these, ``lantern triage eval`` tells.
    """

    mix: Mix
    measured: Assessment


def kinds_in(texts: Sequence[Labelled]) -> tuple[str, ...]:
    """Return the categories that the network is asked about."""
    return tuple(sorted({kind for text in texts if text.is_risk for kind in text.categories}))


def teach(
    texts: Sequence[Labelled],
    *,
    rounds: int,
    tell: Callable[[float, float], None],
    known: Convolutions | None = None,
) -> bytes:
    """Return the network that has learned from *texts*, but for those that are held back.

    *tell* hears which share of its *rounds* is done, and how wrong it was last. It begins with
    what is *known* already, and then learns more slowly, or else with the language alone.

    Raises:
        ConfigError: a library that only learning needs is not installed, or what is *known* was
            asked about other categories.

    """
    kinds, held = kinds_in(texts), _to_hold_back(texts)
    if known is not None:
        check_kinds(known, kinds)
    schooling = Schooling(rounds=rounds)
    knowing = known or network_of(first_weights(), (), None)
    told = [text for text in texts if mark_of(text) not in held]
    pupils = pupils_of(told, kinds, knowing.tokens_of, schooling)
    if known is None:
        start = fresh(knowing.weights, FIRST_KIND + len(kinds))
    else:
        schooling, start = replace(schooling, rate=schooling.rate / 2), dict(known.weights)
    weights = school(pupils, start, knowing.rows_of, schooling, tell=tell)
    return write_network(weights, kinds, held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """From where a network for one language begins to learn.

    These are its *weights*, what it knows of *pieces*, and how texts are *cut* into these.
    ``is_known`` if it has learned from us before.
    """

    weights: Mapping[str, Any] = field(repr=False)
    pieces: Pieces = field(repr=False)
    cut: Cut = field(repr=False)
    is_known: bool


def begin_english(kinds: Sequence[str]) -> Start:
    """Return where the network for English begins, asked about *kinds*: with MiniLM.

    Raises:
        ConfigError: it is not installed.

    """
    before, names, rows = read_minilm()
    weights = fresh_one_language(before, FIRST_KIND + len(kinds))
    return Start(
        weights=weights, pieces=make_pieces(names, rows), cut=cut_into_words, is_known=False
    )


def begin_chinese(kinds: Sequence[str], both: Convolutions) -> Start:
    """Return where the network for Chinese begins, asked about *kinds*: with multilingual E5.

    Texts are cut as the network for *both* languages has it.

    Raises:
        ConfigError: it is not installed.

    """
    before, names, rows = read_e5(chinese_pieces())
    weights = fresh_one_language(before, FIRST_KIND + len(kinds))
    cut = cut_as(both.names_of)
    return Start(weights=weights, pieces=make_pieces(names, rows), cut=cut, is_known=False)


def teach_one_language(
    texts: Sequence[Labelled],
    each: ForOne,
    start: Start,
    *,
    rounds: int,
    tell: Callable[[float, float], None],
    kinds: Sequence[str],
) -> bytes:
    """Return the network of *each* that has learned from *texts*, beginning with *start*.

    It learns from those it is to read that are not held back, and is asked about *kinds*, as the
    network for both languages is; see :func:`teach`.

    Raises:
        ConfigError: a library that only learning needs is not installed.

    """
    kinds, held = tuple(kinds), _to_hold_back(texts)
    rate = _RATE_OF_ONE_LANGUAGE / (2 if start.is_known else 1)
    schooling = Schooling(rounds=rounds, rate=rate, forgotten=0.1, unread=0.05)
    knowing = one_language_of(start.weights, kinds, held, start.pieces, cut=start.cut)
    told = [text for text in texts if mark_of(text) not in held and _reads(each, text)]
    pupils = pupils_of(told, kinds, knowing.tokens_of, schooling)
    subject = for_one_language(start.weights)
    weights = school(pupils, start.weights, knowing.rows_of, schooling, subject=subject, tell=tell)
    return write_one_language(weights, kinds, held, start.pieces)


def _reads(each: ForOne, text: Labelled) -> bool:
    return is_in_letters(text.text) is each.is_for_letters


def check_kinds(known: Network | OneLanguage, kinds: Sequence[str]) -> None:
    """Check that what is *known* already was asked about *kinds*.

    Raises:
        ConfigError: it was asked about others.

    """
    if known.kinds != kinds:
        text = "the network there is knows other categories than these texts: leave out --go-on"
        raise ConfigError([text])


def study(
    texts: Sequence[Labelled],
    quick: Sequence[float],
    network: Network,
    rules: Rules,
    effort: Effort,
    *,
    judged: Sequence[Labelled] = (),
) -> Studied:
    """Return how *rules*, the quick reading and *network* are weighed, by what was held back.

    That are those of *texts* of which *network* says that it did not learn from them: what it has
    learned it knows too well. *quick* are the scores of *texts* by what never saw them. If there
    are any, the false alarms that *effort* allows are counted on *judged*, which nothing has seen
    either; and so it is measured.

    Raises:
        ConfigError: too few of *texts* were held back.

    """
    scored = zip(texts, quick, strict=True)
    told = [(text, score) for text, score in scored if mark_of(text) in network.held]
    samples = _samples(told, network, rules)
    seen = [rules.opinion.score(text.text) if rules.opinion else 0.0 for text in judged]
    counted = _samples(list(zip(judged, seen, strict=True)), network, rules)
    mix = settle(samples, effort, counted)
    measured = Assessment(outcomes=tuple(_outcome(each, mix) for each in counted or samples))
    return Studied(mix=mix, measured=measured)


def _to_hold_back(texts: Sequence[Labelled]) -> frozenset[int]:
    """Return the marks of those to hold back: the same however many others there are."""
    return frozenset(mark for mark in map(mark_of, texts) if not mark % _HELD)


def mark_of(text: Labelled) -> int:
    """Return a number by which *text* and its twin are known."""
    return crc32(min(text.id, text.twin or "~").encode())


def _samples(
    told: Sequence[tuple[Labelled, float]], network: Network, rules: Rules
) -> list[Sample]:
    answers = network.answer([text.text for text, _ in told])
    return [
        replace(_sample(text, quick, said, rules), **_kind(text, said, network.kinds))
        for (text, quick), said in zip(told, answers, strict=True)
    ]


def _sample(text: Labelled, quick: float, said: Sequence[float], rules: Rules) -> Sample:
    alone = replace(rules, opinion=None, closely=None)
    seen = [s for s in find_signals(text.text, alone) if s.level <= Level.URGENT]
    firm = firm_of(seen, rules)
    return Sample(
        labelled=text,
        quick=quick,
        close=said[RISK],
        pressing=said[PRESSING],
        worry=said[WORRY],
        quick_worry=rules.opinion.scores(text.text)[1] if rules.opinion else 0.0,
        has_clue=len(firm) < len(seen),
        firm=level_of(firm),
    )


def _kind(text: Labelled, said: Sequence[float], kinds: Sequence[str]) -> dict[str, Any]:
    spoke = dict(zip(kinds, said[FIRST_KIND:], strict=True))
    likeliest = max(spoke, key=lambda kind: spoke[kind])
    return {"kind": spoke[likeliest], "is_kind": likeliest in text.categories}


def _outcome(sample: Sample, mix: Mix) -> Outcome:
    """Return what is seen in *sample*, read closely as a whole where that is in doubt."""
    level = sample.firm
    if (
        mix.is_in_doubt(sample.quick, sample.quick_worry)
        or sample.has_clue
        or level is Level.URGENT
    ):
        level = min(level, mix.level(score_of(sample, mix), sample.pressing, worry_of(sample, mix)))
    return Outcome(labelled=sample.labelled, level=level, categories=frozenset())
