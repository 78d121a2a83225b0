"""The fake Telegram delivers as Telegram delivers, and misbehaves when told to."""

import asyncio

import aiohttp
import pytest
from aiohttp import web
from asking_the_fake import YES_NO, refused
from fake_telegram import WITHIN, FakeTelegram, RefusalError
from fake_telegram.webhook import SECRET_HEADER
from telegram import Update


@pytest.fixture
async def fake():
    async with FakeTelegram() as server:
        server.clock.stop()
        yield server


async def test_updates_come_again_until_they_are_confirmed(ask, child):
    await child.writes("again")

    first = (await ask("getUpdates"))[1]["result"]
    second = (await ask("getUpdates", limit=1))[1]["result"]
    third = (await ask("getUpdates", offset=first[0]["update_id"] + 1))[1]["result"]

    assert [update["message"]["text"] for update in first] == ["hello", "again"]
    assert second == first[:1]
    assert third == first[1:]


async def test_a_poll_waits_for_the_next_update(ask, child):
    _, seen = await ask("getUpdates")
    after = seen["result"][-1]["update_id"] + 1

    polling = asyncio.create_task(ask("getUpdates", offset=after, timeout=30))
    await child.world.pulse.until(lambda: not child.world.updates.waiting, WITHIN)
    await child.writes("news")

    assert [update["message"]["text"] for update in (await polling)[1]["result"]] == ["news"]


async def test_only_the_kinds_that_were_asked_for_are_delivered(ask, child):
    await ask("getUpdates", offset=-1, allowed_updates=["edited_message"])
    number = await child.writes("not asked for")
    await child.edits(number, "asked for")

    updates = (await ask("getUpdates"))[1]["result"]

    assert [set(update) - {"update_id"} for update in updates] == [{"message"}, {"edited_message"}]


async def test_of_two_polls_the_older_one_is_told_of_a_conflict(ask, fake):
    older = asyncio.create_task(ask("getUpdates", timeout=30))
    await fake.world.pulse.until(lambda: fake.world.updates.is_polled, WITHIN)
    newer = asyncio.create_task(ask("getUpdates", timeout=30))

    assert refused(await older, 409, "terminated by other getUpdates")
    await fake.person(id=5).writes("hello")
    assert (await newer)[0] == 200


async def test_nothing_can_be_polled_while_a_webhook_is_set(ask):
    await ask("setWebhook", url="https://example.org/hook")

    assert refused(await ask("getUpdates"), 409, "webhook is active")
    assert (await ask("deleteWebhook"))[0] == 200
    assert (await ask("getUpdates"))[0] == 200


async def test_a_webhook_needs_https_and_a_plain_secret(ask):
    plain = await ask("setWebhook", url="http://example.org/hook")
    secret = await ask("setWebhook", url="https://example.org/", secret_token="not allowed!")

    assert refused(plain, 400, "HTTPS URL must be provided")
    assert refused(secret, 400, "unallowed characters")


async def test_a_webhook_is_tried_again_until_it_says_200(ask, fake, unused_server):
    url, seen = await unused_server([500, 503, 200])
    await ask("setWebhook", url=url, secret_token="S3cret_-")

    await fake.person(id=5).writes("hello")
    await fake.all_taken()

    assert [(secret, body["message"]["text"]) for secret, body in seen] == [
        ("S3cret_-", "hello")
    ] * 3
    _, info = await ask("getWebhookInfo")
    assert info["result"]["last_error_message"] == "Wrong response from the webhook: 503"


@pytest.fixture
async def unused_server():
    runners = []

    async def start(codes):
        seen = []

        async def handle(request):
            seen.append((request.headers.get(SECRET_HEADER), await request.json()))
            return web.Response(status=codes[len(seen) - 1])

        application = web.Application()
        application.router.add_post("/hook", handle)
        runner = web.AppRunner(application)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return "http://{}:{}/hook".format(*runner.addresses[0]), seen

    yield start
    for runner in runners:
        await runner.cleanup()


