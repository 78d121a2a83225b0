"""A list of where questions have moved to is read strictly, and proved."""

import pytest
from flows.chat import plan

from bot.domain.errors import FlowError
from bot.domain.level import Level
from bot.domain.session import Said, Session
from bot.domain.values import replace
from bot.engine.moving import move
from bot.engine.reply import Silence
from bot.engine.turn import take_turn
from bot.flow.moved import check_moves, read_moves, ways_of

FILE = "flows/moved/ours.yaml"
ASKED = "report_a_concern.what_happened"


def found(*lines):
    text = "moved:\n" + "".join(f"  {line}\n" for line in lines)
    try:
        moves = read_moves(text, FILE)
    except FlowError as error:
        return [str(finding) for finding in error.findings]
    return [str(finding) for finding in check_moves(moves, plan().states)]


def waiting(**changes):
    session = Session(
        release="old",
        language="en",
        state="school.tell_us",
        step=5,
        trail=("school.in_danger", "school.who"),
        answers={"school.in_danger": "safe", "school.who": "me"},
        answered="school.who",
        said=(Said(at=1, state="school.who", text="me"),),
    )
    return replace(session, **changes)


def test_a_list_that_leads_to_questions_or_to_a_person_has_no_findings():
    lines = (f"school.tell_us: {ASKED}", "school.bus: a person", "older.x: school.tell_us")

    assert found(*lines) == []
    ways = ways_of(read_moves("moved:\n  " + "\n  ".join(lines), FILE))
    assert ways == {"school.tell_us": ASKED, "school.bus": "", "older.x": ASKED}


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["school.tell_us: report_a_concern.what_happend"], "F401"),
        ([f"{ASKED}: a person"], "F402"),
        (["a.b: c.d", "c.d: a.b"], "F403"),
        (["school.tell_us: report_a_concern.emergency"], "F404"),
        (["school: a person"], "F011"),
        (["school.tell_us: nobody"], "F011"),
        (["school.tell_us: [a, b]"], "F011"),
        (["school.tell_us: a person", "school.tell_us: a person"], "F003"),
    ],
)
def test_whatever_leads_nowhere_is_found_in_its_line(lines, code):
    assert found(*lines)[-1].startswith(f"{FILE}:{len(lines) + 1}: {code} ")
    assert {each.split()[1] for each in found(*lines)} == {code}


def test_a_question_that_two_files_move_is_found():
    moves = [
        *read_moves("moved:\n  a.b: a person", "flows/moved/lantern.yaml"),
        *read_moves("moved:\n  a.b: a person", FILE),
    ]

    [finding] = check_moves(moves, plan().states)
    assert (finding.file, finding.code) == (FILE, "F405")


@pytest.mark.parametrize(
    ("text", "code"), [("moved: {}", "F005"), ("move:\n  a.b: c.d", "F005"), ("", "F001")]
)
def test_what_is_not_in_the_form_is_found(text, code):
    with pytest.raises(FlowError) as error:
        read_moves(text, FILE)

    assert code in {finding.code for finding in error.value.findings}


def test_a_session_goes_on_at_the_new_question_with_all_its_answers():
    moved = move(waiting(), plan(), {"school.tell_us": ASKED, "school.in_danger": ""})

    assert (moved.state, moved.trail, moved.is_moved) == (ASKED, (), True)
    assert moved.answers == waiting().answers
    assert moved.step == waiting().step


def test_an_answer_that_the_new_question_could_have_had_stands_under_it_too():
    ways = {
        "school.tell_us": ASKED,
        "school.in_danger": "report_a_concern.in_danger",
        "school.who": "report_a_concern.more",
    }
    moved = move(waiting(), plan(), ways)

    assert moved.answers["report_a_concern.in_danger"] == "safe"
    assert moved.trail == ("report_a_concern.in_danger", "report_a_concern.more")


def test_where_to_come_back_to_moves_too_or_nothing_does():
    aside = waiting(state="always.language", calls=("school.tell_us",))

    assert move(aside, plan(), {"school.tell_us": ASKED}).calls == (ASKED,)
    assert move(aside, plan(), {}) is None
    assert move(aside, plan(), {"school.tell_us": ""}) is None


def test_silence_after_a_move_still_hands_over_what_was_told_before():
    moved = move(waiting(level=Level.NONE), plan(), {"school.tell_us": ASKED})

    turn = take_turn(plan(), moved, Silence(), 2)

    assert [event.queue for event in turn.events if hasattr(event, "queue")] == ["intake"]
