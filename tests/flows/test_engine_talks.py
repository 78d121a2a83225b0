"""Conversations, as they are held."""

import pytest
from chat import NOW, chat, plan, vocabulary

from bot.domain.event import Answered, Asked, CaseRequested
from bot.domain.level import Level
from bot.domain.session import Session
from bot.engine.reply import Outcome, Silence, Tap, Words
from bot.engine.turn import take_turn

REPORTS = ["report_a_concern", "report_a_concern_adult", "talk_to_a_person"]
SAFE = {"report_a_concern.in_danger": "safe", "report_a_concern.who_is_it_about": "me"}


@pytest.mark.parametrize("flow", REPORTS)
@pytest.mark.parametrize(
    "reply", ["Yes, right now", "yes", "1", "I am not sure", "maybe", "有，现在就有", "不知道"]
)
def test_danger_or_doubt_calls_a_worker_before_anything_else(flow, reply):
    talk = chat(flow).reply(reply)

    assert talk.requested[-1] == ("emergency", Level.EMERGENCY)
    assert isinstance(talk.events[0], Answered)
    assert isinstance(talk.events[1], CaseRequested)
    assert "call {police_number} now" in talk.heard[0]


@pytest.mark.parametrize("flow", REPORTS)
def test_skipping_the_question_about_danger_counts_as_danger(flow):
    assert chat(flow).reply("skip").requested[-1] == ("emergency", Level.EMERGENCY)


def test_who_is_safe_now_goes_on_without_a_case():
    talk = chat("report_a_concern").reply("No, not right now")

    assert talk.requested == ()
    assert talk.asked == "report_a_concern.who_is_it_about"


def test_silence_hands_over_without_a_word():
    talk = chat("report_a_concern").reply("safe", "me").stay_silent()

    assert talk.heard == []
    assert talk.requested == (("intake", Level.URGENT),)
    assert talk.ended == "silent"


def test_silence_hands_over_from_inside_a_word_that_works_anywhere():
    talk = chat("report_a_concern").reply("safe", "language").stay_silent()

    assert talk.keys == ()
    assert talk.requested == (("intake", Level.URGENT),)


def test_silence_before_any_answer_opens_nothing():
    talk = chat("report_a_concern").stay_silent()

    assert talk.events == ()
    assert talk.asked == "report_a_concern.in_danger"


def test_nobody_is_silent_in_a_conversation_that_has_not_begun():
    nobody = Session(release="r", language="en")

    assert take_turn(plan(), nobody, Silence(), NOW).events == ()
    assert take_turn(plan(), nobody, Outcome(name="told"), NOW).events == ()


def test_what_is_not_understood_is_said_kindly_and_asked_again():
    talk = chat("report_a_concern").reply("what")

    assert talk.keys == ("always.not_clear.say", "report_a_concern.in_danger.ask")


def test_a_question_may_have_its_own_words_for_what_is_not_understood():
    talk = chat("report_a_concern.age").reply("old")

    assert talk.heard[0] == "Please send a number, for example 9. You can also skip this."


@pytest.mark.parametrize("place", ["report_a_concern.in_danger", "report_a_concern.age"])
def test_three_unclear_replies_in_a_row_offer_a_person(place):
    talk = chat(place).reply("what", "why", "who")

    assert talk.keys[0] == "always.offer_person.say"
    assert talk.reply("person").asked == "talk_to_a_person.in_danger"


def test_an_answer_in_between_begins_the_count_anew():
    talk = chat("report_a_concern.age").reply("what", "why", "9").reply("what")

    assert "always.offer_person.say" not in talk.keys


def test_own_words_are_kept_word_for_word():
    talk = chat("report_a_concern.what_happened").reply("  He says: WAIT.  ")

    assert talk.session.answers["report_a_concern.what_happened"] == "  He says: WAIT.  "


def test_a_child_may_write_on_until_that_is_all():
    talk = chat("report_a_concern.more", answers=SAFE).reply(
        "He waits", "Then he runs", "And shouts"
    )

    assert talk.asked == "report_a_concern.more_on"
    assert talk.reply("That is all").asked == "report_a_concern.when_last"


