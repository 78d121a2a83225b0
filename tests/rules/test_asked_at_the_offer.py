"""What asks which questions are offered, and what says where to call somebody instead."""

import pytest

from bot.engine.telephone import forbids_calls, wants_calls_instead
from bot.intake.once_more import is_asked_once_more

OFFERS = ("report_a_concern.a_few_more", "report_a_concern_adult.a_few_more")


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize(
    "text",
    [
        *(
            "要问什么",
            "问什么呢",
            "你们想问什么？",
            "还要问哪些问题",
            "什么问题",
            "什么样的问题",
            "比如呢",
        ),
        *(
            "要多久",
            "大概要多久啊",
            "要好久嘛",
            "几分钟",
            "还有几个问题",
            "问题多吗",
            "要很久吗",
            "问哪样",
        ),
        *("想知道什么", "啥子问题", "多少个问题", "要问我什么呀"),
        *("what questions?", "Which questions are they?", "like what", "about what?", "what"),
        *("what do you want to know", "What else do you want to ask me?", "how many questions"),
        *("how long", "how long will it take?", "does it take long", "how many more are there"),
        *("ok but how long", "depends, what questions", "what are you gonna ask"),
    ],
)
def test_it_is_asked_what_is_asked_there(offer, text):
    assert is_asked_once_more(offer, text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "要多久才有人来",
            "我要问老师什么",
            "他打了我好久",
            "多久了我都不敢说",
            "为什么",
            "有几个人打我",
        ),
        *("他问我要什么", "问题很多，我爸天天喝酒", "没有", "可以", "要"),
        *("how long must i live like this", "what if he comes back", "what should i do"),
        *("how many times he hit me", "yes", "no", "what he did was bad", "how much is it"),
    ],
)
def test_what_is_told_or_asked_of_something_else_is_not(text):
    assert not is_asked_once_more(OFFERS[0], text)


@pytest.mark.parametrize("text", ["要问什么", "what questions", "how long"])
def test_it_holds_only_there(text):
    assert not is_asked_once_more("report_a_concern.who_was_there", text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "no please call me on 13912345678",
            "No, call 139 1234 5678",
            "nope just ring me 13912345678",
        ),
        *(
            "rather not, you can call me on 13912345678",
            "no call my mobile 13912345678 Li Wei please",
        ),
        *("不，请打我电话13912345678", "不要，打电话给我 13912345678", "不行 打13912345678"),
        *("不用了，直接打我手机 13912345678 李伟", "不，还是打电话吧 0855-8221234"),
    ],
)
def test_a_no_with_a_number_to_call_is_one(text):
    assert wants_calls_instead(text)


@pytest.mark.parametrize(
    "text",
    [
        *("please call me on 13912345678", "no 13912345678", "no please call me"),
        *("no problem, call me on 13912345678", "no one reads it, call 13912345678"),
        *("no call me on 13912345678, he reads my phone", "no dont call me on 13912345678"),
        *("no, write or call me on 13912345678", "no its fine, call 13912345678"),
        *("请打我电话13912345678", "不要打13912345678", "不是，打我电话13912345678"),
        *("不要，打电话给我 13912345678 别让我老公知道", "不用打电话，发消息 13912345678"),
    ],
)
def test_anything_else_with_a_number_is_none(text):
    assert not wants_calls_instead(text)


@pytest.mark.parametrize(
    ("text", "is_forbidden"),
    [
        ("dont call me on 13912345678", True),
        ("no calls to 13912345678", True),
        ("别给我打电话 13912345678", True),
        ("不要打13912345678", True),
        ("不方便接电话 13912345678", True),
        ("i cannot call, ring me on 13912345678", False),
        ("不方便打字，打我电话13912345678", False),
        ("别打扰孩子，打我电话13912345678", False),
        ("不要发，打电话13912345678", False),
    ],
)
def test_not_to_be_called_is_told_from_not_to_be_disturbed(text, is_forbidden):
    assert forbids_calls(text) is is_forbidden


@pytest.mark.parametrize(
    "text",
    [
        "请" * 5000,
        "what " * 1000 + "x",
        "how long " * 600 + "x",
        "no 1391234567" + "8 " * 2500 + "x",
    ],
)
def test_what_repeats_itself_is_read_at_once(text):
    assert not is_asked_once_more(OFFERS[0], text)
    assert not wants_calls_instead(text)
