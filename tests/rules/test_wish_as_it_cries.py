"""Whoever wants to throw a child that cries is heard; who hands it to its grandmother is not."""

import pytest
from running import the_rules

from bot.triage.signals import find_signals

RULES = the_rules()
OF_WISHES = {"own_wish_as_it_cries", "own_wish_as_it_cries_en"}


def _is_heard(text: str) -> bool:
    return bool(OF_WISHES & {signal.rule for signal in find_signals(text, RULES)})


@pytest.mark.parametrize(
    "text",
    [
        "娃娃一直哭我想把他甩了",
        "宝宝一直哭我想把他丢到窗外",
        "孩子不睡我真的想把他扔出去",
        "娃儿哭得我想甩他",
        "娃娃哭他奶奶不管我真想把他摔了",
        "my baby keeps crying and i could just smother her",
    ],
)
def test_who_wants_to_throw_a_child_that_cries_is_heard(text):
    assert _is_heard(text)


@pytest.mark.parametrize(
    "text",
    [
        "娃娃一直哭 我想把他丢给外婆带",
        "孩子哭闹我想把他丢给他奶奶带一天",
        "宝宝哭，我想把他甩在背上背着哄",
        "儿子哭着说我想把他丢的垃圾捡回来",
        "the boy next door is crying, i want to throw him a birthday party",
    ],
)
def test_who_hands_it_on_or_plays_is_left(text):
    assert not _is_heard(text)
