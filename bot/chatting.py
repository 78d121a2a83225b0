"""Playing the conversations in the terminal, on the real engine and a real database."""

import asyncio
import sys

from rich.console import Console

from bot.app import Work, open_lantern
from bot.building import Book
from bot.channels.terminal import CHANNEL, Terminal
from bot.config import Settings
from bot.desk.staff import Staff
from bot.domain.ids import WorkerId
from bot.domain.worker import Role
from storage import staff

PROMPT = "> "
_AT_THE_DESK = "at the desk"


async def chat_in_terminal(settings: Settings, book: Book, *, language: str) -> None:
    """Chat until the input ends (Ctrl+D), while somebody is at the desk."""
    console = Console()
    terminal = Terminal(console)
    async with open_lantern(settings, book, more_channels={CHANNEL: terminal}) as lantern:
        desk = Staff(lantern.house)
        worker = await _add_worker(desk, language)
        await desk.note_at_desk(worker)
        tasks = [asyncio.create_task(job, name=name) for name, job in Work(lantern).jobs()]
        line: str | None = "/start"
        try:
            while line is not None:
                now = lantern.house.clock()
                await desk.note_at_desk(worker)
                if line.strip():
                    await lantern.mailroom.take(terminal.read(line, now=now, language=language))
                    await lantern.delivery.send_all()
                line = await _next_line(console)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)


async def _add_worker(desk: Staff, language: str) -> WorkerId:
    """Add somebody who has the desk open: families mostly find a house in which people are."""
    now = desk.house.clock()
    return await desk.house.database.write(
        lambda tx: staff.add_worker(tx, _AT_THE_DESK, Role.WORKER, language, now=now)
    )


async def _next_line(console: Console) -> str | None:
    console.print(PROMPT, end="")
    line = await asyncio.to_thread(sys.stdin.readline)
    return line.rstrip("\n") if line else None
