"""Whoever writes very much is slowed kindly: all is kept, and answered once."""

import itertools

import pytest
from running import prepare, settings_in
from small_town import SmallTown

from bot.domain.ids import SECOND
from bot.domain.message import Act, Urgency
from bot.domain.update import Kind
from bot.intake.flood import MANY, QUIET
from bot.intake.hearing import REMEMBERED, REMEMBERED_CHARACTERS

pytestmark = pytest.mark.long

IN_DANGER = "report_a_concern.in_danger"
READING = "I am reading all of it"
ALL_READ = "I have all of it"
TROUBLE = "my father beats me every day"


@pytest.fixture
def town(tmp_path):
    settings = settings_in(tmp_path)
    prepare(settings)
    town = SmallTown(settings)
    town.add_worker(2001)
    yield town
    town.close()


def floods(town, texts, *, at_once=100):
    """Let *texts* come from one contact as Telegram hands them out, what is due being sent."""
    texts = iter(texts)
    while chunk := list(itertools.islice(texts, at_once)):
        town.take(*(town.new_update("1001", Kind.TEXT, text=text) for text in chunk))
        town.deliver()


def comes_in(town, text):
    town.take(town.new_update("1001", Kind.TEXT, text=text))
    town.deliver()


def grows_quiet(town):
    town.clock.advance(QUIET)
    town.look()
    town.deliver()


def heard(town, who="1001"):
    return [message.text for message in town.post.to(who) if message.act is Act.SAY]


@pytest.mark.long
def test_thousands_of_messages_are_kept_once_in_order_and_answered_by_a_handful(town):
    texts = [f"goal {number}" for number in range(2_000)]
    texts[1_000] = TROUBLE
    floods(town, texts)
    grows_quiet(town)
    sight = town.see("1001")
    [log] = sight.logs.values()
    assert list(log) == texts
    [case] = sight.cases
    assert case.id in sight.alerted
    assert len(heard(town)) <= MANY + 4
    assert sum(READING in text for text in heard(town)) == 1
    [safety] = [m for m in town.post.to("1001") if m.urgency is Urgency.SAFETY]
    assert "It is not your fault" in safety.text


@pytest.mark.long
def test_the_flood_of_one_leaves_all_others_their_answers(town):
    floods(town, (f"message {number}" for number in range(300)), at_once=20)
    for number in range(100):
        flood = town.new_update("1001", Kind.TEXT, text=f"more {number}")
        other = town.new_update("1002", Kind.TEXT, text="/start" if not number else "back")
        town.take(flood, other)
        town.deliver()
        if number < MANY:
            assert len(heard(town, "1002")) == number + 1


def test_after_the_flood_the_question_that_waits_is_asked_once_more(town):
    for text in ("/start", "1", "1"):
        comes_in(town, text)
    for _ in range(MANY + 5):
        comes_in(town, "hm hm")
    assert heard(town)[-1].startswith(READING)
    count = len(heard(town))
    grows_quiet(town)
    assert len(heard(town)) == count + 1
    assert heard(town)[-1].startswith("Thank you, " + ALL_READ)
    session = town.place("1001").session
    assert session.state == IN_DANGER
    assert IN_DANGER not in session.answers
    comes_in(town, "3")
    assert "Who needs help?" in heard(town)[-1]


def test_something_grave_in_the_middle_of_a_flood_raises_and_is_answered_at_once(town):
    comes_in(town, "/start")
    for _ in range(MANY + 5):
        comes_in(town, "hm hm")
    count = len(heard(town))
    comes_in(town, "I want to kill myself tonight")
    assert "We have called a worker" in "".join(heard(town)[count:])
    sight = town.see("1001")
    assert {case.id for case in sight.cases} == sight.alerted
    assert sight.places["1001"].session.state == "report_a_concern.where_now"


@pytest.mark.parametrize(("word", "answer"), [("help", "Words that always work"), ("leave", "Bye")])
def test_help_and_the_way_out_work_in_the_middle_of_a_flood(town, word, answer):
    comes_in(town, "/start")
    for _ in range(MANY + 5):
        comes_in(town, "hm hm")
    comes_in(town, word)
    assert answer in heard(town)[-1]


def test_leaving_does_not_wait_for_what_is_still_on_its_way(town):
    comes_in(town, "/start")
    for _ in range(MANY + 5):
        town.take(town.new_update("1001", Kind.TEXT, text="hm hm"))
    town.take(town.new_update("1001", Kind.TEXT, text="leave"))
    assert town.place("1001").session.state == ""
    town.deliver()
    assert heard(town)[1:] == ["All right. Bye."]


def test_a_word_sent_ten_thousand_times_is_not_answered_so_often(town):
    town.take(*(town.new_update("1001", Kind.TEXT, text="help") for _ in range(MANY * 10)))
    for _ in range(100):
        town.take(town.new_update("1001", Kind.TEXT, text="help"))
    town.deliver()
    assert len(heard(town)) <= MANY + 3


def test_a_child_who_answers_quickly_is_never_taken_for_a_flood(town):
    for number in range(MANY * 2):
        town.clock.advance(SECOND)
        comes_in(town, "menu" if number % 2 else "1")
    assert not [text for text in heard(town) if READING in text]


@pytest.mark.parametrize("is_claimed_first", [True, False])
def test_nobody_speaks_for_a_worker_who_has_taken_over(town, is_claimed_first):
    comes_in(town, TROUBLE)
    [case] = town.see().cases
    worker = town.add_worker(2002)

    def is_claimed():
        town.at_desk(lambda desk: desk.claim(worker, case.id))
        town.deliver()
        return len(heard(town))

    count = is_claimed() if is_claimed_first else 0
    for _ in range(MANY + 5):
        comes_in(town, "hm hm")
    count = count or is_claimed()
    grows_quiet(town)
    assert len(heard(town)) == count


@pytest.mark.long
@pytest.mark.parametrize(
    ("count", "length"), [(REMEMBERED + 50, 10), (40, REMEMBERED_CHARACTERS // 20)]
)
def test_what_is_too_much_for_a_session_reaches_a_person_and_nothing_is_dropped(
    town, count, length
):
    texts = [f"{number} ".ljust(length, "x") for number in range(count)]
    floods(town, ["/start", *texts], at_once=10)
    sight = town.see("1001")
    [log] = sight.logs.values()
    assert list(log) == texts
    said = sight.places["1001"].session.said
    assert len(said) <= REMEMBERED
    assert sum(len(words.text) for words in said) <= REMEMBERED_CHARACTERS
