"""Playing the conversations in the terminal, on the real engine and a real database."""

import asyncio
import sys

from rich.console import Console

from bot.app import Work, open_lantern
from bot.building import Book
from bot.channels.terminal import CHANNEL, Terminal
from bot.config import Settings

PROMPT = "> "


async def chat_in_terminal(settings: Settings, book: Book, *, language: str) -> None:
    """Chat until the input ends (Ctrl+D)."""
    console = Console()
    terminal = Terminal(console)
    async with open_lantern(settings, book, more_channels={CHANNEL: terminal}) as lantern:
        tasks = [asyncio.create_task(job, name=name) for name, job in Work(lantern).jobs()]
        line: str | None = "/start"
        try:
            while line is not None:
                now = lantern.house.clock()
                if line.strip():
                    await lantern.mailroom.take(terminal.read(line, now=now, language=language))
                    await lantern.delivery.send_all()
                line = await _next_line(console)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)


async def _next_line(console: Console) -> str | None:
    console.print(PROMPT, end="")
    line = await asyncio.to_thread(sys.stdin.readline)
    return line.rstrip("\n") if line else None
