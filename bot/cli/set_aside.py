"""What came in and could not be taken in: a list, and what one of it holds."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Column, Table

from bot.cli.running import settings_here
from bot.config import Settings
from bot.doctor.database import opened
from bot.domain.errors import ConfigError
from bot.domain.ids import SECOND
from bot.housing import wall_clock
from storage import audit, inbox
from storage.database import Transaction
from storage.inbox import SetAside
from storage.sealing import UnsealError

out = Console(markup=False, emoji=False)


def set_aside(
    show: Annotated[
        str, typer.Option(help="Print what this one holds; that goes into the audit.")
    ] = "",
) -> None:
    """List what came in and could not be taken in, or print what one of it holds.

    What is printed may be the words of a child: read it where nobody looks on.
    """
    settings = settings_here()
    if show:
        held = asyncio.run(_held(settings, show))
        typer.echo("This may hold what a contact wrote. Show it to nobody else.", err=True)
        typer.echo(_plainly(held))
    else:
        _print_set_aside(asyncio.run(_listed(settings)))


async def _held(settings: Settings, aside: str) -> bytes:
    """Return what *aside* held, once the audit says that it was looked at."""

    async def work(tx: Transaction) -> bytes | None:
        held = await inbox.open_set_aside(tx, aside)
        if held is not None:
            await audit.note(tx, "operator", "set_aside_read", aside, at=wall_clock())
        return held

    async with opened(settings) as database:
        try:
            held = await database.write(work)
        except UnsealError as error:
            raise ConfigError([f"{aside} cannot be opened with this key file"]) from error
    if held is None:
        raise ConfigError(['nothing of that name lies aside; see "lantern db set-aside"'])
    return held


def _plainly(held: bytes) -> str:
    """Return *held* in a form that cannot command the terminal it is printed on."""
    try:
        text = orjson.dumps(orjson.loads(held), option=orjson.OPT_INDENT_2).decode()
    except orjson.JSONDecodeError:
        text = held.decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text)


async def _listed(settings: Settings) -> Sequence[SetAside]:
    async with opened(settings) as database:
        return await database.read(inbox.all_set_aside)


def _print_set_aside(found: Sequence[SetAside]) -> None:
    if not found:
        typer.echo("Nothing lies aside.")
        return
    table = Table(Column("Id", no_wrap=True), "Channel", "When", "Error")
    for aside in found:
        when = datetime.fromtimestamp(aside.at / SECOND).astimezone()
        table.add_row(aside.id, aside.channel, f"{when:%Y-%m-%d %H:%M:%S}", aside.error)
    out.print(table)
