"""The reasons of a close reading are words as they stand in the text, and whole ones."""

import pytest
from running import the_book

from bot.triage.telling import phrases_of, units_of


def words(text, places):
    return [text[start:end] for start, end in (u.place for u in units_of(text, places))]


def test_the_pieces_of_a_word_are_one_word():
    text = "he shakes, cries"
    places = [(0, 2), (2, 7), (7, 9), (9, 10), (10, 12), (12, 16)]
    assert words(text, places) == ["he", "shakes", "cries"]


def test_what_says_nothing_is_no_word_and_a_picture_is_one():
    text = "… 👊 。！"
    assert words(text, [(0, 1), (1, 1), (1, 3), (3, 4), (4, 5), (5, 6)]) == ["👊"]
    assert units_of("", []) == []


def phrases(text, drops):
    """The phrases of Chinese *text* whose every character is a token."""
    places = [(at, at + 1) for at in range(len(text))]
    return phrases_of(text, units_of(text, places), drops)


def test_words_side_by_side_are_one_phrase_and_a_lone_character_has_its_neighbour():
    text = "我不敢回家因为他每天晚上喝酒以后就打人"
    assert phrases(text, [0.0, 2.0, 1.9, *[0.1] * 16]) == ("不敢",)
    assert phrases(text, [*[0.0] * 3, 0.1, 2.0, *[0.0] * 14]) == ("回家",)


def test_a_short_word_is_shown_with_the_one_that_told_more():
    text = "he hits me often"
    units = units_of(text, [(0, 2), (2, 7), (7, 10), (10, 16)])
    assert phrases_of(text, units, [0.0, 0.2, 2.0, 0.1]) == ("hits me",)


def test_what_has_no_spaces_is_shown_up_to_where_it_pauses():
    text = "今天他又来了，还在厕所推我，我不想说。"
    drops = [0.0] * 16
    drops[11] = 1.0
    assert phrases(text, drops) == ("还在厕所推我",)


def test_over_a_comma_nothing_is_one_phrase():
    text = "他打我，我跑"
    assert phrases(text, [0.0, 1.0, 1.0, 1.0, 0.9]) == ("他打我", "我跑")


def test_what_makes_it_less_of_a_risk_is_not_named():
    assert phrases("我很好", [-1.0, -0.5, 0.0]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "he shakes and cries when my uncle comes for dinner and hides under the bed",
        "他每次都让我最后一个走，然后把灯关掉，叫我别告诉妈妈",
        "don't tell grandma's friend",
        "ＡＢＣ　全角 字 ﬁne ½ don’t",
        "👊🩸",
    ],
)
def test_of_any_text_whole_words_are_told_as_they_stand_in_it(text):
    told = the_book().rules.closely.network().telling(text)
    assert len(told) <= 3
    for phrase in told:
        before, _, behind = text.partition(phrase)
        assert phrase in text
        if phrase.isascii():
            assert not before[-1:].isalpha()
            assert not behind[:1].isalpha()
