"""A text is looked at once a turn, Lantern's own once and for all; nobody else's is ever kept."""

import gc
from contextvars import copy_context

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import the_book

from bot.domain.looking import OwnTexts, look_once, looks_once
from bot.engine.plain import command, plain, without_particles
from bot.guidance.clauses import own_sentences
from bot.guidance.question import is_question, only_asks, only_calls
from bot.guidance.writer import corrects_who, only_says_who, says_who_asked
from bot.intake.about_us import about_us
from bot.intake.aside import only_asks as asks_and_names_no_place
from bot.intake.guiding import says_nothing_to_find
from bot.intake.of_the_chat import asked_of_the_chat
from bot.intake.other_language import language_of
from bot.intake.shame import asks_whose_fault
from bot.intake.small_talk import is_small_talk
from bot.intake.somebody_comes import says_somebody_comes, says_somebody_looks
from bot.intake.speaking import language_named
from bot.intake.what_follows import asks_what_to_do
from bot.triage.plain import bare

OF_WORDS = (plain, without_particles, command, bare, own_sentences)
OF_QUESTIONS = (is_question, only_asks, only_calls, asks_and_names_no_place, asks_what_to_do)
OF_WRITERS = (says_who_asked, only_says_who, corrects_who, asks_whose_fault, language_of)
OF_THE_TALK = (about_us, asked_of_the_chat, language_named, is_small_talk, says_nothing_to_find)
OF_OTHERS = (says_somebody_comes, says_somebody_looks)
LOOKS = (*OF_WORDS, *OF_QUESTIONS, *OF_WRITERS, *OF_THE_TALK, *OF_OTHERS)
PIECES = (
    "我是他妈妈",
    "怎么办",
    "？",
    "what should i do",
    "I am his mum",
    "he said: ",
    "/help",
    "ＯＫ",
)


class Looking:
    """A look that remembers what it was asked to look at."""

    def __init__(self) -> None:
        self.at: list[str] = []

    def __call__(self, text: str) -> int:
        self.at.append(text)
        return len(text)


def test_within_a_turn_a_text_is_looked_at_once():
    look = Looking()

    with OwnTexts().turn():
        assert [look_once(look, text) for text in ("my dad", "my mum", "my dad")] == [6, 6, 6]

    assert look.at == ["my dad", "my mum"]


def test_what_lantern_itself_says_is_looked_at_once_and_nothing_else_is_remembered():
    own, look = OwnTexts({"Yes"}), Looking()

    for text in ("Yes", "Yes", "3", "3", "my dad", "my dad"):
        with own.turn():
            assert look_once(look, text) == len(text)

    assert look.at == ["Yes", "3", "my dad", "my dad"]


def test_what_two_looks_make_of_a_text_is_not_mixed_up():
    with OwnTexts({"Yes"}).turn():
        made = [look_once(look, "Yes") for look in (str.upper, len, str.upper)]

    assert made == ["YES", 3, "YES"]


def test_what_is_nothing_is_remembered_as_well():
    looked = []

    @looks_once
    def look(text: str) -> None:
        looked.append(text)

    with OwnTexts().turn():
        assert look("my dad") is None
        assert look("my dad") is None

    assert looked == ["my dad"]


@settings(deadline=None)
@given(st.text() | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_what_is_remembered_is_what_a_look_makes_and_cannot_be_changed(text):
    made = [look(text) for look in LOOKS]

    with OwnTexts().turn():
        assert [look(text) for look in LOOKS] == made
        assert [look(text) for look in LOOKS] == made
    assert all(isinstance(each, str | bool | tuple) for each in made)


def test_what_lantern_itself_says_is_taken_as_ever_from_one_turn_to_the_next():
    texts = the_book().own_texts()
    made = {text: [look(text) for look in LOOKS] for text in texts}
    own = OwnTexts(texts)

    for _ in range(2):
        with own.turn():
            assert {text: [look(text) for look in LOOKS] for text in texts} == made


def test_outside_of_a_turn_every_look_is_a_new_one():
    look = Looking()

    assert [look_once(look, "Yes"), look_once(look, "Yes")] == [3, 3]
    assert look.at == ["Yes", "Yes"]


def test_a_turn_within_a_turn_has_its_own_memory_and_gives_back_the_first():
    own, look = OwnTexts(), Looking()

    with own.turn():
        look_once(look, "my dad")
        with own.turn():
            look_once(look, "my dad")
        look_once(look, "my dad")

    assert look.at == ["my dad", "my dad"]


def test_who_outlives_a_turn_finds_nothing_of_it_and_keeps_nothing():
    own, look = OwnTexts(), Looking()
    with own.turn():
        look_once(look, "my dad")
        outliving = copy_context()

    outliving.run(look_once, look, "my dad")
    outliving.run(look_once, look, "my dad")

    assert look.at == ["my dad"] * 3
    assert not _held_somewhere("my dad")


def test_a_turn_that_fails_is_forgotten_as_well():
    with pytest.raises(KeyError), OwnTexts().turn():
        look_once(look_up, "my dad")

    assert not _held_somewhere("my dad")


def look_up(text: str) -> str:
    look_once(len, text)
    return {}[text]


def _held_somewhere(text: str) -> bool:
    """Whether what was made out in *text* is kept in any memory of a turn or of own texts."""
    memories = (thing for thing in gc.get_objects() if isinstance(thing, dict))
    return any(type(memory).__name__ == "_Texts" and text in memory for memory in memories)


@pytest.mark.parametrize("text", ["i don't want to go on", "我不想继续了", "不想继续了"])
def test_what_may_be_said_of_life_itself_is_no_text_of_ours(text):
    assert text not in the_book().own_texts()


def test_only_what_stands_there_word_for_word_and_a_number_is_its_own():
    own = OwnTexts({"Yes"})

    assert [own.hold(text) for text in ("Yes", "3", "yes", "Yes ", "10", "")] == [
        *(True, True, False, False, False, False)
    ]
