"""A real ``lantern run`` in a process of its own, to be stopped and killed."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import aiohttp
from fake_telegram import WITHIN, FakeTelegram, Person
from forked import Forked, give_command
from ports import free_port
from rows import sql
from running import prepare, settings_in

import bot
from bot.config import spool_folder
from bot.domain.case import EntryKind
from bot.domain.ids import WorkerId
from bot.domain.worker import Role
from storage import case_log, contacts, data_keys, inbox, staff
from storage.database import Database, Transaction
from storage.opening import Where, open_database
from storage.sealing import read_keys
from storage.server_url import ServerUrl
from storage.spool import count_kept

ROOT = Path(bot.__file__).parents[1]
SEEDS = range(1, 1 + int(os.environ.get("LANTERN_SEEDS", "1")))
"""How often a test that kills at random does so anew; set it higher for a long night."""

_IN_THE_END = 2 * WITHIN
"""Seconds; a program that starts reads every rule, and waits for what a killed one had in hand."""

Process = asyncio.subprocess.Process | Forked

_COUNT = count()
_started: list[Process] = []


def kill_what_is_left() -> None:
    """End every process that a test has started and, where it failed, not ended."""
    while _started:
        process = _started.pop()
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)


@dataclass(slots=True, kw_only=True)
class LanternProcess:
    """One process; ``log`` is everything it has said on standard error so far."""

    process: Process
    log: Path
    address: str

    async def works_for(self, seconds: float) -> None:
        """Let it work for so long; it must not end by itself."""
        ending = asyncio.create_task(self.process.wait())
        done, _ = await asyncio.wait([ending], timeout=seconds)
        ending.cancel()
        assert not done, self.log.read_text()

    async def is_ready(self) -> "LanternProcess":
        """Return it as soon as it serves."""
        async with asyncio.timeout(_IN_THE_END), aiohttp.ClientSession() as http:
            while await _status(http, f"{self.address}/readyz") != 200:
                await self.works_for(0.05)
        return self

    async def kill(self) -> None:
        """End it as a power cut does, if it has not ended."""
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """Ask it to stop, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await self.process.wait()


class Machine:
    """One folder with a key file, on which Lantern starts again and again.

    Its *database* is a file there, unless it is named; *more* are other settings. ``program`` is
    the folder with the program, which is loaded anew at each start if ``is_loaded_anew``.
    """

    program = ROOT
    is_loaded_anew = False

    def __init__(
        self, folder: Path, fake: FakeTelegram, *, database: Where | None = None, **more: str
    ) -> None:
        self.folder = folder
        self.fake = fake
        self._more = more | ({"LANTERN_DATABASE": text_of(database)} if database else {})
        self.settings = settings_in(folder, fake, **self._more)
        prepare(self.settings)

    async def start(self) -> LanternProcess:
        """Start it, and return as soon as it asks Telegram for updates."""
        asked = len(self.fake.journal.calls("deleteWebhook"))
        started = await self._begin()
        async with asyncio.timeout(_IN_THE_END):
            while len(self.fake.journal.calls("deleteWebhook")) == asked:
                await started.works_for(0.05)
        return started

    async def start_one(self, name: str) -> LanternProcess:
        """Start one of several at once, the one called *name*; return as soon as it serves."""
        return await (await self._begin(name)).is_ready()

    async def fails_to_start(self) -> tuple[int, str]:
        """Start it where it cannot; return its exit code and what it said."""
        started = await self._begin()
        async with asyncio.timeout(_IN_THE_END):
            return await started.process.wait(), started.log.read_text()

    @property
    def environ(self) -> dict[str, str]:
        """The settings of a Lantern here, on a port that is free now."""
        return {
            "LANTERN_DATABASE": text_of(self.settings.database),
            "LANTERN_KEY_FILE": str(self.settings.key_file),
            "LANTERN_LISTEN": f"127.0.0.1:{free_port()}",
            "LANTERN_LOG_LEVEL": "debug",
            "LANTERN_TELEGRAM_TOKEN": self.fake.token,
            "LANTERN_TELEGRAM_API": self.fake.base_url,
            **self._more,
        }

    async def _begin(self, name: str = "") -> LanternProcess:
        log, environ = self.folder / f"log{name}", self.environ
        process = await self._lantern("run", environ=environ, log=log)
        _started.append(process)
        address = f"http://{environ['LANTERN_LISTEN']}"
        return LanternProcess(process=process, log=log, address=address)

    async def does(self, *words: str) -> str:
        """Return what the command ``lantern`` with *words* says; it must end well."""
        log = self.folder / f"said {next(_COUNT)}"
        process = await self._lantern(*words, environ=self.environ, log=log)
        ended = await process.wait()
        assert ended == 0, log.read_text()
        return log.read_text()

    async def _lantern(self, *words: str, environ: Mapping[str, str], log: Path) -> Process:
        environ = {**environ, **self._python}
        if self.program == ROOT and not self.is_loaded_anew:
            return Forked(give_command, words, environ, self.folder, log)
        with log.open("ab") as stream:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot.cli", *words),
                cwd=self.folder,
                env=environ,
                stderr=stream,
                stdout=stream,
            )

    @property
    def _python(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(self.program),
            "CACHE_DIRECTORY": os.environ["CACHE_DIRECTORY"],
        }

    def rows(self, statement: str) -> list[tuple]:
        """Return what *statement* finds in the database."""
        return sql(self.settings.database, statement)

    async def add_worker(self, phone: Person) -> WorkerId:
        """Put somebody on the staff who is alerted on *phone*."""

        async def work(tx: Transaction) -> WorkerId:
            worker = await staff.add_worker(tx, f"Worker {phone.id}", Role.WORKER, "en", now=1)
            await staff.link_address(tx, "telegram", str(phone.id), worker, now=1)
            return worker

        await phone.writes("hello")
        async with self.database() as database:
            return await database.write(work)

    async def everything_is_sent(self, process: LanternProcess) -> None:
        """Wait until every update is taken, also out of the spool, and every message sent.

        On a busy machine a commit may take so long that the database counts as away.
        """
        await self.fake.all_taken()
        spool = spool_folder(self.settings)
        waiting = "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL"
        async with asyncio.timeout(_IN_THE_END):
            while count_kept(spool)[0] or self.rows(waiting) != [(0,)]:
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


def text_of(database: Where) -> str:
    """Return *database* as a setting spells it."""
    return database.whole if isinstance(database, ServerUrl) else str(database)


async def _status(http: aiohttp.ClientSession, address: str) -> int:
    try:
        async with http.get(address) as answer:
            return answer.status
    except aiohttp.ClientError:
        return 0


async def kept_of(machine: Machine, person: Person) -> list[str]:
    """What is kept of what *person* said, all of it in their case."""

    async def work(tx: Transaction) -> list[str]:
        place = await contacts.find_place(tx, "telegram", str(person.id))
        log = await case_log.read_log(tx, place.case)
        return [entry.text for entry in log if entry.kind is EntryKind.SAID]

    async with machine.database() as database:
        assert await database.read(inbox.count_set_aside) == 0
        return await database.read(work)
