"""How updates reach us, polled or pushed: none is acknowledged before it is safe."""

import io
import json

import aiohttp
import pytest
from aiohttp import web
from fake_telegram import WITHIN, RefusalError
from journeys.telegram_desk import CANARY, Desk, polling
from tenacity import wait_fixed

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_receiver import address_of
from bot.channels.telegram_webhook import BIGGEST_BODY, TELEGRAMS_HEADER, webhook_handler
from bot.domain.errors import ConfigError, LanternError, PermanentSendError


@pytest.fixture
def desk():
    return Desk()


async def test_updates_are_taken_in_their_order_and_acknowledged(channel, fake, child, desk):
    await child.writes("again")

    async with polling(channel, desk):
        await desk.has(2)
        await fake.all_taken()

    assert desk.texts == ["hello", "again"]


@pytest.mark.usefixtures("child")
async def test_nothing_is_acknowledged_before_it_is_safe(channel, fake, desk):
    desk.open.clear()

    async with polling(channel, desk):
        await desk.has(1)
        assert len(fake.world.updates.waiting) == 1
        desk.open.set()
        await fake.all_taken()


@pytest.mark.usefixtures("child")
async def test_a_poller_that_dies_before_all_is_safe_gets_it_again(channel, fake, desk):
    desk.open.clear()
    async with polling(channel, desk):
        await desk.has(1)

    desk.open.set()
    async with polling(channel, desk):
        await desk.has(2)
        await fake.all_taken()

    assert desk.texts == ["hello", "hello"]


async def test_the_updates_of_one_answer_are_taken_side_by_side(channel, fake, child, desk):
    await child.writes("again")
    desk.open.clear()

    async with polling(channel, desk):
        await desk.has(2)
        desk.open.set()
        await fake.all_taken()


@pytest.mark.usefixtures("child")
@pytest.mark.parametrize("error", [LanternError("database away"), OSError("disk"), KeyError("x")])
async def test_whatever_fails_is_fetched_again(channel, fake, desk, error):
    desk.failures = [error]

    async with polling(channel, desk):
        await desk.has(1)
        await fake.all_taken()

    assert desk.texts == ["hello"]


async def test_what_cannot_be_read_is_set_aside_and_the_rest_goes_on(channel, fake, child, desk):
    body = {"text": CANARY, "chat": {"id": child.id}}
    number = fake.delivers({"message": body})
    await child.writes("after")

    async with polling(channel, desk):
        await desk.has(2)
        await fake.all_taken()

    assert desk.texts == ["hello", "after"]
    [(raw, id_, where)] = desk.set_aside
    assert json.loads(raw) == {"update_id": number, "message": body}
    assert (id_, where) == (str(number), str(child.id))


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        ({"callback_query": {"message": {"chat": {"id": 1001}}}}, "1001"),
        ({"update_id": 1, "message": {"chat": 1001}}, ""),
        ([1], ""),
    ],
)
def test_where_a_misshapen_update_came_from_is_told_if_it_can_be(raw, where):
    assert address_of(raw) == where


async def test_what_is_no_update_at_all_is_set_aside_without_a_number(channel, fake, child, desk):
    fake.delivers("nonsense")
    await child.writes("after")

    async with polling(channel, desk):
        await desk.has(2)
        await fake.all_taken()

    assert desk.set_aside == [(b'"nonsense"', "", "")]


async def test_updates_that_come_twice_and_backwards_are_all_acknowledged(
    channel, fake, child, desk
):
    await child.writes("again")
    fake.mischief.repeat_updates()
    fake.mischief.reverse_updates()

    async with polling(channel, desk):
        await fake.all_taken()

    assert sorted(desk.texts) == ["again", "again", "hello", "hello"]


@pytest.mark.usefixtures("child")
@pytest.mark.parametrize("trick", ["fail", "drop_call", "drop_answer", "garble"])
@pytest.mark.parametrize("method", ["getUpdates", "deleteWebhook"])
async def test_the_poller_survives_every_mischief(channel, fake, desk, trick, method):
    getattr(fake.mischief, trick)(method, times=3)

    async with polling(channel, desk):
        await desk.has(1)
        await fake.all_taken()


@pytest.mark.usefixtures("child")
async def test_the_poller_takes_over_from_a_webhook(channel, fake, desk):
    await channel.register_webhook("https://example.org/hook", secret="S")

    async with polling(channel, desk):
        await desk.has(1)
    assert fake.webhook.url == ""


