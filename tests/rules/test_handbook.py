"""The workers' handbook: whole in each language, proved by the law, in the words of the desk."""

import re
from datetime import time, timedelta

import pytest
from project_texts import ROOT, texts_of

from bot.advising.proving import compare_with_law
from bot.console.guide import Guide, shown_sections, titles_left_out, when_tested
from bot.content import Content
from bot.directory.hours import Daily
from bot.directory.read import read_directory
from bot.directory.say import placeholder_values
from bot.domain.errors import FlowError
from bot.domain.level import Level
from bot.guidance.read import read_shelf
from bot.handbook.check import check_handbook
from bot.handbook.model import FACTS
from bot.handbook.read import FILE, read_handbook
from bot.triage.alarm import AlarmTimes
from bot.triage.levels import Levels, Rung, Times
from bot.wording.catalog import parse_catalog

TEXTS = texts_of(
    "flows/directory/*.yaml",
    "flows/guidance/laws.yaml",
    "flows/guidance/proved.yaml",
    "flows/desk/*.yaml",
    "locales/*/desk/*.md",
)
DIRECTORY = read_directory(TEXTS)
HANDBOOK = read_handbook(TEXTS, DIRECTORY)
EN, ZH = "locales/en/desk/handbook.md", "locales/zh_CN/desk/handbook.md"
CATALOG = "locales/zh_CN/LC_MESSAGES/messages.po"
LANGUAGES = ("zh_CN", "en")
LABEL = re.compile(r"\[([^\]]+)\]")


def odd_times(minutes):
    """Times that nobody would choose, so that they are found nowhere else."""
    return Times(
        acknowledge_within=timedelta(minutes=minutes),
        first_reply_within=timedelta(minutes=minutes + 1),
        decide_within=timedelta(hours=minutes),
        ladder=(
            Rung(after=timedelta(), alert="on_duty"),
            Rung(after=timedelta(minutes=minutes + 2), alert="supervisors"),
        ),
        repeat_every=timedelta(minutes=minutes + 3),
    )


LEVELS = Levels(
    times={
        Level.EMERGENCY: odd_times(7),
        Level.URGENT: odd_times(17),
        Level.ROUTINE: odd_times(37),
    }
)
ALARM = AlarmTimes(
    taken_within=timedelta(minutes=9),
    answered_within=timedelta(hours=11),
    worker_silent_after=timedelta(days=13),
)


def guide(handbook=HANDBOOK, heartbeat=None):
    return Guide(
        handbook=handbook,
        directory=DIRECTORY,
        placeholders={code: placeholder_values(DIRECTORY, code) for code in LANGUAGES},
        levels=LEVELS,
        alarm=ALARM,
        heartbeat=heartbeat,
    )


def changed(file, old, new):
    assert old in TEXTS[file]
    return {**TEXTS, file: TEXTS[file].replace(old, new, 1)}


def codes(texts):
    return {finding.code for finding in check_handbook(texts, DIRECTORY)}


def words_of(language, guide_=None):
    return "\n".join(
        span.text
        for section in shown_sections(guide_ or guide(), language)
        for block in section.blocks
        for line in block.lines
        for span in line
    )


def test_the_handbook_is_sound_and_nothing_of_it_is_left_out():
    assert check_handbook(TEXTS, DIRECTORY) == []
    assert HANDBOOK.left_out == ()
    assert len(HANDBOOK.sections) > 15


def test_every_statement_of_the_law_names_the_article_it_rests_on():
    [reporting] = [one for one in shown_sections(guide(), "zh_CN") if one.law]
    assert reporting.id == "reporting"
    assert "《未成年人保护法》第11、103、112、117、130条" in reporting.law
    assert "《反家庭暴力法》第14、35条" in reporting.law


def test_a_section_whose_law_nobody_has_proved_is_not_shown_but_named():
    texts = changed(FILE, "speaks_of: 未履行报告义务", "speaks_of: 三天之内")

    assert codes(texts) == {"G122"}
    handbook = read_handbook(texts, DIRECTORY)
    assert "reporting" not in [section.id for section in handbook.sections]
    assert titles_left_out(guide(handbook), "zh_CN") == ("报告：中国法律要我们做什么",)


