"""What the Telegram channel sends and fetches, over real HTTP."""

from datetime import timedelta

import pytest
from fake_telegram import RefusalError
from journeys.telegram_desk import CANARY, NOW, message

from bot.channels.telegram import TelegramChannel, api_addresses
from bot.channels.telegram_update import parse
from bot.domain.errors import LanternError, PermanentSendError, TemporarySendError
from bot.domain.message import Act, Button


async def test_a_message_is_shown_with_its_buttons(channel, child):
    buttons = (
        (Button(label="Yes", data="a:1:yes"), Button(label="No", data="a:1:no")),
        (Button(label="Read more", url="https://example.org/rights"),),
    )

    number = await channel.send(message("Are <you> safe?", buttons=buttons))

    shown = await child.hears("Are <you> safe?")
    assert number == str(shown.id)
    assert shown.rows == [
        [
            {"text": "Yes", "callback_data": "a:1:yes"},
            {"text": "No", "callback_data": "a:1:no"},
        ],
        [{"text": "Read more", "url": "https://example.org/rights"}],
    ]


async def test_links_are_shown_without_a_preview(channel, fake, child):
    await channel.send(message("https://example.org"))

    [call] = fake.journal.calls("sendMessage")
    assert call.parameters["link_preview_options"] == {"is_disabled": True}
    assert child.heard == ["https://example.org"]


async def test_many_messages_are_deleted_in_hundreds(channel, fake, child):
    numbers = [await child.writes("secret") for _ in range(150)]

    assert await channel.send(message(act=Act.DELETE, references=numbers)) == ""

    await child.loses(*numbers)
    sizes = [len(call.parameters["message_ids"]) for call in fake.journal.calls("deleteMessages")]
    assert sizes == [100, 50]


async def test_one_message_that_is_too_old_does_not_keep_the_others_in_sight(channel, fake, child):
    old = await child.writes("old")
    fake.clock.advance(timedelta(hours=49))
    new = await child.writes("new")

    await channel.send(message(act=Act.DELETE, references=[old, new, 99_999]))

    await child.loses(new)
    assert "old" in [shown.text for shown in child.chat.screen]


async def test_a_tap_is_answered_with_its_notice(channel, child):
    await channel.send(message("Safe?", buttons=((Button(label="Yes", data="y"),),)))
    tap = await child.taps("Yes")

    await channel.send(message("Noted" + "." * 300, act=Act.NOTE_TAP, references=[tap.id]))

    assert (await child.notices(tap)).startswith("Noted...")


async def test_a_tap_that_is_too_old_counts_as_answered(channel):
    assert await channel.send(message(act=Act.NOTE_TAP, references=["12345"])) == ""


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_broken_server_is_tried_again_later(channel, fake, child, status):
    fake.mischief.fail("sendMessage", status=status)

    with pytest.raises(TemporarySendError):
        await channel.send(message("hi"))

    await channel.send(message("hi"))
    assert child.heard == ["hi"]


async def test_a_pause_that_telegram_asks_for_is_passed_on(channel, fake, child):
    fake.mischief.refuse("sendMessage", RefusalError(429, "Too Many Requests", {"retry_after": 17}))

    with pytest.raises(TemporarySendError) as caught:
        await channel.send(message("hi", to=child.id))

    assert caught.value.retry_after == 17


@pytest.mark.parametrize("trick", ["drop_call", "drop_answer", "garble"])
async def test_a_lost_answer_is_tried_again_later(channel, fake, child, trick):
    getattr(fake.mischief, trick)("sendMessage")

    with pytest.raises(TemporarySendError):
        await channel.send(message("hi", to=child.id))


async def test_a_telegram_that_is_away_is_tried_again_later(fake):
    lonely = TelegramChannel(fake.token, api="http://127.0.0.1:9")
    await lonely.open()

    with pytest.raises(TemporarySendError):
        await lonely.send(message("hi"))
    await lonely.close()


async def test_a_closed_channel_sends_nothing_and_loses_nothing(channel):
    await channel.close()

    with pytest.raises(TemporarySendError):
        await channel.send(message("hi"))


