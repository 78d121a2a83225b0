"""For translators: extract, update, check."""

from pathlib import Path
from typing import Annotated

import typer

from bot import locales
from bot.cli.examples import examples
from bot.content import content_root
from bot.domain.counted import counted
from bot.domain.errors import ConfigError

app = typer.Typer(help="Keep the translations in step with the texts.", no_args_is_help=True)

Root = Annotated[
    Path | None,
    typer.Option("--root", help="The checkout with flows/, bot/ and locales/ in it."),
]


@app.command(epilog=examples("lantern locales extract"))
def extract(root: Root = None) -> None:
    """Write every text that can be translated to locales/messages.pot."""
    typer.echo(f"Wrote {locales.extract(_checkout(root))}.")


@app.command(epilog=examples("lantern locales update", "lantern locales update --add bo"))
def update(
    root: Root = None,
    adding: Annotated[
        str,
        typer.Option(
            "--add",
            help="Add an empty catalog for this language, such as bo; before it can be offered, "
            "code has to know it as well.",
        ),
    ] = "",
) -> None:
    """Bring every catalog in step with the texts; what changed is marked fuzzy."""
    _check_code(adding)
    for path in locales.update(_checkout(root), adding=adding):
        typer.echo(f"Wrote {path}.")


@app.command(epilog=examples("lantern locales check"))
def check(root: Root = None) -> None:
    """Find what is missing, outdated or wrong in the catalogs. Ends with 1 if anything is."""
    place = _checkout(root)
    findings = locales.check(place)
    for finding in findings:
        typer.echo(str(finding))
    languages = ", ".join(locales.catalogs(place)) or "no language"
    if findings:
        typer.echo(f"{counted(len(findings), 'finding')} in the catalogs of {languages}.")
        raise typer.Exit(1)
    typer.echo(f"Nothing is wrong with the catalogs of {languages}.")


def _checkout(root: Path | None) -> Path:
    place = root or content_root()
    if not (place / "flows").is_dir() or not (place / "bot").is_dir():
        text = f"{place} is no checkout of Lantern (flows/ and bot/ in it); name one with --root"
        raise ConfigError([text])
    return place


def _check_code(language: str) -> None:
    if language and not locales.is_language(language):
        text = f'"{language}" is not the code of a language; write it like bo, or ug_CN'
        raise ConfigError([text])
