"""guidance eval: how often a question finds its answer."""

from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from bot.advising.asking import read_advice
from bot.advising.measuring import Hits, measure_search, read_questions
from bot.cli.own_content import Own
from bot.domain.share import Share

_ROWS = {
    "right topic first": "first",
    "right topic among three": "among_three",
    "out of scope, recognised": "out_of_scope",
    "told at once, wrongly": "told_wrongly",
}


def evaluate(
    files: Annotated[
        list[Path], typer.Argument(help="Labelled questions.", exists=True, dir_okay=False)
    ],
    own: Own = None,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="For programs instead of people.")
    ] = False,
    show: Annotated[bool, typer.Option("--show", help="Print the questions that failed.")] = False,
) -> None:
    """Measure how often a question finds its answer, on questions that people labelled.

    Each line is {"id", "text", "lang", "topics"}: any of the topics is right; none means that
    the question is out of our field. With "half", each half is measured for itself.
    """
    advice = read_advice(own)
    measured = measure_search(read_questions(files), advice.topics)
    groups = list(_groups(measured))
    if as_json:
        document = {name: _document(hits) for name, hits in groups}
        typer.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())
        return
    out = Console()
    for name, hits in groups:
        out.print(_table(name, hits))
        if show:
            for answer in hits.misses():
                out.print(
                    Text(f"  {answer.asked.id} {', '.join(answer.best)}: {answer.asked.text}")
                )


def _groups(measured: Hits) -> list[tuple[str, Hits]]:
    ordered = sorted(measured.answers, key=lambda each: (each.asked.language, each.asked.half))
    grouped = groupby(ordered, lambda each: f"{each.asked.language} {each.asked.half}".strip())
    return [(name, replace(measured, answers=tuple(some))) for name, some in grouped]


def _table(name: str, hits: Hits) -> Table:
    table = Table(escape(name), "share", "of", "95 %")
    for label, attribute in _ROWS.items():
        share: Share = getattr(hits, attribute)
        low, high = share.interval
        table.add_row(label, f"{share.value:.3f}", str(share.of), f"{low:.2f}–{high:.2f}")
    return table


def _document(hits: Hits) -> dict[str, object]:
    shares: dict[str, Share] = {name: getattr(hits, name) for name in _ROWS.values()}
    return {
        name: {"share": share.value, "of": share.of, "interval": share.interval}
        for name, share in shares.items()
    }
