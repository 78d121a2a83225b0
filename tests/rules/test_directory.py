"""The directory's files, and the texts made of them."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.directory import (
    citations_text,
    helpline_text,
    placeholder_values,
    read_directory,
    read_return_code,
    return_code_text,
)
from bot.directory.hours import read_opening
from bot.directory.return_code import is_code_alone
from bot.domain.errors import FlowError
from bot.domain.ids import Instant
from bot.domain.level import Level

ROOT = Path(__file__).parents[2]
FILES = [*sorted(ROOT.glob("flows/directory/*.yaml")), ROOT / "flows/guidance/laws.yaml"]
TEXTS = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in FILES}
HELPLINES = "flows/directory/helplines.yaml"
ORGANISATION = "flows/directory/organisation.yaml"
QUEUES = "flows/directory/queues.yaml"
PHRASES = "flows/directory/phrases.yaml"
PLACES = "flows/directory/places.yaml"
CODE_WORDS = "flows/directory/code_words.yaml"


@pytest.fixture(scope="module")
def directory():
    return read_directory(TEXTS)


def faults_after(file, old, new):
    """Read the files with one text replaced, and return what is found wrong."""
    assert old in TEXTS[file]
    with pytest.raises(FlowError) as caught:
        read_directory({**TEXTS, file: TEXTS[file].replace(old, new, 1)})
    return caught.value.findings


def line_of(file, text):
    return TEXTS[file][: TEXTS[file].index(text)].count("\n") + 1


def at(*, weekday_of_november, hour, minute=0):
    moment = datetime(2026, 11, weekday_of_november, hour, minute, tzinfo=UTC)
    return Instant(int(moment.timestamp() * 1_000_000))


def test_every_placeholder_that_wording_may_hold_has_a_value_in_both_languages(directory):
    names = ("police", "ambulance", "text_police", "crisis", "government")
    needed = {"organisation", "reading_hours", "safe_word", *(f"{name}_number" for name in names)}

    for language in ("en", "zh_CN"):
        values = placeholder_values(directory, language)
        assert needed <= values.keys()
        assert all(values[name] for name in needed)


def test_reading_hours_are_spelt_as_people_of_each_language_say_them(directory):
    english = placeholder_values(directory, "en")["reading_hours"]
    chinese = placeholder_values(directory, "zh_CN")["reading_hours"]

    assert english == "Monday to Friday 09:00–18:00"
    assert chinese == "星期一到星期五 09:00–18:00"


@pytest.mark.parametrize(
    ("moment", "is_read"),
    [
        (at(weekday_of_november=23, hour=1), True),
        (at(weekday_of_november=23, hour=0, minute=59), False),
        (at(weekday_of_november=27, hour=9, minute=59), True),
        (at(weekday_of_november=27, hour=10), False),
        (at(weekday_of_november=28, hour=3), False),
    ],
)
def test_somebody_reads_on_working_days_by_the_clock_of_the_place(directory, moment, is_read):
    assert directory.organisation.reading_hours.includes(moment) is is_read


def test_a_night_is_two_lines_and_nobody_is_missing_at_midnight():
    night, morning = read_opening("fri 20:00-24:00"), read_opening("sat 00:00-02:00")
    friday = datetime(2026, 11, 27, 23, 59, 59, 999_999, tzinfo=UTC)
    assert night.includes(friday)
    assert morning.includes(friday + timedelta(microseconds=1))
    assert read_opening("fri 24:00-24:00") is None
    own = {
        **TEXTS,
        ORGANISATION: TEXTS[ORGANISATION].replace("mon-fri 09:00-18:00", "fri 20:00-24:00"),
    }
    assert "Friday 20:00–24:00" in placeholder_values(read_directory(own), "en")["reading_hours"]


def test_a_line_that_is_closed_at_night_says_so_and_says_what_to_call_then(directory):
    crisis = directory.helplines["crisis"]

    assert "not all night; at night call 110 or 120" in helpline_text(directory, crisis, "en")
    assert "那时打110或120" in helpline_text(directory, crisis, "zh_CN")


def test_unverified_hours_are_never_said_as_fact(directory):
    for line in directory.helplines.values():
        if not line.is_verified and not line.hours:
            assert "hours differ, please check" in helpline_text(directory, line, "en")
            assert "请先确认" in helpline_text(directory, line, "zh_CN")


def test_the_emergency_numbers_come_without_any_doubt_beside_them(directory):
    assert helpline_text(directory, directory.helplines["police"], "en") == "Police 110: danger now"


@pytest.mark.parametrize(
    ("language", "told"), [("en", "12356 (at night 110)"), ("zh_CN", "12356（夜里打110）")]
)
def test_a_number_in_a_sentence_says_what_to_call_at_night(directory, language, told):
    values = placeholder_values(directory, language)

    assert values["crisis_line"] == told
    assert values["police_line"] == values["police_number"] == "110"


def test_every_helpline_says_when_it_was_last_checked(directory):
    assert all(line.last_checked >= date(2026, 1, 1) for line in directory.helplines.values())


def test_each_queue_keeps_its_cases_at_least_as_pressing_as_its_level(directory):
    levels = {queue.id: queue.level for queue in directory.queues.values()}

    assert levels == {
        "emergency": Level.EMERGENCY,
        "intake": Level.NONE,
        "person": Level.URGENT,
    }


def test_articles_of_one_law_are_named_together(directory):
    cited = [("MPL", "39"), ("PSAPL", "60"), ("MPL", "77")]

    assert citations_text(directory, cited, "zh_CN") == (
        "依据：《未成年人保护法》第39、77条；《治安管理处罚法》第60条"
    )
    assert citations_text(directory, cited, "en") == (
        "Law: Law on the Protection of Minors, articles 39, 77; "
        "Public Security Administration Penalties Law, article 60"
    )


def test_code_words_are_short_and_two_characters_in_chinese(directory):
    for word in directory.code_words:
        assert 3 <= len(word.spellings["en"]) <= 7
        assert len(word.spellings["zh_CN"]) == 2


def test_no_two_english_code_words_are_one_letter_apart(directory):
    words = sorted(word.spellings["en"] for word in directory.code_words)

    for word in words:
        shorter = {word[:at] + word[at + 1 :] for at in range(len(word))}
        masked = {word[:at] + "." + word[at + 1 :] for at in range(len(word))}
        for other in words:
            if other != word:
                assert other not in shorter
                assert not masked & {other[:at] + "." + other[at + 1 :] for at in range(len(other))}


def test_no_code_word_works_anywhere_in_the_chat(directory):
    words = {word.spellings["en"] for word in directory.code_words}

    assert not words & {"stop", "help", "back", "leave", "skip", "person", "language"}
    assert not words & {"erase", "change", "menu", "yes", "no", "home", "phone"}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_code_that_was_shown_is_read_again(directory, language):
    for first in range(253):
        code = (first, first + 1, first + 2, first + 3)
        text = return_code_text(code, language, directory.code_words)
        assert read_return_code(text, directory.code_words) == code


@pytest.mark.parametrize(
    "text",
    [
        "苹果 月亮 小船 钢琴",
        "苹果月亮小船钢琴",
        "我的码是苹果、月亮、小船、钢琴，谢谢",
        "苹果，月亮，小船，钢琴。",
        "apple moon boat piano",
        "My code is APPLE-Moon_boat, piano!",
        "ａｐｐｌｅ　ｍｏｏｎ　ｂｏａｔ　ｐｉａｎｏ",
        "apple 月亮 boat 钢琴",
        "1. apple\n2. moon\n3. boat\n4. piano",
        "the cake was good; code: apple moon boat piano",
    ],
)
def test_a_code_is_understood_however_it_is_written(directory, text):
    words = [word.spellings["en"] for word in directory.code_words]
    expected = tuple(words.index(word) for word in ("apple", "moon", "boat", "piano"))

    assert read_return_code(text, directory.code_words) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "apple moon boat",
        "apple moon boat piano cake",
        "苹果月亮",
        "pineapples moon boat",
    ],
)
def test_what_is_not_exactly_one_code_is_not_guessed(directory, text):
    assert read_return_code(text, directory.code_words) is None


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (HELPLINES, 'number: "110"', "number: one-one-oh", "D103"),
        (HELPLINES, "last_checked: 2026-11-23", "last_checked: yesterday", "D103"),
        (HELPLINES, "verified: yes", "verified: maybe", "D103"),
        (HELPLINES, "    verified: yes", "    tried: {on: 2026-11-28}\n    verified: yes", "D101"),
        (HELPLINES, "    verified: yes", "    tried: {on: x, by: me}\n    verified: yes", "D103"),
        (HELPLINES, "verified: yes", "verifed: yes", "D102"),
        (HELPLINES, "{en: Police, zh_CN: 报警电话}", "{en: Police}", "D104"),
        (ORGANISATION, "mon-fri 09:00-18:00", "mon-fri 18:00-09:00", "D103"),
        (ORGANISATION, "mon-fri 09:00-18:00", "daily", "D103"),
        (ORGANISATION, "Asia/Shanghai", "Asia/Kaili", "D103"),
        (ORGANISATION, "Asia/Shanghai", "Asia", "D103"),
        (ORGANISATION, "Asia/Shanghai", "[Asia/Shanghai]", "D103"),
        (ORGANISATION, "time_zone: Asia/Shanghai", "time_zone:", "D101"),
        (ORGANISATION, "time_zone: Asia/Shanghai", 'time_zone: " "', "D101"),
        (
            HELPLINES,
            "    verified: yes",
            "    tried: {on: 2026-11-28, by: }\n    verified: yes",
            "D101",
        ),
        (QUEUES, "level: urgent", "level: urgen", "D103"),
        (PHRASES, "{citations}", "{citation}", "D106"),
        (CODE_WORDS, "{en: lemon", "{en: apple", "D105"),
    ],
)
def test_a_bad_value_is_found_on_its_line(file, old, new, code):
    findings = faults_after(file, old, new)

    assert (code, file, line_of(file, old)) in [
        (finding.code, finding.file, finding.line) for finding in findings
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (HELPLINES, "for: {en: danger now, zh_CN: 现在就有危险}", "for: 现在就有危险"),
        (HELPLINES, "hours: {en: 18 hours a day, zh_CN: 每天18小时}", "hours: 9 to 17"),
        (HELPLINES, "hours: {en: 18 hours a day, zh_CN: 每天18小时}", "hours: [9 to 17]"),
        (ORGANISATION, "names: {en: Lantern, zh_CN: 小橘灯}", "names: 凯里社工"),
        (
            ORGANISATION,
            "safe_words: {en: the lamp is on, zh_CN: 小橘灯亮了}",
            "safe_words: 今天月亮圆",
        ),
    ],
)
def test_one_text_where_each_language_needs_its_own_is_a_finding(file, old, new):
    [found] = faults_after(file, old, new)

    assert str(found) == (
        f"{file}:{line_of(file, old)}: D104 write it in each language: {{en: …, zh_CN: …}}"
    )


@pytest.mark.parametrize("none", ["safe_words: {}", "safe_words:", ""])
def test_without_safe_words_there_are_none(none):
    text = TEXTS[ORGANISATION]
    own = {**TEXTS, ORGANISATION: f"{text[: text.index('safe_words:')]}{none}\n"}

    assert read_directory(own).organisation.safe_words == {}


def test_what_writing_costs_is_said_only_by_whom_it_is_known():
    own = "costs: {en: Only the data costs., zh_CN: 只算流量费。}"
    known = read_directory({**TEXTS, ORGANISATION: f"{TEXTS[ORGANISATION]}{own}\n"})

    assert placeholder_values(read_directory(TEXTS), "en")["costs"] == ""
    assert placeholder_values(known, "en")["costs"] == "Only the data costs."
    assert placeholder_values(known, "zh_CN")["costs"] == "只算流量费。"


def test_an_address_that_was_never_told_is_asked_of_nobody_and_older_copies_are_read():
    older = f'{TEXTS[ORGANISATION]}web_address: "https://lantern.example.org"\n'

    assert "web_address" not in TEXTS[ORGANISATION]
    assert read_directory({**TEXTS, ORGANISATION: older}) == read_directory(TEXTS)


def test_places_that_are_no_entries_are_a_finding():
    with pytest.raises(FlowError, match=r"places\.yaml:1: D103"):
        read_directory({**TEXTS, PLACES: "places: legal aid in Kaili\n"})


def test_a_missing_file_is_one_finding(directory):
    assert directory
    texts = {file: text for file, text in TEXTS.items() if file != QUEUES}

    with pytest.raises(FlowError) as caught:
        read_directory(texts)

    assert [str(finding) for finding in caught.value.findings] == [
        f"{QUEUES}:1: D100 the file is missing"
    ]


@pytest.mark.parametrize("copy", ["backup/helplines.yaml", "2025_helplines.yaml", "a/places.yaml"])
def test_a_copy_that_somebody_keeps_is_never_read_for_the_file_itself(directory, copy):
    name = f"flows/directory/{copy}"
    old = TEXTS[f"flows/directory/{copy.rpartition('/')[2].removeprefix('2025_')}"]

    read = read_directory({name: old.replace('"12356"', '"99999"'), **TEXTS})

    assert read.helplines == directory.helplines
    assert read.places == directory.places


def test_too_few_code_words_are_a_finding():
    findings = faults_after(CODE_WORDS, "  - {en: apple, zh_CN: 苹果, pinyin: ping guo}\n", "")

    assert [finding.code for finding in findings] == ["D105"]


def test_unreadable_phrases_bring_no_other_findings_with_them():
    findings = faults_after(PHRASES, '"依据：{citations}"', "依据：{citations}")

    assert [finding.file for finding in findings] == [PHRASES]


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("safe_words: {en: ok then, zh_CN: 好的}", "D103"),
        ("safe_words: {en: the lamp is on}", "D104"),
    ],
)
def test_a_safe_word_is_no_word_that_is_written_by_chance_and_stands_in_every_language(new, code):
    text = TEXTS[ORGANISATION]
    own = {**TEXTS, ORGANISATION: f"{text[: text.index('safe_words:')]}{new}\n"}

    with pytest.raises(FlowError) as caught:
        read_directory(own)

    assert code in [finding.code for finding in caught.value.findings]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(
    "written",
    ["{code}", "  {code}. ", "My code is {code}", "here is our code: {code}", "我的口令是{code}"],
)
@pytest.mark.parametrize("between", [" ", "-", ", ", ""])
def test_a_code_alone_is_known_by_its_form(directory, language, written, between):
    if not between and language == "en":
        between = "  "
    code = between.join(word.spellings[language] for word in directory.code_words[5:9])

    assert is_code_alone(written.format(code=code), directory.code_words.spelt)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/start",
        "apple",
        "apple peach lemon",
        "apple peach lemon orange cherry",
        "I ate an apple, a peach, a lemon and an orange",
        "apple peach lemon orange and he hit me",
        "the apple peach lemon orange",
        "苹果和蜜桃",
        "我爸打我",
        "my code",
    ],
)
def test_what_holds_more_or_less_than_a_code_is_none(directory, text):
    assert not is_code_alone(text, directory.code_words.spelt)
