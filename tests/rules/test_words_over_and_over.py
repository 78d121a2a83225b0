"""A few words written over and over are read as fast as anything else; others wait for it."""

import time

import pytest

from bot.guidance.left_short import is_left_short
from bot.guidance.writer import says_who
from bot.intake.farewell import only_says_goodbye
from bot.intake.of_the_chat import asked_of_the_chat
from bot.intake.own_words import is_mere_thanks
from bot.intake.taken_back import takes_back

_AT_ONCE = 0.5
"""Seconds of a processor, however busy with others that is."""


@pytest.mark.parametrize(
    ("look", "text"),
    [
        (says_who, "我" + "刚" * 60 + "走"),
        (is_left_short, "我想问" * 40 + "走"),
        (asked_of_the_chat, "手机" + "快要" * 60 + "走"),
        (asked_of_the_chat, "wait " * 400 + "x"),
        (takes_back, "哈" * 200 + "走"),
        (only_says_goodbye, "好吧" * 60 + "走"),
        (is_mere_thanks, "嗯" * 60 + "我怕"),
        (is_mere_thanks, "你好" * 400 + "走"),
    ],
)
def test_no_text_keeps_others_waiting(look, text):
    begun = time.thread_time()

    look(text)

    assert time.thread_time() - begun < _AT_ONCE
