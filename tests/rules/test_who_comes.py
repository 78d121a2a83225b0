"""Who would come, said as an answer to how many they are, and what says more than that."""

import pytest

from bot.intake.who_comes import says_only_who_comes


@pytest.mark.parametrize(
    "text",
    [
        *("me and my 2 kids", "Just me and my little sister", "my wife and me, three people"),
        *("we and our three children", "me, my mum and grandma", "only me and my husband", "me"),
        *("我和弟弟妹妹", "我和我老公，两个孩子", "就我和奶奶", "我跟两个娃一起来"),
    ],
)
def test_the_writer_and_their_people_are_who_comes(text):
    assert says_only_who_comes(text)


@pytest.mark.parametrize(
    "text",
    [
        *("my 2 kids", "me and my baby, we are alone", "me and my dad who hits us"),
        *("only me and my sister are left", "", "2", "me and my stepdad he locks the door"),
        *("我和弟弟在家没人管", "我和妹妹不敢回家", "弟弟妹妹", "我和爸爸打架", "我"),
    ],
)
def test_what_says_more_or_less_is_read_for_risk(text):
    assert not says_only_who_comes(text)


@pytest.mark.parametrize("text", ["me and my " * 500, "我和弟弟" * 1200 + "x", "my " * 1600])
def test_what_repeats_itself_for_5000_characters_is_read_at_once(text):
    assert not says_only_who_comes(text)
