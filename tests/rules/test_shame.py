"""What asks whether it is their fault, and what only looks like it."""

import pytest

from bot.intake.shame import asks_whose_fault


@pytest.mark.parametrize(
    "text",
    [
        *("is it my fault", "Was it my fault?", "i feel dirty", "did i do something wrong"),
        *("do you think i'm disgusting", "its all my fault", "am i to blame"),
        *("我是不是不干净了", "你会不会觉得我恶心", "是我的错吗", "都怪我", "是不是我活该"),
        *("你们会嫌弃我吗", "我觉得自己很脏", "我做错了什么"),
    ],
)
def test_whoever_feels_guilty_is_understood(text):
    assert asks_whose_fault(text)


@pytest.mark.parametrize(
    "text",
    [
        *("is it my fault that the window broke", "my shoes are dirty", "are you disgusting", ""),
        *("我好恶心想吐", "我是不是生病了", "他说都是我的错", "衣服不干净"),
    ],
)
def test_anything_else_is_read_as_ever(text):
    assert not asks_whose_fault(text)


@pytest.mark.parametrize("text", ["and " * 1250, "全都" * 2500, "i feel dirty " * 380])
def test_what_repeats_itself_is_read_at_once(text):
    assert not asks_whose_fault(text)
