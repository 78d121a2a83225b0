"""Just enough of Telegram to measure with: it hands out updates and takes messages, and is quick.

It refuses nothing and keeps nothing, so that what it costs the machine hardly counts. It answers
at once, which the real one does not: what is measured is the bot, not the way to Telegram.
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl

import aiohttp
import orjson
from aiohttp import web

TOKEN = "1:none"  # noqa: S105 - a token of nothing
MOST_AT_ONCE = 100
LONGEST_POLL = 20.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - where it stands, not what it is
ME = {
    "id": 1,
    "is_bot": True,
    "first_name": "bench",
    "username": "bench_bot",
}
_DONE = b'{"ok":true,"result":true}'

Parameters = dict[str, str]


class LeanTelegram(AbstractAsyncContextManager["LeanTelegram"]):
    """A Bot API server on a free loopback port, for the length of ``async with``.

    ``heard`` is called with the chat's number and the text of each message that the bot sends.
    """

    def __init__(self, heard: Callable[[int, str], None]) -> None:
        self._heard = heard
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._something = asyncio.Event()
        self._number = 0
        self._sent = 0
        self._hook = ("", "")
        self._pushing: aiohttp.ClientSession | None = None
        self._pushes: set[asyncio.Task[None]] = set()
        self._runner = web.ServerRunner(web.Server(self._serve), shutdown_timeout=0.1)
        self.address = ""
        self.polled = asyncio.Event()
        """Set as soon as the bot asks for updates, or says where to push them."""

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.address = f"http://{host}:{port}"
        self._pushing = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=40))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._something.set()
        for push in self._pushes:
            push.cancel()
        if self._pushing:
            await self._pushing.close()
        await self._runner.cleanup()

    def writes(self, contact: int, text: str, *, at: int) -> None:
        """Have *contact* write *text*; *at* is the time in seconds."""
        self._number += 1
        body = orjson.dumps(_update(self._number, contact, text, at))
        if self._hook[0]:
            push = asyncio.create_task(self._push(body))
            self._pushes.add(push)
            push.add_done_callback(self._pushes.discard)
            return
        self._waiting.append((self._number, body))
        self._something.set()

    async def _push(self, body: bytes) -> None:
        address, secret = self._hook
        headers = {SECRET_HEADER: secret, "Content-Type": "application/json"}
        while self._pushing:
            async with self._pushing.post(address, data=body, headers=headers) as answer:
                if answer.status == web.HTTPOk.status_code:
                    return
            await asyncio.sleep(1)

    async def _serve(self, request: web.BaseRequest) -> web.Response:
        asked = _parameters(request, await request.read())
        body = await self._answer(request.path.rpartition("/")[2].lower(), asked)
        return web.Response(body=body, content_type="application/json")

    async def _answer(self, method: str, asked: Parameters) -> bytes:
        match method:
            case "getupdates":
                return await self._updates(asked)
            case "sendmessage":
                return self._take(asked)
            case "getme":
                return orjson.dumps({"ok": True, "result": ME})
            case "setwebhook":
                self._hook = (asked["url"], asked.get("secret_token", ""))
                self.polled.set()
        return _DONE

    async def _updates(self, asked: Parameters) -> bytes:
        self.polled.set()
        offset = int(asked.get("offset") or 0)
        while self._waiting and self._waiting[0][0] < offset:
            self._waiting.popleft()
        if not self._waiting:
            await self._wait(min(float(asked.get("timeout") or 0), LONGEST_POLL))
        return b'{"ok":true,"result":[%s]}' % b",".join(self._first())

    async def _wait(self, seconds: float) -> None:
        self._something.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._something.wait()
        except TimeoutError:
            return

    def _first(self) -> Iterator[bytes]:
        for (_, body), _ in zip(self._waiting, range(MOST_AT_ONCE), strict=False):
            yield body

    def _take(self, asked: Parameters) -> bytes:
        self._sent += 1
        chat = int(asked["chat_id"])
        self._heard(chat, asked["text"])
        message = {
            "message_id": self._sent,
            "date": 1,
            "from": ME,
            "chat": {"id": chat, "type": "private", "first_name": "somebody"},
            "text": asked["text"],
        }
        return orjson.dumps({"ok": True, "result": message})


def _parameters(request: web.BaseRequest, body: bytes) -> Parameters:
    if request.content_type == "application/json":
        given: dict[str, Any] = json.loads(body)
        return {name: str(value) for name, value in given.items()}
    return dict(parse_qsl(body.decode()))


def _update(number: int, contact: int, text: str, at: int) -> dict[str, object]:
    person = {"id": contact, "first_name": "somebody"}
    message: dict[str, object] = {
        "message_id": number,
        "date": at,
        "chat": {**person, "type": "private"},
        "from": {**person, "is_bot": False, "language_code": "en"},
        "text": text,
    }
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return {"update_id": number, "message": message}
