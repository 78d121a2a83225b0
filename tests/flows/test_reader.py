from datetime import timedelta

import pytest

from bot.domain.errors import FlowError
from bot.flow.model import ALWAYS
from bot.flow.reader import read_flow

FILE = "flows/conversations/ask.yaml"

GOOD = """\
flow: ask
version: 3
starts_at: how_old
if_silent:
  after: 2 hours
  go: gone
states:
  how_old:
    note: A guess is fine.
    ask: How old are you?
    expect: age
    if_unclear: Please send a number.
    skip: no
    then: like_it

  like_it:
    ask: Do you like it here?
    answers:
      yes: Yes
      no: No
    also:
      yes: yep | 1 |
    then:
      yes: gone
      no: other.start!

  gone:
    end: silent
"""


def findings(text):
    with pytest.raises(FlowError) as caught:
        read_flow(text, FILE)
    return [str(finding) for finding in caught.value.findings]


def changed(old, new):
    assert old in GOOD
    return findings(GOOD.replace(old, new))


def test_a_flow_is_read_as_it_was_written():
    flow = read_flow(GOOD, FILE)

    assert (flow.name, flow.version, flow.starts_at, flow.file) == ("ask", 3, "how_old", FILE)
    assert flow.if_silent.after == timedelta(hours=2)
    assert flow.if_silent.go == "gone"
    assert list(flow.states) == ["how_old", "like_it", "gone"]
    assert flow.states["how_old"].then == {ALWAYS: "like_it"}
    assert flow.states["how_old"].note == "A guess is fine."
    assert flow.states["gone"].end == "silent"


def test_yes_and_no_stay_text():
    flow = read_flow(GOOD, FILE)

    assert flow.states["like_it"].answers == {"yes": "Yes", "no": "No"}
    assert flow.states["how_old"].can_skip is False
    assert flow.states["like_it"].can_skip is True


def test_words_that_mean_the_same_are_a_list_without_empty_ones():
    assert read_flow(GOOD, FILE).states["like_it"].also == {"yes": ("yep", "1")}


def test_every_part_knows_its_line():
    flow = read_flow(GOOD, FILE)
    state = flow.states["like_it"]

    assert state.line == 16
    assert state.line_of("ask") == 17
    assert state.line_of("answers.no") == 20
    assert state.line_of("then") == 23
    assert state.line_of("then.no") == 25
    assert state.line_of("then.unheard_of") == 23
    assert flow.lines["if_silent.go"] == 6


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1 minute", timedelta(minutes=1)),
        ("30 minutes", timedelta(minutes=30)),
        ("1 day", timedelta(days=1)),
    ],
)
def test_a_duration_is_a_number_and_a_unit(written, meant):
    assert read_flow(GOOD.replace("2 hours", written), FILE).if_silent.after == meant


def test_what_is_not_yaml_is_one_finding():
    assert findings("flow: [ask")[0].startswith(f"{FILE}:1: F001 this is not YAML")


def test_an_empty_file_is_one_finding():
    assert findings("# nothing\n") == [f"{FILE}:1: F001 the file is empty"]


def test_a_list_is_no_flow():
    assert findings("- flow\n") == [
        f'{FILE}:1: F006 "the file" is a block: lines of "name: value" below it'
    ]


def test_an_unknown_word_comes_with_a_suggestion():
    assert changed("    note:", "    notes:") == [
        f'{FILE}:9: F002 "notes" is not a word of a state; did you mean "note"?'
    ]


def test_an_unknown_word_like_no_other_comes_with_the_known_ones():
    assert changed("version: 3", "version: 3\nowner: me") == [
        (
            f'{FILE}:3: F002 "owner" is not a word of a flow; '
            "known are flow, version, starts_at, if_silent, states"
        )
    ]


def test_a_repeated_word_is_found():
    assert changed("version: 3", "version: 3\nversion: 4") == [
        f'{FILE}:3: F003 "version" already stands on line 2'
    ]


@pytest.mark.parametrize(
    ("old", "new"), [("ask: How", "ask: &a How"), ("ask: How", "ask: !!str How")]
)
def test_anchors_and_tags_are_not_used(old, new):
    assert changed(old, new)[0].startswith(f"{FILE}:10: F004 ")


