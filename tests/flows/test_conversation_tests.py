"""The conversations that authors write to test their flows."""

import re
from pathlib import Path

import pytest
from chat import book

from bot.authoring.coverage import measure
from bot.authoring.opening import open_playable
from bot.authoring.playing import play_scripts
from bot.authoring.script import read_scripts
from bot.authoring.testing import read_tests
from bot.domain.errors import FlowError

PAGE = (Path(__file__).parents[2] / "docs/writing-a-flow.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
FLOW = next(block for block in BLOCKS if block.startswith("# Missing school"))
TESTS = next(block for block in BLOCKS if block.startswith("- conversation"))
FILE = "our/tests/report.yaml"

DANGER = """\
conversation: Danger
flow: report_a_concern
steps:
  - hears: Is anyone in danger right now?
  - they: yes
  - case: emergency at emergency
  - hears: call {police_number} now
  - asked: where_now
"""


def faults(text):
    """Return what is wrong with the form of *text*."""
    with pytest.raises(FlowError) as raised:
        read_scripts(text, FILE, book())
    return [str(finding) for finding in raised.value.findings]


def failures(text, on=None):
    """Return how the conversations in *text* fail."""
    played = play_scripts(on or book(), read_scripts(text, FILE, on or book()))
    return [str(finding) for finding in played.findings]


def changed(old, new, text=DANGER):
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.rare
def test_every_conversation_of_our_own_flows_comes_out_as_written():
    played = play_scripts(book(), read_tests(book()))

    assert [str(finding) for finding in played.findings] == []


@pytest.mark.rare
def test_every_state_and_every_answer_of_our_own_flows_is_walked():
    played = play_scripts(book(), read_tests(book()))
    left = [each for each in measure(book().flows, played.walked) if not each.is_whole]

    assert left == []


def test_the_page_for_authors_shows_tests_that_come_out_as_written(tmp_path):
    path = tmp_path / "missing_school.yaml"
    path.write_text(FLOW, encoding="utf-8")
    with_school, _ = open_playable(str(path))

    assert failures(TESTS, on=with_school) == []


def test_a_conversation_that_comes_out_as_written_has_no_findings():
    assert failures(DANGER) == []


def test_a_file_may_hold_one_conversation_or_a_list_of_them():
    listed = "- " + DANGER.replace("\n", "\n  ").rstrip() + "\n"
    other = listed.replace("Danger", "Danger again")

    assert len(read_scripts(DANGER, FILE, book())) == 1
    assert len(read_scripts(listed + other, FILE, book())) == 2


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("conversation: Danger", "converstion: Danger", "1: F902"),
        ("conversation: Danger", "conversation:", "1: F903"),
        ("flow: report_a_concern\n", "", "1: F903"),
        ("flow: report_a_concern", "flow: report_a_concer", "2: F904"),
        ("flow: report_a_concern", "begins_at: report_a_concern.in_dangr", "2: F904"),
        ("flow: report_a_concern", "flow: rights\nlanguage: zh", "3: F905"),
        ("flow: report_a_concern", "flow: rights\nanswered: {welcome.who: child}", "3: F904"),
        ("- they: yes", "- thy: yes", "5: F902"),
        ("- they: yes", "- they:", "5: F903"),
        ("- they: yes", "- silence: yes", "5: F903"),
        ("- they: yes", "- yes", "5: F901"),
        ("- they: yes", "- they: yes\n    tap: Yes", "5: F901"),
        ("- they: yes", "- send: letter", "5: F905"),
        ("- they: yes", "- outcome: fond", "5: F905"),
        ("- they: yes", "- they: yes\n    offers: a | b", "5: F905"),
        ("emergency at emergency", "emergncy at emergency", "6: F905"),
        ("emergency at emergency", "emergency at urgnt", "6: F905"),
        ("emergency at emergency", "emergency", "6: F905"),
    ],
)
def test_what_is_wrong_with_the_form_is_found_with_its_line(old, new, expected):
    assert faults(changed(old, new))[0].startswith(f"{FILE}:{expected}")


def test_a_misspelt_word_comes_with_the_one_that_was_meant():
    assert 'did you mean "they"?' in faults(changed("- they: yes", "- thy: yes"))[0]


def test_two_conversations_cannot_have_the_same_name():
    listed = "- " + DANGER.replace("\n", "\n  ").rstrip() + "\n"

    assert faults(listed * 2) == [f'{FILE}:9: F906 "Danger" already stands on line 1']


@pytest.mark.parametrize("text", ["", "- x", "a", "[]", "conversation: [a]", "- [a, b]", "a: &b c"])
def test_what_is_no_conversation_at_all_is_told_and_never_fails(text):
    assert faults(text)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("- hears: Is anyone", "- hears: Is nobody", "4: F951"),
        ("- hears: call", "- hears_nothing:\n  - hears: call", "7: F951"),
        ("- asked: where_now", "- asked: what_happened", "8: F952"),
        ("emergency at emergency", "intake at urgent", "6: F953"),
        ("- case: emergency at emergency", "- no_case:", "6: F953"),
        ("- hears: Is anyone", "- case: intake at urgent\n  - hears: Is anyone", "4: F953"),
        ("- asked: where_now", "- ends: reported", "8: F954"),
        ("- they: yes", "- tap: Perhaps", "5: F955"),
        ("- they: yes", "- outcome: found", "5: F955"),
    ],
)
def test_what_does_not_come_out_as_written_is_told_with_its_line(old, new, expected):
    found = failures(changed(old, new))

    assert len(found) == 1
    assert found[0].startswith(f"{FILE}:{expected}")
    assert found[0].endswith("(Danger)")


def test_a_deed_that_can_turn_out_in_many_ways_needs_its_outcome():
    text = "conversation: A\nflow: check_on_my_report\nsteps:\n  - they: four words for it\n"
    wrong = text + "  - outcome: told\n"

    assert "look_up_case waits for what came of it" in failures(text)[0]
    assert "look_up_case can only turn out as found | not_found | too_often" in failures(wrong)[0]


def test_what_is_heard_is_heard_in_order():
    text = changed("- hears: call", "- hears: Where are you now?\n  - hears: call")

    assert failures(text)[0].startswith(f"{FILE}:8: F951")


def test_signs_of_risk_open_a_case_as_in_real_life():
    text = """\
conversation: Danger in own words
begins_at: report_a_concern.what_happened
language: zh_CN
answered: {report_a_concern.in_danger: safe, report_a_concern.who_is_it_about: me}
steps:
  - they: 今晚我就去死
  - case: emergency at emergency
"""

    assert failures(text) == []


def test_what_no_test_walks_is_counted():
    played = play_scripts(book(), read_scripts(DANGER, FILE, book()))
    left = {each.flow: each for each in measure(book().flows, played.walked)}

    assert "report_a_concern.more" in left["report_a_concern"].states_left
    assert "report_a_concern.in_danger: safe" in left["report_a_concern"].answers_left
    assert "report_a_concern.in_danger: danger" not in left["report_a_concern"].answers_left
    assert "report_a_concern.where_now" not in left["report_a_concern"].states_left


def test_what_is_said_of_danger_is_said_once():
    text = """\
conversation: Once is enough
flow: report_a_concern
language: zh_CN
steps:
  - they: 是
  - they: 今晚我就去死
  - asked: tell_more
  - hears_nothing:
"""

    assert "已经叫了社工" not in failures(text)[0]
    assert failures(text)[0].startswith(f"{FILE}:8: F951")
