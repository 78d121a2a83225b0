"""What is asked before a report is in, and to whom more is offered then."""

import pytest

from bot.domain.session import Session
from bot.domain.values import replace
from bot.engine.offered import is_report_in, may_ask_more, what_is_left

TOLD = ("in_danger", "more", "when_last", "where_it_happens", "age")
IN = (*TOLD, "safe_to_reply")


def at(*asked, safe="ok", **known):
    trail = tuple(f"report_a_concern.{name}" for name in asked)
    answers = {"report_a_concern.safe_to_reply": safe}
    return Session(release="r", language="en", trail=trail, answers=answers, **known)


@pytest.mark.parametrize(
    ("session", "left"),
    [
        (at(*TOLD), "first"),
        (at(*TOLD, seen=("violence",)), "first"),
        (at(*TOLD, seen=("sexual_abuse",)), "who"),
        (at(*TOLD, "who_was_there", seen=("sexual_abuse",)), "first"),
        (at("in_danger", "when_last", "age", seen=("sexual_abuse",)), "first"),
        (at(*IN), "who"),
        (at(*IN, "who_was_there"), "rest"),
        (at("in_danger", "when_last", "age", "safe_to_reply"), "rest"),
        (at(*IN, *TOLD), "first"),
        (at(*IN, "where_now", "where_it_happens"), "first"),
    ],
)
def test_what_is_left_goes_by_what_was_asked_in_this_report(session, left):
    assert what_is_left(session) == left


@pytest.mark.parametrize(
    ("session", "outcome"),
    [(at(*TOLD), "not_yet"), (at(*IN), "in"), (at(*IN, *TOLD), "not_yet"), (at(), "not_yet")],
)
def test_a_report_is_in_once_they_said_whether_it_is_safe_to_write(session, outcome):
    assert is_report_in(session) == outcome


@pytest.mark.parametrize(
    ("session", "outcome"),
    [
        (at(*IN), "may"),
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
