"""How long the risk check takes for one message, and what its rules cost."""

import gc
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import process_time

from bot.triage.closely import is_in_doubt, weigh
from bot.triage.rules import Rules
from bot.triage.signals import find_signals, glance

LENGTHS = (10, 50, 500, 4096)
"""Of how many characters the messages are."""

ORDINARY = {
    "zh_CN": "今天放学以后我和同学一起去操场上打篮球，后来下雨了，我们就回教室写作业。"
    "数学题有点难，老师讲了两遍，我还是没有听懂。",
    "en": "Today after school I went to the park with my friends and we played football until it "
    "rained. Then we went home to do our homework, and my sister helped me with it. ",
}
"""What is written on an ordinary day, close enough to the rules' words to be looked at."""

RISKY = {
    "zh_CN": "他每次都让我最后走，把门关上。我不敢告诉我妈，他说这是我们的秘密。",
    "en": "He always lets me leave last and shuts the door. He says it is our secret. ",
}
"""What is told beside the point: it is read closely, and what told it is found."""

HOSTILE = {"zh_CN": "我不想死", "en": "i dont want to die "}
"""What, written again and again, takes long."""

_MICROSECONDS = 1_000_000
_LOT = 10
"""Between two looks at the clock, after the first."""

_SHARE = 4
"""A measurement is the best of this many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Microseconds of a processor for one message, alone and after three others.

    ``closely_us`` is what a close reading takes besides, with all that is made of it, and
    ``is_in_doubt`` whether it gets one.
    """

    language: str
    text: str
    characters: int
    alone_us: float
    after_others_us: float
    closely_us: float
    is_in_doubt: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What was measured; the memory is without that of the words' automata and of the network.

    ``close_load_ms`` is how long it takes until texts can be read closely, beside all else.
    """

    patterns: int
    load_ms: float
    close_load_ms: float
    memory_kib: int
    checks: tuple[Check, ...]


def measure_checks(read: Callable[[], Rules], *, seconds: float) -> Checks:
    """Measure what *read* returns, the second opinion included; each message takes *seconds*."""
    began = process_time()
    rules = read()
    load = process_time() - began
    began = process_time()
    if rules.closely is not None:
        rules.closely.network()
    close_load = process_time() - began
    return Checks(
        patterns=len(rules.finder.patterns),
        load_ms=round(load * 1000, 1),
        close_load_ms=round(close_load * 1000, 1),
        memory_kib=_memory(read),
        checks=tuple(_checks(rules, seconds)),
    )


def _memory(read: Callable[[], Rules]) -> int:
    gc.collect()
    tracemalloc.start()
    rules = read()
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del rules
    return kept // 1024


def _checks(rules: Rules, seconds: float) -> Iterator[Check]:
    for name, texts in (("ordinary", ORDINARY), ("risky", RISKY), ("hostile", HOSTILE)):
        for language, text in texts.items():
            for characters in LENGTHS:
                written = _long(text, characters)
                yield Check(
                    language=language,
                    text=name,
                    characters=characters,
                    alone_us=_time(rules, written, (), seconds),
                    after_others_us=_time(rules, written, (ORDINARY[language],) * 3, seconds),
                    closely_us=_time_closely(rules, written, seconds),
                    is_in_doubt=is_in_doubt(written, glance(written, rules), rules),
                )


def _long(text: str, characters: int) -> str:
    return (text * (characters // len(text) + 1))[:characters]


def _time(rules: Rules, text: str, earlier: Sequence[str], seconds: float) -> float:
    shares = [
        _share(lambda: find_signals(text, rules, earlier), seconds / _SHARE) for _ in range(_SHARE)
    ]
    return round(min(shares) * _MICROSECONDS, 1)


def _time_closely(rules: Rules, text: str, seconds: float) -> float:
    if rules.closely is None:
        return 0.0
    seen = glance(text, rules)
    took = _share(lambda: weigh(text, seen, rules), seconds / _SHARE)
    return round(took * _MICROSECONDS, 1)


def _share(check: Callable[[], object], seconds: float) -> float:
    """Return the seconds that one *check* takes, of as many as there are in *seconds*."""
    times, lot, spent, began = 0, 1, 0.0, process_time()
    while spent < seconds or not times:
        for _ in range(lot):
            check()
        times += lot
        lot = _LOT
        spent = process_time() - began
    return spent / times