@pytest.mark.parametrize("line", ["flow: ask\n", "version: 3\n", "starts_at: how_old\n"])
def test_a_missing_line_is_named(line):
    word = line.split(":", maxsplit=1)[0]

    assert f'{FILE}:1: F005 "{word}" is missing' in changed(line, "")


def test_a_file_without_states_is_told_so():
    assert findings("flow: ask\nversion: 1\nstarts_at: here\n") == [
        f'{FILE}:1: F005 "states" is missing'
    ]


def test_an_empty_value_is_not_a_value():
    assert changed("ask: How old are you?", "ask:") == [
        f'{FILE}:10: F005 "ask" is empty; write its text or take it out'
    ]


def test_a_question_must_say_what_it_waits_for():
    assert changed("    expect: age\n", "") == [
        f"{FILE}:10: F005 a question needs answers, or expect: text where any words will do"
    ]


def test_text_is_expected_where_a_block_stands():
    assert changed("ask: How old are you?", "ask: {how: old}") == [
        f'{FILE}:10: F006 "ask" is one text, not a list or a block'
    ]


def test_a_block_is_expected_where_text_stands():
    assert changed("answers:\n      yes: Yes\n      no: No\n", "answers: Yes\n")[0] == (
        f'{FILE}:18: F006 "answers" is a block: lines of "name: value" below it'
    )


def test_skip_is_yes_or_no():
    assert changed("skip: no", "skip: never") == [
        f'{FILE}:13: F006 "skip" is yes or no, not "never"'
    ]


@pytest.mark.parametrize("written", ["soon", "0 hours", "2", "2 weeks", "-1 day", "99999 days"])
def test_what_is_no_duration_is_found(written):
    assert changed("2 hours", written) == [
        f'{FILE}:4: F007 "{written}" is not a duration; write it like "30 minutes"'
    ]


def test_an_unknown_expectation_comes_with_a_suggestion():
    assert changed("expect: age", "expect: aeg") == [
        f'{FILE}:11: F008 "expect: aeg" is not known; did you mean "age"?'
    ]


def test_an_unknown_deed_comes_with_a_suggestion():
    assert changed("    end: silent", "    do: leave_quikly\n    end: silent") == [
        f'{FILE}:28: F009 "do: leave_quikly" is not known; did you mean "leave_quickly"?'
    ]


@pytest.mark.parametrize("written", ["one", "1.5", "0", "-1", "1234567890", "9" * 5000])
def test_a_version_is_a_whole_number(written):
    assert changed("version: 3", f"version: {written}") == [
        f'{FILE}:2: F010 version "{written}" is not a whole number of at most 9 digits, such as 1'
    ]


@pytest.mark.parametrize("written", ["Gone", "go ne", "_gone", "gone_", "1gone", "gøne"])
def test_a_name_is_small_letters_digits_and_lines_below(written):
    found = changed("  gone:\n", f"  {written}:\n")

    assert found == [
        (
            f'{FILE}:27: F011 "{written}" is not a name; use small letters, digits and _, '
            "such as in_danger"
        )
    ]


def test_a_name_must_fit_into_a_button():
    assert changed("      yes: Yes\n", f"      {'y' * 41}: Yes\n      yes: Yes\n") == [
        f'{FILE}:19: F011 "{"y" * 41}" is longer than 40 characters'
    ]


@pytest.mark.parametrize("word", ["text", "skipped"])
def test_an_answer_cannot_take_a_word_of_then(word):
    assert changed("      no: No\n", f"      no: No\n      {word}: Other\n") == [
        f'{FILE}:21: F011 "{word}" has a meaning in "then"; give the answer another name'
    ]


@pytest.mark.parametrize("target", ["a.b.c", "gone!!", "other.", ".start", "other.start!!", "a b"])
def test_a_route_names_a_state(target):
    assert changed("no: other.start!", f'no: "{target}"') == [
        f'{FILE}:25: F011 "{target}" is no state; write state or flow.state, with or without !'
    ]


def test_synonyms_belong_to_an_answer():
    assert changed("      yes: yep", "      yess: yep") == [
        f'{FILE}:22: F012 "also": there is no answer "yess"; did you mean "yes"?'
    ]


def test_all_findings_come_at_once_in_the_order_of_the_lines():
    text = GOOD.replace("version: 3", "version: x").replace("expect: age", "expect: aeg")
    codes = [line.split()[1] for line in findings(text.replace("note:", "nota:"))]

    assert codes == ["F010", "F002", "F008"]
