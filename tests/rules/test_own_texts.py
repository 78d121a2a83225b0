"""Lantern's own texts are looked at once; nobody else's is ever kept."""

import pytest
from running import the_book

from bot.casework.own_texts import OwnTexts


def test_what_lantern_itself_says_is_looked_at_once_and_nothing_else_is_remembered():
    looked = []
    own = OwnTexts({"Yes"})

    def look(text):
        looked.append(text)
        return len(text)

    for text in ("Yes", "Yes", "my dad", "my dad"):
        assert own.read(look, text) == len(text)

    assert looked == ["Yes", "my dad", "my dad"]


def test_what_two_looks_make_of_a_text_is_not_mixed_up():
    own = OwnTexts({"Yes"})

    assert [own.read(look, "Yes") for look in (str.upper, len, str.upper)] == ["YES", 3, "YES"]


@pytest.mark.parametrize("text", ["i don't want to go on", "我不想继续了", "不想继续了"])
def test_what_may_be_said_of_life_itself_is_no_text_of_ours(text):
    assert text not in the_book().own_texts()
