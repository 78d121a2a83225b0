"""Files of the risk check: what is wrong with them is said all at once."""

from datetime import timedelta
from pathlib import Path

import pytest
from wish_rule import RULE

from bot.domain.errors import FlowError
from bot.domain.level import Level
from bot.triage.finder import find_all, make_finder
from bot.triage.levels import Rung, read_levels
from bot.triage.pattern import PatternError, read_pattern
from bot.triage.reader import read_rules
from bot.triage.signals import find_signals

LEVELS = (Path(__file__).parents[2] / "flows" / "triage" / "levels.yaml").read_text("utf-8")


def codes(raised):
    return [finding.code for finding in raised.value.findings]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("languages:", "langauges:", "T101"),
        ("patterns: [想死]", "patterns: []", "T101"),
        ("catch: 我想死", "", "T101"),
        ("suicide", "suicied", "T102"),
        ("urgent", "urgend", "T103"),
        ("[zh_CN]", "[cn]", "T104"),
        ("想死]", '"(想死"]', "T105"),
        ("想死]", '"{nobody}死"]', "T105"),
        ("想死]", "/想.*死/]", "T105"),
        ("catch: 我想死", "catch: 你好", "T107"),
        ("leave: 想你", "leave: 都想死", "T108"),
        ("en: Wants to die., ", "", "T109"),
        ("level: urgent", "level: urgent\n    weak: perhaps", "T110"),
        ("level: urgent", "level: urgent\n    enough: perhaps", "T110"),
        ("level: urgent", "level: urgent\n    weak: true", "T111"),
    ],
)
def test_a_fault_has_its_code_and_its_line(old, new, code):
    with pytest.raises(FlowError) as raised:
        read_rules({"a.yaml": RULE.replace(old, new)})

    assert code in codes(raised)
    assert all(finding.file == "a.yaml" and finding.line > 1 for finding in raised.value.findings)


def test_an_id_stands_only_once_over_all_files():
    with pytest.raises(FlowError) as raised:
        read_rules({"a.yaml": RULE, "b.yaml": RULE})

    assert codes(raised) == ["T106"]


PARTS = "parts:\n  who: (?:我|{kin})\n  kin: (?:爸|妈)\n"


def test_a_part_stands_wherever_it_is_named_between_slashes():
    rules = read_rules({"a.yaml": RULE.replace("[想死]", "['/{who}想死/']") + PARTS})
    assert find_signals("妈想死", rules)
    assert not find_signals("他想死", rules)


@pytest.mark.parametrize(
    ("pattern", "parts", "code"),
    [
        ("/{whom}想死/", PARTS, "T105"),
        ("/{who}想死/", PARTS.replace("{kin}", "{who}"), "T105"),
        ("/{who}想死/", PARTS.replace("(?:爸|妈)", "(?:爸|妈"), "T105"),
    ],
)
def test_a_part_that_is_not_there_or_names_itself_is_a_fault(pattern, parts, code):
    with pytest.raises(FlowError) as raised:
        read_rules({"a.yaml": RULE.replace("[想死]", f"['{pattern}']") + parts})
    assert code in codes(raised)


def test_a_part_is_named_once_over_all_files():
    with pytest.raises(FlowError) as raised:
        read_rules({"a.yaml": RULE + PARTS, "b.yaml": PARTS})
    assert codes(raised) == ["T106", "T106"]


def test_the_version_changes_with_the_content_and_not_with_the_order():
    again = RULE.replace("wish", "other")

    assert (
        read_rules({"a": RULE, "b": again}).version == read_rules({"b": again, "a": RULE}).version
    )
    assert read_rules({"a": RULE}).version != read_rules({"a": again}).version


def test_the_file_of_levels_is_passed_over():
    assert list(read_rules({"a": RULE, "levels.yaml": LEVELS}).rules) == ["wish"]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("被…打", "被他狠狠地打"),
        ("(很|)想死", "想死"),
        ("{who}打我", "爸打我"),
        ("molest*", "he molested her"),
        ("kill my self", "killmyself"),
        ("/z[s5]{1,2}/", "z5"),
    ],
)
def test_a_pattern_reads_as_it_is_written(pattern, text):
    assert read_pattern(pattern, {"who": "爸 | 妈"}).expression.search(text)


