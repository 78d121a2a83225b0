"""The demo: a Lantern with made-up workers, on this machine only."""

import shutil
import socket
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from bot.casework.house import House
from bot.config import (
    DEFAULT_FILE,
    DEMO_DATABASE,
    DEMO_KEY_FILE,
    Settings,
    demo_values,
    load_settings,
)
from bot.desk.staff import Staff
from bot.domain.errors import ConfigError
from bot.domain.worker import Role
from storage import staff
from storage.database import Transaction
from storage.faults import why
from storage.only_one import only_one
from storage.revision import newest_revision, revision_of
from storage.sealing import new_keys, write_keys

FIRST_PORT = 8440
PORTS = 50
STAFF = (
    ("社工一 (worker 1)", Role.WORKER),
    ("社工二 (worker 2)", Role.WORKER),
    ("督导 (supervisor)", Role.SUPERVISOR),
)
"""The demo's workers. They have no names, because they are nobody."""

MARK = ".lantern-demo"
"""The file by which a folder is known to be a demo's, so that nobody real is in its database."""

_IS_OF_A_DEMO = """\
The database and the key file beside this are of "lantern demo": nobody in them is real.
"lantern demo --fresh" deletes both; for a Lantern that is, take another folder.
"""
_BESIDE_A_DATABASE = ("", "-wal", "-shm", "-journal")
"""How the names of SQLite's files end."""


def prepare_demo(folder: Path, *, is_fresh: bool) -> Settings:
    """Return the settings of a demo in *folder*, with its key file and database made.

    Before a fresh one those of the demo that was there are deleted, and nothing else; its
    content stays.

    Raises:
        ConfigError: a database, key file or settings are there that are no demo's, it runs, or
            nothing can be written there.

    """
    folder = folder.resolve()
    try:
        _mark(folder)
        if is_fresh:
            _clear(folder)
        (folder / "content" / "flows").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError([_unusable(folder, error)]) from None
    port = {"LANTERN_LISTEN": f"127.0.0.1:{free_port()}"}
    settings = load_settings({**demo_values(folder), **port}, folder)
    if not settings.key_file.exists():
        write_keys(new_keys(), settings.key_file)
    if revision_of(settings.database) != newest_revision():
        from storage.upgrade import upgrade  # noqa: PLC0415 - what it needs, nobody else does

        upgrade(settings.database)
    return settings


def _unusable(folder: Path, error: OSError) -> str:
    says = f"nothing can be written to {folder} ({why(error)})"
    return f'{says}; make room, or choose another folder with "lantern demo --folder"'


def _mark(folder: Path) -> None:
    """Make *folder* a demo's, unless something is there that may be somebody's."""
    mark = folder / MARK
    if mark.exists():
        return
    for name in (DEMO_DATABASE, DEMO_KEY_FILE, DEFAULT_FILE):
        if (folder / name).exists():
            says = f"{folder} holds a {name} of which it is not known that it is a demo's"
            advice = 'choose another folder with "lantern demo --folder", or move that file away'
            raise ConfigError([f"{says}; {advice}"])
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text(_IS_OF_A_DEMO, encoding="utf-8")


def _clear(folder: Path) -> None:
    database = folder / DEMO_DATABASE
    with only_one(database):
        for ending in _BESIDE_A_DATABASE:
            database.with_name(f"{database.name}{ending}").unlink(missing_ok=True)
        (folder / DEMO_KEY_FILE).unlink(missing_ok=True)
        shutil.rmtree(database.with_suffix(".spool"), ignore_errors=True)


def free_port() -> int:
    """Return the first port from 8440 on that nobody uses."""
    for port in range(FIRST_PORT, FIRST_PORT + PORTS):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    return FIRST_PORT


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo's workers and their links."""

    house: House

    async def open(self) -> dict[str, str]:
        """Make sure the workers are there; return a sign-in secret for each name."""
        await self.house.database.write(self._add_workers)
        workers = await self.house.database.read(staff.all_workers)
        desk = Staff(self.house)
        return {worker.name: await desk.invite(worker.id) for worker in workers}

    async def _add_workers(self, tx: Transaction) -> None:
        now = self.house.clock()
        for name, role in STAFF:
            if await staff.worker_named(tx, name) is None:
                await staff.add_worker(tx, name, role, self.house.languages[0], now=now)


def where_it_lies(settings: Settings) -> str:
    """Return what a shell takes before another command, so that this looks into the demo."""
    places = {"LANTERN_DATABASE": settings.database, "LANTERN_KEY_FILE": settings.key_file}
    return " ".join(f"{name}={quote(str(place))}" for name, place in places.items())
