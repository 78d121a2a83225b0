"""The table of modifiers: read strictly; each raises by one, where it may and never further."""

from datetime import timedelta
from pathlib import Path

import pytest
from running import the_book

from bot.building import MODIFIERS
from bot.casework.weighing import Concern, weigh
from bot.domain.errors import FlowError
from bot.domain.level import Level
from bot.domain.signal import Signal
from bot.triage.check_modifiers import check_modifiers
from bot.triage.modifiers import Circumstances, modifiers_of
from bot.triage.read_modifiers import read_modifiers
from bot.triage.signals import contexts_in, explain, find_signals

HERE = Path(__file__).parents[2]
DOCS = (HERE / "docs/triage.md").read_text("utf-8")
TABLE = the_book().modifiers
ROW = """
modifiers:
  young:
    raises: [routine, urgent]
    when: {age_under: 8}
    categories: [suicide]
    reason: {en: Young., zh_CN: 年纪小。}
"""
E, U, R = Level.EMERGENCY, Level.URGENT, Level.ROUTINE
REPORT = {"a.in_danger": "safe", "a.who_is_it_about": "child"}


def signal(category="distress", level=R):
    return Signal(rule="r", category=category, level=level, reason="", rules_version="v", words="x")


def level_with(answers, *signals, **known):
    queues = the_book().directory.queues
    around = Circumstances(answers=answers, signals=signals, **known)
    return weigh(queues, TABLE, Concern(queue="intake"), around).level


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("modifiers:", "modifier:", "T302"),
        ("raises:", "rises:", "T301"),
        ("age_under", "age_over", "T301"),
        ("when: {age_under: 8}", "when: {}", "T302"),
        ("{age_under: 8}", "{risky_texts: 3}", "T302"),
        ("[routine, urgent]", "[emergency]", "T303"),
        ("[suicide]", "[suicied]", "T303"),
        ("[suicide]", "suicied", "T303"),
        ("age_under: 8", "age_under: eight", "T304"),
        ("age_under: 8", "came_within: a month", "T304"),
        ("age_under: 8", "told: weather", "T304"),
        ("age_under: 8", "went_silent: no", "T304"),
        ("en: Young., ", "", "T305"),
    ],
)
def test_a_fault_in_its_form_is_a_finding(old, new, code):
    with pytest.raises(FlowError) as raised:
        read_modifiers(ROW.replace(old, new, 1), "modifiers.yaml")

    assert code in [finding.code for finding in raised.value.findings]


@pytest.mark.parametrize("when", ["{answered: {weather: [some]}}", "{answered: {age: [some]}}"])
def test_it_names_only_questions_and_answers_that_there_are(when):
    table = read_modifiers(ROW.replace("{age_under: 8}", when), MODIFIERS)

    [found] = check_modifiers(table, the_book().flows, MODIFIERS)

    assert found.code == "T306"


@pytest.mark.parametrize("row", TABLE.rows, ids=lambda row: row.id)
def test_every_modifier_stands_in_the_docs(row):
    levels = " ".join(level.word for level in sorted(row.raises, reverse=True))

    assert f"| `{row.id}` | {levels} |" in DOCS


@pytest.mark.parametrize(
    ("answers", "signals", "expected"),
    [
        ({**REPORT, "a.age": "8"}, (), R),
        ({**REPORT, "a.age": "7"}, (), U),
        ({"a.in_danger": "safe", "a.who_is_it_about": "me", "a.age": "7"}, (), E),
        ({**REPORT, "age": "12"}, (signal("sexual_abuse", U),), E),
        ({**REPORT, "age": "14"}, (signal("sexual_abuse", U),), U),
        ({**REPORT, "age": "skipped"}, (signal("sexual_abuse", U),), U),
        ({**REPORT, "age": "12", "a.other_children": "unsure"}, (), U),
        ({**REPORT, "age": "12", "a.other_children": "none"}, (), R),
        ({**REPORT, "age": "12", "a.told_anyone": "nobody"}, (), U),
    ],
)
def test_what_was_answered_raises_by_one(answers, signals, expected):
    assert level_with(answers, *signals) is expected


@pytest.mark.parametrize(
    "known",
    [
        {"told": {"left_behind": "x"}},
        {"told": {"disability": "x"}},
        {"told": {"lives_together": "x"}},
        {"told": {"siblings": "x"}},
        {"told": {"no_safe_adult": "x"}},
        {"came_before": timedelta(days=29)},
        {"has_gone_silent": True},
        {"is_outside_hours": True},
        {"risky": [timedelta(), timedelta(minutes=30), timedelta(minutes=59)]},
    ],
)
def test_whatever_else_is_known_raises_only_beside_a_signal_and_never_to_an_emergency(known):
    assert level_with({}, signal(), **known) is U
    assert level_with({}, signal(level=U), **known) is U
    assert level_with({}, **known) is R


@pytest.mark.parametrize(
    "known",
    [
        {"told": {"weather": "x"}},
        {"came_before": timedelta(days=31)},
        {"risky": [timedelta(), timedelta(minutes=30), timedelta(minutes=61)]},
    ],
)
def test_what_is_too_long_ago_or_unknown_raises_nothing(known):
    assert level_with({}, signal(), **known) is R


@pytest.mark.parametrize("told", ["lives_together", "no_safe_adult", "disability"])
def test_only_where_it_is_sexual_the_words_alone_make_an_emergency(told):
    assert level_with({}, signal("sexual_abuse", U), told={told: "x"}) is E
    assert level_with({}, signal("physical_abuse", U), told={told: "x"}) is U


def test_however_much_is_known_it_rises_by_one():
    told = dict.fromkeys(("left_behind", "disability", "siblings", "no_safe_adult"), "x")

    assert level_with({"age": "6"}, signal(), told=told, is_outside_hours=True) is U


def test_an_emergency_has_nothing_to_rise_to():
    assert modifiers_of(TABLE, E, Circumstances(answers={"age": "6"})) == ()


def test_it_keeps_the_words_and_says_why_in_every_language():
    known = Circumstances(signals=[signal()], told={"left_behind": "my dad works far away"})

    [found] = modifiers_of(TABLE, R, known)

    assert found.words == "my dad works far away"
    assert explain(found, "en") == "The parents are away for work."
    assert explain(found, "zh_CN") == "爸妈在外地，孩子留守。"


@pytest.mark.parametrize("rule", the_book().rules.contexts.rules.values(), ids=lambda rule: rule.id)
def test_what_is_told_besides_is_no_signal_of_its_own(rule):
    for text in rule.catch:
        assert rule.category in contexts_in(text, the_book().rules)
        assert rule.id not in {signal.rule for signal in find_signals(text, the_book().rules)}


def test_a_not_before_it_takes_it_away():
    assert contexts_in("I am not disabled", the_book().rules) == {}
