"""bench growth: whether Lantern gets slower or larger with what it has stored."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.benching.growth import Grown, measure_growth
from bot.benching.over_http import Effort
from bot.benching.stored import Stored
from bot.domain.errors import ConfigError
from bot.log import start_logging

MOST_CASES = 100_000
THOROUGH, QUICK = Effort(seconds=10, contacts=0), Effort(seconds=1, contacts=0)
SIZES = "10000,100000,1000000"
"""Ten seconds are not enough to hear from all of the fewest, so that nobody is new at any size."""

QUICK_SIZES = "1000,10000"


def growth(
    *,
    contacts: Annotated[
        str, typer.Option("--contacts", help="How many are stored, one size after another.")
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="For programs instead of people.")
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Small and short; the figures are rough.")
    ] = False,
) -> None:
    """Measure speed, memory and start with more and more contacts and cases stored.

    The databases are made in the folder for temporary files, sealed as always: about 2 GB and a
    few minutes for a million contacts. A tenth as many cases as contacts, but at most 100,000.
    """
    start_logging(level="warning")
    sizes = sizes_in(contacts or (QUICK_SIZES if quick else SIZES))
    with Console(stderr=True).status("Filling and measuring…"):
        measured = asyncio.run(measure_growth(sizes, QUICK if quick else THOROUGH))
    if as_json:
        typer.echo(json.dumps([asdict(grown) for grown in measured], indent=2))
    else:
        Console().print(as_table(measured))


def sizes_in(text: str) -> tuple[Stored, ...]:
    """Return the sizes named in *text*, such as ``1000,100000``.

    Raises:
        ConfigError: it holds something else.

    """
    numbers = [word.strip() for word in text.split(",")]
    if not all(number.isdecimal() and int(number) for number in numbers):
        raise ConfigError(["--contacts: must be numbers with commas between; for example 1000"])
    return tuple(
        Stored(contacts=int(number), cases=min(MOST_CASES, int(number) // 10)) for number in numbers
    )


def as_table(measured: Sequence[Grown]) -> Table:
    """Return *measured* as people read it; the ratio is to the first."""
    title = "An update in, its reply out, with so much stored"
    table = Table(title=title, title_justify="left")
    headings = ("contacts", "cases", "file MB", "updates/s", "ratio", "p50 ms", "p99 ms")
    for heading in (*headings, "most MB", "start s"):
        table.add_column(heading, justify="right", no_wrap=True)
    for grown in measured:
        flow = grown.flow
        ratio = flow.updates_per_s / measured[0].flow.updates_per_s
        table.add_row(
            *(f"{grown.contacts:,}", f"{grown.cases:,}", f"{grown.file_mb:,.0f}"),
            *(f"{flow.updates_per_s:,.0f}", f"{ratio:.2f}"),
            *(f"{flow.p50_ms:,.1f}", f"{flow.p99_ms:,.1f}"),
            *(f"{flow.most_mb:,.0f}", f"{grown.start_s:.2f}"),
        )
    return table
