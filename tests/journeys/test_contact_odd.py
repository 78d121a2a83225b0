"""What people really send: bursts, taps on old buttons, stickers, places, photos, changed words."""

import pytest
from journeys.at_once import at_once
from journeys.lives import happened, level_of, said
from journeys.test_contact_code import told

from bot.domain.case import EntryKind
from bot.domain.level import Level
from storage.case_log import find_file

pytestmark = pytest.mark.asyncio(loop_scope="module")

LONG = "奶奶" * 2500


# Several at once


async def test_a_burst_is_kept_in_order_and_answered_once(town):
    child = await town.teller()

    for text in ("It was yesterday", "I was in the kitchen", "and then he came"):
        await child.writes(text)
    await child.hears("You can write on")

    await town.hears_nothing(child)
    await town.answers(child, ("stop", "code"))
    kept = said(await town.case_of(child))
    assert [text for text in kept if " " in text] == [
        "It was yesterday",
        "I was in the kitchen",
        "and then he came",
    ]


async def test_what_was_written_before_a_question_is_not_an_answer_to_it(town):
    child = await town.teller()
    await town.answers(
        child, ("It is loud", "write on"), ("done", "last?"), ("today", "Where did it happen?")
    )

    await child.writes("at home")
    await child.writes("in the kitchen")
    question = await child.hears("")

    assert "How old" in question.text
    await town.hears_nothing(child)


async def test_five_thousand_characters_come_as_two_messages_and_all_of_them_are_kept(town):
    child = await town.teller()

    await child.writes(LONG[:4096])
    await child.writes(LONG[4096:])
    await child.hears("You can write on")

    await town.hears_nothing(child)
    await town.answers(child, ("stop", "code"))
    assert "".join(text for text in said(await town.case_of(child)) if "奶" in text) == LONG


# Buttons


async def test_two_taps_on_one_button_count_once(town):
    child = await town.child()

    first = await child.taps("Tell what is happening")
    second = await child.taps("Tell what is happening")

    assert await child.notices(first) == ""
    assert "moved on" in await child.notices(second)
    await child.hears("in danger right now?")
    await town.hears_nothing(child)


async def test_two_taps_on_the_last_button_do_not_begin_anew(town):
    child = await town.teller()
    await town.answers(child, ("It is loud", "write on"), ("done", "last?"))
    await town.answers(
        child,
        ("skip", "Where did"),
        ("skip", "How old"),
        ("skip", "May someone"),
        ("skip", "Is it safe"),
    )

    await child.taps("Yes")
    second = await child.taps("Yes")

    await child.hears("Your code to come back")
    assert "moved on" in await child.notices(second)
    await town.hears_nothing(child)


async def test_two_taps_on_skip_skip_one_question(town):
    child = await town.teller()

    await child.taps("Skip")
    second = await child.taps("Skip")

    assert "moved on" in await child.notices(second)
    await child.hears("write on")
    await town.hears_nothing(child)


async def test_an_old_button_says_so_and_changes_nothing(town):
    child = await town.child()
    menu = child.chat.screen[-1]
    await town.answers(child, ("1", "in danger right now?"))

    tap = await child.taps("Ask about rights", on=menu)

    assert "moved on" in await child.notices(tap)
    await town.answers(child, ("no", "Who needs help?"))


# What no program reads


async def test_a_sticker_is_not_understood_and_the_question_stays(town):
    child = await town.teller()

    await child.sends_sticker()

    answer = await child.hears("I can read words")
    assert "in your own words" in answer.text


async def test_a_sticker_behind_a_report_is_kept_for_the_worker_who_is_said_to_read_it(town):
    child, _, case = await told(town)

    await child.sends_sticker()
    await child.hears("A worker will read it")

    again = await town.run.desk.read(town.watcher, case.line.id)
    assert said(again)[-1] == "(a sticker or the like, which cannot be shown here) 🍊"


async def test_a_sticker_alone_calls_nobody(town):
    child = await town.child()

    await child.sends_sticker()
    await child.hears("I can read words")

    assert await town.case_of(child) is None


async def test_emoji_alone_are_kept_as_words(town):
    child = await town.teller()
    await town.answers(child, ("😭😭", "write on"), ("stop", "code"))

    assert "😭😭" in said(await town.case_of(child))


async def test_emoji_at_a_choice_are_kept_and_the_question_is_asked_again(town):
    child = await town.child()

    await town.answers(child, ("1", "danger right now?"), ("😢", "heavy for you"))
    assert "danger right now?" in child.heard[-1]


async def test_a_place_sent_with_a_tap_reaches_the_worker_and_answers_where(town):
    child = await town.child()
    await town.answers(child, ("1", "danger right now?"), ("yes", "Where are you now?"))

    await child.sends_location(latitude=26.583, longitude=107.98)

    answer = await child.hears("kept")
    assert "tell more now?" in answer.text
    case = await town.case_of(child)
    assert "26.583000, 107.980000" in said(case)
    assert dict(case.answers)["report_a_concern.where_now"] == "26.583000, 107.980000"


