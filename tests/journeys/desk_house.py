"""A running desk on loopback, for tests over HTTP and in a browser."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC

import aiohttp
from aiohttp import web
from journeys.desk_stand_in import NOW, WU, Bell, Desk, Staff, filled
from ports import free_port

from bot.console.console import Console, Site
from bot.console.guide import Guide
from bot.console.spoken import Spoken
from bot.domain.ids import CaseId
from bot.wording.wording import Wording

EMERGENCY = CaseId("c42")
CASE = "/desk/cases/c42"
_NO_GUIDE = Guide(
    handbook=None, directory=None, placeholders={}, levels=None, alarm=None, heartbeat=None
)
ASKED = {
    "report_a_concern.in_danger.ask": "Is anyone in danger right now?",
    "report_a_concern.in_danger.answers.danger": "Yes, right now",
    "report_a_concern.what_happened.ask": "Tell us what is happening.",
    "report_a_concern.age.ask": "How old are you?",
}


@dataclass(kw_only=True)
class House:
    """A running desk, and a client that is signed in as one worker.

    *address* is where it answers, *origin* where workers believe it to be.
    """

    desk: Desk
    staff: Staff
    address: str
    origin: str
    http: aiohttp.ClientSession
    stop: Callable[[], Awaitable[None]]
    csrf: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    async def sign_in(self, worker=WU) -> aiohttp.ClientResponse:
        self.staff.links["t1"] = worker
        self.headers = {"Origin": self.origin, "Accept-Language": "en"}
        self.csrf = "csrf-t1"
        return await self.http.post(
            f"{self.address}/desk/sign-in/t1", headers=self.headers, allow_redirects=False
        )

    async def see(self, path: str) -> tuple[int, str, aiohttp.ClientResponse]:
        answer = await self.http.get(self.address + path)
        return answer.status, await answer.text(), answer

    async def send(self, path: str, **typed: str) -> tuple[int, str]:
        typed.setdefault("csrf", self.csrf)
        typed.setdefault("version", str(self.desk.cases[EMERGENCY].line.version))
        answer = await self.http.post(
            self.address + path, data=typed, headers=self.headers, allow_redirects=False
        )
        return answer.status, await answer.text()

    async def take(self, worker=WU) -> None:
        await self.desk.claim(worker, EMERGENCY)


@asynccontextmanager
async def open_house(origin: str = "") -> AsyncIterator[House]:
    """Open a desk on a free port, and close it again."""
    bell = Bell()
    desk, staff = filled(bell), Staff()
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    site = Site(
        spoken=Spoken(wording=Wording(texts={"en": ASKED})),
        languages=("zh_CN", "en"),
        now=lambda: NOW,
        zone=UTC,
        origin=origin or address,
        guide=_NO_GUIDE,
    )
    # The pages of activities, helplines and how everything works are tested on a running Lantern.
    console = Console(desk=desk, activities=None, helplines=None, staff=staff, bell=bell, site=site)
    app = web.Application()
    app.add_routes(console.routes())
    app.on_shutdown.append(console.hang_up)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        yield House(
            desk=desk,
            staff=staff,
            address=address,
            origin=site.origin,
            http=http,
            stop=runner.cleanup,
        )
    await runner.cleanup()
