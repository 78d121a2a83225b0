"""A token that Telegram refuses is told in words that help."""

import io

import structlog
from fake_telegram import FakeTelegram
from running import running

from bot.log import start_logging


async def test_a_refused_token_is_told_with_what_to_do(tmp_path):
    lines = io.StringIO()
    start_logging(level="info", stream=lines)
    try:
        async with (
            FakeTelegram() as fake,
            running(tmp_path, fake, LANTERN_TELEGRAM_TOKEN="999:wrong") as run,
        ):

            async def is_told():
                told = lines.getvalue()
                return "Telegram refuses the token" in told and "_publish_menu" in told

            await run.until(is_told)
    finally:
        structlog.reset_defaults()

    assert "take the right one from BotFather" in lines.getvalue()
    assert "cannot be reached" not in lines.getvalue()
    assert "999:wrong" not in lines.getvalue()
