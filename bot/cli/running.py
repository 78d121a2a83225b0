"""run, and what every command needs that opens the database."""

import asyncio
import os
import signal
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console

from bot.building import Book, read_book
from bot.collecting import undisturbed
from bot.config import DEMO, DEMO_DATABASE, Settings, demo_values, load_settings
from bot.domain.errors import ConfigError
from bot.log import on_loop_error, start_logging
from storage.faults import can_be_seen, is_there


def serve() -> None:
    """Serve Telegram and the web chat until stopped (Ctrl+C, or SIGTERM).

    Example:
      LANTERN_CONFIG=/etc/lantern.toml lantern run
    """
    settings = settings_here()
    start_logging(level=settings.log_level)
    with undisturbed(), ThreadPoolExecutor(max_workers=1) as beside:
        book = beside.submit(_book_of, settings)
        import bot.app  # noqa: F401, PLC0415 - half a second, while the book is read
    until_stopped(_serve(settings, book.result()))


def _book_of(settings: Settings) -> Book:
    return read_book(settings.content, organisation=settings.organisation).without_sources()


def settings_here() -> Settings:
    """Return the settings of the environment and the working directory."""
    return load_settings(os.environ, Path.cwd())


def settings_to_change(out: Console) -> Settings:
    """Return the settings here, and say on *out* which database is about to be changed."""
    settings = settings_here()
    of = f" of {settings.organisation}" if settings.organisation else ""
    out.print(f"In the database {settings.database}{of}:", soft_wrap=True)
    return settings


def settings_here_or_of_the_demo() -> Settings:
    """Return the settings here; beside a demo and without a database here, those of the demo."""
    settings = settings_here()
    demo = Path.cwd() / DEMO
    has_one = not isinstance(settings.database, Path) or is_there(settings.database)
    if has_one or not can_be_seen(demo / DEMO_DATABASE):
        return settings
    return load_settings({**os.environ, **demo_values(demo)}, Path.cwd())


def say_where_the_demo_is(settings: Settings) -> None:
    """Stop a command that finds no database where there is one of "lantern demo".

    Raises:
        ConfigError: says which settings name the demo's.

    """
    has_one = not isinstance(settings.database, Path) or is_there(settings.database)
    if not has_one and can_be_seen(Path.cwd() / DEMO / DEMO_DATABASE):
        values = [f"{name}={value}" for name, value in demo_values(Path(DEMO)).items()]
        says = f"there is no database {settings.database}; for that of the demo, set"
        raise ConfigError(["\n  ".join([says, *values])])


def until_stopped(job: Coroutine[object, object, None]) -> None:
    """Run *job* until it ends, or until the process is asked to stop."""
    asyncio.run(_until_stopped(job))


async def _until_stopped(job: Coroutine[object, object, None]) -> None:
    task = asyncio.ensure_future(job)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(on_loop_error)
    for asked in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(asked, task.cancel)
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()


async def _serve(settings: Settings, book: Book) -> None:
    from bot.app import open_lantern, run  # noqa: PLC0415 - loaded beside the book

    async with open_lantern(settings, book) as lantern:
        await run(lantern)
