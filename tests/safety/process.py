"""A real ``lantern run`` in a process of its own, to be stopped and killed."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

from fake_telegram import FakeTelegram, Person
from running import free_port, prepare, settings_in

import bot
from bot.domain.worker import Role
from storage import data_keys, staff
from storage.database import Database, Transaction, open_database
from storage.sealing import read_keys

ROOT = Path(bot.__file__).parents[1]


@dataclass(slots=True, kw_only=True)
class LanternProcess:
    """One process; ``log`` is everything it has said on standard error so far."""

    process: asyncio.subprocess.Process
    log: Path
    address: str

    async def works_for(self, seconds: float) -> None:
        """Let it work for so long; it must not end by itself."""
        ending = asyncio.create_task(self.process.wait())
        done, _ = await asyncio.wait([ending], timeout=seconds)
        ending.cancel()
        assert not done, self.log.read_text()

    async def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """Ask it to stop, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await self.process.wait()


class Machine:
    """One folder with a database and a key file, on which Lantern starts again and again."""

    def __init__(self, folder: Path, fake: FakeTelegram) -> None:
        self.folder = folder
        self.fake = fake
        self.settings = settings_in(folder, fake)
        prepare(self.settings)

    async def start(self) -> LanternProcess:
        """Start it, and return as soon as it asks Telegram for updates."""
        log, listen = self.folder / "log", f"127.0.0.1:{free_port()}"
        environ = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "LANTERN_DATABASE": str(self.settings.database),
            "LANTERN_KEY_FILE": str(self.settings.key_file),
            "LANTERN_LISTEN": listen,
            "LANTERN_LOG_LEVEL": "debug",
            "LANTERN_TELEGRAM_TOKEN": self.fake.token,
            "LANTERN_TELEGRAM_API": self.fake.base_url,
        }
        asked = len(self.fake.journal.calls("deleteWebhook"))
        with log.open("ab") as stream:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot.cli", "run"),
                cwd=self.folder,
                env=environ,
                stderr=stream,
                stdout=stream,
            )
        started = LanternProcess(process=process, log=log, address=f"http://{listen}")
        async with asyncio.timeout(20):
            while len(self.fake.journal.calls("deleteWebhook")) == asked:
                await started.works_for(0.05)
        return started

    def rows(self, statement: str) -> list[tuple]:
        """Return what *statement* finds in the file."""
        with closing(sqlite3.connect(self.settings.database)) as connection:
            return connection.execute(statement).fetchall()

    async def add_worker(self, phone: Person) -> None:
        """Put somebody on the staff who is alerted on *phone*."""

        async def work(tx: Transaction) -> None:
            worker = await staff.add_worker(tx, f"Worker {phone.id}", Role.WORKER, "en", now=1)
            await staff.link_address(tx, "telegram", str(phone.id), worker, now=1)

        await phone.writes("hello")
        async with self.database() as database:
            await database.write(work)

    async def everything_is_sent(self, process: LanternProcess) -> None:
        """Wait until every update is taken and every message sent."""
        await self.fake.all_taken(within=10)
        waiting = "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL"
        async with asyncio.timeout(12):
            while self.rows(waiting) != [(0,)]:
                await process.works_for(0.05)

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Database]:
        """Open the database beside whatever runs."""
        database = await open_database(self.settings.database, read_keys(self.settings.key_file))
        await database.write(data_keys.make_house_key)
        try:
            yield database
        finally:
            await database.close()
