"""The root of the command line, and how errors are told there."""

import sys
from importlib.metadata import version
from typing import Annotated

import typer
from rich.console import Console

from bot.cli import bench, db, doctor, flows, locales, running, staff
from bot.domain.errors import ConfigError, FlowError, LanternError, NotNowError

EPILOG = """
Examples:

  lantern demo                      try everything on this machine, without any account

  lantern init                      make a database and a key file for real use

  lantern staff add "Wang Min" --role supervisor

  lantern run                       serve Telegram and the web chat

  lantern doctor                    see what is wrong, and what to do
"""

app = typer.Typer(
    name="lantern",
    help="Lantern takes in concerns about children and guides families through their rights.",
    epilog=EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def _show_version(*, is_wanted: bool) -> None:
    if is_wanted:
        Console().print(f"lantern {version('lantern-chat')}", highlight=False)
        raise typer.Exit


@app.callback()
def _root(
    *,
    show_version: Annotated[
        bool,
        typer.Option(
            "--version", help="Show the version and stop.", is_eager=True, callback=_show_version
        ),
    ] = False,
) -> None:
    del show_version


app.command()(running.init)
app.command(name="run")(running.serve)
app.command()(running.demo)
app.command()(running.chat)
app.add_typer(staff.app, name="staff")
app.add_typer(flows.app, name="flows")
app.add_typer(locales.app, name="locales")
app.add_typer(db.app, name="db")
app.add_typer(bench.app, name="bench")
app.add_typer(doctor.app)


def main() -> None:
    """Run the command line; every error is one clear text, never a traceback."""
    try:
        app()
    except ConfigError as error:
        _tell(error)
        sys.exit(1 if isinstance(error, NotNowError) else 2)
    except (FlowError, LanternError) as error:
        _tell(error)
        sys.exit(1)


def _tell(error: LanternError) -> None:
    Console(stderr=True).print(str(error), soft_wrap=True, highlight=False, markup=False)
