"""A small conversation held in memory, and the web chat served in front of it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from gettext import NullTranslations
from pathlib import Path

from aiohttp import web
from fake_telegram import WITHIN

import bot.channels
from bot.channels.web import WebChat
from bot.channels.web_exchange import Exchange, News
from bot.channels.web_page import Appearance, Pages, Phone
from bot.domain.errors import LanternError
from bot.domain.ids import AddressId, Instant, MessageId, new_id
from bot.domain.message import Act, Button, Buttons, Message, Urgency
from bot.domain.update import Update

NOW = Instant(1_800_000_000_000_000)
FIRST = "0123456789abcdef"
TOKEN = "A" * 43
HTTPS = "https://talk.example"
HERE = Path(bot.channels.__path__[0])
QUESTION = "Is anyone in danger right now? You can also call 110."
CHOICES: Buttons = (
    (Button(label="Yes, right now", data="a:1:danger"),),
    (Button(label="I am not sure", data="a:1:unsure"), Button(label="No", data="a:1:safe")),
)
PHONES = (
    Phone(number="110", name="Police", is_emergency=True),
    Phone(number="12345", name="Government"),
)


class Talk:
    """A conversation held in memory: it asks, thanks for what it hears, and asks again."""

    def __init__(self) -> None:
        self.updates: list[Update] = []
        self.refused: list[Update] = []
        self.files: list[bytes] = []
        self.is_away = False
        self.loses_answers = False
        self.is_awaiting = False
        self.way_back = ""
        self.thanks = "Thank you for telling us."
        self._asked: dict[str, Message] = {}
        self._outbox: list[Message] = []
        self._workers: set[str] = set()
        self._news = asyncio.Condition()

    @property
    def heard(self) -> list[str]:
        return [update.tap or update.text for update in self.updates]

    def exchange(self) -> Exchange:
        return Exchange(
            take=self.take,
            news=self.news,
            received=self.received,
            wait_for_news=self.wait_for_news,
            keep_file=self.keep_file,
            latest=self.latest,
            is_from_person=lambda message: message.id in self._workers,
        )

    async def take(self, update: Update) -> None:
        if self.is_away:
            self.refused.append(update)
            await self._tell()
            raise LanternError("away")
        if update.id not in {known.id for known in self.updates}:
            self.updates.append(update)
            await self._answer(update)
            await self._tell()
        if self.loses_answers:
            self.loses_answers = False
            raise LanternError("kept, but the answer is lost")

    async def _answer(self, update: Update) -> None:
        if update.tap == "w:leave":
            return
        if update.text != "/start":
            await self._say(update.address, self.thanks, ())
        self._asked[update.address] = await self._say(update.address, QUESTION, CHOICES)

    async def _say(self, address: str, text: str, buttons: Buttons) -> Message:
        message = Message(
            id=MessageId(new_id()),
            channel="web",
            recipient=AddressId(address),
            address=address,
            urgency=Urgency.REPLY,
            text=text,
            buttons=buttons,
        )
        self._outbox.append(message)
        return message

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    async def has_heard(self, *expected: str) -> bool:
        """Wait until exactly *expected* was heard after the beginning."""
        async with asyncio.timeout(WITHIN), self._news:
            return await self._news.wait_for(lambda: self.heard == ["/start", *expected])

    async def has_left(self) -> bool:
        """Wait until somebody left."""
        async with asyncio.timeout(WITHIN), self._news:
            return await self._news.wait_for(lambda: self.heard[-1] == "w:leave")

    async def has_refused(self, tap: str) -> bool:
        """Wait until *tap* came in and could not be kept."""
        async with asyncio.timeout(WITHIN), self._news:
            return await self._news.wait_for(lambda: tap in [one.tap for one in self.refused])

    async def worker_says(self, text: str) -> None:
        message = await self._say(self.updates[-1].address, text, ())
        self._workers.add(message.id)
        await self._tell()

    async def removes(self, reference: str) -> None:
        address = self.updates[-1].address
        message = Message(
            id=MessageId(new_id()),
            channel="web",
            recipient=AddressId(address),
            address=address,
            urgency=Urgency.SAFETY,
            act=Act.DELETE,
            references=(reference,),
        )
        self._outbox.append(message)
        await self._tell()

    async def news(self, address: str) -> News:
        return News(
            messages=[message for message in self._outbox if message.address == address],
            is_awaiting=self.is_awaiting,
            way_back=self.way_back,
        )

    async def received(self, address: str, message_id: str) -> None:
        self._outbox = [
            message
            for message in self._outbox
            if message.address != address or message.id > message_id
        ]

    async def wait_for_news(self, _: str, seconds: float) -> None:
        async with self._news:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), seconds)

    async def keep_file(self, content: bytes, _: str) -> str:
        self.files.append(content)
        return f"file-{len(self.files)}"

    async def latest(self, address: str) -> Sequence[Message]:
        return [self._asked[address]] if address in self._asked else []


class Shouting(NullTranslations):
    """A second language that anyone can tell from the first."""

    def pgettext(self, _: str, message: str) -> str:
        return message.upper()


@asynccontextmanager
async def served(talk: Talk, public_address: str = "") -> AsyncIterator[str]:
    appearance = Appearance(
        languages=["en", "zh_CN"],
        phones={"en": PHONES, "zh_CN": PHONES},
        neutral={"en": "/neutral", "zh_CN": "/neutral"},
    )
    pages = Pages(appearance, lambda code: NullTranslations() if code == "en" else Shouting())
    app = web.Application()
    chat = WebChat(talk.exchange(), pages, now=lambda: NOW, public_address=public_address)
    app.add_routes(chat.routes())
    app.add_routes([web.get("/neutral", _weather), web.get("/before", _weather)])
    app.add_routes([chat.elsewhere()])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


async def _weather(_: web.Request) -> web.Response:
    text = "<!doctype html><title>Weather</title><p>Sunny</p>"
    return web.Response(text=text, content_type="text/html")
