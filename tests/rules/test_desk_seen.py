"""What was seen in the words of a case: each kind once, and no reason of it lost."""

import pytest

from bot.console.why import seen_in
from bot.domain.level import Level
from bot.domain.signal import Signal


def signal(category, level, reason, words, **more):
    return Signal(
        rule=f"{category} {reason}",
        category=category,
        level=level,
        reason=reason,
        rules_version="1",
        words=words,
        **more,
    )


HIT = signal("physical_abuse", Level.URGENT, "hit", "dad hits me")
AGAIN = signal("physical_abuse", Level.URGENT, "hit", "hits me")
KNIFE = signal("physical_abuse", Level.EMERGENCY, "weapon", "with a knife")
HUNGRY = signal("neglect", Level.URGENT, "no food", "nothing to eat")


def test_each_kind_is_said_once_at_its_highest_level_the_most_pressing_first():
    seen = seen_in([HUNGRY, HIT, AGAIN, KNIFE])

    assert [(one.kind, one.level) for one in seen] == [
        ("physical_abuse", Level.EMERGENCY),
        ("neglect", Level.URGENT),
    ]


def test_every_reason_and_all_words_stay_and_what_stands_within_others_is_said_once():
    [abuse, _] = seen_in([HUNGRY, HIT, AGAIN, KNIFE])

    assert [(each.signal.reason, each.words) for each in abuse.reasons] == [
        ("weapon", ("with a knife",)),
        ("hit", ("dad hits me", "hits me")),
    ]
    assert abuse.words == ("with a knife", "dad hits me")


def test_the_same_reason_read_from_other_pinyin_is_kept():
    read = signal("physical_abuse", Level.URGENT, "hit", "baba da wo", read_as="爸爸打我")

    [abuse] = seen_in([HIT, read])

    assert len(abuse.reasons) == 2


def test_a_case_without_signals_shows_none():
    assert seen_in([]) == ()


@pytest.mark.parametrize(
    ("before", "said", "quoted"),
    [
        (5, ("my dad hits", "me", "me too"), "hits\nme"),
        (5, ("me", "my dad hits", "me"), "hits\nme"),
        (13, ("dad hits", "and", "me"), "dad hits\nand\nme"),
        (200, ("my dad hits", "me"), "me"),
        (5, ("my dad hits",), "me"),
        (0, ("my dad hits", "me"), "me"),
    ],
)
def test_what_began_in_an_earlier_message_is_quoted_from_there(before, said, quoted):
    parted = signal("physical_abuse", Level.URGENT, "hit", "me", end=2, before=before)

    [abuse] = seen_in([parted], said)

    assert abuse.words == abuse.reasons[0].words == (quoted,)