async def test_a_photo_can_be_downloaded_in_both_sizes(ask, fake, http, child):
    await child.sends_photo(b"p" * 1000, caption="look")
    message = (await ask("getUpdates"))[1]["result"][-1]["message"]

    sizes = []
    for size in message["photo"]:
        _, file = await ask("getFile", file_id=size["file_id"])
        path = file["result"]["file_path"]
        async with http.get(f"{fake.base_url}/file/bot{fake.token}/{path}") as response:
            sizes.append(len(await response.read()))

    assert message["caption"] == "look"
    assert sizes == [16, 1000]


async def test_an_answer_can_be_lost_after_the_message_was_shown(ask, fake, child):
    fake.mischief.drop_answer("sendMessage")

    with pytest.raises(aiohttp.ClientError):
        await ask("sendMessage", chat_id=child.id, text="hi")

    assert child.heard == ["hi"]
    assert [call.code for call in fake.journal.calls("sendMessage")] == [0]


async def test_a_call_can_be_lost_broken_refused_or_garbled(ask, fake, http, child):
    address = f"{fake.base_url}/bot{fake.token}/sendMessage"
    message = {"chat_id": child.id, "text": "hi"}
    fake.mischief.drop_call("sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await ask("sendMessage", **message)
    fake.mischief.fail("sendMessage")
    async with http.post(address, json=message) as response:
        assert (response.status, response.content_type) == (502, "text/plain")
    fake.mischief.refuse("sendMessage", RefusalError(400, "Bad Request: mood"))
    assert refused(await ask("sendMessage", **message), 400, "mood")
    assert child.heard == []

    fake.mischief.garble("sendMessage")
    async with http.post(address, json=message) as response:
        assert (response.status, await response.text()) == (200, '{"ok": tru')
    assert child.heard == ["hi"]


async def test_a_call_can_be_held_until_the_test_lets_it_pass(ask, fake, child):
    gate = fake.mischief.hold("sendMessage")
    sending = asyncio.create_task(ask("sendMessage", chat_id=child.id, text="hi"))

    await gate.reached()
    assert child.heard == []
    gate.open()
    await sending
    assert child.heard == ["hi"]


async def test_updates_can_come_twice_and_backwards(ask, fake, child):
    await child.writes("again")
    fake.mischief.repeat_updates()
    fake.mischief.reverse_updates()

    updates = (await ask("getUpdates"))[1]["result"]

    assert [update["message"]["text"] for update in updates] == ["again"] * 2 + ["hello"] * 2


async def test_while_telegram_is_away_nothing_answers(ask, fake, child):
    fake.is_away = True
    with pytest.raises(aiohttp.ClientError):
        await ask("sendMessage", chat_id=child.id, text="hi")
    fake.is_away = False

    assert (await ask("getMe"))[0] == 200
    assert child.heard == []


async def test_whoever_waits_in_vain_is_told_what_was_heard(ask, child):
    await ask("sendMessage", chat_id=child.id, text="Are you safe?")

    with pytest.raises(AssertionError, match="Are you safe"):
        await child.hears("Good bye", within=0.01)
    with pytest.raises(AssertionError, match="no button"):
        await child.taps("Yes")


async def test_a_person_hears_each_message_once_and_in_order(ask, child):
    for text in ("one", "two", "one"):
        await ask("sendMessage", chat_id=child.id, text=text)

    heard = [await child.hears(text) for text in ("one", "two", "one")]

    assert [message.text for message in heard] == ["one", "two", "one"]
    assert len({message.id for message in heard}) == 3


async def test_python_telegram_bot_understands_everything_that_is_delivered(ask, fake, child):
    group = fake.group()
    await ask("sendMessage", chat_id=child.id, text="Safe?", reply_markup=YES_NO)
    await child.taps("Yes")
    await child.writes("/start staff_1", group=group)
    await child.edits(await child.writes("helo"), "hello")
    await child.sends_photo(b"photo", caption="look")
    await child.sends_voice(b"voice")
    await child.sends_document(b"document")
    await child.sends_sticker()
    await child.sends_location(latitude=26.6, longitude=107.9)
    await child.blocks()
    await child.unblocks()

    updates = (await ask("getUpdates"))[1]["result"]

    assert len(updates) == 12
    for raw in updates:
        read = Update.de_json(raw, None)
        assert read.effective_user.id == child.id
        assert not read.api_kwargs
