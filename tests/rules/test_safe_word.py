"""The safe word is found however it is spelt, and not in what only looks like it."""

import pytest
from running import the_book

from bot.triage.safe_word import check_safe_words, has_safe_word

WORDS = ("the lamp is on", "小橘灯亮了")


@pytest.mark.parametrize(
    "text",
    [
        "the lamp is on",
        "The  Lamp is on!!",
        "mum, the lamp is on, good night",
        "the-lamp-is-on",
        "小橘灯亮了",
        "小橘燈亮了",
        "小 橘 灯，亮 了",
        "妈妈你看小橘灯亮了哦",
    ],
)
def test_it_is_found(text):
    assert has_safe_word(text, WORDS)


@pytest.mark.parametrize(
    "text",
    ["", "the lamp is only small", "the lamps is on", "the lamp", "小橘灯", "橘灯亮了", "灯亮了吗"],
)
def test_it_is_not_taken_for_something_else(text):
    assert not has_safe_word(text, WORDS)


@pytest.mark.parametrize("word", ["🍊🍊🍊🍊", "灯灯灯灯", "????", "a-b-c", "灯。。。"])
def test_one_that_says_nothing_or_may_stand_anywhere_is_refused_and_harms_no_turn(word):
    [finding] = check_safe_words({"zh_CN": word}, "organisation.yaml")
    assert (finding.code, finding.file) == ("D103", "organisation.yaml")
    assert not has_safe_word("", [word])


def test_those_that_ship_are_well():
    assert not [*check_safe_words(the_book().directory.organisation.safe_words, "")]


def test_without_words_there_is_none():
    assert not has_safe_word("the lamp is on", ())