@pytest.mark.parametrize(
    "pattern", ["(|)", "a)b", "(a", "{who}", "{", "/a+/", "/(/", "//", "…" * 2]
)
def test_what_is_no_pattern_is_refused(pattern):
    with pytest.raises(PatternError):
        read_pattern(pattern, {})


def test_a_gap_never_reads_over_the_end_of_a_sentence():
    assert not read_pattern("被…打", {}).expression.search("被骗。打")


def test_a_gap_in_english_starts_and_ends_between_words():
    expression = read_pattern("hits…me", {}).expression
    assert expression.search("he hits both of us and me")
    assert not expression.search("he hits the same ball")


def test_a_pattern_is_found_on_both_sides_of_its_anchor_wherever_that_stands():
    finder = make_finder([read_pattern("他…自杀", {})])
    text = "自杀" + "哈哈呀" * 100 + "他想自杀"

    found = [(number, list(spans)) for number, spans in find_all(finder, text)]

    assert found == [(0, [(len(text) - 4, len(text))])]


def test_the_emergency_ladder_climbs_every_five_minutes_until_it_is_acknowledged():
    times = read_levels(LEVELS, "levels.yaml").of(Level.EMERGENCY)

    minutes = [times.rung(number).after // timedelta(minutes=1) for number in range(6)]

    assert minutes == [0, 5, 10, 15, 20, 25]
    assert [rung.alert for rung in times.ladder] == ["on_duty", "next", "supervisors", "everyone"]
    assert times.rung(99).alert == "everyone"


def test_an_urgent_case_climbs_at_half_and_three_quarters_and_all_of_its_hour():
    times = read_levels(LEVELS, "levels.yaml").of(Level.URGENT)

    assert times.acknowledge_within == timedelta(hours=1)
    assert [rung.after / times.acknowledge_within for rung in times.ladder] == [0, 0.5, 0.75, 1]
    assert times.rung(4) == Rung(after=timedelta(minutes=90), alert="everyone")


def test_a_case_without_a_level_is_kept_as_a_routine_one():
    levels = read_levels(LEVELS, "levels.yaml")

    assert levels.of(Level.NONE) == levels.of(Level.ROUTINE)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("repeat_every: 5 minutes", "repeat_evry: 5 minutes", "T201"),
        ("    decide_within: 1 hour\n", "", "T202"),
        ("decide_within: 1 hour", "decide_within: soon", "T203"),
        ("repeat_every: 5 minutes", "repeat_every: 0 minutes", "T203"),
        ("alert: next", "alert: nobody", "T204"),
        ("after: 10 minutes", "after: 4 minutes", "T205"),
        ("{after: 0 minutes, alert: on_duty}", "{after: 1 minute, alert: on_duty}", "T205"),
        ("levels:\n", "livels:\n", "T201"),
    ],
)
def test_a_fault_in_the_levels_is_a_finding(old, new, code):
    with pytest.raises(FlowError) as raised:
        read_levels(LEVELS.replace(old, new), "levels.yaml")

    assert code in codes(raised)


@pytest.mark.parametrize(
    ("category", "level", "says"),
    [
        ("suicide", "urgent", "a rule of suicide is never weak"),
        ("self_harm", "urgent", "a rule of self_harm is never weak"),
        ("sexual_abuse", "urgent", "a rule of sexual_abuse is never weak"),
        ("online_sexual", "urgent", "a rule of online_sexual is never weak"),
        ("neglect", "emergency", "only a rule whose level is urgent may be weak"),
        ("neglect", "routine", "only a rule whose level is urgent may be weak"),
        ("benign", "", "only a rule whose level is urgent may be weak"),
        ("siblings", "", "only a rule whose level is urgent may be weak"),
    ],
)
def test_a_rule_is_weak_only_where_nothing_is_lost_by_it(category, level, says):
    stated = f"level: {level}\n    weak: true" if level else "weak: true"
    rule = RULE.replace("suicide", category).replace("level: urgent", stated)
    with pytest.raises(FlowError) as raised:
        read_rules({"a.yaml": rule})
    assert ("T111", says) in [(each.code, each.text) for each in raised.value.findings]


def test_of_other_categories_an_urgent_rule_may_be_weak():
    weak = RULE.replace("level: urgent", "level: urgent\n    weak: true")
    [found] = read_rules({"a.yaml": weak.replace("suicide", "neglect")}).rules.values()
    assert found.is_weak
