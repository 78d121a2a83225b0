"""What keeps somebody safe before a report is in, and behind the offer of more questions."""

from datetime import UTC, datetime, timedelta

import pytest
from journeys.at_once import at_once
from journeys.lives import level_of
from journeys.reading_desk import page_of
from journeys.told_reports import (
    OFFER,
    REPORT,
    passes,
    routine_at_the_offer,
    told_by_a_parent,
    told_in_chinese,
    told_in_english,
)

from bot.domain.ids import MINUTE
from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

ALMOST_OVER = (9, 50)
"""Ten minutes before nobody reads any more, by UTC: Kaili is eight hours ahead."""


def go_to(town, hour, minute):
    """Move the clock of *town* to that time on the next Wednesday."""
    now = datetime.fromtimestamp(town.run.clock() / 1_000_000, UTC)
    day = now + timedelta(days=(2 - now.weekday()) % 7 or 7)
    ahead = day.replace(hour=hour, minute=minute) - now
    town.run.clock.advance(int(ahead.total_seconds()) * 1_000_000)
    town.fake.clock.advance(ahead)


async def asked_whether_to_write(town, parent):
    await town.answers(
        parent,
        ("/start", ""),
        ("2", ""),
        ("1", "danger right now?"),
        ("no", "What is the child to you?"),
        ("1", "seen or heard"),
        ("my son does not want to go to school", "write on"),
        ("that is all", "When was it last?"),
        ("yesterday", "How old"),
        ("9", "How can we find"),
        ("class 3", "May we write to you"),
    )


async def test_who_reads_along_is_asked_right_before_whether_it_is_safe(town):
    child, _ = await told_in_english(town)

    answers = [place for place, _ in (await town.case_of(child)).answers]

    assert answers.index(f"{REPORT}.own_phone") < answers.index(f"{REPORT}.safe_to_reply")


@pytest.mark.parametrize(
    "words",
    [
        "don't write to me here, my dad reads this",
        "no, my dad checks my phone",
        "don't write to me anymore",
        "no dont text me",
        "stop texting me",
        "no more messages",
    ],
)
async def test_who_asks_at_the_offer_not_to_be_written_to_is_not(town, words):
    child, _ = await told_in_english(town)

    last = await town.answers(child, (words, "We will not write to you here"))

    assert "added" not in last
    case = await town.case_of(child)
    assert (case.safe_to_reply, case.can_reach) == ("refused", False)
    worker, _ = await town.worker(f"Worker who has {words}")
    await town.run.desk.claim(worker, case.line.id)
    await town.hears_nothing(child)


@at_once(
    "words",
    ["我爸会看我手机，别发", "不要再发消息了", "以后别回我了", "不用发消息给我", "不想收了"],
)
async def test_the_same_in_chinese(town, words):
    child, _ = await told_in_chinese(town)

    await town.answers(child, (words, "我们不会在这里发消息"))

    assert (await town.case_of(child)).safe_to_reply == "refused"


@pytest.mark.parametrize("words", ["no more messages", "No more messages."])
async def test_asked_whether_it_is_safe_to_write_no_more_messages_is_a_no(town, words):
    child, last = await told_in_english(town, safe=((words, "We will not write to you here"),))

    assert "daily" not in last
    assert not (await town.case_of(child)).can_reach


async def test_a_parent_hears_it_too(town):
    parent, _ = await told_by_a_parent(town)

    await town.answers(parent, ("不要再给我发消息了", "我们不会在这里发消息"))

    assert not (await town.case_of(parent)).can_reach


@pytest.mark.parametrize("words", ["they text me mean things", "i told him to stop texting me"])
async def test_what_others_write_is_no_refusal(town, words):
    child, _ = await told_in_english(town)

    await town.answers(child, (words, "This is added"))

    assert (await town.case_of(child)).safe_to_reply == "ok"


