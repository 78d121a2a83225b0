"""The master keys: show, add, move, drop, put-back."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.examples import examples
from bot.cli.keys_changing import (
    add_key,
    check_droppable,
    drop_key,
    move_data_keys,
    put_keys_back,
)
from bot.cli.keys_in_use import InUse, count_late, look
from bot.cli.running import settings_here, settings_to_change
from bot.config import Settings
from bot.doctor.database import opened
from bot.domain.errors import ConfigError
from storage.sealing import Keys, read_copy, read_keys
from storage.server_url import ServerUrl

Id = Annotated[str, typer.Argument(help='The id of a master key, as "lantern keys show" tells it.')]
app = typer.Typer(
    help="The master keys in the key file: see them, and change to a new one.",
    no_args_is_help=True,
)
out = Console(markup=False, emoji=False)


@app.command(epilog=examples("lantern keys show"))
def show() -> None:
    """List the master keys, and how much each of them opens; never a key itself.

    Of the spool only what lies on this machine is counted.
    """
    settings = settings_here()
    keys = read_keys(settings.key_file)
    use, late = asyncio.run(_look(settings))
    out.print(_table(keys, use))
    if late:
        count = "a process" if late == 1 else f"{late} processes"
        typer.echo(f"{count.capitalize()} of Lantern began before {keys.active} was added, or with")
        typer.echo("another key file: start it again before anything is moved.")


def _table(keys: Keys, use: InUse) -> Table:
    table = Table("Id", "", "Data keys", "Files of the spool")
    for name in sorted({*keys.masters, *_needed(use.data_keys), *use.files}):
        counts = (str(use.data_keys.get(name, 0)), str(use.files.get(name, 0)))
        table.add_row(name, _state(keys, name), *counts)
    return table


@app.command(epilog=examples("lantern keys add"))
def add() -> None:
    """Add a new master key to the key file; from now on it is the one that seals what is new.

    The others stay, and go on opening what they sealed.
    """
    settings = settings_to_change(out)
    name = asyncio.run(add_key(settings))
    out.print(f"Added {name} to the key file {settings.key_file}; it is active.")
    out.print("Keep a copy of the key file away from here: an older one does not open what is new.")
    if isinstance(settings.database, ServerUrl):
        out.print("Copy it to each other machine first, or what is new cannot be read there.")
    out.print("Then start every Lantern again. After that: lantern keys move")


@app.command(epilog=examples("lantern keys move"))
def move() -> None:
    """Have the active master key open everything that the others open now.

    Lantern may run meanwhile. If this is cut off, run it again: it goes on where it was.
    """
    keys = asyncio.run(move_data_keys(settings_to_change(out)))
    typer.echo(f"All data keys are opened by {keys.active}.")
    for name in sorted(keys.masters.keys() - {keys.active}):
        typer.echo(f"When you no longer want {name} here: lantern keys drop {name}")


@app.command(epilog=examples("lantern keys drop k1"))
def drop(
    master: Id,
    *,
    is_sure: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take a master key that nothing here needs any more out of the key file.

    Backups that were made before still need it.
    """
    settings = settings_to_change(out)
    asyncio.run(check_droppable(settings, master))
    out.print(
        f"Backups from when {master} was in use can be read with it alone: keep a copy of the key "
        "file that has it away from here, as long as you keep those."
    )
    if not is_sure and typer.prompt("Without such a copy they are lost. Type the id to go on") != (
        master
    ):
        raise ConfigError([f"that is not {master}; nothing was changed"])
    asyncio.run(drop_key(settings, master))
    out.print(f"Dropped {master} from {settings.key_file}.", soft_wrap=True)
    if isinstance(settings.database, ServerUrl):
        out.print("Copy it to each other machine, in place of the one that is there.")


@app.command("put-back", epilog=examples("lantern keys put-back /media/stick/lantern.key"))
def put_back(
    old: Annotated[Path, typer.Argument(help="A copy of the key file from before.")],
) -> None:
    """Take back what an old copy of the key file has, such as to read a backup from that time.

    The active key stays active.
    """
    settings = settings_to_change(out)
    if not old.exists():
        says, advice = f"there is no copy {old}", "is the stick or disk with it mounted?"
        raise ConfigError([f"{says}; {advice}"])
    asyncio.run(put_keys_back(settings, read_copy(old)))
    out.print(f"{settings.key_file} has the keys of {old} as well.", soft_wrap=True)


def _needed(counts: Mapping[str, int]) -> list[str]:
    return [name for name, count in counts.items() if count]


def _state(keys: Keys, name: str) -> str:
    if name == keys.active:
        return "active"
    return "" if name in keys.masters else "not in the key file"


async def _look(settings: Settings) -> tuple[InUse, int]:
    async with opened(settings) as database:
        return await look(database, settings), await count_late(database, settings)
