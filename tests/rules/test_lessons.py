"""What is learned: its files are sound, it is kind, and it is sent by day and once a day."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from project_texts import texts_of

from bot.directory.read import read_directory
from bot.domain.errors import FlowError
from bot.domain.ids import Instant
from bot.learning.check import check_learning
from bot.learning.model import Hours, Series
from bot.learning.read import read_learning
from bot.learning.tell import answer_in, at, choice_label, choices_of, lesson_text, question_of
from bot.learning.when import day_of, is_silent, next_daily, when_awake

TEXTS = texts_of(
    "flows/directory/*.yaml",
    "flows/guidance/laws.yaml",
    "flows/learning/*.yaml",
    "locales/*/learning/*.md",
)
DIRECTORY = read_directory(TEXTS)
LEARNING = read_learning(TEXTS)
RIGHTS = "flows/learning/rights.yaml"
QUIZ = "flows/learning/quiz.yaml"
HOURS = "flows/learning/hours.yaml"
ZONE = ZoneInfo("Asia/Shanghai")
DAYTIME = Hours(
    at={Series.RIGHT: time(17, 40), Series.EVENING: time(19, 30)},
    silent_from=time(21),
    silent_until=time(8),
)
# What each cited article speaks of, in our own words, checked against the statutes' texts.
LAWS = {"MPL", "FEPL", "CEL", "CC"}


def moment(day, hour, minute=0):
    at_that_time = datetime(2026, 12, day, hour, minute, tzinfo=ZONE)
    return Instant(int(at_that_time.timestamp()) * 1_000_000)


def found(**changed):
    texts = {**TEXTS, **changed.pop("texts", {})}
    return [finding.code for finding in check_learning(texts, DIRECTORY)]


def changed(file, old, new):
    assert old in TEXTS[file]
    return found(texts={file: TEXTS[file].replace(old, new, 1)})


def test_all_that_is_learned_is_sound():
    assert check_learning(TEXTS, DIRECTORY) == []


def test_there_is_enough_of_it_and_all_of_it_rests_on_a_law():
    lessons = [lesson for series in LEARNING.lessons.values() for lesson in series]
    bases = [each.basis for each in (*lessons, *LEARNING.questions.values())]

    assert len(LEARNING.lessons[Series.RIGHT]) >= 30
    assert len(LEARNING.lessons[Series.EVENING]) >= 30
    assert len(LEARNING.questions) >= 20
    assert {basis.law for basis in bases} <= LAWS
    assert all(basis.speaks_of for basis in bases)
    assert {
        basis.law for lesson in LEARNING.lessons[Series.EVENING] for basis in [lesson.basis]
    } <= {
        "MPL",
        "FEPL",
    }


def test_what_could_give_a_child_away_is_never_sent_but_told_to_whoever_asks():
    sent = {lesson.id for lesson in LEARNING.sent(Series.RIGHT)}
    every = {lesson.id for lesson in LEARNING.lessons[Series.RIGHT]}

    assert {"no_hitting_at_home", "your_body", "no_forced_marriage"} <= every - sent


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_text_blames_asks_why_or_promises_secrecy(language):
    lessons = [lesson for series in LEARNING.lessons.values() for lesson in series]
    texts = [lesson.texts[language] for lesson in lessons]
    texts += [question.wordings[language].told for question in LEARNING.questions.values()]

    for text in texts:
        assert not [word for word in ("为什么", "绝对保密", "Why ", "secret") if word in text], text


def test_right_answers_stand_in_every_place():
    places = [question.right for question in LEARNING.questions.values()]

    assert min(places.count(place) for place in range(3)) >= 4


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (RIGHTS, "law: MPL, article: 2,", "law: MLP, article: 2,", "E105"),
        (RIGHTS, "article: 2,", "article: two,", "E105"),
        (RIGHTS, "law: MPL, article: 2,", "article: 2,", "E101"),
        (RIGHTS, "speaks_of: 十八周岁", "speakes_of: 十八周岁", "E102"),
        (RIGHTS, "by: author", "by: nobody", "E110"),
        (RIGHTS, "  under_eighteen:", "  under_nineteen:", "E104"),
        (RIGHTS, "rights:\n", "rights: [one]\nothers:\n", "E103"),
        (QUIZ, "right: 3", "right: 4", "E103"),
        (HOURS, '"17:40"', '"22:40"', "E108"),
        (HOURS, '"17:40"', '"25:40"', "E103"),
        ("locales/en/learning/quiz.md", "- 14\n", "", "E103"),
        ("locales/en/learning/quiz.md", "> Until", "> Wrong! Until", "E111"),
        ("locales/en/learning/quiz.md", "- 14\n", f"- {'1' * 50}\n", "E109"),
        ("locales/zh_CN/learning/rights.md", "小学生是", "小学生是" * 60, "E108"),
        ("locales/zh_CN/learning/rights.md", "小学生是", "{police_number}", "E111"),
        ("locales/en/learning/rights.md", "## under_eighteen", "## under eighteen", "E103"),
    ],
)
def test_a_fault_in_a_file_is_found(file, old, new, code):
    assert code in changed(file, old, new)


def test_a_heading_with_spaces_before_it_is_a_heading():
    page = "locales/en/learning/rights.md"

    assert changed(page, "## under_eighteen", "  ## under_eighteen") == []


def test_a_missing_file_stops_the_start():
    texts = {name: text for name, text in TEXTS.items() if name != QUIZ}

    with pytest.raises(FlowError, match="E100"):
        read_learning(texts)


def test_a_lesson_names_its_law_and_after_the_last_comes_the_first():
    lessons = LEARNING.sent(Series.RIGHT)

    assert lesson_text(lessons[0], "en", DIRECTORY).endswith(
        "Law: Law on the Protection of Minors, article 2"
    )
    assert at(lessons, len(lessons)) == lessons[0]


def test_an_answer_is_known_by_its_button_and_by_its_words_in_every_language():
    question = LEARNING.questions["school_fees"]
    choices = choices_of(question)

    assert [answer_in(choice, question) for choice in choices] == [0, 1, 2]
    assert answer_in("no", question) == answer_in("不用！", question) == 0
    assert answer_in("I have no idea", question) is None
    assert question_of(choices, LEARNING) is question
    assert question_of(("bullying",), LEARNING) is None
    assert choice_label(choices[0], LEARNING, "zh_CN") == "不用"
    assert choice_label("activity:17:Drawing: for all", LEARNING, "en") == "Drawing: for all"


def test_a_series_is_due_at_its_hour_today_or_tomorrow():
    before, after = moment(1, 17, 39), moment(1, 17, 40)

    assert next_daily(DAYTIME, Series.RIGHT, before, ZONE) == moment(1, 17, 40)
    assert next_daily(DAYTIME, Series.RIGHT, after, ZONE) == moment(2, 17, 40)


@pytest.mark.parametrize(
    ("hour", "minute", "is_night"),
    [(7, 59, True), (8, 0, False), (20, 59, False), (21, 0, True), (0, 0, True)],
)
def test_the_night_is_silent(hour, minute, is_night):
    now = moment(1, hour, minute)

    assert is_silent(DAYTIME, now, ZONE) == is_night
    assert (when_awake(DAYTIME, now, ZONE) == now) == (not is_night)


def test_after_a_night_comes_the_next_morning():
    assert when_awake(DAYTIME, moment(1, 23), ZONE) == moment(2, 8)
    assert when_awake(DAYTIME, moment(2, 3), ZONE) == moment(2, 8)


def test_a_day_is_the_day_where_people_live():
    assert day_of(moment(2, 0, 30), ZONE) == day_of(moment(1, 23, 30), ZONE) + 1
