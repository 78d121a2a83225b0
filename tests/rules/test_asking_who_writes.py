"""Who asks who writes to their child is told from who tells of somebody that does."""

import pytest

from bot.intake.somebody_else import asks_of_others, asks_who_writes, forbids_writing


@pytest.mark.parametrize(
    "text",
    [
        "who is this why are you texting my daughter",
        "why are you talking to my son",
        "你是谁 为什么和我女儿聊天",
        "你们跟我女儿聊了什么",
        "你们是谁，为什么找我外孙女聊天",
        "你们为什么跟我外孙聊天",
        "你是谁，为什么和我家娃娃聊天",
        "你们跟我侄女聊了什么",
        "我家娃娃跟你们说了什么",
        "我外孙女跟你们说了什么",
        "你是谁，在跟我家幺儿说什么",
        "你们在跟我崽聊什么",
        "你们为什么找我孙儿",
        "为什么和我外甥女聊天",
        "who is this and why are you texting my niece",
        "why are you talking to my grandchild",
        "who are you texting my little brother",
        "what did you tell my 12 year old daughter",
        "who is this why are you texting my sweet girl",
        "my granddaughters phone who is this",
    ],
)
def test_who_asks_who_writes_to_their_child_seems_to_hold_its_phone(text):
    assert asks_who_writes(text)


@pytest.mark.parametrize(
    "text",
    [
        "老师在跟我女儿聊天",
        "网上有个人在跟我女儿聊天",
        "他怎么问我女儿要照片",
        "爸爸在找我弟弟",
        "为什么找我弟弟出气",
        "怎么跟我女儿说",
        "你们能跟我女儿聊聊吗",
        "你们能跟我外孙女聊聊吗",
        "网上有个人在跟我侄女聊天",
        "你们跟我女儿说说吧",
        "why is he texting my sister",
        "why is he texting my niece",
        "who is texting my daughter",
        "who is this man my daughter met online",
        "can you talk to my daughter",
    ],
)
def test_who_tells_of_somebody_who_writes_to_a_child_has_not_taken_its_phone(text):
    assert not asks_who_writes(text)


@pytest.mark.parametrize(
    "text",
    [
        "我是派出所民警，有个孩子联系你们，把他电话给我",
        "我是凯里市公安局的民警，有人联系过你们，要他的电话",
        "我们是派出所的，找你们的那个人电话多少",
    ],
)
def test_who_says_to_be_the_police_and_wants_a_number_asks_of_others(text):
    assert asks_of_others(text)


@pytest.mark.parametrize(
    "text",
    [
        "我们是去派出所报过案 联系过你们 电话是138",
        "我是从派出所回来的，联系过你们，电话是13800000000",
    ],
)
def test_who_went_to_the_police_and_gives_a_number_asks_of_nobody(text):
    assert not asks_of_others(text)


@pytest.mark.parametrize(
    "text",
    [
        "别再给我女儿发消息",
        "你们不要再找我儿子聊天了",
        "不准跟我家娃娃联系",
        "stop texting my daughter",
        "please dont ever write to my son again",
    ],
)
def test_who_forbids_us_to_write_to_their_child_is_told_from_a_child(text):
    assert forbids_writing(text)


@pytest.mark.parametrize(
    "text",
    [
        "他们不要我女儿了",
        "别找我女儿的老师",
        "不要给我弟弟发消息",
        "不要给我发消息",
        "dont text my mum",
        "dont text me",
        "how do i stop him texting my daughter",
    ],
)
def test_who_does_not_forbid_that_may_be_a_child(text):
    assert not forbids_writing(text)
