"""A town that lives, a desk that runs, a browser, and a fake Telegram with a child in it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from fake_telegram import FakeTelegram, Person
from journeys.desk_house import House, open_house
from journeys.lives import Town, open_town
from journeys.web_visitor import Visitor
from playwright.async_api import Browser
from web_browser import launched

from bot.channels.telegram import TelegramChannel

Ask = Callable[..., Awaitable[tuple[int, Any]]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A Lantern that all tests of a module share."""
    async with open_town(tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(town: Town) -> AsyncIterator[Visitor]:
    """Somebody with the page of *town*, who has not opened it yet."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        yield Visitor(http=http, address=town.run.address)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """An organisation's folder of its own content, still empty."""
    folder = tmp_path / "content"
    (folder / "flows").mkdir(parents=True)
    return folder


@pytest_asyncio.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        yield house


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    async with launched() as browser:
        yield browser


@pytest_asyncio.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest_asyncio.fixture
async def channel(fake: FakeTelegram) -> AsyncIterator[TelegramChannel]:
    opened = TelegramChannel(fake.token, api=fake.base_url)
    await opened.open()
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def child(fake: FakeTelegram) -> Person:
    person = fake.person(id=1001, language_code="zh-hans")
    await person.writes("hello")
    return person


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def ask(fake: FakeTelegram, http: aiohttp.ClientSession) -> Ask:
    async def call(method, token=None, **parameters):
        address = f"{fake.base_url}/bot{token or fake.token}/{method}"
        async with http.post(address, json=parameters) as response:
            return response.status, await response.json()

    return call
