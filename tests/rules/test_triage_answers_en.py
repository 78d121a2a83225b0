"""Short English answers and sayings are no cry of danger, and a plain sign of harm is seen."""

import pytest
from running import the_rules

from bot.domain.level import Level
from bot.triage.signals import find_signals, level_of


def level(text, *earlier):
    return level_of(find_signals(text, the_rules(), earlier))


def test_not_right_now_behind_a_cut_is_no_emergency():
    assert level("not right now", "i cut myself") > Level.EMERGENCY


@pytest.mark.parametrize(
    ("text", "earlier"), [("right now", "i cut myself"), ("now", "i am cutting myself")]
)
def test_right_now_behind_a_cut_is_one(text, earlier):
    assert level(f"{earlier} {text}") is Level.EMERGENCY


@pytest.mark.parametrize(
    "text", ["my parents will kill me if i fail", "mum will kill me when she sees my grades"]
)
def test_fear_of_bad_marks_is_read_by_a_person_and_is_no_emergency(text):
    assert level(text) is Level.URGENT


@pytest.mark.parametrize(
    "text", ["my dad will kill me", "he will kill me if i tell", "my dad said he will kill me"]
)
def test_whoever_fears_to_be_killed_is_in_danger(text):
    assert level(text) is Level.EMERGENCY


def test_whoever_comes_at_night_is_seen_though_nothing_more_is_told():
    assert level("my stepdad is always coming in my room at night n i dont like it") is Level.URGENT
    assert level("my mum comes in my room at night to say good night") is Level.NONE
