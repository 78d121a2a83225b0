"""Rules as plain data, read and proved: what can be kept, so that a start need not do it again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import msgspec

from bot.triage.clues import Words, make_clues
from bot.triage.finder import Finder
from bot.triage.part import Anchors
from bot.triage.pattern import Pattern
from bot.triage.rules import Negation, Rule, Rules
from bot.triage.sieve import Sieve


@dataclass(frozen=True, slots=True, kw_only=True)
class Negated:
    """The regular expressions of a :class:`~bot.triage.rules.Negation`, and its reasons."""

    before: str
    unless: str
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """All rules; ``owners`` says for each pattern the place of its rule, benign ones first.

    ``words`` are those of the finder, ``bare_words`` those of the sieve.
    """

    version: str
    rules: tuple[Rule, ...]
    patterns: tuple[Pattern, ...] = field(repr=False)
    owners: tuple[int, ...] = field(repr=False)
    words: Words = field(repr=False)
    bare_words: Words = field(repr=False)
    farthest: int
    negation: Negated | None = None
    contexts: "Proved | None" = field(default=None, repr=False)


def make_rules(proved: Proved) -> Rules:
    """Return *proved*, ready to be used."""
    return Rules(
        version=proved.version,
        rules={rule.id: rule for rule in proved.rules},
        finder=Finder(patterns=proved.patterns, clues=make_clues(proved.words)),
        sieve=Sieve(clues=make_clues(proved.bare_words), farthest=proved.farthest),
        owners=tuple(proved.rules[place] for place in proved.owners),
        negation=_negation(proved.negation),
        contexts=make_rules(proved.contexts) if proved.contexts else None,
    )


def _negation(negated: Negated | None) -> Negation | None:
    if negated is None:
        return None
    return Negation(
        before=re.compile(negated.before),
        unless=re.compile(negated.unless),
        reasons=negated.reasons,
    )


def pack(proved: Proved) -> bytes:
    """Return *proved* as JSON; of its patterns only what is used once their words are listed."""
    return msgspec.json.encode(_without_words(proved))


def _without_words(proved: Proved) -> Proved:
    nothing = Anchors()
    return replace(
        proved,
        patterns=tuple(replace(pattern, anchors=nothing, needs=()) for pattern in proved.patterns),
        contexts=_without_words(proved.contexts) if proved.contexts else None,
    )


def unpack(packed: bytes) -> Proved | None:
    """Return what was *packed*, or nothing if it is anything else."""
    try:
        return msgspec.json.decode(packed, type=Proved)
    except msgspec.MsgspecError:
        return None
