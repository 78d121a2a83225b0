"""What nearly every test here begins with."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fake_telegram import GENEROUS, FakeTelegram
from running import Running, running


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    """A stand-in for Telegram that refuses nothing for being too much."""
    async with FakeTelegram(limits=GENEROUS) as fake:
        yield fake


@pytest.fixture
async def run(tmp_path: Path, fake: FakeTelegram) -> AsyncIterator[Running]:
    """A Lantern with a database of its own, on *fake*."""
    async with running(tmp_path, fake) as run:
        yield run
