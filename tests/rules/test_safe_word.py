"""The safe word is found however it is spelt, and not in what only looks like it."""

from dataclasses import replace

import pytest
from running import the_book

from bot.doctor.safe_word import check_safe_word
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


@pytest.mark.parametrize(
    ("words", "says", "is_known"),
    [
        ({"zh_CN": WORDS[1]}, f"everybody can read it in Lantern's source: {WORDS[1]}", True),
        ({"en": "Lamp is on!", "zh_CN": "桂花开了吗"}, "Lamp is on!", True),
        ({"en": "my red kite", "zh_CN": "桂花开了吗"}, "is your own", False),
        ({}, "there is none", False),
    ],
)
def test_the_doctor_warns_of_one_that_everybody_can_read(words, says, is_known):
    organisation = replace(the_book().directory.organisation, safe_words=words)

    check = check_safe_word(organisation)

    assert check.says.endswith(says)
    assert check.is_warning is is_known
    assert check.is_well
    assert "桂花" not in check.says
