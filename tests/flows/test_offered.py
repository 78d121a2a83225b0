"""What is asked before a report is in, and to whom more is offered then."""

import pytest

from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.offered import may_ask_more, what_is_left, what_is_left_adult

TOLD = ("in_danger", "more", "when_last", "where_it_happens", "age")
ASKED = (*TOLD, "own_phone")
IN = (*ASKED, "safe_to_reply")
OFFERED = (*IN, "a_few_more")
ADULT = ("in_danger", "age", "where_to_find")
SEXUAL = {"seen": ("sexual_abuse",)}


def at(*asked, safe="ok", flow="report_a_concern", **known):
    trail = tuple(f"{flow}.{name}" for name in asked)
    answers = dict.fromkeys(trail, "x") | {f"{flow}.safe_to_reply": safe}
    return Session(release="r", language="en", trail=trail, answers=answers, **known)


def adult(*asked, **known):
    return at(*asked, flow="report_a_concern_adult", **known)


@pytest.mark.parametrize(
    ("session", "left"),
    [
        (at("in_danger", "more", "when_last"), "where"),
        (at(*TOLD[:-1]), "age"),
        (at(*TOLD), "phone"),
        (at(*ASKED), "safe"),
        (at(*IN), "in"),
        (at(*TOLD, seen=("violence",)), "phone"),
        (at(*TOLD, **SEXUAL), "who"),
        (at(*IN, **SEXUAL), "who"),
        (at(*TOLD, "who_was_there", **SEXUAL), "told"),
        (at(*TOLD, "who_was_there", "told_anyone", **SEXUAL), "phone"),
        (at("in_danger", "where_now", "safe_to_reply", **SEXUAL), "in"),
        (at(*OFFERED), "who"),
        (at(*OFFERED, "who_was_there"), "others"),
        (at(*OFFERED, "who_was_there", "other_children"), "again"),
        (at(*OFFERED, "who_was_there", "other_children", "told_anyone"), "all"),
        (at(*OFFERED, safe="refused"), "all"),
        (at(*OFFERED, *TOLD), "phone"),
        (at(*OFFERED, "where_now", "where_it_happens"), "age"),
    ],
)
def test_what_is_left_goes_by_what_was_asked_in_this_report(session, left):
    assert what_is_left(session) == left


@pytest.mark.parametrize(
    ("session", "left"),
    [
        (adult(*ADULT), "safe"),
        (adult(*ADULT, **SEXUAL), "told"),
        (adult(*ADULT, "safe_to_reply"), "in"),
        (adult(*ADULT, "safe_to_reply", safe="skipped"), "reach"),
        (adult(*ADULT, "safe_to_reply", "reach_you", safe="not_ok"), "in"),
        (adult("temper_now", "temper_reach", "safe_to_reply", safe="not_ok"), "in"),
        (adult("in_danger", "where_now", "safe_to_reply", safe="not_ok"), "in"),
        (adult(*ADULT, "safe_to_reply", "a_few_more"), "told"),
        (adult(*ADULT, "safe_to_reply", "a_few_more", "told_anyone"), "again"),
        (adult(*ADULT, "safe_to_reply", "a_few_more", "told_anyone", "reach_you"), "all"),
    ],
)
def test_an_adult_is_asked_who_knows_and_how_to_reach_them(session, left):
    assert what_is_left_adult(session) == left


def test_who_said_amid_a_question_that_it_goes_on_has_not_answered_it():
    session = at(*TOLD)
    answers = {place: told for place, told in session.answers.items() if "age" not in place}

    assert what_is_left(replace(session, answers=answers)) == "age"


@pytest.mark.parametrize(
    ("session", "outcome"),
    [
        (at(*IN), "may"),
        (at(*TOLD, "who_was_there", "other_children", "told_anyone", *IN[-2:]), "enough"),
        (adult(*ADULT, "told_anyone", "reach_you", "safe_to_reply"), "enough"),
        (adult(*ADULT, "safe_to_reply"), "may"),
        (at(*IN, safe="sometimes"), "may"),
        (at(*IN, safe="not_ok"), "enough"),
        (at(*IN, safe="refused"), "enough"),
        (at(*IN, safe="skipped"), "enough"),
        (at("in_danger", "where_now", "tell_more", "safe_to_reply"), "enough"),
        (at("temper_now", "temper_reach", "safe_to_reply"), "enough"),
        (at(*IN, "in_danger", "where_now", "safe_to_reply"), "enough"),
        (at(*IN, "who_was_there", "where_are_you", "go_on", "safe_to_reply"), "enough"),
        (at(*TOLD, "where_is_the_child", "go_on", "age", "safe_to_reply"), "may"),
        (replace(at(*IN), owed="can they?"), "enough"),
        (replace(at(*IN), is_quiet=True), "enough"),
        (replace(at(*IN), has_left=True), "enough"),
    ],
)
def test_more_is_offered_only_where_it_fits(session, outcome):
    assert may_ask_more(session) == outcome
