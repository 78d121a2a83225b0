"""The words that work anywhere do so in every state, typed or tapped, in every language."""

import pytest
from chat import NOW, chat, plan, questions, vocabulary

from bot.domain.event import Wanted
from bot.domain.values import replace
from bot.engine.reply import Words
from bot.engine.turn import heard, take_turn

HELP = ("always.help.say",)

EVERYWHERE = questions()
OWN = [place for place in EVERYWHERE if not place.startswith("always.")]
ASIDE = [place for place in EVERYWHERE if place.startswith("always.")]
SKIPPABLE = [place for place in OWN if plan().states[place].can_skip]
OUTSIDE = "report_a_concern.where_it_happens"
ANSWERS = {"report_a_concern.in_danger": "safe"}


def spoken(word):
    return vocabulary()[f"always.anywhere.answers.{word}"]


def aside(place):
    """Return a talk that was in the middle of a report when *place* was asked."""
    word = {"always.language": "language", "always.erase": "erase", "always.which_answer": "change"}
    return chat(OUTSIDE, answers=ANSWERS).reply("yard", word[place])


@pytest.mark.parametrize("place", EVERYWHERE)
def test_leave_leaves_every_state(place):
    ways = [chat(place).reply(word) for word in spoken("leave")]

    for talk in (*ways, chat(place).tap_word("leave")):
        assert talk.ended == "silent"
        assert talk.asked == ""


@pytest.mark.parametrize("place", OWN)
def test_help_helps_in_every_state_and_asks_again(place):
    before = chat(place)

    for talk in (before.reply("help"), before.reply("帮助"), before.tap_word("help")):
        assert talk.keys == (*HELP, f"{place}.ask")
        assert talk.session.answers == before.session.answers
        assert talk.session.calls == before.session.calls


@pytest.mark.parametrize("word", ["stop", "停", "/stop"])
def test_stop_stops_in_every_state(word):
    assert [at for at in EVERYWHERE if chat(at).reply(word).ended != "stopped"] == []


@pytest.mark.parametrize("place", EVERYWHERE)
def test_a_person_can_be_had_in_every_state(place):
    for talk in (
        chat(place).reply("/person"),
        chat(place).reply("找人"),
        chat(place).tap_word("person"),
    ):
        assert talk.asked == "talk_to_a_person.in_danger"
        assert talk.session.calls == ()


@pytest.mark.parametrize("place", OWN)
def test_the_language_is_changed_in_every_state_and_the_question_asked_again(place):
    talk = chat(place).reply("language")

    assert talk.asked == "always.language"
    assert talk.reply("English").keys == ("always.in_this_language.say", f"{place}.ask")
    assert talk.reply("skip").keys == (f"{place}.ask",)


@pytest.mark.parametrize("place", OWN)
def test_erasing_is_asked_about_in_every_state_and_can_be_left(place):
    talk = chat(place).reply("erase")

    assert talk.asked == "always.erase"
    for word in ("no", "skip", "back"):
        assert talk.reply(word).asked == place


@pytest.mark.parametrize("place", OWN)
def test_back_from_the_first_question_stays_there(place):
    assert chat(place).reply("back").keys == ("always.cannot_go_back.say", f"{place}.ask")


@pytest.mark.parametrize("place", OWN)
def test_there_is_nothing_to_change_before_the_first_answer(place):
    assert chat(place).reply("change").keys == ("always.nothing_to_change.say", f"{place}.ask")


@pytest.mark.parametrize("place", SKIPPABLE)
def test_every_question_that_may_be_skipped_is(place):
    talk = chat(place, answers={"welcome.who_are_you": "child"}).reply("skip")

    assert talk.session.answers[place] == "skipped"
    assert talk.asked != place or "more" in place
    assert talk.asked or talk.ended


def test_a_question_that_must_be_answered_is_not_skipped():
    talk = chat("check_on_my_report").reply("skip")

    assert talk.keys == ("always.cannot_skip.say", "check_on_my_report.ask_code.ask")


def test_a_skipped_topic_is_not_looked_for():
    talk = chat("welcome.child_menu").reply("ask", "skip")

    assert talk.asked == "rights.what_next"


def test_what_is_skipped_is_not_taken_from_the_answer_before():
    talk = chat("check_on_my_report.what_now").reply("helped", "skip")

    assert talk.asked == "check_on_my_report.anything_else"


@pytest.mark.parametrize("place", ASIDE)
@pytest.mark.parametrize("word", ["skip", "back"])
def test_skip_and_back_inside_a_word_return_to_the_question_outside(place, word):
    talk = aside(place).reply(word)

    assert talk.asked == "report_a_concern.age"
    assert talk.session.calls == ()
    assert "report_a_concern.age" not in talk.session.answers


@pytest.mark.parametrize("place", ASIDE)
def test_a_word_inside_a_word_comes_back_to_the_question_outside(place):
    assert aside(place).reply("help").asked == "report_a_concern.age"


def test_a_word_inside_the_very_first_word_comes_back_to_it():
    talk = chat("always.erase")

    assert talk.reply("help").keys == (*HELP, "always.erase.ask")
    assert talk.reply("help", "no").ended == "done"


@pytest.mark.parametrize("place", ASIDE)
def test_stop_inside_a_word_keeps_what_was_told_and_gives_the_code(place):
    talk = aside(place).reply("stop")

    assert "always.stopped.say" in talk.keys
    assert talk.requested[0][0] == "intake"


def test_back_goes_to_the_question_answered_before():
    talk = chat("report_a_concern").reply("safe", "me")

    assert talk.reply("back").asked == "report_a_concern.who_is_it_about"
    assert talk.reply("back", "back").asked == "report_a_concern.in_danger"
    assert talk.reply("back", "friend").asked == "report_a_concern.what_happened"


def test_back_from_a_question_that_is_asked_again_and_again_leaves_it_at_once():
    talk = chat("report_a_concern.what_happened").reply("x", "y", "z")

    assert talk.asked == "report_a_concern.more_on_too"
    assert talk.reply("back").asked == "report_a_concern.what_happened"


def test_back_leads_over_into_the_conversation_before():
    talk = chat("welcome").reply("child", "tell").reply("back")

    assert talk.asked == "welcome.child_menu"


def test_a_changed_answer_leads_on_from_there():
    talk = chat("report_a_concern").reply("safe", "me", "It is late", "change")

    assert talk.session.offered[0] == "report_a_concern.in_danger"
    assert talk.reply("1").asked == "report_a_concern.in_danger"
    after = talk.reply("1", "yes")
    assert after.requested[-1][0] == "emergency"


def test_a_report_that_is_left_reaches_a_worker():
    for word in ("leave", "stop", "person", "menu"):
        talk = chat("report_a_concern").reply("safe", word)
        assert talk.requested[0][0] == "intake", word


def test_a_word_that_does_not_exist_cannot_be_tapped():
    assert chat("report_a_concern").tap_word("nobody").events == ()


def test_a_deed_behind_a_skipped_question_is_not_given_the_answer_before():
    talk = chat("talk_to_a_person").reply("safe", "skip")
    wanted = [event for event in talk.events if isinstance(event, Wanted)]

    assert [event.argument for event in wanted] == ["skipped"]


def test_what_is_still_being_done_cannot_be_skipped():
    waiting = replace(chat("rights").session, state="rights.find")

    turn = take_turn(plan(), waiting, Words(text="skip"), NOW)

    assert heard(turn.events)[0] == "always.cannot_skip.say"
