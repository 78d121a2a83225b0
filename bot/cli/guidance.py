"""guidance: whether the answers that families are given hold."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import groupby
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.advising.proved_file import write_proved
from bot.advising.proving import Proof, prove_guidance
from bot.cli.examples import examples
from bot.cli.guidance_eval import evaluate
from bot.cli.guidance_gaps import gaps
from bot.cli.own_content import Own
from bot.domain.counted import counted
from bot.domain.errors import Finding
from bot.guidance.statutes import Comparison, Unchecked

_WIDE = 200
"""Columns where nobody looks at a screen: a finding stays on one line there."""

app = typer.Typer(
    help="Check the answers that families are given, and see what had none.", no_args_is_help=True
)


app.command(
    epilog=examples(
        "lantern guidance gaps",
        "lantern guidance gaps --since 2026-11-01 --json",
        "lantern guidance gaps --done 3f2a90c1",
    )
)(gaps)


app.command(
    name="eval",
    epilog=examples(
        "lantern guidance eval tests/rules/guidance/*.jsonl",
        "lantern guidance eval questions.jsonl --show",
    ),
)(evaluate)


@app.command(
    epilog=examples(
        "lantern guidance check",
        "lantern guidance check --own /srv/lantern/content",
        "lantern guidance check --json",
        "lantern guidance check --write-proved --own /srv/lantern/content",
    )
)
def check(
    own: Own = None,
    *,
    writes_proved: Annotated[
        bool,
        typer.Option(
            "--write-proved",
            help="First write down which citations the law bears out; families are told no others.",
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="For programs instead of people.")
    ] = False,
) -> None:
    """Prove every topic: form, links, languages, reading level, review, and the law it cites.

    Ends with 1 if anything is wrong. A topic with a finding of its own is not shown to families
    until it is put right, but for a dead link, few ways of asking and a review long ago. What
    the independent source of the law cannot tell is listed as not checked.
    """
    if writes_proved:
        typer.echo(f"Wrote {write_proved(own)}.", err=as_json)
    proof = prove_guidance(own, today=datetime.now(UTC).date())
    if as_json:
        document = orjson.dumps(_document(proof), option=orjson.OPT_INDENT_2)
        typer.echo(document.decode())
    else:
        _tell(proof, Console(width=None if sys.stdout.isatty() else _WIDE))
    if proof.findings:
        raise typer.Exit(1)


def _tell(proof: Proof, out: Console) -> None:
    if proof.findings:
        out.print(_table("Findings", proof.findings, "red"))
    if proof.warnings:
        out.print(_table("Warnings", proof.warnings, "yellow"))
    for note in proof.notes:
        typer.echo(note)
    if proof.comparison:
        for line in _compared(proof.comparison, proof.source):
            typer.echo(line)
    typer.echo(f"{proof.reviewed[:1].upper()}{proof.reviewed[1:]}.")
    typer.echo(_summary(proof))


def _table(title: str, findings: Iterable[Finding], style: str) -> Table:
    table = Table(title=title, title_justify="left", show_lines=False)
    table.add_column("Where", no_wrap=not sys.stdout.isatty(), overflow="fold")
    table.add_column("", style=style, no_wrap=True)
    table.add_column("What", overflow="fold")
    for found in findings:
        table.add_row(escape(f"{found.file}:{found.line}:"), found.code, escape(found.text))
    return table


def _compared(comparison: Comparison, source: str) -> Iterator[str]:
    yield f"{comparison.compared} cited articles were compared with {source}."
    for (law, why), some in groupby(comparison.unchecked, lambda each: (each.law, each.why)):
        listed = list(some)
        articles = ", ".join(each.article for each in listed)
        yield f"Not checked by the independent source: {law} {articles} ({why}{_read(listed)})."


def _read(unchecked: Iterable[Unchecked]) -> str:
    by_hand = {each.by_hand for each in unchecked}
    if None in by_hand:
        return ""
    says = sorted(f"on {hand.on} by: {hand.by}" for hand in by_hand if hand)
    return "; looked up in our own copy " + ", ".join(says)


def _summary(proof: Proof) -> str:
    topics = counted(proof.topics, "topic")
    if not proof.findings:
        return f"Nothing is wrong with {topics}."
    places = len({found.file for found in proof.findings})
    return f"{counted(len(proof.findings), 'finding')} in {counted(places, 'file')} of {topics}."


def _document(proof: Proof) -> dict[str, object]:
    comparison = proof.comparison
    return {
        "ok": not proof.findings,
        "topics": proof.topics,
        "reviewed_by": proof.reviews,
        "findings": [asdict(found) for found in proof.findings],
        "warnings": [asdict(found) for found in proof.warnings],
        "notes": proof.notes,
        "source": proof.source or None,
        "compared": comparison.compared if comparison else 0,
        "not_checked": [_as_document(each) for each in comparison.unchecked] if comparison else [],
    }


def _as_document(unchecked: Unchecked) -> dict[str, object]:
    hand = unchecked.by_hand
    return {
        "law": unchecked.law,
        "article": unchecked.article,
        "why": unchecked.why,
        "checked_by_hand": {"on": hand.on, "by": hand.by} if hand else None,
    }
