"""bench telegram: the whole way of a message, over HTTP."""

import asyncio
import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console, Group
from rich.table import Table

from bot.benching.over_http import IN_FLIGHT, PER_SECOND, Flow
from bot.benching.telegram import QUICK, THOROUGH, OverHttp, measure_over_http
from bot.log import start_logging

NAMES = {
    "polling": "Lantern, fetching; on disk",
    "webhook": "Lantern, webhook; on disk",
    "ptb_memory": "python-telegram-bot; in memory",
    "ptb_pickle": "python-telegram-bot; in a pickle",
}
LOADS = {
    "at_full_speed": "as fast as the machine goes",
    "at_telegrams_limit": "at Telegram's limit, hundreds waiting",
}
DURABLE = "ptb_pickle"
"""Whom the ratio is to."""


def telegram(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="For programs instead of people.")
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Half a minute; the figures are rough.")
    ] = False,
) -> None:
    """Measure from an update that comes in over HTTP until its reply goes out.

    Lantern, then python-telegram-bot's own Application with the same conversation, each in a
    process of its own, talk to a stand-in for Telegram in this one. Then Lantern at the pace that
    Telegram allows, and how soon staff are alerted under load. Takes about two and a half minutes.
    """
    start_logging(level="warning")
    with Console(stderr=True).status("Measuring…"):
        measured = asyncio.run(measure_over_http(QUICK if quick else THOROUGH))
    if as_json:
        typer.echo(json.dumps(asdict(measured), indent=2))
    else:
        Console().print(as_tables(measured))


def as_tables(measured: OverHttp) -> Group:
    """Return *measured* as people read it."""
    return Group(_flows(measured), _sustained(measured.sustained), _alarms(measured))


def _flows(measured: OverHttp) -> Table:
    table = _table(
        f"An update in, its reply out; {IN_FLIGHT} write as fast as they are answered",
        *("updates/s", "p50 ms", "p99 ms", "CPU ms each", "ratio"),
    )
    durable = measured.peers[DURABLE]
    for name, flow in {**measured.ours, **measured.peers}.items():
        ratio = f"{flow.updates_per_s / durable.updates_per_s:.1f}"
        table.add_row(NAMES[name], *_cells(flow), ratio)
    return table


def _cells(flow: Flow) -> tuple[str, ...]:
    figures = (flow.updates_per_s, flow.p50_ms, flow.p99_ms, flow.cpu_ms_per_update)
    return tuple(f"{figure:,.2f}" for figure in figures)


def _sustained(flow: Flow) -> Table:
    table = _table(
        f"Lantern with {PER_SECOND} updates a second, which is all that Telegram takes",
        *("updates/s", "p50 ms", "p99 ms", "CPU ms each", "of a core", "most MB"),
    )
    table.add_row("Lantern", *_cells(flow), f"{flow.cores:.1%}", f"{flow.most_mb:,.0f}")
    return table


def _alarms(measured: OverHttp) -> Table:
    table = _table(
        "From an emergency that comes in to its alert handed to Telegram, while others write",
        *("alerts", "p50 ms", "p99 ms", "longest ms", "others' p50 ms"),
    )
    for load, alarm in measured.alarms.items():
        figures = (alarm.p50_ms, alarm.p99_ms, alarm.most_ms, alarm.others_p50_ms)
        cells = (f"{figure:,.1f}" for figure in figures)
        table.add_row(LOADS[load], str(alarm.alerts), *cells)
    return table


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("", no_wrap=True)
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table