async def test_a_refused_token_loses_no_message(fake):
    channel = TelegramChannel("4242:another", api=fake.base_url)
    await channel.open()

    with pytest.raises(TemporarySendError):
        await channel.send(message("hi"))
    await channel.close()


async def test_an_address_that_blocked_the_bot_is_dead(channel, child):
    await child.blocks()

    with pytest.raises(PermanentSendError) as caught:
        await channel.send(message("hi"))

    assert caught.value.is_dead


@pytest.mark.parametrize("act", [Act.SAY, Act.DELETE])
async def test_an_address_that_never_was_is_dead(channel, act):
    with pytest.raises(PermanentSendError) as caught:
        await channel.send(message("hi", to=31, act=act, references=[1]))

    assert caught.value.is_dead


async def test_a_group_that_moved_is_dead_at_its_old_address_and_says_where_it_is(channel, fake):
    fake.group(id=-500).becomes_supergroup(-100500)

    with pytest.raises(PermanentSendError) as caught:
        await channel.send(message("hi", to=-500))

    assert caught.value.is_dead
    assert caught.value.moved_to == "-100500"


async def test_a_message_that_is_refused_for_itself_leaves_the_address_alive(channel, child):
    with pytest.raises(PermanentSendError) as caught:
        await channel.send(message("x" * 4097, to=child.id))

    assert not caught.value.is_dead


@pytest.mark.parametrize("code", [400, 403, 409, 500])
async def test_no_error_repeats_what_was_to_be_sent(channel, fake, child, code, caplog):
    caplog.set_level("WARNING")
    quoting = RefusalError(code, f"Bad Request: can't parse '{CANARY}'")
    fake.mischief.refuse("sendMessage", quoting)

    with pytest.raises(LanternError) as caught:
        await channel.send(message(CANARY, to=child.id))

    assert CANARY not in str(caught.value)
    assert CANARY not in caplog.text


async def test_a_photo_is_fetched_at_full_size(channel, fake, child):
    await child.sends_photo(b"p" * 5000)
    raw = fake.world.updates.waiting[-1].body

    update = parse(raw, now=NOW)

    assert await channel.fetch(update.file.reference) == b"p" * 5000


async def test_a_file_that_is_gone_cannot_be_fetched(channel):
    with pytest.raises(PermanentSendError):
        await channel.fetch("NO-SUCH-FILE")


async def test_a_file_whose_download_breaks_is_tried_again_later(channel, fake, child):
    await child.sends_voice(b"voice")
    fake.mischief.fail("file")
    reference = parse(fake.world.updates.waiting[-1].body, now=NOW).file.reference

    with pytest.raises(TemporarySendError):
        await channel.fetch(reference)
    assert await channel.fetch(reference) == b"voice"


async def test_commands_are_published_in_every_language_and_one_for_all(channel, fake):
    await channel.publish_commands({"zh_CN": [("help", "求助")], "en": [("help", "Get help")]})

    chinese = [{"command": "help", "description": "求助"}]
    assert fake.world.commands == {
        ("", "default"): chinese,
        ("zh", "default"): chinese,
        ("en", "default"): [{"command": "help", "description": "Get help"}],
    }


async def test_the_bot_knows_its_own_name(channel):
    assert await channel.username() == "lantern_test_bot"


@pytest.mark.parametrize("api", ["http://h:1", "http://h:1/", "http://h:1/bot", "http://h:1/bot/"])
def test_the_address_of_the_api_may_be_written_in_several_ways(api):
    assert api_addresses(api) == ("http://h:1/bot", "http://h:1/file/bot")


async def test_an_answer_that_does_not_come_in_time_is_tried_again_later(fake, child):
    hasty = TelegramChannel(fake.token, api=fake.base_url, answer_within=0.05)
    await hasty.open()
    gate = fake.mischief.hold("sendMessage")

    with pytest.raises(TemporarySendError):
        await hasty.send(message("hi", to=child.id))
    gate.open()
    await hasty.close()
