"""The web chat in a real browser: a talk behind it, a phone, and the page that is open there."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page
from web_browser import handed_over, launched, open_chat
from web_talk import Talk, served


@pytest.fixture
def talk() -> Talk:
    return Talk()


@pytest_asyncio.fixture(loop_scope="module")
async def address(talk: Talk) -> AsyncIterator[str]:
    async with served(talk) as url:
        yield url


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with launched() as chromium:
        yield chromium


@pytest_asyncio.fixture(loop_scope="module")
async def phone(browser: Browser) -> AsyncIterator[BrowserContext]:
    async with handed_over(browser) as context:
        yield context


@pytest_asyncio.fixture(loop_scope="module")
async def page(phone: BrowserContext, address: str) -> Page:
    return await open_chat(phone, address)
