"""What says that somebody is coming, and what tells more, or of somebody who may be a help."""

import pytest

from bot.intake.somebody_comes import (
    says_it_was_seen,
    says_somebody_comes,
    says_somebody_looks,
)


@pytest.mark.parametrize(
    "text",
    [
        *("wait hes coming", "He's back!", "someone is coming", "my dad is home", "gtg", "brb"),
        *("hold on, mum is coming", "I have to go, dad is home", "sorry got to go", "she came in"),
        *(
            "my stepdad just came in",
            "i cant write now",
            "mom is here gotta go",
            "shhh he is awake",
        ),
        *("等一下 我爸回来了", "他来了", "有人来了", "我爸回来了，先不说了", "糟了，妈妈回来了"),
        *("妈妈在洗澡 快出来了", "他在上厕所，马上出来"),
        *("不说了 我妈来了", "我先不说了", "他醒了", "爸爸快回来了", "人来了不方便说了"),
        *("my mum is coming", "mom's coming in", "parents are coming home", "我妈过来了"),
    ],
)
def test_somebody_comes(text):
    assert says_somebody_comes(text)


@pytest.mark.parametrize(
    "text",
    [
        *("my mum is here", "grandma is coming", "he is coming to my room at night", "hes gone"),
        *("dad is coming home drunk again", "he came in and hit me", "I have to go to school"),
        *(
            "妈妈回来了",
            "奶奶来了",
            "他来了就打我",
            "我爸回来了又打我妈",
            "他走了",
            "有人来了家里要债",
        ),
        *("he saw it happen", "mum reads my phone", "我妈偷看我手机", "他在我旁边摸我"),
        *("等一下", "wait", "I want to go home", "i cant talk to her", "我不能说了算", ""),
    ],
)
def test_what_tells_more_is_read_as_ever(text):
    assert not says_somebody_comes(text)


@pytest.mark.parametrize(
    "text",
    [
        *("my dad is here", "hes reading my phone", "my dad is reading my phone"),
        *("mum is behind me", "she is looking over my shoulder", "he saw my messages"),
        *("我爸在看我手机", "他在我旁边", "他拿我手机看", "我妈正在翻我的手机", "旁边有人"),
    ],
)
def test_somebody_looks_on(text):
    assert says_somebody_looks(text)
    assert says_somebody_comes(text)


@pytest.mark.parametrize(
    ("text", "before"), [("she saw it", "my mum is coming"), ("他看到了", "他来了")]
)
def test_it_was_seen_by_whoever_came(text, before):
    assert says_it_was_seen(text, before)
    assert not says_it_was_seen(text, "my uncle hit me")


@pytest.mark.parametrize(
    "text",
    ["wait " * 1000, "等一下 " * 1200, "he is coming " * 380, "他来了" * 1600, "我爸正在" * 1200],
)
def test_what_repeats_itself_for_5000_characters_is_read_at_once(text):
    assert not says_somebody_comes(text)
