"""The HTTP server."""

import asyncio
import hmac
import json
import re
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from fake_telegram import bot_api
from fake_telegram.clock import WITHIN, MovableClock
from fake_telegram.journal import Call, Journal
from fake_telegram.limits import Limits
from fake_telegram.mischief import Mischief, Planned, Trick
from fake_telegram.people import Group, Person
from fake_telegram.refusal import RefusalError
from fake_telegram.schema import SPELLING, read_parameters
from fake_telegram.webhook import Webhook
from fake_telegram.world import World

TOKEN_SHAPE = re.compile(r"\d+:[\w-]+")
TEST_TOKEN = "4242:test-token-of-a-bot-that-is-not-there"
HUNG_UP = 0


class FakeTelegram:
    """A Bot API server for one bot, on a free loopback port, for the length of ``async with``."""

    def __init__(
        self,
        token: str = TEST_TOKEN,
        *,
        limits: Limits | None = None,
        clock: MovableClock | None = None,
    ) -> None:
        self.token = token
        self.clock = clock or MovableClock()
        self.world = World(limits or Limits(), self.clock)
        self.base_url = ""
        self.is_away = False
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=64 * 1024 * 1024)
        application.router.add_route("*", "/bot{token}/{method}", self._serve_call)
        application.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.world.webhook.stop()
        self.world.updates.close()
        if self._runner:
            await self._runner.cleanup()

    @property
    def journal(self) -> Journal:
        """What the bot asked for."""
        return self.world.journal

    @property
    def mischief(self) -> Mischief:
        """What is to go wrong next."""
        return self.world.mischief

    @property
    def webhook(self) -> Webhook:
        """Where updates are pushed, if anywhere."""
        return self.world.webhook

    def person(self, id: int = 1001, language_code: str = "", first_name: str = "A") -> Person:  # noqa: A002
        """Return a new person; the bot may write to them once they have written."""
        name = {"id": id, "first_name": first_name}
        user = {**name, "is_bot": False}
        if language_code:
            user["language_code"] = language_code
        chat = self.world.open_chat({**name, "type": "private"}, is_open=False)
        return Person(user=user, chat=chat, world=self.world)

    def group(self, id: int = -500, title: str = "Staff") -> Group:  # noqa: A002
        """Return a new group in which the bot is a member and reads everything."""
        chat = self.world.open_chat({"id": id, "title": title, "type": "group"}, is_open=True)
        return Group(chat=chat, world=self.world)

    def delivers(self, body: object) -> int:
        """Queue *body* as an update, however malformed; a block gets an ``update_id``."""
        number = self.world.updates.next_id
        return self.world.updates.add_raw(
            {"update_id": number, **body} if isinstance(body, dict) else body
        )

    async def all_taken(self, *, within: float = WITHIN) -> None:
        """Wait until the bot has confirmed every update.

        Raises:
            AssertionError: it has not.

        """
        updates = self.world.updates
        try:
            await self.world.pulse.until(lambda: not updates.waiting, within)
        except TimeoutError:
            raise AssertionError(f"{len(updates.waiting)} updates were not taken") from None

    async def _serve_call(self, request: web.Request) -> web.StreamResponse:
        method = SPELLING.get(request.match_info["method"].lower(), "")
        planned = self.mischief.take(method)
        await _hold_up(planned)
        if self.is_away or planned.trick is Trick.DROP_CALL:
            return _hang_up(request)
        if planned.trick is Trick.FAIL:
            return web.Response(status=planned.status, text="<html>Bad Gateway</html>")
        raw = await _raw_parameters(request)
        code, answer = await self._answer(request.match_info["token"], method, raw, planned)
        said = HUNG_UP if planned.trick is Trick.DROP_ANSWER else code
        self.journal.note(
            Call(method=method, parameters=raw, code=said, answer=answer, at=self.clock.now())
        )
        if planned.trick is Trick.DROP_ANSWER:
            return _hang_up(request)
        if planned.trick is Trick.GARBLE:
            return web.Response(text='{"ok": tru')
        return web.json_response(answer, status=code)

    async def _answer(
        self, token: str, method: str, raw: Mapping[str, object], planned: Planned
    ) -> tuple[int, Mapping[str, Any]]:
        try:
            self._admit(token, method, planned)
            result = await bot_api.call(self.world, method, read_parameters(method, raw))
        except RefusalError as refusal:
            return refusal.code, _refusal_body(refusal)
        return 200, {"ok": True, "result": result}

    def _admit(self, token: str, method: str, planned: Planned) -> None:
        if not TOKEN_SHAPE.fullmatch(token) or not method:
            raise RefusalError(404, "Not Found")
        if not hmac.compare_digest(token, self.token):
            raise RefusalError(401, "Unauthorized")
        if planned.refusal:
            raise planned.refusal

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        planned = self.mischief.take("file")
        await _hold_up(planned)
        if self.is_away or planned.trick in {Trick.DROP_CALL, Trick.DROP_ANSWER}:
            return _hang_up(request)
        if planned.trick is Trick.FAIL:
            return web.Response(status=planned.status)
        path = request.match_info["path"]
        for file in self.world.files.values():
            if file.path == path and request.match_info["token"] == self.token:
                return web.Response(body=file.content)
        return web.Response(status=404)


async def _hold_up(planned: Planned) -> None:
    if planned.seconds:
        await asyncio.sleep(planned.seconds)
    if planned.gate:
        await planned.gate.pass_through()


def _hang_up(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()


async def _raw_parameters(request: web.Request) -> dict[str, object]:
    if request.content_type == "application/json":
        body: dict[str, object] = json.loads(await request.read() or b"{}")
        return {**request.query, **body}
    return {**request.query, **await request.post()}


def _refusal_body(refusal: RefusalError) -> dict[str, Any]:
    body: dict[str, Any] = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return body