@at_once(
    ("first", "place"),
    [
        (("1", "yes"), "report_a_concern.where_now"),
        (("he is hitting me right now",), "report_a_concern.where_now"),
        (("1", "no", "1", "he hits me", "he has a knife"), "report_a_concern.where_are_you"),
    ],
)
async def test_a_place_sent_with_a_tap_stands_beside_the_question_with_what_else_is_told(
    town, first, place
):
    child = await town.child()
    for words in (*first, "behind the school"):
        await child.writes(words)
        await town.quiet()

    await child.sends_location(latitude=26.583, longitude=107.98)
    await town.quiet()
    await child.sends_photo(b"1", caption="the house with the red door")
    await town.quiet()

    told = dict((await town.case_of(child)).answers)[place]
    assert told == "26.583000, 107.980000 / behind the school / the house with the red door"


async def test_a_moving_place_is_not_commented_each_minute(town):
    child = await town.teller(danger="1")
    number = await child.sends_location(latitude=26.583, longitude=107.98)
    await child.hears("kept")
    body = child.chat.messages[number].body

    town.fake.delivers({"edited_message": {**body, "edit_date": body["date"]}})

    await town.hears_nothing(child)


async def test_a_telephone_number_sent_with_a_tap_is_kept(town):
    child = await town.teller()

    await child.sends({"contact": {"phone_number": "+8613800000000", "first_name": "Aunt"}})
    await child.hears("kept")

    assert "Aunt +8613800000000" in said(await town.case_of(child))


@pytest.mark.parametrize("caption", ["", "this was yesterday"])
async def test_a_photo_is_kept_at_full_size_and_opens_at_the_desk(town, caption):
    child = await town.teller()
    picture = bytes(range(256)) * 500

    await child.sends_photo(picture, caption=caption)
    await child.hears("we have kept this")

    case = await town.case_of(child)
    assert await _content(town, case) == ("image/jpeg", picture)
    assert level_of(case) is Level.URGENT
    assert caption in said(case) or not caption


async def test_an_album_is_thanked_for_once_and_kept_whole(town):
    child = await town.teller()

    for picture in (b"one", b"two", b"three"):
        await child.sends_photo(picture)
    await child.hears("we have kept this")

    await town.hears_nothing(child)
    case = await town.case_of(child)
    assert len([entry for entry in case.entries if entry.kind is EntryKind.FILE]) == 3


async def test_a_voice_message_sent_first_of_all_is_kept_and_thanked_for(town):
    child = town.contact("en")
    voice = b"OggS" + bytes(5000)

    await child.sends_voice(voice)

    hello = await child.hears("we have kept this")
    assert "Who is writing?" in hello.text
    assert await _content(town, await town.case_of(child)) == ("audio/ogg", voice)


async def test_what_was_sent_cannot_be_found_in_the_database_file(town):
    child = await town.teller()
    picture = b"very much my own picture" * 50
    await child.sends_photo(picture, caption="unmistakable words of mine")
    await child.hears("we have kept this")
    await _content(town, await town.case_of(child))

    folder = town.run.lantern.settings.database.parent
    stored = b"".join(path.read_bytes() for path in folder.glob("lantern.sqlite3*"))
    assert b"very much my own picture" not in stored
    assert b"unmistakable words" not in stored


async def _content(town, case):
    file = next(entry for entry in case.entries if entry.kind is EntryKind.FILE)
    house = town.run.lantern.house

    async def fetched():
        found = await house.database.read(lambda tx: find_file(tx, file.file_id))
        return found.content

    await town.run.until(fetched)
    return await town.run.desk.file(town.watcher, case.line.id, file.file_id)


async def test_a_picture_put_in_the_place_of_another_is_kept_and_a_new_caption_brings_no_third(
    town,
):
    child = await town.teller()
    number = await child.sends_photo(b"the first")
    await child.hears("we have kept this")
    body = child.chat.messages[number].body

    changed = {**body, "edit_date": body["date"] + 60, "caption": "at home"}
    town.fake.delivers({"edited_message": changed})
    await child.hears("changed message")
    larger = [{**size, "file_size": size["file_size"] + 1} for size in body["photo"]]
    town.fake.delivers({"edited_message": {**changed, "photo": larger}})
    await child.hears("changed message")

    case = await town.case_of(child)
    assert len([entry for entry in case.entries if entry.kind is EntryKind.FILE]) == 1 + 1
    assert "at home" in said(case)


# Words changed afterwards


async def test_a_changed_message_is_read_for_risk_and_reaches_the_case(town):
    child = await town.teller()
    number = await child.writes("It is nothing")
    await child.hears("write on")

    await child.edits(number, "he beats me every night with a belt")

    await child.hears("It is not your fault")
    await child.hears("changed message")
    case = await town.case_of(child)
    assert "he beats me every night with a belt" in said(case)
    assert "It is nothing" in said(case)
    assert case.signals
    assert happened(case) == []
