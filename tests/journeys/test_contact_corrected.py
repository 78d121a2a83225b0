"""Whoever tapped the wrong one says so in their own words, and nothing is taken for harm."""

import pytest
from journeys.at_once import at_once

pytestmark = pytest.mark.asyncio(loop_scope="module")

GROWN = {"en": "as to an adult", "zh-hans": "按大人来跟您说话"}


@at_once(
    ("language", "texts", "asks"),
    [
        ("zh-hans", ["1", "点错了 我是大人"], "您想做什么"),
        ("zh-hans", ["1", "我不是小孩 我是家长"], "您想做什么"),
        ("en", ["1", "no im the teacher"], "What would you like to do?"),
        ("en", ["1", "wrong, I'm an adult"], "What would you like to do?"),
        ("en", ["1", "sorry I am not a child, I am his mother"], "What would you like to do?"),
        ("en", ["1", "1", "sorry I am not a child, I am his mother"], "Is a child in danger"),
        ("zh-hans", ["1", "1", "没有", "点错了 我是大人"], "谁需要帮助"),
    ],
)
async def test_who_writes_is_corrected(town, language, texts, asks):
    contact = town.contact(language)
    for text in ("/start", *texts):
        before = len(contact.heard)
        await contact.writes(text)
        await town.quiet()

    [answer] = contact.heard[before:]
    assert GROWN[language] in answer
    assert asks in answer
