"""Whether something reads as it stands, or was written in disguise."""

import pytest

from bot.triage.plain import is_as_written


@pytest.mark.parametrize(
    "text",
    [
        "爸爸打我",
        "爸爸打我，好痛！",
        "他 天天 打我",
        "He hits me!!",
        "I'm hit",
        "don’t hit me",
        "a i",
    ],
)
def test_what_people_type_plainly_is_as_written(text):
    assert is_as_written(text)


@pytest.mark.parametrize(
    "text",
    [
        "他 打 我",
        "他.打.我",
        "h i t s me",
        "媽媽打我",
        "ｈｉｔｓ me",
        "打\u200b我",
        "he hiiiits me",
        "hïts me",
    ],
)
def test_what_is_spaced_out_stretched_or_in_other_characters_is_not(text):
    assert not is_as_written(text)
