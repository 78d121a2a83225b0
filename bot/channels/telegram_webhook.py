"""Updates that Telegram pushes to us."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from bot.channels.telegram_receiver import Receiver
from bot.domain.errors import ConfigError
from bot.log import Action, record

TELEGRAMS_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
BIGGEST_BODY: Final = 1024 * 1024

Handler = Callable[[web.Request], Awaitable[web.Response]]


def webhook_handler(secret: str, receiver: Receiver) -> Handler:
    """Return the handler of the address that Telegram pushes to.

    It says 200 only when the update is safe; to anything else Telegram sends it again: 403 for a
    wrong secret, 413 for a body over a megabyte, 503 if the update could not be received.

    Raises:
        ConfigError: the secret is empty.

    """
    if not secret:
        raise ConfigError(["the webhook needs a secret"])

    async def handle(request: web.Request) -> web.Response:
        if not _is_telegram(request, secret):
            record(Action.WEBHOOK_REFUSED, level="warning", status=403)
            return web.Response(status=403)
        return await _receive(await _body(request), receiver)

    return handle


def _is_telegram(request: web.Request, secret: str) -> bool:
    given = request.headers.get(TELEGRAMS_HEADER, "")
    return hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())


async def _body(request: web.Request) -> bytes:
    body = bytearray()
    async for part in request.content.iter_any():
        body += part
        if len(body) > BIGGEST_BODY:
            raise web.HTTPRequestEntityTooLarge(max_size=BIGGEST_BODY, actual_size=len(body))
    return bytes(body)


async def _receive(body: bytes, receiver: Receiver) -> web.Response:
    [error] = await asyncio.gather(_hand_on(body, receiver), return_exceptions=True)
    if error is None:
        return web.Response()
    record(Action.WEBHOOK_REFUSED, level="error", error=error, status=503)
    return web.Response(status=503)


async def _hand_on(body: bytes, receiver: Receiver) -> None:
    try:
        raw = json.loads(body)
    except ValueError:
        await receiver.set_aside(body, "", "")
    else:
        await receiver.receive(raw)