async def test_a_conflict_with_another_poller_is_reported_and_tried_again(
    channel, fake, child, desk
):
    async with polling(channel, desk, patience=wait_fixed(0.01)):
        await desk.has(1)
        await fake.world.pulse.until(lambda: fake.world.updates.is_polled, WITHIN)
        other = TelegramChannel(fake.token, api=fake.base_url)
        await other.open()
        await other.bot.do_api_request("get_Updates", {"timeout": 0})
        await other.close()
        await fake.journal.wait_for("getUpdates", code=409)
        await child.writes("again")
        await desk.has(2)


@pytest.mark.usefixtures("child")
async def test_a_pause_that_telegram_asks_for_is_waited_out(channel, fake, desk):
    refusal = RefusalError(429, "Too Many Requests", {"retry_after": 0.2})
    fake.mischief.refuse("getUpdates", refusal)

    async with polling(channel, desk, patience=wait_fixed(3600)):
        await desk.has(1)

    refused, answered = fake.journal.calls("getUpdates")[:2]
    assert (refused.code, answered.code) == (429, 200)
    assert answered.at - refused.at >= 0.2


async def test_a_poller_that_waits_can_be_stopped_at_once(channel, fake, desk):
    async with polling(channel, desk) as task:
        await fake.world.pulse.until(lambda: fake.world.updates.is_polled, WITHIN)
    assert task.cancelled()


@pytest.fixture
async def hook(desk):
    application = web.Application()
    application.router.add_post("/hook", webhook_handler("S3cret", desk.receiver()))
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield "http://{}:{}/hook".format(*runner.addresses[0])
    await runner.cleanup()


async def test_an_address_that_telegram_does_not_take_is_told_as_that(channel):
    with pytest.raises(PermanentSendError, match="LANTERN_TELEGRAM_WEBHOOK"):
        await channel.register_webhook("http://example.org/hook", secret="S3cret")


async def test_a_webhook_takes_what_telegram_pushes(channel, fake, child, desk, hook):
    await channel.register_webhook(hook, secret="S3cret")
    await child.writes("again")
    await fake.all_taken()

    assert desk.texts == ["hello", "again"]
    assert set(fake.webhook.answers) == {200}


@pytest.mark.usefixtures("child")
async def test_a_webhook_says_200_only_when_the_update_is_safe(channel, fake, desk, hook):
    desk.open.clear()
    await channel.register_webhook(hook, secret="S3cret")

    await desk.has(1)
    assert (fake.webhook.answers, len(fake.world.updates.waiting)) == ([], 1)
    desk.open.set()
    await fake.all_taken()


@pytest.mark.usefixtures("child")
@pytest.mark.parametrize("error", [LanternError("database away"), OSError("disk")])
async def test_a_webhook_says_503_and_gets_the_update_again(channel, fake, desk, hook, error):
    desk.failures = [error]
    await channel.register_webhook(hook, secret="S3cret")
    await fake.all_taken()

    assert fake.webhook.answers == [503, 200]
    assert desk.texts == ["hello"]


@pytest.mark.parametrize("secret", [None, "", "s3cret", "S3cretS3cret", "ÿ"])
async def test_a_webhook_refuses_whoever_does_not_know_the_secret(desk, hook, secret):
    headers = {} if secret is None else {TELEGRAMS_HEADER: secret}
    async with (
        aiohttp.ClientSession() as http,
        http.post(hook, json={"update_id": 1}, headers=headers) as response,
    ):
        assert response.status == 403
    assert desk.taken == desk.set_aside == []


async def test_a_webhook_sets_aside_what_is_no_json_and_refuses_what_is_too_big(desk, hook):
    headers = {TELEGRAMS_HEADER: "S3cret"}
    async with aiohttp.ClientSession(headers=headers) as http:
        async with http.post(hook, data=b'{"update_id": 1') as response:
            broken = response.status
        async with http.post(hook, data=io.BytesIO(b"x" * (BIGGEST_BODY + 1))) as response:
            big = response.status

    assert (broken, big) == (200, 413)
    assert desk.set_aside == [(b'{"update_id": 1', "", "")]


def test_a_webhook_without_a_secret_is_a_mistake_of_the_operator(desk):
    with pytest.raises(ConfigError):
        webhook_handler("", desk.receiver())
