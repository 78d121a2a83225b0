"""Blows come before bullying where an adult of the family was named, in the order workers read."""

import pytest
from running import the_book, the_rules

from bot.domain.level import Level
from bot.domain.signal import Signal
from bot.intake.by_whom import blows_first, of_a_child
from bot.triage.signals import find_signals

BULLYING, BLOWS = "bullying", "physical_abuse"


def signal(category, level=Level.URGENT):
    return Signal(
        rule=category, category=category, level=level, reason="", rules_version="1", words="x"
    )


SEEN = (signal(BULLYING), signal(BLOWS))


def order(seen, *texts):
    return [each.category for each in blows_first(seen, texts)]


@pytest.mark.parametrize(
    "texts",
    [
        ("my father", "he hits me"),
        ("he hits me when he is drunk",),
        ("my stepdad", "child", "he kicks me"),
        ("my classmates laugh at me", "my uncle is worse", "he hits me"),
        ("我爸", "他打我"),
        ("他喝了酒就打我",),
    ],
)
def test_an_adult_of_the_family_strikes(texts):
    assert order(SEEN, *texts) == [BLOWS, BULLYING]


@pytest.mark.parametrize(
    "texts",
    [
        ("he hits me",),
        ("my dad works far away", "the boys in my class", "he hits me"),
        ("my classmate hits me",),
        ("我爸在外面打工", "我同学", "他打我"),
        (),
    ],
)
def test_who_may_be_a_pupil_bullies_as_before(texts):
    assert order(SEEN, *texts) == [BULLYING, BLOWS]


def test_what_is_more_pressing_stays_first():
    seen = (signal("suicide", Level.EMERGENCY), signal(BULLYING), signal(BLOWS))

    assert order(seen, "my dad") == ["suicide", BLOWS, BULLYING]


HE_HITS_ME = find_signals("他又打我了", the_rules())
ADULTS = the_book().follow.adults


def test_blows_of_a_partner_are_not_named_where_a_child_may_write():
    assert {each.category for each in HE_HITS_ME} == {BLOWS, "domestic_violence"}
    assert {each.category for each in of_a_child(HE_HITS_ME, ADULTS)} == {BLOWS}


def test_they_are_where_the_text_names_the_partner_or_nothing_else_was_seen():
    named = find_signals("老公又打我了", the_rules())
    alone = [each for each in HE_HITS_ME if each.category != BLOWS]

    assert of_a_child(named, ADULTS) == list(named)
    assert of_a_child(alone, ADULTS) == alone
