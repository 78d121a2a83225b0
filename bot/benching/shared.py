"""Turns a second on PostgreSQL, from several processes that share one database."""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit, urlunsplit

from asyncpg import InsufficientPrivilegeError

from bot.app import open_lantern
from bot.benching.figures import Figures, summarise
from bot.benching.ours import measure_crowd
from bot.building import read_book
from bot.collecting import undisturbed
from bot.config import load_settings
from bot.domain.errors import ConfigError, LanternError
from bot.domain.ids import new_id
from bot.log import start_logging
from storage.postgres_connection import check_server, connect
from storage.sealing import new_keys, write_keys
from storage.server_url import ServerUrl
from storage.upgrade import upgrade

_MAY_MAKE_NONE = "this user may make no database to measure in; allow it: ALTER USER … CREATEDB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one process does: contacts who write at once, and for how long."""

    number: int
    in_flight: int
    seconds: float


async def measure_shared(
    url: ServerUrl, *, in_flight: int, seconds: float, processes: int
) -> Figures:
    """Return the figures of *processes* that share a new database on the server of *url*.

    The database at *url* itself is not touched; its user must be allowed to create another.
    """
    with tempfile.TemporaryDirectory(prefix="lantern-bench-") as folder:
        key_file = Path(folder) / "bench.key"
        write_keys(new_keys(), key_file)
        async with _own_database(url) as own:
            await asyncio.to_thread(upgrade, own)
            environ = {"LANTERN_DATABASE": own.whole, "LANTERN_KEY_FILE": str(key_file)}
            each = max(1, in_flight // processes)
            shares = [
                Share(number=number, in_flight=each, seconds=seconds)
                for number in range(min(processes, in_flight))
            ]
            return await _measure(shares, environ)


@asynccontextmanager
async def _own_database(url: ServerUrl) -> AsyncIterator[ServerUrl]:
    name = f"lantern_bench_{new_id()}"
    await check_server(url)
    connection = await connect(url)
    try:
        try:
            await connection.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
        except InsufficientPrivilegeError:
            raise ConfigError([f"{url}: {_MAY_MAKE_NONE}"]) from None
        yield ServerUrl(urlunsplit(urlsplit(url.whole)._replace(path=f"/{name}")))
    finally:
        await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await connection.close()


async def _measure(shares: Sequence[Share], environ: dict[str, str]) -> Figures:
    running = [await _start(share, environ) for share in shares]
    try:
        for process in running:
            await _line(process)
        started = perf_counter()
        for process in running:
            _input(process).write(b"go\n")
        answers = await asyncio.gather(*(_line(process) for process in running))
    finally:
        for process in running:
            _input(process).close()
            await process.wait()
    turns = [turn for answer in answers for turn in json.loads(answer)]
    return summarise(turns, within=max(perf_counter() - started, 0.001))


async def _start(share: Share, environ: dict[str, str]) -> asyncio.subprocess.Process:
    arguments = [str(share.number), str(share.in_flight), str(share.seconds)]
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.benching.shared", *arguments),
        env={**os.environ, **environ},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 26,
    )


def _input(process: asyncio.subprocess.Process) -> asyncio.StreamWriter:
    if process.stdin is None:
        raise RuntimeError
    return process.stdin


async def _line(process: asyncio.subprocess.Process) -> bytes:
    line = await process.stdout.readline() if process.stdout else b""
    if not line:
        text = "a process of the measurement has ended; what it said stands above"
        raise LanternError(text)
    return line


async def _take_share(share: Share) -> None:
    """Do *share*, told to begin on standard input, and tell how long each turn took."""
    settings = load_settings(dict(os.environ), Path.cwd())
    with undisturbed():
        book = read_book()
        book.topics.make_ready()
    async with open_lantern(settings, book) as lantern:

        async def begin() -> None:
            _tell("ready")
            await asyncio.to_thread(sys.stdin.readline)

        turns = await measure_crowd(
            lantern,
            in_flight=share.in_flight,
            seconds=share.seconds,
            first=share.number * 10_000_000,
            begin=begin,
        )
        _tell(json.dumps(turns))


def _tell(line: str) -> None:
    """Write *line* for the process that measures."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    start_logging(level="warning")
    asyncio.run(
        _take_share(
            Share(number=int(sys.argv[1]), in_flight=int(sys.argv[2]), seconds=float(sys.argv[3]))
        )
    )
