"""Who writes is taken from their own words only where these say so plainly."""

import pytest

from bot.guidance.asker import asked_by
from bot.guidance.model import Voice
from bot.guidance.writer import CHILD, OTHER, PARENT, only_says_who, own_age, says_who

PLAIN = {
    CHILD: (
        "i am 9",
        "im a kid",
        "I'm 13 and my uncle hurts me",
        "我是小孩",
        "我9岁",
        "我今年十一岁，爸爸打我",
        "我15岁，我老公打我",
        "我是三年级学生",
        "I am a girl of 12",
    ),
    PARENT: (
        "我是他奶奶，娃娃说不想活了",
        "我是他奶奶娃娃说不想活了",
        "我是妈妈，孩子爸爸打孩子",
        "我老公打孩子",
        "我是学生家长",
        "我是孩子他爸",
        "I am 40, a father",
        "i'm her grandma",
        "my husband hits our son",
        "my son is beaten",
        "儿子七岁",
    ),
    OTHER: (
        "I am a teacher. A girl in my class, 8, has bruises",
        "我是老师，班上有个孩子",
        "我是隔壁邻居",
        "我是一名小学老师",
        "I am her neighbour and I hear shouting",
    ),
}
DOUBTFUL = (
    "我是奶奶带大的",
    "如果我是老师",
    "我不是老师",
    "我是爸爸打的",
    "我是他妈生的",
    "我是他妈的倒霉",
    "我弟9岁",
    "我9岁的弟弟被打",
    "我九岁那年",
    "我们学生太累了",
    "你儿子打我",
    "妈妈打我",
    "作为老师，他打我",
    "i am afraid of the teacher",
    "im 10 minutes away",
    "I am 5 weeks pregnant",
    "i am not a teacher",
    "as the teacher hit me i cried",
    "my dad says im a useless kid",
    "i am the daughter of a teacher",
)


@pytest.mark.parametrize(("who", "text"), [(w, t) for w, texts in PLAIN.items() for t in texts])
def test_it_is_taken_where_it_is_plain(who, text):
    assert says_who(text) == who


@pytest.mark.parametrize("text", DOUBTFUL)
def test_it_is_not_taken_where_it_is_not(text):
    assert not says_who(text)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("老师", OTHER),
        ("mum of two", PARENT),
        ("七岁", CHILD),
        ("nine years old", CHILD),
        ("老师打我", ""),
        ("mum hits me", ""),
        ("why", ""),
        ("孩子妈妈", PARENT),
    ],
)
def test_a_word_says_it_only_where_it_was_asked(text, who):
    assert says_who(text, is_asked=True) == who
    assert not says_who(text)


def test_nothing_but_who_it_is():
    assert only_says_who("I am an adult.") == OTHER
    assert only_says_who("我是小孩") == CHILD
    assert not only_says_who("我是奶奶，孩子被打")


def test_ones_own_age_is_taken_only_if_it_is_said_once():
    assert (own_age("我十三岁"), own_age("I am 13"), own_age("im twelve")) == (13, 13, 12)
    assert own_age("我9岁。我13岁") == 0
    assert own_age("my brother is 9") == 0


@pytest.mark.parametrize("text", ["我想离婚，孩子归谁", "I want a divorce, who gets the kids"])
def test_whoever_wants_a_divorce_is_an_adult(text):
    assert asked_by(text) is Voice.ADULT


@pytest.mark.parametrize("text", ["爸妈想离婚，我跟谁", "my parents want a divorce, where do I go"])
def test_whose_parents_want_one_is_a_child(text):
    assert asked_by(text) is Voice.CHILD
