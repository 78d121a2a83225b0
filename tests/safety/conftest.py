"""What nearly every test here begins with."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from fake_telegram import GENEROUS, FakeTelegram
from postgres import PostgresServer
from process import kill_what_is_left
from running import Running, running

from storage.upgrade import upgrade


@pytest.fixture(autouse=True)
def nothing_runs_on() -> Iterator[None]:
    """What a failed test leaves running would slow down all others for ever."""
    yield
    kill_what_is_left()


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


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server of the test's own, to be killed or spoilt."""
    server = PostgresServer().make()
    server.sql("CREATE DATABASE lantern")
    upgrade(server.url("lantern"))
    yield server
    server.remove()