def test_what_is_written_on_meanwhile_is_not_asked_about_each_time():
    talk = chat("report_a_concern.more").take(Words(text="He waits", is_followed=True))

    assert [type(event) for event in talk.events] == [Answered]


def test_a_photo_is_an_answer_where_own_words_are_one():
    talk = chat("report_a_concern.what_happened").send_file()

    assert talk.keys == ("always.file_kept.say", "report_a_concern.more.ask")


def test_a_photo_is_kept_and_the_question_asked_again_where_it_answers_nothing():
    talk = chat("report_a_concern").send_file()

    assert talk.keys == ("always.file_kept.say", "report_a_concern.in_danger.ask")


def test_a_sticker_is_told_that_it_cannot_be_read():
    assert chat("report_a_concern").send_sticker().keys[0] == "always.cannot_read.say"


def test_a_topic_is_chosen_by_its_number_its_button_or_its_name():
    talk = chat("rights")
    chosen = talk.session.offered[1]
    label = vocabulary()[chosen][0]

    for after in (talk.reply("2"), talk.tap("#1"), talk.reply(label)):
        assert after.session.answers["rights.choose_topic"] == chosen


def test_what_was_found_is_offered_and_still_offered_after_help():
    several = Outcome(name="several", choices=("privacy", "divorce"))
    talk = chat("rights.what_next", find_guidance=several).reply("who may read it")

    assert talk.asked == "rights.which"
    assert talk.session.offered == ("privacy", "divorce")
    assert talk.reply("help").session.offered == ("privacy", "divorce")
    assert talk.reply("help", "2").session.answers["rights.which"] == "divorce"


@pytest.mark.parametrize(
    "data", ["a:99:danger", "a:0:danger", "a:1:#0", "a:1:nobody", "a", "", "x"]
)
def test_a_stale_or_strange_tap_does_nothing(data):
    talk = chat("report_a_concern")
    after = talk.take(Tap(data=data))

    assert after.events == ()
    assert after.session == talk.session


@pytest.mark.parametrize("key", ["#99", "#-1", "#", "#" + "9" * 5000, "#²", "0"])
def test_a_topic_that_is_not_offered_cannot_be_tapped(key):
    assert chat("rights").tap(key).events == ()


def test_a_button_of_an_earlier_question_does_nothing():
    talk = chat("report_a_concern").tap("safe")
    before = talk.session.step - 1

    assert talk.tap("danger", step=before).events == ()


def test_who_comes_back_is_greeted_and_not_asked_again_who_they_are():
    talk = chat("welcome").reply("child", "leave")
    after = talk.reply("hi")

    assert after.keys == ("welcome.again.say", "welcome.child_menu.ask")
    assert after.session.answers == {"welcome.who_are_you": "child"}


def test_the_same_turn_comes_out_the_same():
    talk = chat("report_a_concern").reply("safe")
    turns = [take_turn(plan(), talk.session, Words(text="me"), NOW) for _ in range(3)]

    assert turns[0] == turns[1] == turns[2]
    assert isinstance(turns[0].events[-1], Asked)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("9", "9"),
        ("nine", "9"),
        ("She is 9, I think", "9"),
        ("9岁", "9"),
        ("十二岁", "12"),
        ("两岁", "2"),
        ("no one knows, about 12", "12"),
        ("18 months", "1"),
        ("6个月", "0"),
        ("3 weeks", "0"),
        ("9 years and 3 months", "9"),
        ("1️⃣", "1"),
    ],
)
def test_an_age_is_understood_as_people_write_it(text, age):
    assert chat("report_a_concern.age").reply(text).session.answers["report_a_concern.age"] == age


@pytest.mark.parametrize("text", ["old", "13800138000", "150", "9" * 9000, "㉑" * 4000])
def test_what_is_no_age_is_asked_again(text):
    assert chat("report_a_concern.age").reply(text).asked == "report_a_concern.age"


def test_whoever_asks_for_a_person_has_one_called_before_the_first_question():
    talk = chat("report_a_concern").reply("person")

    assert talk.requested[-1] == ("person", Level.URGENT)
    assert talk.asked == "talk_to_a_person.in_danger"
