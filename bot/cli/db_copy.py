"""Moving an organisation from a file to a server."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.cli.running import settings_here
from bot.domain.errors import ConfigError
from storage.copying import Copied, copy_all, count_rows
from storage.faults import is_there
from storage.only_one import only_one
from storage.revision import check_revision
from storage.server_url import ServerUrl
from storage.spool_folder import waiting_in
from storage.upgrade import upgrade

out = Console()


def copy(
    source: Annotated[Path, typer.Argument(help="The database file. Stop its Lantern first.")],
    target: Annotated[str, typer.Argument(help="The address of an empty PostgreSQL database.")],
) -> None:
    """Copy everything from a database file to PostgreSQL, and prove that it is the same.

    The file is only read and stays as it is. All of it arrives, or nothing. What waits in the
    spool has to be taken in before. Afterwards set LANTERN_DATABASE to the new address; the key
    file stays the same.
    """
    url = server_at(target)
    with only_one(_file(source)):
        _check_spools(source)
        check_revision(source)
        upgrade(url)
        copied = asyncio.run(_copy(source, url))
    _show(copied)
    typer.echo(f"Everything of {source} is at {url}, proved by counts and hashes.")
    typer.echo('Now set LANTERN_DATABASE to that address, also for every command, take "database"')
    typer.echo("out of the settings file, and keep the database file until all is well.")


async def _copy(source: Path, url: ServerUrl) -> list[Copied]:
    counts = count_rows(source)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Copying", total=sum(counts.values()))

        def note(table: str, rows: int) -> None:
            progress.update(task, advance=rows, description=f"Copying {table}")

        return list(await copy_all(source, url, note))


def _show(copied: list[Copied]) -> None:
    table = Table("table", "rows", "the same there")
    for one in copied:
        table.add_row(one.table, f"{one.rows:,}", "yes" if one.is_same else "no")
    out.print(table)


def server_at(address: str) -> ServerUrl:
    """Return *address* as that of a server.

    Raises:
        ConfigError: it is none.

    """
    if not address.startswith(("postgresql://", "postgres://")):
        text = "the target is not an address of PostgreSQL"
        raise ConfigError([f"{text}; for example postgresql://user:password@host:5432/lantern"])
    return ServerUrl(address)


def _file(source: Path) -> Path:
    if not is_there(source) or not source.is_file():
        raise ConfigError([f"there is no database file {source}"])
    return source


def _check_spools(source: Path) -> None:
    for folder in (source.with_suffix(".spool"), settings_here().spool):
        if folder and waiting_in(folder):
            text = f"{folder} holds updates that are not in {source} yet"
            raise ConfigError([f"{text}; start its Lantern once more, so that they are taken in"])
