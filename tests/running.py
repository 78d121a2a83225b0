"""A whole Lantern in the test's own process: real database, real HTTP, a free port."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fake_telegram import WITHIN, FakeTelegram
from new_database import make_database
from ports import free_port

from bot.app import Lantern, open_lantern, run
from bot.building import Book, read_book
from bot.config import load_settings
from bot.content import read_content
from bot.desk.desk import Desk
from bot.desk.staff import Staff
from bot.domain.ids import Instant
from bot.domain.worker import Role, Worker
from bot.housing import wall_clock
from bot.keeping import rules_kept
from bot.pace import Pace
from bot.triage.rules import Rules
from storage import staff
from storage.sealing import new_keys, write_keys
from storage.upgrade import upgrade


@cache
def the_book() -> Book:
    """The flows and catalogs, read once for all tests."""
    book = read_book()
    book.topics.make_ready()
    return book


@cache
def the_rules() -> Rules:
    """The rules alone, without the second opinion, read once for all tests."""
    return rules_kept(read_content().under("flows/triage", ending=".yaml"))


class MovableClock:
    """A clock that goes on by itself and can be put forward."""

    def __init__(self) -> None:
        self.ahead = 0

    def __call__(self) -> Instant:
        return Instant(wall_clock() + self.ahead)

    def advance(self, microseconds: int) -> None:
        self.ahead += microseconds


@dataclass(frozen=True, kw_only=True, repr=False)
class Running:
    """A Lantern that runs, and short ways to look at it.

    It is not spelt out: asyncio does so with whatever a fixture gives, and a book is long.
    """

    lantern: Lantern
    address: str
    clock: MovableClock

    @property
    def desk(self) -> Desk:
        return Desk(self.lantern.house)

    @property
    def staff(self) -> Staff:
        return Staff(self.lantern.house)

    async def add_worker(
        self, name: str, *, role: Role = Role.WORKER, telegram: int = 0, language: str = "en"
    ) -> Worker:
        async def work(tx):
            now = self.lantern.house.clock()
            worker = await staff.add_worker(tx, name, role, language, now=now)
            if telegram:
                await staff.link_address(tx, "telegram", str(telegram), worker, now=now)
            return await staff.find_worker(tx, worker)

        return await self.lantern.house.database.write(work)

    async def until(self, is_so: Callable[[], object], *, within: float = WITHIN) -> object:
        """Return what the awaitable *is_so* gives as soon as that is something."""
        async with asyncio.timeout(within):
            while not (result := await is_so()):
                await self.lantern.house.bell.wait("desk", 0.05)
        return result


def settings_in(folder: Path, fake: FakeTelegram | None = None, **more: str):
    """Settings of a Lantern that lives in *folder*."""
    environ = {
        "LANTERN_DATABASE": str(folder / "lantern.sqlite3"),
        "LANTERN_KEY_FILE": str(folder / "lantern.key"),
        "LANTERN_LISTEN": f"127.0.0.1:{free_port()}",
        **more,
    }
    if fake is not None:
        telegram = {"LANTERN_TELEGRAM_TOKEN": fake.token, "LANTERN_TELEGRAM_API": fake.base_url}
        environ = telegram | environ
    return load_settings(environ, folder)


def prepare(settings) -> None:
    """Make the key file and the database of *settings*, unless they are there."""
    if not settings.key_file.exists():
        write_keys(new_keys(), settings.key_file)
    if isinstance(settings.database, Path) and not settings.database.exists():
        make_database(settings.database)
    else:
        upgrade(settings.database)


def at_once() -> Pace:
    """A pace that never lets anybody wait."""
    return Pace(altogether=(10_000, 1), to_a_group=(10_000, 1), to_a_chat=(10_000, 1))


@asynccontextmanager
async def running(
    folder: Path,
    fake: FakeTelegram | None = None,
    *,
    pace: Pace | None = None,
    ahead: int = 0,
    patience: float = WITHIN,
    book: Book | None = None,
    **more: str,
) -> AsyncIterator[Running]:
    """Run a Lantern in *folder* until the block ends; without a *pace* it sends at once.

    Its clock is so many microseconds *ahead*, and after *patience* the database is away.
    """
    settings = settings_in(folder, fake, **more)
    prepare(settings)
    clock = MovableClock()
    clock.advance(ahead)
    opening = open_lantern(
        settings, book or the_book(), clock=clock, pace=pace or at_once(), patience=patience
    )
    async with opening as lantern:
        started: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        async def is_started(address: str) -> None:
            started.set_result(address)

        task = asyncio.create_task(run(lantern, is_started=is_started))
        await asyncio.wait([task, started], return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
        try:
            yield Running(lantern=lantern, address=f"http://{await started}", clock=clock)
            assert not task.done(), task.result()
        finally:
            task.cancel()
            await asyncio.wait([task])
