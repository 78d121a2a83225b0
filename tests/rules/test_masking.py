"""What is masked in a question before it is kept for those who write answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.masking import LONGEST, MASK, masked


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("我叫王小明，爸爸不让我上学怎么办", "王小明"),
        ("张老师打我，可以吗", "张"),
        ("被李小红同学欺负了", "李小红"),
        ("张伟打我怎么办", "张伟"),
        ("王小明总是抢我东西", "小明"),
        ("小红偷东西", "小红"),
        ("欧阳老师骂我", "欧阳"),
        ("我和杨秀英是好朋友可以一起走吗", "杨秀英"),
        ("我家在凯里市三棵树镇打铁寨村，可以办户口吗", "三棵树"),
        ("我家在凯里市三棵树镇打铁寨村，可以办户口吗", "打铁寨"),
        ("我在凯里一中读书", "凯里一中"),
        ("我住北京东路12号楼3单元", "12号楼"),
        ("黔东南州民族高级中学收择校费吗", "黔东南州"),
        ("我的电话是13985512345", "13985512345"),
        ("电话 139 8551 2345", "8551"),
        ("一三九八五五一二三四五打这个", "一三九"),
        ("我的QQ是12345678，被盗号了", "12345678"),
        ("微信号: abc_1234 被骗了", "abc_1234"),
        ("vx sunny99 加了就骗钱", "sunny99"),
        ("身份证52260120120304567X能改名吗", "52260120120304567X"),
        ("看 https://example.org/p/1 能举报吗", "example"),
        ("发到 a.b@example.org 可以吗", "example"),
        ("My name is john smith and my teacher hits me", "john"),
        ("My name is John Smith and my teacher hits me", "Smith"),
        ("my friend Lucy says she can skip school", "Lucy"),
        ("Can Mr Wang take my phone?", "Wang"),
        ("Kaili No. 1 Middle School took my phone", "Kaili"),
        ("call me on +86 139 8551 2345", "8551"),
        ("my account is sunny_99 and it is gone", "sunny"),
    ],
)
def test_what_looks_like_somebody_or_somewhere_is_masked(text, hidden):
    found = masked(text)

    assert hidden in text
    assert hidden not in found
    assert MASK in found


@pytest.mark.parametrize(
    "text",
    [
        "几岁能打工,我13岁",
        "打110有用吗,12355是什么",
        "马上要考试了怎么办",
        "高中老师可以收手机吗",
        "向老师说有用吗",
        "任何老师都不能打人吗",
        "孙子打奶奶怎么办",
        "我们村的小学没有老师",
        "农村小学可以收费吗",
        "爸妈离婚了我跟谁",
        "要赔3000块吗",
        "我娃儿在屋头遭打咋个办",
        "May a teacher hit me on Monday?",
        "can I get my WeChat back",
        "is 12 too young to work",
        "I have no ID and I'm not in the household book",
    ],
)
def test_a_question_without_any_of_that_stays_as_it_is(text):
    assert masked(text) == text


def test_a_story_is_not_kept_at_all_and_neither_is_nothing():
    assert masked("我" * (LONGEST + 1)) == ""
    assert masked("13985512345") == ""
    assert masked("😀😀") == ""
    assert masked(" \n ") == ""


def test_it_stands_on_one_line():
    assert masked("我能\n打工  吗") == "我能 打工 吗"


@given(st.text(max_size=300), st.integers(10_000_000, 10**18))
def test_no_long_number_is_ever_left(text, number):
    assert str(number) not in masked(f"{text} {number} 怎么办")