def test_its_law_is_compared_with_the_text_of_the_law_as_that_of_guidance_is():
    file = changed(FILE, "speaks_of: 未履行报告义务", "speaks_of: 三天之内报告")[FILE]
    content = Content(texts={**TEXTS, FILE: file})
    compared = compare_with_law(content, read_shelf(TEXTS), DIRECTORY).comparison

    assert compared is not None
    assert [(each.file, each.code) for each in compared.findings] == [(FILE, "G118")]
    assert compared.compared == len(_cited(file)) > 5


def _cited(text):
    return re.findall(r"\{law: (\w+), article: (\d+)", text)


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (FILE, "by: author", "by: somebody", "H110"),
        (FILE, "law: MPL, article: 11,", "law: MPX, article: 11,", "H105"),
        (FILE, "article: 103, speaks_of: 不得披露", "article: 103", "H101"),
        (FILE, "  first: {}\n", "", "H104"),
        (FILE, "  first: {}", "  first: {law: MPL}", "H102"),
        (EN, "## numbers", "## sums", "H104"),
        (EN, "## numbers", "## Where numbers come from", "H103"),
        (ZH, "### 数字从哪里来", "数字从哪里来", "H103"),
        (ZH, "{police_number}", "{polic_number}", "H111"),
        (ZH, "{alarm_test}", "{alarm_tests}", "H111"),
        (ZH, "法律点名了", "《反家庭暴力法》第十四条点名了", "H105"),
        (EN, "the law names", "article 14 names", "H105"),
        (ZH, "- 语气忽然变了", "语气忽然变了", "H114"),
        (EN, "{police_number}, or the", "110, or the", "H114"),
    ],
)
def test_what_would_not_hold_is_found(file, old, new, code):
    assert code in codes(changed(file, old, new))


def test_a_level_that_no_section_tells_of_is_found():
    texts = changed(EN, "{level_urgent}\n", "")
    texts[ZH] = TEXTS[ZH].replace("{level_urgent}\n", "")

    assert codes(texts) == {"H106"}


@pytest.mark.parametrize("sections", ["[first, levels]", "none", "{}"])
def test_sections_that_have_no_names_stop_the_start_and_are_found_where_they_stand(sections):
    head = TEXTS[FILE].split("\nsections:", 1)[0]
    texts = {**TEXTS, FILE: f"{head}\nsections: {sections}\n"}
    line = head.count("\n") + 2

    with pytest.raises(FlowError) as stopped:
        read_handbook(texts, DIRECTORY)
    assert [(each.code, each.file, each.line) for each in stopped.value.findings] == [
        ("H103", FILE, line)
    ]
    assert stopped.value.findings[0] in check_handbook(texts, DIRECTORY)


def test_a_handbook_that_does_not_say_who_reviewed_it_stops_the_start():
    with pytest.raises(FlowError) as stopped:
        read_handbook(changed(FILE, "reviewed: {on: 2026-11-30, by: author}\n", ""), DIRECTORY)
    assert [each.code for each in stopped.value.findings] == ["H101"]


def test_a_fault_of_the_review_is_told_with_the_line_it_stands_on():
    texts = changed(FILE, "by: author", "by: somebody")
    before = TEXTS[FILE].split("reviewed: {", 1)[0]

    [fault] = check_handbook(texts, DIRECTORY)
    assert (fault.code, fault.line) == ("H110", before.count("\n") + 1)


@pytest.mark.parametrize("gone", ["on: 2026-11-30, ", ", by: author"])
def test_a_review_says_both_the_day_and_the_role(gone):
    assert codes(changed(FILE, gone, "")) == {"H110"}


def test_a_file_without_form_stops_the_start():
    with pytest.raises(FlowError):
        read_handbook(changed(EN, "## numbers", "## 1"), DIRECTORY)


