"""The database: upgrade, backup, check."""

import asyncio
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bot.cli.checks import tell_checks
from bot.cli.db_copy import copy
from bot.cli.examples import examples
from bot.cli.running import settings_here
from bot.cli.set_aside import set_aside
from bot.config import Settings
from bot.doctor.check import Check
from bot.doctor.database import check_database, told_plainly
from bot.domain.errors import ConfigError
from storage.faults import is_there
from storage.only_one import only_one
from storage.revision import check_there, revision_of
from storage.upgrade import back_up
from storage.upgrade import upgrade as bring_up
from storage.whole_file import remove_left

app = typer.Typer(help="The database: upgrade it, back it up, check it.", no_args_is_help=True)
app.command(
    "set-aside",
    epilog=examples(
        "lantern db set-aside", "lantern db set-aside --show 019a0c3de7f47b1f8a52c6d09e4b7310"
    ),
)(set_aside)
app.command(
    epilog=examples(
        "lantern db copy lantern.sqlite3 postgresql://lantern:secret@db.example/lantern"
    )
)(copy)
out = Console()


@app.command(epilog=examples("lantern db upgrade"))
def upgrade() -> None:
    """Bring the database to the schema of this program.

    A file is copied beside itself first. On PostgreSQL, other processes may go on running
    meanwhile. Where there is no database, none is made.
    """
    settings = settings_here()
    with told_plainly(settings):
        check_there(settings.database)
        with only_one(settings.database):
            before, after = bring_up(settings.database)
    says = f"was brought from schema {before} to schema {after}"
    if before == after:
        says = f"has the newest schema already ({after})"
    typer.echo(f"The database {settings.database} {says}.")


@app.command(epilog=examples("lantern db backup /srv/backups/lantern-monday.sqlite3"))
def backup(
    target: Annotated[Path, typer.Argument(help="The file to write; it must not exist yet.")],
) -> None:
    """Copy the database to a new file, while Lantern runs.

    The key file is not in it. Keep a copy of that in another place.
    """
    settings = settings_here()
    with told_plainly(settings):
        database = _file(settings)
        if revision_of(database) is None:
            raise ConfigError([f"there is no database {database} to copy"])
        _check_target(target)
        _remove_left(target.parent)
        size = back_up(database, target)
    typer.echo(f"Copied {database} to {target} ({size / 1e6:.1f} MB).")
    typer.echo(f"Without the key file {settings.key_file} it cannot be read.")


@app.command(epilog=examples("lantern db check"))
def check() -> None:
    """Prove that the database is whole, that its audit is unbroken, and that the keys fit.

    Ends with 1 if anything is wrong.
    """
    tell_checks(asyncio.run(_check(settings_here())), out)


async def _check(settings: Settings) -> list[Check]:
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Opening every data key", total=None)

        def note(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        return await check_database(settings, note)


def _file(settings: Settings) -> Path:
    if isinstance(settings.database, Path):
        return settings.database
    text = (
        f"database {settings.database} is on a server, which has its own tool for this; "
        "run: pg_dump --format=custom --file=lantern.dump, with the same address"
    )
    raise ConfigError([text])


def _remove_left(folder: Path) -> None:
    try:
        left = remove_left(folder, now=time.time())
    except OSError as error:
        raise ConfigError([f"{error.filename} was left half written; remove it"]) from None
    for path in left:
        typer.echo(f"Removed {path}, which a backup that was killed had left half written.")


def _check_target(target: Path) -> None:
    if not is_there(target.parent) or not target.parent.is_dir():
        raise ConfigError([f"there is no folder {target.parent} to write {target.name} into"])