async def test_who_asks_it_behind_the_offer_is_let_go(town):
    child, _ = await told_in_english(town)

    await town.answers(
        child,
        ("yes", "Who was there?"),
        ("some kids", "other children"),
        ("please do not text me, my dad reads my phone", "Those were all our questions"),
    )

    assert (await town.case_of(child)).safe_to_reply == "refused"


async def test_who_was_there_or_saw_it_is_no_refusal(town):
    child, _ = await told_in_english(town)

    await town.answers(
        child, ("yes", "Who was there?"), ("my sister sees it every time", "other children")
    )

    assert (await town.case_of(child)).safe_to_reply == "ok"


async def test_where_it_is_sexual_and_nobody_believes_it_is_an_emergency(town):
    child = await town.teller()
    await town.answers(
        child,
        ("a man touched me between my legs", ""),
        ("that is all", "happen last?"),
        ("last week", "Where did it happen?"),
        ("in the yard", "Who was there?"),
        ("nobody", "Have you told"),
        ("my mum doesn't believe me", ""),
    )

    assert level_of(await town.case_of(child)) is Level.EMERGENCY


async def test_something_sexual_told_with_the_times_is_asked_about_before_the_end(town):
    child, _ = await told_in_english(
        town,
        safe=(
            ("sometimes", "When is it safe?"),
            ("when my stepdad is out, he touches me between my legs", "Who was there?"),
            ("my stepdad, he lives with us", "Have you told"),
            ("no", "Your code to come back"),
        ),
    )

    assert level_of(await town.case_of(child)) is Level.EMERGENCY


async def test_that_it_still_goes_on_leads_back_to_the_question_that_waited(town):
    child = await town.teller()

    await town.answers(
        child,
        ("They leave me out of every game", "write on"),
        ("that is all", "happen last?"),
        ("last week", "Where did it happen?"),
        ("in the yard", "How old"),
        ("it is still going on", "Is it happening right now"),
        ("no", "How old"),
        ("12", "see what you write"),
    )


@pytest.mark.parametrize("answer", ["no", "skip"])
async def test_an_adult_who_is_not_written_to_is_asked_how_to_reach_them(town, answer):
    parent = town.contact("en")
    await asked_whether_to_write(town, parent)

    await town.answers(
        parent,
        (answer, "What name and number"),
        ("yes", "Please write the name and the number"),
        ("Li Wei 13912345678", "Your code to come back"),
    )

    page = await page_of(town, parent, "en")
    assert "Name and number they left" in page


async def test_an_adult_is_asked_for_the_number_in_chinese(town):
    parent, _ = await told_by_a_parent(town)

    await town.answers(
        parent,
        ("可以", "还有谁知道"),
        ("没有", "社工可以怎么联系您"),
        ("可以", "请把称呼和电话写在这里"),
        ("李伟 13912345678", "都问完了"),
    )


async def test_a_number_in_place_of_an_answer_is_taken_and_shown(town):
    parent = town.contact("en")
    await asked_whether_to_write(town, parent)

    await town.answers(parent, ("please call me on 13912345678", "Your code to come back"))

    case = await town.case_of(parent)
    assert case.safe_to_reply == "sometimes please call me on 13912345678"
    assert "Name and number they left" in await page_of(town, parent, "en")


@at_once(
    ("answer", "safe"),
    [
        ("no please call me on 13912345678", "not_ok"),
        ("不，请打我电话13912345678", "not_ok"),
        ("不要，打电话给我 13912345678 李伟", "not_ok"),
    ],
)
async def test_who_wants_to_be_called_is_not_written_to_nor_asked_for_the_number_again(
    town, answer, safe
):
    parent = town.contact("en")
    await asked_whether_to_write(town, parent)

    await town.answers(parent, (answer, "Your code to come back"))

    case = await town.case_of(parent)
    assert (case.safe_to_reply, case.can_reach) == (safe, False)
    page = await page_of(town, parent, "en")
    assert "Name and number they left" in page
    assert "They left a number for calls" in page
    assert "Do not call" not in page


