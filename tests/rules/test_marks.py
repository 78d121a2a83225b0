"""A long message is shown around what was seen in it, and says on which side more stands."""

import pytest

from bot.console.marks import Piece, excerpt
from bot.domain.level import Level
from bot.domain.signal import Signal

LONGEST = 60
FILLED = "we had noodles and then tv " * 10
ZH_FILLED = "今天吃了面看了电视" * 20


def seen(text, words, *, level=Level.URGENT):
    start = text.index(words)
    return Signal(
        rule="r",
        category="suicide",
        level=level,
        reason="",
        rules_version="1",
        words=words,
        start=start,
        end=start + len(words),
    )


def shown(text, *signals):
    return "".join(f"[{one.text}]" if one.is_marked else one.text for one in cut(text, *signals))


def cut(text, *signals):
    return excerpt(text, signals, LONGEST)


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        (FILLED, "want to die", " tonight"),
        (FILLED, "want to die", FILLED),
        ("i ", "want to die", FILLED),
        (ZH_FILLED, "不想活了", ZH_FILLED),
        (ZH_FILLED, "不想活了", ""),
        (FILLED, "want to die " * 10, FILLED),
        ("x" * 500, "want to die", "y" * 500),
    ],
)
def test_what_was_seen_is_shown_wherever_it_stands(before, words, after):
    text = before + words + after
    pieces = cut(text, seen(text, words))
    inner = [one for one in pieces if one.text != "…"]

    assert "".join(one.text for one in inner if one.is_marked) == words[:LONGEST]
    assert "".join(one.text for one in inner) in text
    assert sum(len(one.text) for one in inner) <= LONGEST
    assert (pieces[0].text == "…") is (len(before) > LONGEST)
    assert (pieces[-1].text == "…") is (len(after) > LONGEST)


def test_no_word_is_cut_in_two():
    text = f"{FILLED}i want to die {FILLED}"

    assert shown(text, seen(text, "want to die")) == (
        "…noodles and then tv i [want to die] we had noodles and then…"
    )


def test_where_nothing_was_seen_the_beginning_is_shown():
    assert shown(FILLED) == "we had noodles and then tv we had noodles and then tv we had…"


def test_what_is_short_is_shown_whole():
    assert cut("i want to die") == (Piece(text="i want to die", is_marked=False),)


def test_the_first_of_the_signals_is_in_view_and_rather_not_the_whole_text():
    text = f"he hits me {FILLED} i want to die"
    whole = seen(text, text, level=Level.EMERGENCY)

    assert "want to die" in shown(text, whole, seen(text, "want to die"), seen(text, "hits me"))
