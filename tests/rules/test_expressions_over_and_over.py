"""No expression of ours takes long, whichever of its own words is written over and over."""

import importlib
import pkgutil
import re
import signal
from contextlib import contextmanager

import pytest

import bot
from bot.domain.expression import expression

pytestmark = pytest.mark.long

_PEERS = ("bot.benching.", "bot.__main__")
"""Some need what is not installed."""

_WORDS = re.compile(r"[\u4e00-\u9fff]{1,4}|[a-z]{2,}")
_AT_ONCE = 2.0
"""Seconds of a processor; what tries all ways of reading sixty words takes years."""


class TooLongError(Exception):
    """An expression was still trying."""


@contextmanager
def cut_off():
    """End what takes too long, of which expressions are not able by themselves."""

    def stop(*_):
        raise TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def over_and_over(pattern):
    for word in dict.fromkeys(_WORDS.findall(pattern)):
        yield (word if word[0] > "z" else f"{word} ") * 60 + "走"


def is_quick(look, text):
    signal.setitimer(signal.ITIMER_PROF, _AT_ONCE)
    try:
        look(text)
    except TooLongError:
        return False
    return True


def test_what_is_written_over_and_over_keeps_nobody_waiting(all_expressions):
    with cut_off():
        slow = {
            (each.pattern[:60], text[:8])
            for each in all_expressions
            for text in over_and_over(each.pattern)
            if not (is_quick(each.search, text) and is_quick(each.fullmatch, text))
        }
    assert slow == set()


def test_one_that_reads_in_all_ways_is_found():
    with cut_off():
        assert not is_quick(re.compile("(?:哈哈+|哈)*走").fullmatch, "哈" * 60 + "去")


@pytest.fixture
def all_expressions():
    names = (info.name for info in pkgutil.walk_packages(bot.__path__, "bot."))
    loaded = [importlib.import_module(name) for name in names if not name.startswith(_PEERS)]
    kind = type(expression(""))
    return [each for module in loaded for each in vars(module).values() if isinstance(each, kind)]
