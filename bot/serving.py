"""The web server: chat, desk, webhook, health and metrics behind one address."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web

from bot.casework.house import House
from bot.channels.web import WebChat
from bot.channels.web_page import Appearance, Pages, Phone
from bot.channels.web_request import LARGEST_FILE
from bot.config import Settings, is_demo
from bot.console.console import Console, Site
from bot.console.guide import Guide
from bot.console.spoken import Spoken
from bot.desk.activities import ActivityDesk
from bot.desk.desk import Desk
from bot.desk.helpline_desk import HelplineDesk
from bot.desk.staff import Staff
from bot.directory.say import night_text
from bot.domain.errors import ConfigError
from bot.domain.level import Level
from bot.domain.message import Urgency
from bot.guidance.sections import title_of
from bot.intake.mailroom import Mailroom
from bot.listening import why_not
from bot.web_exchange import make_exchange
from storage import alarm, cases, inbox, outbox
from storage.database import Transaction
from storage.known_as_ours import answer_to
from storage.reach import ROWS

if TYPE_CHECKING:
    from bot.channels.telegram_receiver import Receiver

SHUTDOWN_WITHIN = 1.0
WEBHOOK_PATH = "/telegram"
_SOON = 2
"""Whoever looks whether all is well has an answer in so many seconds."""

_EMERGENCY = ("police", "ambulance")


@asynccontextmanager
async def serve(
    house: House, settings: Settings, receiver: "Receiver | None", mailroom: Mailroom
) -> AsyncIterator[str]:
    """Serve every page until the block ends; yields the address.

    Raises:
        ConfigError: the port is taken, or may not be used.

    """
    application = _build_application(house, settings, receiver, mailroom)
    runner = web.AppRunner(
        application, access_log=None, shutdown_timeout=SHUTDOWN_WITHIN, handle_signals=False
    )
    await runner.setup()
    try:
        yield await _listen(runner, *settings.listen)
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> str:
    try:
        await web.TCPSite(runner, host, port, reuse_address=True).start()
    except OSError as error:
        text = f"LANTERN_LISTEN: {host}:{port} {why_not(error)}"
        raise ConfigError([text]) from None
    return f"{host}:{port}"


def _build_application(
    house: House, settings: Settings, receiver: "Receiver | None", mailroom: Mailroom
) -> web.Application:
    """Return the web application with all its routes."""
    application = web.Application(client_max_size=LARGEST_FILE + 1_000_000)
    console = _console(house, settings)
    chat = _chat(house, settings, mailroom)
    application.add_routes(chat.routes())
    application.add_routes(console.routes())
    application.add_routes(_Health(house, settings, mailroom).routes())
    application.on_shutdown.append(console.hang_up)
    if receiver is not None and settings.telegram_webhook:
        secret = house.database.keys.derive("webhook")
        path = urlsplit(webhook_address(settings.telegram_webhook)).path
        from bot.channels.telegram_webhook import webhook_handler  # noqa: PLC0415 - as its receiver

        application.router.add_post(path, webhook_handler(secret, receiver))
    application.add_routes([console.elsewhere(), chat.elsewhere()])
    return application


def webhook_address(public: str) -> str:
    """Return where Telegram sends updates: to *public*, or below it if that has no path."""
    bare = public.rstrip("/")
    return bare if urlsplit(bare).path else f"{bare}{WEBHOOK_PATH}"


def _chat(house: House, settings: Settings, mailroom: Mailroom) -> WebChat:
    phones = {language: _phones(house, language) for language in house.languages}
    appearance = Appearance(languages=house.languages, phones=phones)
    pages = Pages(appearance, house.wording.translations)
    exchange = make_exchange(house, mailroom.take, mailroom.away)
    public = settings.public_address
    return WebChat(exchange, pages, now=house.clock, public_address=public)


def _phones(house: House, language: str) -> list[Phone]:
    shown = (*_EMERGENCY, "crisis", "government")
    known = house.directory.helplines
    lines = [(name, known[name]) for name in shown if name in known]
    return [
        Phone(
            number=line.number,
            name=line.names[language],
            night=night_text(house.directory, line, language),
            is_emergency=name in _EMERGENCY,
        )
        for name, line in lines
    ]


def _console(house: House, settings: Settings) -> Console:
    return Console(
        desk=Desk(house),
        activities=ActivityDesk(house),
        helplines=HelplineDesk(house=house, own=settings.content),
        staff=Staff(house),
        bell=house.bell,
        site=_site(house, settings),
    )


def _site(house: House, settings: Settings) -> Site:
    return Site(
        spoken=Spoken(
            wording=house.wording,
            placeholders=house.placeholders,
            name_of=partial(title_of, house.topics),
        ),
        languages=house.languages,
        now=house.clock,
        zone=house.directory.organisation.reading_hours.zone,
        origin=house.address,
        follows_browser=is_demo(settings),
        guide=_guide(house),
    )


def _guide(house: House) -> Guide:
    return Guide(
        handbook=house.handbook,
        directory=house.directory,
        placeholders=house.placeholders,
        levels=house.levels,
        alarm=house.alarm,
        heartbeat=house.heartbeat,
    )


class _Health:
    """Tells machines how Lantern is; nothing here is about a person."""

    def __init__(self, house: House, settings: Settings, mailroom: Mailroom) -> None:
        self._house = house
        self._settings = settings
        self._mailroom = mailroom

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/healthz", self._alive),
            web.get("/healthz/alarm", self._alarm),
            web.get("/readyz", self._ready),
            web.get("/metrics", self._metrics),
        ]

    async def _alive(self, request: web.Request) -> web.Response:
        """Tell that the process lives, and to whoever asks, whose it is."""
        keys, database = self._house.database.keys, self._settings.database
        answer = answer_to(request.query.get("whose", ""), keys, database)
        return web.json_response({"status": "alive", **({"ours": answer} if answer else {})})

    async def _alarm(self, _: web.Request) -> web.Response:
        """Tell whether alerts reach people; who they are, and why not, is told elsewhere."""
        try:
            async with asyncio.timeout(_SOON):
                is_broken = await self._house.database.read(alarm.find_break)
        except Exception:  # noqa: BLE001 - whatever is wrong, nobody knows that alerts arrive
            return web.json_response({"status": "database"}, status=503)
        if is_broken:
            return web.json_response({"status": "broken"}, status=503)
        return web.json_response({"status": "alive"})

    async def _ready(self, _: web.Request) -> web.Response:
        if self._mailroom.away.is_away:
            waiting = self._mailroom.kept
            return web.json_response({"status": "spooling", "waiting": waiting}, status=503)
        try:
            async with asyncio.timeout(_SOON):
                await self._house.database.write(inbox.touch, reach=ROWS)
        except Exception:  # noqa: BLE001 - whatever is wrong, this is not ready
            return web.json_response({"status": "database"}, status=503)
        return web.json_response({"status": "ready"})

    async def _metrics(self, request: web.Request) -> web.Response:
        if not _is_from_here(request):
            raise web.HTTPNotFound
        if not self._mailroom.away.is_away:
            await self._house.database.read(self._measure)
        return web.Response(
            body=self._house.metrics.render(), headers={"Content-Type": "text/plain; version=0.0.4"}
        )

    async def _measure(self, tx: Transaction) -> None:
        metrics, now = self._house.metrics, self._house.clock()
        waiting = await outbox.count_waiting(tx)
        for urgency in Urgency:
            count, since = waiting.get(urgency, (0, now))
            word = urgency.name.lower()
            metrics.outbox_waiting.labels(word).set(count)
            metrics.outbox_oldest_seconds.labels(word).set((now - since) / 1_000_000)
        open_cases = await cases.count_open(tx)
        for level in Level:
            metrics.cases_open.labels(level.word).set(open_cases.get(level, (0, 0))[0])
        await self._measure_alarm(tx)
        unseen = sum(count for _, count in open_cases.values())
        metrics.alerts_unacknowledged.set(unseen)

    async def _measure_alarm(self, tx: Transaction) -> None:
        metrics, now = self._house.metrics, self._house.clock()
        metrics.alarm_broken.set(await alarm.find_break(tx) is not None)
        if test := await alarm.latest_test(tx):
            metrics.alarm_test_age_seconds.set((now - test.made_at) / 1_000_000)
        if answered_at := await alarm.last_sign_of_life(tx):
            metrics.alarm_answer_age_seconds.set((now - answered_at) / 1_000_000)


def _is_from_here(request: web.Request) -> bool:
    """Whether the machine itself asks: how many cases are open is not for everybody."""
    was_passed_on = {"Forwarded", "X-Forwarded-For", "X-Real-IP"}.intersection(request.headers)
    remote = request.remote or ""
    return remote in {"127.0.0.1", "::1"} and not was_passed_on
