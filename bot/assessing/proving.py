"""Rules that nobody tests, that others make needless, and that are slow on long texts."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import process_time

from bot.triage.close import TABLE
from bot.triage.closely import find_closely
from bot.triage.plain import make_plain
from bot.triage.rules import BENIGN, Rule, Rules
from bot.triage.signals import find_signals

LONG = 5000
"""Characters of a text on which a rule must stay quick."""

SLOW = 0.05
"""Seconds of a processor on such a text from which on something is wrong."""

RUN = 20_000
"""Characters of a text that is one run of the same; longer ones are not read in excerpts."""

SLOW_ALTOGETHER = 0.5
"""Seconds on such a text, read in every way there is: it must be of the order of its length."""

RUNS = {
    "spaces": " ",
    "wide spaces": "\u3000",
    "line ends": "\n",
    "tabs": "\t",
    "commas": ",",
    "full stops": ".",
    "quotation marks": "\u201d",
}

TRIES = 5
"""How often what seems slow is tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something about a rule that a person should look at."""

    rule: str
    code: str
    text: str
    file: str
    line: int


def doubts_about(rules: Rules) -> Iterator[Doubt]:
    """Yield what may be wrong with *rules*; that each sees its own examples is proved before."""
    for rule in rules.rules.values():
        yield from _untested(rule)
        yield from _needless(rule, rules)
    yield from _read_everywhere(rules)
    yield from _slow(rules)


def doubts_about_reading(rules: Rules) -> Iterator[Doubt]:
    """Yield on which runs of the same, between letters and between characters, reading is slow.

    Raises:
        FlowError: nothing can be read closely, although there is a network.

    """
    for name, character in RUNS.items():
        for start, end in (("a", "b"), ("a", "好"), ("好", "b")):
            took = _quickest(
                lambda text: find_closely(text, rules),
                f"{start}{character * (RUN - 2)}{end}",
                SLOW_ALTOGETHER,
            )
            if took > SLOW_ALTOGETHER:
                says = f"takes {took * 1000:.0f} ms on {RUN} characters, nearly all of them {name}"
                yield Doubt(rule="close reading", code="T805", text=says, file=TABLE, line=1)
                break


def _untested(rule: Rule) -> Iterator[Doubt]:
    if not rule.catch:
        yield _doubt(rule, "T801", "names no text that it must catch")
    if not rule.leave and rule.category != BENIGN:
        yield _doubt(rule, "T802", "names no text that it must leave alone")


def _needless(rule: Rule, rules: Rules) -> Iterator[Doubt]:
    """Yield a doubt if some one other rule sees all that this one must catch, and no later."""
    if rule.category == BENIGN or not rule.catch:
        return
    others: set[str] | None = None
    for text in rule.catch:
        seen = {
            signal.rule
            for signal in find_signals(text, rules)
            if signal.rule != rule.id
            and signal.category == rule.category
            and signal.level <= rule.level
        }
        others = seen if others is None else others & seen
    others = {other for other in others or () if other in rules.rules}
    for other in sorted(others):
        yield _doubt(rule, "T803", f"all that it must catch is caught by {other} as well")
        return


def _read_everywhere(rules: Rules) -> Iterator[Doubt]:
    """Yield a doubt about a pattern without a letter that must be there: it slows every message."""
    for number in rules.finder.clues.everywhere:
        regex = rules.finder.patterns[number].regex
        says = f"makes every message be read in full: nothing in {regex} must be there; name words"
        yield _doubt(rules.owners[number], "T806", says)


def _slow(rules: Rules) -> Iterator[Doubt]:
    for rule in rules.rules.values():
        for text in rule.catch[:1]:
            long = (text * (LONG // max(len(text), 1) + 1))[:LONG]
            for hard in (long, make_plain(long).text[::-1]):
                took = _quickest(lambda text: find_signals(text, rules), hard, SLOW)
                if took > SLOW:
                    says = f"takes {took * 1000:.0f} ms on {LONG} characters like its own example"
                    yield _doubt(rule, "T804", says)
                    break


def _quickest(read: Callable[[str], object], text: str, slow: float) -> float:
    """Return the seconds that *read* takes for *text*; what seems *slow* is tried again.

    The best counts: on a busy machine everything seems slow now and then.
    """
    best = math.inf
    for _ in range(TRIES):
        began = process_time()
        read(text)
        best = min(best, process_time() - began)
        if best <= slow:
            break
    return best


def _doubt(rule: Rule, code: str, text: str) -> Doubt:
    return Doubt(rule=rule.id, code=code, text=text, file=rule.file, line=rule.line)
