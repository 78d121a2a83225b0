"""A number, a label, a synonym and a button are understood the same, in every language."""

import pytest
from chat import chat, plan, questions, vocabulary

CHOICES = [(place, key) for place in questions() for key in plan().states[place].answers]


def words_for(place, key):
    if plan().states[place].expect == "number":
        return vocabulary()[f"{place}.answers.{key}"]
    number = list(plan().states[place].answers).index(key) + 1
    numbers = [str(number), f"{number}.", f" {number} ", "一二三四五六七八九"[number - 1]]
    return [*vocabulary()[f"{place}.answers.{key}"], *numbers]


@pytest.mark.parametrize(("place", "key"), CHOICES, ids=[f"{p}.{k}" for p, k in CHOICES])
def test_whatever_means_an_answer_leads_where_its_button_leads(place, key):
    talk = chat(place)
    expected = talk.tap(key).asked

    for word in words_for(place, key):
        for spelt in (word, word.upper(), f"{word}!", f" {word} 。"):
            assert talk.reply(spelt).asked == expected, spelt


@pytest.mark.parametrize("place", questions())
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_question_asks_something_in_every_language(place, language):
    assert all(chat(place, language=language).heard)


@pytest.mark.parametrize("spelt", ["1", "１", "①", "1️⃣", "第一个", "选1", "No. 1", "one", "一"])
def test_a_number_may_be_written_in_many_ways(spelt):
    talk = chat("report_a_concern").reply(spelt)

    assert talk.session.answers["report_a_concern.in_danger"] == "danger"


@pytest.mark.parametrize(
    "spelt", ["?", "？", "Help", "HELP", "/help", "/help@a_bot", "help!", "帮助"]
)
def test_a_word_that_works_anywhere_may_be_written_in_many_ways(spelt):
    assert chat("report_a_concern").reply(spelt).keys[0] == "always.help.say"


def test_a_word_counts_only_when_it_is_the_whole_message():
    talk = chat("report_a_concern.what_happened").reply("help me stop it")

    assert talk.asked == "report_a_concern.more"