async def test_a_number_is_not_for_calls_once_a_worker_has_noted_that_it_is_not_safe(town):
    parent = town.contact("en")
    await asked_whether_to_write(town, parent)
    await town.answers(parent, ("please call me on 13912345678", "Your code to come back"))
    worker, _ = await town.worker(f"Notes of {parent.id}")
    line = await town.run.desk.claim(worker, (await town.case_of(parent)).line.id)
    await town.run.desk.note_safety(worker, line.id, "not_ok", version=line.version)

    page = await page_of(town, parent, "en")

    assert "Name and number they left" not in page
    assert "Do not call" in page


@pytest.mark.parametrize(
    "answer",
    ["dont call me on 13912345678", "no dont call 13912345678", "别给我打电话 13912345678"],
)
async def test_not_to_be_called_says_nothing_about_writing(town, answer):
    parent = town.contact("en")
    await asked_whether_to_write(town, parent)

    await town.answers(parent, (answer, "we write to you here later?"), ("yes", "code"))

    assert (await town.case_of(parent)).safe_to_reply == "ok"


@at_once(
    "answer",
    [
        "don't call me, text me on 13912345678",
        "do not call, write to me. my number is 13912345678",
        "we cannot call from home. 13912345678",
        "别打电话，发微信 13912345678",
        "我不方便接电话，发信息到13912345678",
    ],
)
async def test_who_would_rather_be_written_to_is_neither_asked_again_nor_in_danger(town, answer):
    parent = town.contact("en")
    await asked_whether_to_write(town, parent)

    await town.answers(parent, (answer, "Your code to come back"))

    case = await town.case_of(parent)
    assert (case.safe_to_reply, case.can_reach) == (f"sometimes {answer}", True)
    assert level_of(case) is Level.URGENT


@pytest.mark.parametrize("answer", ["no call please 13912345678", "no calls pls, 13912345678"])
async def test_no_call_please_is_no_wish_to_be_called(town, answer):
    parent = town.contact("en")
    await asked_whether_to_write(town, parent)

    await town.answers(parent, (answer, "write to you here"), ("yes", "code"))

    assert (await town.case_of(parent)).safe_to_reply == "ok"


async def test_a_number_not_to_be_called_is_not_shown_as_one_for_calling(town):
    parent = town.contact("en")
    await asked_whether_to_write(town, parent)

    await town.answers(
        parent, ("dont call me on 13912345678", "write to you here"), ("no", "What name and number")
    )
    await town.answers(parent, ("skip", "Your code to come back"))

    page = await page_of(town, parent, "en")
    assert "Name and number they left" not in page
    assert "Do not call" in page


async def test_own_words_of_refusal_with_a_number_are_still_asked_how_to_reach_them(town):
    parent = town.contact("en")
    await asked_whether_to_write(town, parent)

    await town.answers(
        parent, ("no call 13912345678, my wife reads my phone", "What name and number")
    )

    assert (await town.case_of(parent)).safe_to_reply in {"", "refused"}


async def test_what_was_answered_counts_for_who_goes_back_and_says_no(town):
    child = await routine_at_the_offer(town)

    await town.answers(
        child,
        ("yes", "Who was there?"),
        ("his class", "other children"),
        ("yes", "Have you told"),
        ("back", "other children"),
        ("back", "Who was there?"),
        ("back", OFFER["en"]),
        ("no", "That is fine"),
    )

    assert level_of(await town.case_of(child)) is Level.URGENT


async def test_silence_at_the_offer_weighs_nothing_anew_when_nobody_reads_any_more(town):
    go_to(town, *ALMOST_OVER)
    child = await routine_at_the_offer(
        town, ("sometimes", "When is it safe?"), ("when i am not feeling hopeless", OFFER["en"])
    )

    await passes(town, 31 * MINUTE)

    assert level_of(await town.case_of(child)) is Level.ROUTINE
