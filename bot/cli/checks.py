"""How checks are told."""

import json
from collections.abc import Sequence

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from bot.doctor.check import Check


def tell_checks(checks: Sequence[Check], out: Console) -> None:
    """Print *checks* as a table, and end with 1 if anything is wrong."""
    table = Table("", *(Column(title, overflow="fold") for title in ("How it is", "What to do")))
    for check in checks:
        table.add_row(
            f"{_mark(check)} {escape(check.name)}", escape(check.says), escape(check.advice)
        )
    out.print(table)
    wrong = [check for check in checks if not check.is_well]
    if wrong:
        count = "one thing is" if len(wrong) == 1 else f"{len(wrong)} things are"
        typer.echo(f"{count.capitalize()} wrong.")
        raise typer.Exit(1)
    warnings = sum(check.is_warning for check in checks)
    if warnings:
        count = "one thing has" if warnings == 1 else f"{warnings} things have"
        typer.echo(f"Nothing is wrong, but {count} to be looked at.")
    else:
        typer.echo("Everything is as it should be.")


def _mark(check: Check) -> str:
    if check.is_warning:
        return "[yellow]look[/yellow]"
    return "[green]OK[/green]" if check.is_well else "[red]wrong[/red]"


def tell_checks_as_json(checks: Sequence[Check]) -> None:
    """Print *checks* as one JSON document, and end with 1 if anything is wrong."""
    listed = [
        {
            "name": each.name,
            "ok": each.is_well,
            "warning": each.is_warning,
            "says": each.says,
            "advice": each.advice,
        }
        for each in checks
    ]
    is_well = all(each.is_well for each in checks)
    typer.echo(json.dumps({"ok": is_well, "checks": listed}, ensure_ascii=False, indent=2))
    if not is_well:
        raise typer.Exit(1)
