"""Several Lanterns on one database, as they stand behind a load balancer."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count

import aiohttp
from aiohttp import web
from fake_telegram import FakeTelegram
from process import LanternProcess, Machine

from bot.casework.tokens import SIGN_IN
from bot.domain.ids import DAY, WorkerId
from bot.housing import wall_clock
from storage import tokens

_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
_VERSION = re.compile(r'name="version" value="([^"]+)"')


class Balancer:
    """Hands each request to the next Lantern in turn; it knows nothing of who is alive."""

    def __init__(self) -> None:
        self.behind: list[str] = []
        self.address = ""
        self._turn = count()

    async def forward(self, request: web.Request) -> web.Response:
        """Hand *request* on, and its answer back."""
        to = self.behind[next(self._turn) % len(self.behind)]
        body = await request.read()
        headers = {name: value for name, value in request.headers.items() if name != "Host"}
        try:
            async with (
                aiohttp.ClientSession() as http,
                http.request(request.method, to + request.path_qs, data=body, headers=headers) as a,
            ):
                return web.Response(status=a.status, body=await a.read())
        except aiohttp.ClientError:
            return web.Response(status=502)


@asynccontextmanager
async def balanced() -> AsyncIterator[Balancer]:
    """Open a load balancer on a free port."""
    balancer, application = Balancer(), web.Application()
    application.router.add_route("*", "/{path:.*}", balancer.forward)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    balancer.address = f"http://{host}:{port}"
    try:
        yield balancer
    finally:
        await runner.cleanup()


@asynccontextmanager
async def two_behind_a_balancer(
    folder, fake: FakeTelegram, database
) -> AsyncIterator[tuple[Machine, Sequence[LanternProcess]]]:
    """Two processes to which Telegram's updates go in turn."""
    async with balanced() as balancer, AsyncExitStack() as stack:
        webhook = {"LANTERN_TELEGRAM_WEBHOOK": balancer.address}
        machine = Machine(folder, fake, database=database, **webhook)
        two = [await machine.start_one(name) for name in ("one", "two")]
        for process in two:
            stack.push_async_callback(process.kill)
        balancer.behind = [process.address for process in two]
        await fake.journal.wait_for("setWebhook", count=2)
        yield machine, two


async def count_of(process: LanternProcess, metric: str) -> float:
    """What *process* counts as *metric*."""
    async with aiohttp.ClientSession() as http, http.get(f"{process.address}/metrics") as answer:
        lines = (await answer.text()).splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith(metric))


class AtTheDesk:
    """A worker who is signed in at one process."""

    def __init__(self, http: aiohttp.ClientSession, process: LanternProcess) -> None:
        self._http = http
        self._address = process.address
        self._csrf = ""

    async def sign_in(self, machine: Machine, worker: WorkerId) -> "AtTheDesk":
        async with machine.database() as database:
            token = await database.write(
                lambda tx: tokens.make_token(tx, SIGN_IN, worker, now=wall_clock(), lasts=DAY)
            )
        assert await self._post(f"/desk/sign-in/{token}") == 303
        self._csrf = _CSRF.search(await self._see("/desk"))[1]
        return self

    async def claims(self, case: str) -> int:
        return await self._post(f"/desk/cases/{case}/claim")

    async def answers(self, case: str, text: str) -> None:
        version = _VERSION.search(await self._see(f"/desk/cases/{case}"))[1]
        status = await self._post(f"/desk/cases/{case}/answer", answer=text, version=version)
        assert status == 303

    async def _see(self, path: str) -> str:
        async with self._http.get(self._address + path) as answer:
            assert answer.status == 200
            return await answer.text()

    async def _post(self, path: str, **typed: str) -> int:
        form = {"csrf": self._csrf, **typed}
        headers = {"Origin": self._address}
        asking = self._http.post(
            self._address + path, data=form, headers=headers, allow_redirects=False
        )
        async with asking as answer:
            return answer.status
