"""What Telegram delivers, read into updates of ours."""

from datetime import timedelta

import pytest
from journeys.telegram_desk import CANARY, NOW, message

from bot.channels.telegram_update import UnreadableUpdateError, parse
from bot.domain.ids import SECOND
from bot.domain.message import Button
from bot.domain.update import Kind


@pytest.fixture
def read(fake):
    return lambda: parse(fake.world.updates.waiting[-1].body, now=NOW)


async def test_a_text_is_read(child, read, fake):
    number = await child.writes("/start staff_abc")

    update = read()

    assert (update.kind, update.text) == (Kind.TEXT, "/start staff_abc")
    assert (update.address, update.sender, update.message) == ("1001", "1001", str(number))
    assert (update.language, update.is_group) == ("zh-hans", False)
    assert update.id == str(fake.world.updates.waiting[-1].id)
    assert 0 <= fake.clock.now() - update.at / SECOND < 5


async def test_a_changed_text_is_read_as_an_edit(child, read, fake):
    number = await child.writes("helo")
    fake.clock.advance(timedelta(minutes=5))
    await child.edits(number, "hello")

    update = read()

    assert (update.kind, update.text, update.message) == (Kind.EDIT, "hello", str(number))
    assert 0 <= fake.clock.now() - update.at / SECOND < 5


async def test_a_picture_whose_caption_changed_is_read_with_the_new_caption(child, read, fake):
    number = await child.sends_photo(b"picture", caption="at home")
    body = child.chat.messages[number].body
    changed = {**body, "caption": "at school", "edit_date": body["date"] + 60}
    fake.delivers({"edited_message": changed})

    update = read()

    assert (update.kind, update.text, update.file.kind) == (Kind.EDIT, "at school", "photo")


async def test_a_named_place_and_a_poll_are_read_in_words(child, read):
    await child.sends(
        {
            "location": {"latitude": 26.5, "longitude": 107.9},
            "venue": {"title": "Hotel Sun", "address": "Station Road"},
        }
    )
    assert read().text == "Hotel Sun, Station Road, 26.500000, 107.900000"

    await child.sends({"poll": {"question": "He hits us?", "options": [{"text": "yes"}]}})
    assert read().text == "He hits us?\nyes"


async def test_a_tap_is_read_with_its_data_and_number(channel, child, read):
    number = await channel.send(message("Safe?", buttons=((Button(label="Yes", data="a:1:y"),),)))
    tap = await child.taps("Yes")

    update = read()

    assert (update.kind, update.tap, update.tap_id) == (Kind.TAP, "a:1:y", tap.id)
    assert (update.message, update.address, update.at) == (number, "1001", NOW)


async def test_a_photo_is_read_at_its_largest_size_with_its_caption(child, read):
    await child.sends_photo(b"p" * 5000, caption="look")

    update = read()

    assert (update.kind, update.text) == (Kind.FILE, "look")
    assert (update.file.kind, update.file.media_type, update.file.size) == (
        "photo",
        "image/jpeg",
        5000,
    )


async def test_a_voice_message_and_a_document_are_files(child, read):
    await child.sends_voice(b"voice")
    assert (read().kind, read().file.kind, read().file.media_type) == (
        Kind.FILE,
        "voice",
        "audio/ogg",
    )
    await child.sends_document(b"document", media_type="text/plain")
    assert (read().file.kind, read().file.media_type) == ("document", "text/plain")


@pytest.mark.parametrize("kind", ["audio", "video", "video_note", "animation"])
async def test_other_recordings_are_files_too(child, read, kind):
    await child.sends({kind: {"file_id": "F", "file_unique_id": "U", "duration": 3}})

    assert (read().kind, read().file.kind, read().file.reference) == (Kind.FILE, kind, "F")


async def test_stickers_places_and_contacts_are_something_else(child, read):
    await child.sends_sticker()
    sticker = read()
    assert (sticker.kind, sticker.text, sticker.emoji) == (Kind.OTHER, "", "🍊")
    await child.sends({"dice": {"emoji": "🎲", "value": 6}})
    assert read().emoji == "🎲"
    await child.sends_location(latitude=26.6, longitude=107.9)
    assert read().kind is Kind.OTHER
    await child.sends({"contact": {"phone_number": "1", "first_name": "A"}})
    assert read().kind is Kind.OTHER


async def test_in_a_group_the_sender_is_not_the_address(child, read, fake):
    await child.writes("I take it", group=fake.group(id=-500))

    update = read()

    assert (update.address, update.sender, update.is_group) == ("-500", "1001", True)


async def test_who_blocks_the_bot_is_read_and_who_comes_back_is_not(child, read):
    await child.blocks()
    assert (read().kind, read().address) == (Kind.BLOCKED, "1001")
    await child.unblocks()
    assert read() is None


async def test_what_nobody_said_to_us_is_nothing(child, read, fake):
    await child.sends({"new_chat_title": "Staff"})
    assert read() is None
    fake.delivers({"poll": {"id": "1"}})
    assert read() is None
    fake.delivers(
        {"message": {**fake.world.updates.waiting[0].body["message"], "from": dict(fake.world.me)}}
    )
    assert read() is None


CHAT = {"id": 1, "type": "private"}
MALFORMED = [
    {"message": {"chat": CHAT, "date": 1, "message_id": 1, "text": CANARY}},
    {"message": {"chat": {"id": CANARY, "type": "private"}, "date": 1, "message_id": 1}},
    {"message": CANARY},
    {"message": {"text": CANARY}},
    {"callback_query": {"id": 5, "data": CANARY}},
    {"my_chat_member": {"chat": CHAT}},
]


@pytest.mark.parametrize("content", [*MALFORMED, CANARY, [CANARY], None])
def test_what_cannot_be_read_is_said_without_its_content(content):
    raw = {"update_id": 1, **content} if isinstance(content, dict) else content

    with pytest.raises(UnreadableUpdateError) as caught:
        parse(raw, now=NOW)

    assert CANARY not in str(caught.value)
    assert caught.value.__context__ is None


def test_half_a_character_is_read_as_a_mark():
    head = {"chat": CHAT, "date": 1, "message_id": 1, "from": {"id": 1}}

    update = parse({"update_id": 1, "message": {**head, "text": "help \ud83d"}}, now=NOW)

    assert update.text == "help \ufffd"
