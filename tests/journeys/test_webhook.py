"""Telegram pushes updates to Lantern's own web server."""

from fake_telegram import GENEROUS, FakeTelegram
from ports import free_port
from running import running

from bot.doctor.telegram import check_telegram


async def webhook_of(run):
    """Return what the doctor says of the webhook, and whether that is well."""
    checks = await check_telegram(run.lantern.settings)
    return next((check.says, check.is_well) for check in checks if check.name == "webhook")


async def test_updates_that_telegram_pushes_are_answered(tmp_path):
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    async with (
        FakeTelegram(limits=GENEROUS) as fake,
        running(
            tmp_path,
            fake,
            LANTERN_LISTEN=f"127.0.0.1:{port}",
            LANTERN_TELEGRAM_WEBHOOK=address,
        ) as run,
    ):
        child = fake.person(id=1001, language_code="zh-hans")
        await child.writes("/start")

        await child.hears("我是一个程序")

        assert fake.webhook.url == f"{address}/telegram"
        assert await webhook_of(run) == (f"is registered at {address}/telegram", True)


async def test_nobody_else_can_push_updates(tmp_path):
    port = free_port()
    address = f"http://127.0.0.1:{port}/from-telegram"
    async with (
        FakeTelegram(limits=GENEROUS) as fake,
        running(
            tmp_path,
            fake,
            LANTERN_LISTEN=f"127.0.0.1:{port}",
            LANTERN_TELEGRAM_WEBHOOK=address,
        ) as run,
    ):
        await fake.journal.wait_for("setWebhook")

        assert fake.webhook.url == address
        assert await webhook_of(run) == (f"is registered at {address}", True)
        assert await fake.webhook.knock({}, "a guess") == 403
