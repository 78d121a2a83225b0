"""A number, a label, a synonym and a button are understood the same, in every language."""

import pytest
from chat import chat, plan, questions, vocabulary

OTHERS, TOLD, AGE = (
    f"report_a_concern.{name}" for name in ("other_children", "told_anyone", "age")
)
COMING = "activities.how_many"
CHOICES = [(place, key) for place in questions() for key in plan().states[place].answers]


def words_for(place, key):
    if plan().states[place].expect == "number":
        return vocabulary()[f"{place}.answers.{key}"]
    number = list(plan().states[place].answers).index(key) + 1
    han = "一二三四五六七八九"[number - 1]
    numbers = [f"第{han}个"]
    if place not in {OTHERS, TOLD}:  # there it is how many
        numbers += [han, str(number), f"{number}.", f" {number} "]
    return [*vocabulary()[f"{place}.answers.{key}"], *numbers]


@pytest.mark.parametrize(("place", "key"), CHOICES, ids=[f"{p}.{k}" for p, k in CHOICES])
def test_whatever_means_an_answer_leads_where_its_button_leads(place, key):
    talk = chat(place)
    expected = talk.tap(key).asked

    for word in words_for(place, key):
        for spelt in (word, word.upper(), f"{word}!", f" {word} 。"):
            assert talk.reply(spelt).asked == expected, spelt


@pytest.mark.parametrize(("place", "key"), CHOICES, ids=[f"{p}.{k}" for p, k in CHOICES])
def test_wherever_one_yes_is_understood_so_is_the_other(place, key):
    words = vocabulary()[f"{place}.answers.{key}"]

    assert ("是" in words) == ("对" in words)


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


@pytest.mark.parametrize(
    ("place", "spelt", "answer"),
    [
        *(
            (OTHERS, spelt, "some")
            for spelt in ("one", "two", "three", "Four!", "a few", "several")
        ),
        *(
            (OTHERS, spelt, "some")
            for spelt in ("一个", "两个", "三个", "3个", "三", "好几个", "俩")
        ),
        *((OTHERS, spelt, "some") for spelt in ("1", "2", "3.", "３", "5")),
        *((OTHERS, spelt, "none") for spelt in ("第三个", "选3", "No. 3")),
        (OTHERS, "第二个", "unsure"),
        *((TOLD, spelt, "told") for spelt in ("one", "two", "three", "两个", "三个", "2个", "2")),
        (TOLD, "第二个", "nobody"),
    ],
)
def test_how_many_there_are_is_no_choice(place, spelt, answer):
    assert chat(place).reply(spelt).session.answers[place] == answer


@pytest.mark.parametrize("spelt", ["三个", "两个", "3个", "2 个"])
def test_how_many_is_no_choice_at_the_question_about_danger(spelt):
    assert chat("report_a_concern.in_danger").reply(spelt).keys[0] == "always.not_clear.say"


@pytest.mark.parametrize(
    ("spelt", "age"),
    [
        ("I am in grade 3, 9 years old", "9"),
        ("我读三年级，九岁", "9"),
        ("9岁，三年级二班", "9"),
        ("初二，14", "14"),
        ("12, class 6", "12"),
        ("class 4b, I am 10", "10"),
        ("十三", "13"),
        ("9", "9"),
        ("我14岁，读初三（2）班", "14"),
        ("１２岁，Grade 6", "12"),
        ("10, 4th-grade", "10"),
    ],
)
def test_a_school_year_beside_an_age_is_none(spelt, age):
    assert chat(AGE).reply(spelt).session.answers[AGE] == age


@pytest.mark.parametrize(
    "spelt",
    [
        "初二",
        "高一",
        "高2",
        "我读三年级",
        "3年级",
        "三（2）班",
        "三（2）班里",
        "3 年级 2 班",
        "三年级二班上",
        "初三 2 班",
        "grade 8",
        "8th grade",
        "Grade three",
        "No 2 middle school",
        "no.3 primary school",
        "凯里三中",
        "第二小学",
        "在二小",
    ],
)
def test_a_school_year_is_no_age(spelt):
    assert chat(AGE).reply(spelt).keys[0] == "report_a_concern.age.if_unclear"


@pytest.mark.parametrize(
    ("spelt", "age"),
    [
        ("身高150，12岁", "12"),
        ("她身高165，16岁", "16"),
        ("身高1米5，体重40，12岁", "12"),
        ("他高15岁", "15"),
        ("最高18", "18"),
        ("我13，班里同学欺负我", "13"),
        ("我13班主任打我", "13"),
        ("我女儿十三，班里同学打她", "13"),
        ("有3个哥哥，我十岁", "10"),
        ("2 brothers, I am twelve years old", "12"),
        ("三岁时开始的，我13", "13"),
        ("it began two years ago, I am 13", "13"),
        ("I am 12, my dad is 40 years old", "12"),
        ("12岁在三中", "12"),
        ("no, 9", "9"),
        ("我六岁中午", "6"),
    ],
)
def test_what_only_looks_like_a_school_year_or_stands_beside_an_age_takes_none_away(spelt, age):
    assert chat(AGE).reply(spelt).session.answers[AGE] == age


@pytest.mark.parametrize(
    "spelt",
    [
        *("我09年的", "我08年出生", "98年的", "12年生的", "零九年的"),
        *("born in 09", "十几岁", "二十多岁"),
    ],
)
def test_a_year_of_birth_and_about_so_many_years_are_no_age(spelt):
    assert chat(AGE).reply(spelt).keys[0] == "report_a_concern.age.if_unclear"


@pytest.mark.parametrize(
    ("spelt", "age"),
    [("我09年的，17岁", "17"), ("born in 09, im 17", "17"), ("十一岁", "11"), ("一岁半", "1")],
)
def test_an_age_beside_a_year_of_birth_is_one(spelt, age):
    assert chat(AGE).reply(spelt).session.answers[AGE] == age


@pytest.mark.parametrize(
    ("spelt", "count"),
    [
        ("5", "5"),
        ("两个人", "2"),
        ("我一个人", "1"),
        ("一共4个", "4"),
        ("我们一家三口", "3"),
        ("一家四口人", "4"),
        ("there are five of us", "5"),
        ("The whole family, 5", "5"),
    ],
)
def test_how_many_come_may_be_said_in_words(spelt, count):
    assert chat(COMING).reply(spelt).session.answers[COMING] == count


@pytest.mark.parametrize(
    "spelt",
    [
        *(
            "我和我8岁的儿子",
            "两个大人三个孩子",
            "3个大人2个小孩",
            "我和两个孩子",
            "我带两个娃",
            "两大一小",
        ),
        *(
            "me and my 2 kids",
            "my 8 year old son and me",
            "3 children, 1 adult",
            "my two boys and me",
        ),
        *("0", "13812345678", "我8岁"),
    ],
)
def test_a_number_that_is_not_all_of_them_is_asked_for_again(spelt):
    assert chat(COMING).reply(spelt).keys[0] == f"{COMING}.if_unclear"
