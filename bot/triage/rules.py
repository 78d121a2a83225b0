"""The rules as they were read: what to look for and what it means."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from bot.domain.level import Level
from bot.domain.signal import Signal
from bot.domain.values import Value
from bot.triage.close import CloseReading
from bot.triage.finder import Finder
from bot.triage.opinion import Opinion
from bot.triage.pinyin import Pinyin
from bot.triage.sieve import Sieve

BENIGN = "benign"
"""The category of what only looks like a risk: it hides what it covers, never an emergency."""

CATEGORIES = (
    "suicide",
    "self_harm",
    "sexual_abuse",
    "online_sexual",
    "physical_abuse",
    "own_violence",
    "emotional_abuse",
    "neglect",
    "domestic_violence",
    "bullying",
    "trafficking",
    "missing",
    "threat_to_others",
    "substance",
    "medical_emergency",
    "call_for_help",
    "distress",
    BENIGN,
)
"""What a rule may be about."""

INSULT, PLEA, FEAR, EVERYDAY = "insult", "plea", "fear", "everyday"
NO_BREATH, SWALLOWED, AT_HAND = "no_breath", "swallowed", "at_hand"
WEAPON, AT_THE_DOOR, CANNOT_CALL = "weapon", "at_the_door", "cannot_call"
LED_AWAY, OF_ANOTHER = "led_away", "of_another"
_AMID = (NO_BREATH, SWALLOWED, AT_HAND, WEAPON, AT_THE_DOOR, CANNOT_CALL, LED_AWAY)
ONLY_ANSWERED = frozenset({INSULT, PLEA, FEAR, EVERYDAY, OF_ANOTHER, *_AMID})
"""Contexts that are answered with words of their own; no modifier is made of them."""

CONTEXTS = (
    "disability",
    "lives_together",
    "siblings",
    "no_safe_adult",
    "left_behind",
    INSULT,
    PLEA,
    FEAR,
    EVERYDAY,
    OF_ANOTHER,
    *_AMID,
)
"""What a rule may be about that raises nothing by itself: it is named in the table of modifiers."""

LANGUAGES = ("zh_CN", "en")
"""The languages that rules are written for, and that every reason is given in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing to look for. ``reasons`` say in each language what it means to a worker.

    ``is_enough`` if no reading makes a text more pressing in which it saw everything.
    """

    id: str
    category: str
    level: Level
    languages: tuple[str, ...]
    reasons: Mapping[str, str]
    is_weak: bool = False
    is_enough: bool = False
    catch: tuple[str, ...] = field(default=(), repr=False)
    leave: tuple[str, ...] = field(default=(), repr=False)
    file: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation:
    """What takes a rule one level down when it stands right before what the rule saw."""

    before: re.Pattern[str]
    unless: re.Pattern[str]
    reasons: Mapping[str, str]


class Alone(Value, frozen=True, kw_only=True):
    """What is in one text by itself: its bare letters, what rules saw, and what opinion adds.

    ``quick`` is how much it speaks for a risk to the opinion, ``worry`` how much for a small one.
    """

    hidden: ClassVar[frozenset[str]] = frozenset({"letters"})

    letters: str
    signals: tuple[Signal, ...]
    opinion: tuple[Signal, ...]
    quick: float
    worry: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All rules, ready to be used; ``version`` changes whenever their files do.

    ``owners`` says for each pattern of the finder whose it is; the benign ones come first.
    ``contexts`` are the rules for what raises nothing by itself, apart from all others.
    """

    version: str
    rules: Mapping[str, Rule]
    finder: Finder = field(repr=False)
    sieve: Sieve = field(repr=False)
    owners: tuple[Rule, ...] = field(repr=False)
    negation: Negation | None = field(default=None, repr=False)
    opinion: Opinion | None = field(default=None, repr=False)
    closely: CloseReading | None = field(default=None, repr=False)
    pinyin: Pinyin | None = field(default=None, repr=False)
    contexts: "Rules | None" = field(default=None, repr=False)
    ours: dict[str, Alone | None] = field(default_factory=dict, repr=False)
    """Texts of Lantern's own, such as the labels of its buttons, and what is in each: many are
    typed just so, and each is read once. Nothing that somebody else wrote is ever kept here."""


def with_own_texts(rules: Rules, texts: Iterable[str]) -> Rules:
    """Return *rules* that remember what is in each of *texts*, which are all Lantern's own."""
    own = dict.fromkeys(texts)
    contexts = rules.contexts and replace(rules.contexts, ours={**own})
    return replace(rules, ours=own, contexts=contexts)


def with_opinion(rules: Rules, opinion: Opinion) -> Rules:
    """Return *rules* with a second opinion beside them; the version names both."""
    return replace(rules, opinion=opinion, version=f"{rules.version}+{opinion.version}")


def with_pinyin(rules: Rules, pinyin: Pinyin) -> Rules:
    """Return *rules* that read what was typed in *pinyin* as the characters it stands for."""
    contexts = rules.contexts and replace(rules.contexts, pinyin=pinyin)
    return replace(
        rules, pinyin=pinyin, contexts=contexts, version=f"{rules.version}+{pinyin.version}"
    )


def with_close_reading(rules: Rules, closely: CloseReading) -> Rules:
    """Return *rules* with a close reading beside them; the version names all."""
    return replace(rules, closely=closely, version=f"{rules.version}+{closely.version}")
