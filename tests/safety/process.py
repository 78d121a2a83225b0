"""A real ``lantern run`` in a process of its own, to be stopped and killed."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from fake_telegram import FakeTelegram
from running import free_port, prepare, settings_in

import bot
from storage import data_keys
from storage.database import Database, open_database
from storage.sealing import read_keys

ROOT = Path(bot.__file__).parents[1]


@dataclass(slots=True, kw_only=True)
class LanternProcess:
    """One process; ``log`` is everything it has said on standard error so far."""

    process: asyncio.subprocess.Process
    log: Path

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
        log = self.folder / "log"
        environ = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "LANTERN_DATABASE": str(self.settings.database),
            "LANTERN_KEY_FILE": str(self.settings.key_file),
            "LANTERN_LISTEN": f"127.0.0.1:{free_port()}",
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
        await self.fake.journal.wait_for("deleteWebhook", count=asked + 1, within=20)
        return LanternProcess(process=process, log=log)

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Database]:
        """Open the database beside whatever runs."""
        database = await open_database(self.settings.database, read_keys(self.settings.key_file))
        await database.write(data_keys.make_house_key)
        try:
            yield database
        finally:
            await database.close()
