"""bench: how much this machine takes in."""

import asyncio
import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.benching.conversation import WITH_DANGER, WRITTEN
from bot.benching.figures import Figures
from bot.benching.turns import QUICK, THOROUGH, Turns, measure_turns
from bot.building import read_book
from bot.cli.bench_growth import growth
from bot.cli.bench_telegram import telegram
from bot.cli.bench_triage import triage
from bot.cli.db_copy import server_at
from bot.cli.examples import examples
from bot.collecting import undisturbed
from bot.domain.errors import ConfigError
from bot.log import start_logging

app = typer.Typer(help="Measure how much this machine takes in.", no_args_is_help=True)

YARDSTICK = 50
"""A ratio is to Lantern with this many in flight."""

PEERS = {
    "ptb_memory": ("python-telegram-bot", "memory"),
    "ptb_pickle": ("python-telegram-bot", "pickle"),
    "aiogram_memory": ("aiogram", "memory"),
}
"""What a peer is, and where it keeps what it is told."""


@app.callback()
def _bench() -> None:
    """Keep each measurement a command of its own."""


app.command(epilog=examples("lantern bench triage", "lantern bench triage --json"))(triage)
app.command(epilog=examples("lantern bench telegram", "lantern bench telegram --json"))(telegram)
app.command(epilog=examples("lantern bench growth", "lantern bench growth --contacts 10000,50000"))(
    growth
)


@app.command(
    epilog=examples(
        "lantern bench turns",
        "lantern bench turns --json",
        "lantern bench turns --database postgresql://lantern:secret@db/lantern --processes 2",
    )
)
def turns(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="For programs instead of people.")
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="A few seconds; the figures are rough.")
    ] = False,
    database: Annotated[
        str,
        typer.Option(
            help="The address of a PostgreSQL server, to measure there and not in a file."
        ),
    ] = "",
    processes: Annotated[
        int, typer.Option(min=1, help="How many share the database on that server.")
    ] = 1,
    with_danger: Annotated[
        bool,
        typer.Option("--with-danger", help="One turn in six tells of danger, and opens a case."),
    ] = False,
) -> None:
    """Measure turns a second, from what is written until all of it is safe on disk.

    Contacts who are made up answer five questions, on a database of its own in the folder for
    temporary files, or on the server, gone afterwards. Others' bots then have the same
    conversation. Takes about forty seconds.
    """
    server = server_at(database) if database else None
    if processes > 1 and server is None:
        raise ConfigError(["--processes needs --database: a file is for one process only"])
    if with_danger and server is not None:
        raise ConfigError(["--with-danger is measured in a file only; leave out --database"])
    start_logging(level="warning")
    with Console(stderr=True).status("Measuring…"):
        effort = QUICK if quick else THOROUGH
        with undisturbed():
            book = read_book()
            book.topics.make_ready()
        written = WITH_DANGER if with_danger else WRITTEN
        measuring = measure_turns(book, effort, server=server, processes=processes, written=written)
        measured = asyncio.run(measuring)
    if as_json:
        typer.echo(json.dumps(as_document(measured), indent=2))
    else:
        kept_in = f"PostgreSQL, {processes} proc." if server else "disk"
        Console().print(as_table(measured, kept_in=kept_in))


def as_document(measured: Turns) -> dict[str, object]:
    """Return what *measured* is in JSON; a peer that is not installed has null for a figure."""
    peers = {
        name: {"turns_per_s": figures.turns_per_s if figures else None}
        for name, figures in measured.peers.items()
    }
    return {
        "ours": {str(count): asdict(figures) for count, figures in measured.ours.items()},
        "peers": peers,
    }


def as_table(measured: Turns, *, kept_in: str = "disk") -> Table:
    """Return *measured* as people read it."""
    title = "Five questions, answered"
    table = Table(title=title, title_justify="left", box=None, padding=(0, 1), pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("kept in", no_wrap=True)
    for heading in ("in flight", "turns/s", "p50 ms", "p99 ms", "ratio"):
        table.add_column(heading, justify="right", no_wrap=True)
    one = measured.ours[YARDSTICK]
    for count, figures in measured.ours.items():
        table.add_row("Lantern", kept_in, str(count), *_cells(figures, one))
    for name, peer in measured.peers.items():
        cells = _cells(peer, one) if peer else ("not installed",)
        table.add_row(*PEERS[name], "1", *cells)
    return table


def _cells(figures: Figures, one: Figures) -> tuple[str, ...]:
    return (
        f"{figures.turns_per_s:,.0f}",
        f"{figures.p50_ms:,.2f}",
        f"{figures.p99_ms:,.2f}",
        f"{figures.turns_per_s / one.turns_per_s:.2f}",
    )
