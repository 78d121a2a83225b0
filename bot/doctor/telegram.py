"""What Telegram says: of the token, of the webhook, and of the time."""

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from bot.channels.telegram import api_addresses
from bot.config import Settings
from bot.doctor.check import Check
from bot.domain.ids import SECOND, Instant
from bot.housing import wall_clock
from bot.serving import webhook_address

LONGEST_WAIT = 10
MOST_APART = 30
"""Seconds that this clock and Telegram's may differ."""

_REFUSED = frozenset({401, 404})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What a call brought; ``at`` is the time on Telegram's clock, 0 if it did not say."""

    status: int
    result: dict[str, Any]
    at: Instant


async def check_telegram(settings: Settings) -> list[Check]:
    """Return how the token, the webhook and the clock are."""
    if settings.telegram_token is None:
        says = "no token is set, so there is the web chat only"
        return [Check(name="Telegram", says=says)]
    try:
        me = await _call(settings, "getMe")
        webhook = await _call(settings, "getWebhookInfo")
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
        says = f"{settings.telegram_api} cannot be reached ({type(error).__name__})"
        advice = "check the network, and LANTERN_TELEGRAM_API"
        return [Check(name="Telegram", says=says, advice=advice)]
    return [_token(me), *_webhook(settings, me, webhook), _clock(me)]


async def _call(settings: Settings, method: str) -> _Answer:
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    calls, _ = api_addresses(settings.telegram_api)
    timeout = aiohttp.ClientTimeout(total=LONGEST_WAIT)
    async with (
        aiohttp.ClientSession(timeout=timeout, trust_env=True) as session,
        session.post(f"{calls}{token}/{method}") as response,
    ):
        body = await response.json(content_type=None)
        result = body.get("result") if isinstance(body, dict) else None
        return _Answer(
            status=response.status,
            result=result if isinstance(result, dict) else {},
            at=_moment(response.headers.get("Date", "")),
        )


def _moment(date: str) -> Instant:
    try:
        return Instant(int(parsedate_to_datetime(date).timestamp()) * SECOND)
    except ValueError:
        return Instant(0)


def _token(me: _Answer) -> Check:
    name = "Telegram"
    if me.result:
        return Check(name=name, says=f"knows this bot as @{me.result.get('username', '')}")
    if me.status in _REFUSED:
        advice = "copy the token from @BotFather again, into LANTERN_TELEGRAM_TOKEN"
        return Check(name=name, says="does not know this token", advice=advice)
    advice = "wait a little, and check LANTERN_TELEGRAM_API"
    return Check(name=name, says=f"answered with an error ({me.status})", advice=advice)


def _webhook(settings: Settings, me: _Answer, webhook: _Answer) -> list[Check]:
    if not me.result:
        return []
    name = "webhook"
    registered = webhook.result.get("url", "")
    if not settings.telegram_webhook:
        says = "is not used: Lantern asks Telegram for updates"
        return [Check(name=name, says=says)]
    wanted = webhook_address(settings.telegram_webhook)
    if registered != wanted:
        says = "is not registered yet" if not registered else "is registered at another address"
        advice = "start Lantern (lantern run); it registers the webhook itself"
        return [Check(name=name, says=says, advice=advice)]
    if webhook.result.get("last_error_message"):
        says = "Telegram could not deliver to it lately"
        advice = f"check that {wanted} leads to Lantern, with a certificate that is valid"
        return [Check(name=name, says=says, advice=advice)]
    return [Check(name=name, says=f"is registered at {registered}")]


def _clock(me: _Answer) -> Check:
    if not me.at:
        return Check(name="clock", says="was not compared, as Telegram did not say the time")
    apart = abs(wall_clock() - me.at) // SECOND
    if apart > MOST_APART:
        says = f"is {apart} seconds away from Telegram's"
        return Check(name="clock", says=says, advice="let the machine set its clock (NTP)")
    return Check(name="clock", says="agrees with Telegram's")
