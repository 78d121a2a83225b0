"""The root of the command line, and how errors are told there."""

import sys
from importlib.metadata import distribution
from typing import Annotated

import typer

from bot.cli.built import mark_of
from bot.cli.examples import examples
from bot.cli.lazily import Later, Lazily, put_off
from bot.domain.errors import ConfigError, FlowError, LanternError, NotNowError

EPILOG = """
Examples:

  lantern demo                     try everything here, without any account

  lantern init                     make a database and a key file for real use

  lantern staff add "Wang Min" --role supervisor

  lantern run                      serve Telegram and the web chat

  lantern ask "可以看我的日记吗"     see what families are answered

  lantern doctor                   see what is wrong, and what to do

Settings: LANTERN_DATABASE (a file, or postgresql://user:password@host/name), \
LANTERN_KEY_FILE, LANTERN_TELEGRAM_TOKEN and others, in the environment or in a file \
that LANTERN_CONFIG names.
"""

COMMANDS = {
    "init": Later(
        place="bot.cli.beginning:init",
        says="Make the database and the key file that the configuration names.",
    ),
    "run": Later(
        place="bot.cli.running:serve",
        says="Serve Telegram and the web chat until stopped (Ctrl+C, or SIGTERM).",
        beside="aiohttp",  # it reads all certificates of the machine
    ),
    "demo": Later(
        place="bot.cli.beginning:demo",
        says="Try everything on this machine: no token, no account, made-up workers.",
    ),
    "chat": Later(
        place="bot.cli.beginning:chat",
        says="Play the conversations in this terminal, as a family lives them.",
    ),
    "staff": Later(place="bot.cli.staff:app", says="Who works here, and where alerts reach them."),
    "flows": Later(place="bot.cli.flows:app", says="Check, see, try and test the conversations."),
    "triage": Later(
        place="bot.cli.triage:app", says="What the risk check sees, and how well it does."
    ),
    "ask": Later(
        place="bot.cli.ask:ask",
        says="Answer a question about children's rights as a family would see it in the chat.",
        epilog=examples(
            'lantern ask "可以看我的日记吗"',
            'lantern ask "May a teacher hit a pupil?" --for adult',
            "lantern ask --jsonl < questions.jsonl > answers.jsonl",
        ),
    ),
    "guidance": Later(
        place="bot.cli.guidance:app",
        says="Check the answers that families are given, and see what had none.",
    ),
    "directory": Later(
        place="bot.cli.directory:app",
        says="The helplines that families are given, and when somebody last looked at each.",
    ),
    "locales": Later(
        place="bot.cli.locales:app", says="Keep the translations in step with the texts."
    ),
    "poster": Later(
        place="bot.cli.poster:poster",
        says="Make a poster or a pocket card as a PDF: QR code, Telegram, numbers.",
        epilog=examples(
            "lantern poster --lang zh_CN --url https://lantern.example.org",
            "lantern poster --lang en --url https://lantern.example.org --telegram @lantern_bot",
            "lantern poster --lang zh_CN --size A6 --out card.pdf",
        ),
    ),
    "db": Later(place="bot.cli.db:app", says="The database: upgrade it, back it up, check it."),
    "keys": Later(
        place="bot.cli.keys:app",
        says="The master keys in the key file: see them, and change to a new one.",
    ),
    "bench": Later(place="bot.cli.bench:app", says="Measure how much this machine takes in."),
    "doctor": Later(
        place="bot.cli.doctor:doctor",
        says="Look at everything Lantern needs, and say what is wrong and what to do.",
        epilog=examples("lantern doctor", "lantern doctor --json"),
    ),
}
"""Every command; what it says of itself is proved to be what its own help begins with."""


class _Commands(Lazily):
    later = COMMANDS


app = typer.Typer(
    cls=_Commands,
    name="lantern",
    help="Lantern takes in concerns about children and guides families through their rights.",
    epilog=EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def _show_version(*, is_wanted: bool) -> None:
    if is_wanted:
        installed = distribution("xiaojudeng")
        mark = mark_of(installed.read_text("RECORD"))
        typer.echo(f"lantern {installed.version} ({f'build {mark}' if mark else 'a checkout'})")
        raise typer.Exit


@app.callback()
def _root(
    *,
    show_version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Show the version and the build, and stop.",
            is_eager=True,
            callback=_show_version,
        ),
    ] = False,
) -> None:
    del show_version


put_off(app, COMMANDS)


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
    typer.echo(str(error), err=True)
