"""What asks whether it is their fault, and what only looks like it."""

import pytest

from bot.intake.shame import asks_whether_right, asks_whose_fault


@pytest.mark.parametrize(
    "text",
    [
        *("is it my fault", "Was it my fault?", "i feel dirty", "did i do something wrong"),
        *("do you think i'm disgusting", "its all my fault", "am i to blame"),
        *("我是不是不干净了", "你会不会觉得我恶心", "是我的错吗", "都怪我", "是不是我活该"),
        *("你们会嫌弃我吗", "我觉得自己很脏", "我做错了什么", "是不是我的问题", "是我自己的原因吗"),
    ],
)
def test_whoever_feels_guilty_is_understood(text):
    assert asks_whose_fault(text)


@pytest.mark.parametrize(
    "text",
    [
        *("is it my fault that the window broke", "my shoes are dirty", "are you disgusting", ""),
        *("我好恶心想吐", "我是不是生病了", "他说都是我的错", "衣服不干净", "这是我的问题"),
    ],
)
def test_anything_else_is_read_as_ever(text):
    assert not asks_whose_fault(text)


@pytest.mark.parametrize(
    "text",
    [
        *("is that wrong", "is that normal?", "was that wrong of him", "is what he does ok"),
        *("这个算不算不对", "这样对吗", "他这样对不对", "这是不是坏事", "那这样是正常的吗"),
    ],
)
def test_whoever_asks_whether_it_is_wrong_is_understood(text):
    assert asks_whether_right(text)


@pytest.mark.parametrize(
    "text",
    [
        *("that is wrong", "is it ok", "is it normal that my tummy hurts", "is the answer wrong"),
        *("这样不好", "这不对", "这个题对吗", "我这样对吗", "这样可以"),
    ],
)
def test_whoever_says_so_or_asks_of_something_else_does_not_ask_it(text):
    assert not asks_whether_right(text)


@pytest.mark.parametrize(
    "text", ["and " * 1250, "全都" * 2500, "i feel dirty " * 380, "这做" * 2500, "is that " * 600]
)
def test_what_repeats_itself_is_read_at_once(text):
    assert not asks_whose_fault(text)
    assert not asks_whether_right(text)
