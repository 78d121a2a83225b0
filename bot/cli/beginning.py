"""init, demo and chat: what is done before there is a Lantern that runs."""

import asyncio
import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.app import open_lantern, run
from bot.building import read_book
from bot.chatting import chat_in_terminal
from bot.cli.own_content import Own
from bot.cli.running import settings_here, until_stopped
from bot.collecting import undisturbed
from bot.config import DEMO, Settings, load_settings
from bot.demo import Demo, prepare_demo, where_it_lies
from bot.domain.errors import ConfigError
from bot.log import start_logging
from storage import data_keys
from storage.faults import is_there, why
from storage.only_one import only_one
from storage.revision import newest_revision, revision_of
from storage.sealing import new_keys, read_keys, write_keys

out = Console(markup=False, emoji=False)
"""Prints names of files as they are."""


def init() -> None:
    """Make the database and the key file that the configuration names.

    Nothing that exists is overwritten; a key file that cannot be read as one stops it, and so does
    a database that was written with a key file that is not there, or with another one.

    Example:
      LANTERN_DATABASE=/srv/lantern/lantern.sqlite3 LANTERN_KEY_FILE=/etc/lantern.key lantern init
    """
    settings = settings_here()
    if is_there(settings.key_file):
        read_keys(settings.key_file)
        out.print(f"The key file {settings.key_file} is there already.")
    else:
        _check_not_in_use(settings)
        _make_folder(settings.key_file.parent, "the key file")
        write_keys(new_keys(), settings.key_file)
        out.print(f"Made the key file {settings.key_file}.")
        out.print(
            "Keep a copy of it in another place than the backups of the database.", style="bold"
        )
        out.print("Without it nothing can be read again.")
    before, after = _bring_up(settings)
    if before is not None:
        asyncio.run(_check_fits(settings))
    if before not in {None, after}:
        out.print(f"The database {settings.database} was brought from schema {before} to {after}.")
    out.print(f"The database {settings.database} is ready (schema {after}).")
    out.print('Next: lantern staff add "NAME" --role supervisor, then lantern run')


def _check_not_in_use(settings: Settings) -> None:
    """Stop before a key file is made that could open nothing of what there is."""
    from storage.upgrade import is_in_use  # noqa: PLC0415 - 12 MB that a demo does not need

    if is_in_use(settings.database):
        says = f"database {settings.database} was written with a key file, and there is no"
        advice = "put its copy back, or move the database away if there is no copy"
        raise ConfigError([f"{says} {settings.key_file}; {advice}"])


async def _check_fits(settings: Settings) -> None:
    """Stop if the database was written with another key file; one without any key takes this."""
    from bot.doctor.database import opened  # noqa: PLC0415 - the same
    from storage.upgrade import is_in_use  # noqa: PLC0415 - the same

    if not await asyncio.to_thread(is_in_use, settings.database):
        return
    async with opened(settings) as database:
        await database.write(data_keys.make_house_key)


def _bring_up(settings: Settings) -> tuple[str | None, str]:
    """Make the database or bring it to this schema, which nobody may be using meanwhile."""
    from bot.doctor.database import told_plainly  # noqa: PLC0415 - the same
    from storage.upgrade import upgrade  # noqa: PLC0415 - the same

    before, after = revision_of(settings.database), newest_revision()
    if before == after:
        return before, after
    if isinstance(settings.database, Path):
        _make_folder(settings.database.parent, "the database")
    with told_plainly(settings), only_one(settings.database):
        return upgrade(settings.database)


def _make_folder(folder: Path, what: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        text = f"folder {folder} for {what} cannot be made ({why(error)})"
        raise ConfigError([f"{text}; make it yourself, for Lantern's user"]) from None


def demo(
    folder: Annotated[
        Path, typer.Option("--folder", help="Where the demo keeps its files.")
    ] = Path(DEMO),
    *,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Delete the demo's database and begin with a new one.")
    ] = False,
) -> None:
    """Try everything on this machine: no token, no account, made-up workers.

    Prints the address of the chat, and a sign-in link to the desk for each worker.

    Example:
      lantern demo --fresh
    """
    start_logging(level="critical")
    until_stopped(_demo(folder, is_fresh=fresh))


def chat(
    language: Annotated[str, typer.Option("--lang", help="zh_CN or en.")] = "zh_CN",
    content: Own = None,
) -> None:
    """Play the conversations in this terminal, as a family lives them.

    Nothing is kept: it runs on a database of its own that is gone afterwards.

    Example:
      lantern chat --lang en
    """
    from storage.upgrade import upgrade  # noqa: PLC0415 - the same

    opened, name = tempfile.mkstemp(prefix="lantern-chat-", suffix=".log")
    with os.fdopen(opened, "w", buffering=1) as log, tempfile.TemporaryDirectory() as folder:
        start_logging(level="error", stream=log)
        out.print(f"The log, if anything is in it, is {name}; it holds no words of the talk.")
        place = Path(folder)
        settings = load_settings(
            {
                "LANTERN_DATABASE": str(place / "chat.sqlite3"),
                "LANTERN_KEY_FILE": str(place / "chat.key"),
            },
            place,
        )
        write_keys(new_keys(), settings.key_file)
        upgrade(settings.database)
        until_stopped(_chat(settings, language, content))


async def _demo(folder: Path, *, is_fresh: bool) -> None:
    with out.status("Getting ready…"), undisturbed():
        settings = prepare_demo(folder, is_fresh=is_fresh)
        book = read_book(settings.content).without_sources()
    async with open_lantern(settings, book) as lantern:

        async def show(address: str) -> None:
            _show_demo(await Demo(lantern.house).open(), address, settings)

        await run(lantern, is_started=show)


def _show_demo(links: dict[str, str], address: str, settings: Settings) -> None:
    """Print where to go, and what other commands need to look into this demo."""
    out.rule("Lantern is running 小橘灯", align="left")
    _print_address("The chat, for a family", f"http://{address}/")
    for name, link in links.items():
        _print_address(f"The desk, for {name}", f"http://{address}/desk/sign-in/{link}")
    before = 'Before other commands, such as "lantern guidance gaps", to look in here'
    _print_address(before, where_it_lies(settings))
    out.print()
    out.print("Each desk link works once; start again for new ones. Ctrl+C stops.")


def _print_address(what: str, address: str) -> None:
    out.print()
    out.print(what, style="bold", soft_wrap=True, highlight=False)
    out.print(f"  {address}", soft_wrap=True, highlight=False)


async def _chat(settings: Settings, language: str, content: Path | None) -> None:
    book = read_book(content)
    if language not in book.offered(settings.languages):
        raise ConfigError([f'--lang: there is no language "{language}" here; try zh_CN or en'])
    await chat_in_terminal(settings, book, language=language)
