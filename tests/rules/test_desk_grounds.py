"""What a case is about, in a few words: never more than was said."""

from bot.desk.grounds import Ground, about
from bot.domain.level import Level
from bot.domain.signal import Signal


def test_own_words_about_danger_are_called_so():
    asked = "report_a_concern.in_danger"
    said = Ground(level=Level.EMERGENCY, place=asked, answer="我怕", is_in_words=True)

    assert about((), [said]) == ("danger_in_words",)


def test_what_a_rule_names_comes_before_distress_and_what_nobody_named():
    signals = [
        _signal("second_opinion", "distress", Level.EMERGENCY),
        _signal("low_spirits", "distress", Level.ROUTINE),
        _signal("hit", "physical_abuse", Level.URGENT),
        _signal("second_opinion", "suicide", Level.ROUTINE),
    ]

    assert about(signals, ()) == ("physical_abuse", "suicide", "unnamed", "distress")


def _signal(rule, category, level):
    return Signal(
        rule=rule, category=category, level=level, reason="", rules_version="1", words="x"
    )
