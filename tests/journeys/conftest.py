"""A desk that runs, and a browser, for the tests of the desk's pages."""

from collections.abc import AsyncIterator

import pytest_asyncio
from journeys.desk_house import House, open_house
from playwright.async_api import Browser
from web_browser import launched


@pytest_asyncio.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        yield house


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    async with launched() as browser:
        yield browser
