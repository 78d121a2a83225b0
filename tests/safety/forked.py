"""Processes that are forked from one which has loaded the program: a start takes a third as long.

Each is a process of its own all the same, which reads its settings, its files and the flows, and
can be stopped and killed.
"""

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from multiprocessing.context import ForkServerContext
from multiprocessing.forkserver import ensure_running
from pathlib import Path

LOADED = ("bot.app", "bot.cli", "bot.cli.keys", "bot.cli.running", "storage.postgres", "boundary")


@cache
def forking() -> ForkServerContext:
    """Start the process from which all others are forked; it must find what the tests find."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(LOADED))
    before = dict(os.environ)
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    ensure_running()
    os.environ.clear()
    os.environ.update(before)
    return context


def give_command(words: Sequence[str], environ: Mapping[str, str], folder: Path, log: Path) -> None:
    """Be ``lantern`` with *words*, in *folder*, and say everything in *log*."""
    write_into(log)
    os.environ.clear()
    os.environ.update(environ)
    os.chdir(folder)
    from bot.cli import main  # noqa: PLC0415 - only where it is loaded already

    sys.argv = ["lantern", *words]
    main()


def answer_to(
    words: Sequence[str], environ: Mapping[str, str], folder: Path
) -> tuple[int | None, str]:
    """Return the exit code of the command ``lantern`` with *words*, and all that it said."""
    log = folder / "said"
    log.unlink(missing_ok=True)
    process = forking().Process(target=give_command, args=(words, environ, folder, log))
    process.start()
    process.join()
    return process.exitcode, log.read_text()


def write_into(log: Path) -> None:
    """Have all that this process says go to the end of *log*."""
    into = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(into, 1)
    os.dup2(into, 2)


class Forked:
    """A process that is *target*, called with *arguments*; as asyncio's own processes are."""

    def __init__(self, target: Callable[..., None], *arguments: object) -> None:
        self._process = forking().Process(target=target, args=arguments, daemon=True)
        self._process.start()
        self.pid = self._process.pid
        self._ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(self._process.sentinel, self._note_end)

    def _note_end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._process.sentinel)
        self._process.join()
        self._ended.set()

    @property
    def returncode(self) -> int | None:
        """Its exit code, None while it runs."""
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send it that signal."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """End it as a power cut does."""
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        """Wait until it has ended, and return its exit code."""
        await self._ended.wait()
        return self._process.exitcode

    async def ends(self, within: float) -> bool:
        """Whether it ends by itself in time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._ended.wait()
        return self._ended.is_set()

    async def works_for(self, seconds: float) -> None:
        """Let it work for so long; it must not end by itself."""
        assert not await self.ends(within=seconds)
