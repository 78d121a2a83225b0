"""bench triage: how long the risk check takes."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.benching.checks import Checks, measure_checks
from bot.log import start_logging
from bot.risk_check import read_triage

_THOROUGH, _QUICK = 0.4, 0.02


def triage(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="For programs instead of people.")
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="A few seconds; the figures are rough.")
    ] = False,
) -> None:
    """Measure what the risk check costs: for a message, alone and after three others.

    Time is a processor's, so other work on this machine disturbs it little. Takes half
    a minute.
    """
    start_logging(level="warning")
    with Console(stderr=True).status("Measuring…"):
        measured = measure_checks(read_triage, seconds=_QUICK if quick else _THOROUGH)
    if as_json:
        typer.echo(json.dumps(asdict(measured), indent=2))
    else:
        Console().print(as_table(measured))


def as_table(measured: Checks) -> Table:
    """Return *measured* as people read it."""
    title = (
        f"{measured.patterns} patterns, compiled in {measured.load_ms:,.0f} ms, "
        f"{measured.memory_kib:,} KiB; the network loaded in {measured.close_load_ms:,.0f} ms"
    )
    table = Table(title=title, title_justify="left", box=None, padding=(0, 1), pad_edge=False)
    for heading in ("language", "text"):
        table.add_column(heading, no_wrap=True)
    for heading in ("characters", "µs alone", "µs after three", "µs read closely"):
        table.add_column(heading, justify="right", no_wrap=True)
    for check in measured.checks:
        closely = f"{check.closely_us:,.0f}{'' if check.is_in_doubt else ' (not needed)'}"
        times = (f"{check.alone_us:,.1f}", f"{check.after_others_us:,.1f}", closely)
        table.add_row(check.language, check.text, f"{check.characters:,}", *times)
    return table
