"""doctor: what is wrong, and what to do."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console

from bot.cli.checks import tell_checks, tell_checks_as_json
from bot.cli.running import settings_here_or_of_the_demo
from bot.config import is_demo
from bot.doctor.examine import examine


def doctor(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="For programs instead of people.")
    ] = False,
) -> None:
    """Look at everything Lantern needs, and say what is wrong and what to do.

    The key file, the database, the staff who can be alerted and whether alerts reach them,
    Telegram's token and webhook, the other ways on which staff are told, the clock, the flows, the
    languages, the disk, the spool and the port. Ends with 1 if anything is wrong.
    """
    settings = settings_here_or_of_the_demo()
    if is_demo(settings):
        typer.echo(
            f"This is the demo in {settings.key_file.parent}, with made-up workers.", err=True
        )
    checks = asyncio.run(examine(settings))
    if as_json:
        tell_checks_as_json(checks)
    else:
        tell_checks(checks, Console())