@pytest.mark.parametrize(
    ("language", "taken", "answer", "climbs", "repeats"),
    [
        ("en", *(f"{count}\N{NO-BREAK SPACE}min" for count in (17, 18, 19, 20))),
        ("zh_CN", "17分钟", "18分钟", "19分钟", "20分钟"),
    ],
)
def test_the_times_of_the_levels_are_those_that_are_set(language, taken, answer, climbs, repeats):
    sections = shown_sections(guide(), language)
    times = [block.times for one in sections for block in one.blocks if block.times]

    assert [one.level for one in times] == [*sorted(LEVELS.times), Level.NONE]
    urgent = times[1]
    assert (urgent.acknowledge, urgent.first_reply, urgent.repeat) == (taken, answer, repeats)
    assert [(step.alert, step.after) for step in urgent.ladder] == [
        ("on_duty", ""),
        ("supervisors", climbs),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_to_fill_in_and_the_alarms_times_are_those_that_are_set(language):
    told = words_of(language).replace("\N{NO-BREAK SPACE}", " ")

    assert not re.findall(r"[{}\[\]]|\*\*", told)
    here = {"en": ("9 min", "11 hr", "13 day"), "zh_CN": ("9分钟", "11小时", "13天")}
    for said in here[language]:
        assert said in told


def test_no_time_of_a_level_is_copied_into_the_words():
    """What is set here stands in the facts; a copy in the words would soon be wrong."""
    for file in (EN, ZH):
        assert not re.findall(r"\d+ ?(?:min|hour|hr|day|分钟|小时|天)", TEXTS[file])


@pytest.mark.parametrize(
    ("heartbeat", "language", "at", "on"),
    [
        (None, "en", "", ""),
        (Daily(first=0, last=6, at=time(7, 15)), "en", "07:15", ""),
        (Daily(first=0, last=4, at=time(7, 15)), "en", "07:15", "Monday to Friday"),
        (Daily(first=0, last=4, at=time(7, 15)), "zh_CN", "07:15", "星期一到星期五"),
    ],
)
def test_when_the_alarm_is_tested_is_as_it_is_set(heartbeat, language, at, on):
    assert when_tested(guide(heartbeat=heartbeat), language) == {"tested_at": at, "tested_on": on}


def test_what_stands_at_the_desk_is_called_as_the_desk_calls_it():
    """A button that the handbook names is there, under that name, in both languages."""
    text = (ROOT / CATALOG).read_text("utf-8")
    catalog = parse_catalog(text, language="zh_CN", file=CATALOG)
    known = {}
    for message in catalog:
        if isinstance(message.id, str) and message.id:
            known.setdefault(message.id, set()).add(message.string)
    ours, theirs = (_labels(TEXTS[file]) for file in (EN, ZH))

    assert len(ours) == len(theirs) > 20
    for english, chinese in zip(ours, theirs, strict=True):
        assert chinese in known.get(english, ()), (english, chinese)


def _labels(text):
    return LABEL.findall(text.split("\n## ", 1)[1])


def test_every_fact_is_told_of():
    told = {fact for section in HANDBOOK.sections for fact in section.words["en"].facts}
    assert told == set(FACTS)


def section(file, name):
    return TEXTS[file].split(f"\n## {name}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize(
    ("file", "name", "says"),
    [
        (EN, "reporting", "violence at home, even if it is only suspected: the police,"),
        (ZH, "reporting", "有家庭暴力（只是怀疑也算）：向公安机关报案"),
        (EN, "reporting", "They must report it to the police promptly"),
        (ZH, "reporting", "必须及时向公安机关报案"),
        (EN, "reporting", "If you cannot reach your supervisor, report it yourself; do not wait."),
        (ZH, "reporting", "联系不上督导，就自己报告，不要等。"),
        (EN, "first", "you cannot reach them, report it yourself"),
        (ZH, "first", "联系不上督导的，就自己报告"),
        (EN, "reporting", "except to search for a missing or abducted child"),
        (ZH, "reporting", "查找失踪、被拐卖的孩子等情形除外"),
        (EN, "safe_to_write", "goes out at once; Lantern does not wait for that time."),
        (ZH, "safe_to_write", "发出去就马上到，小橘灯不会等到那个时间。"),
        (EN, "kept", '"Erase" does not reach them.'),
        (ZH, "kept", "“清除”清不掉它们"),
        (ZH, "already_told", "没有听到任何跟求救有关的话"),
    ],
)
def test_what_a_child_could_be_hurt_by_if_it_were_not_said_is_said(file, name, says):
    """Whom to report to, and by oneself if need be; what is sent at once, and what stays."""
    assert says in section(file, name)


def test_a_case_is_closed_in_the_word_that_stands_at_the_desk():
    assert "关闭" not in section(ZH, "closing")
    assert "### 结案" in section(ZH, "closing")
