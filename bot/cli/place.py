"""directory place: the offices near by, written down without touching a file."""

from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.examples import examples
from bot.cli.in_languages import in_languages
from bot.cli.own_content import Own
from bot.desk.helplines import read_helplines
from bot.desk.places import Known, add_place, change_place, remove_place
from bot.directory.places import KINDS
from bot.domain.errors import ConfigError

app = typer.Typer(
    help="The offices near by whose addresses families are told.", no_args_is_help=True
)
_RESTART = "Start Lantern again for families to see it."
_DAY = "%Y-%m-%d"


class Word(StrEnum):
    """What may be told no more of an office."""

    NUMBER = "number"
    ADDRESS = "address"
    HOURS = "hours"


Name = Annotated[str, typer.Argument(help="A short name of its own, such as kaili_legal_aid.")]
Kind = Annotated[str, typer.Option("--kind", help=f"What it is: {', '.join(KINDS)}.")]
Names = Annotated[
    list[str] | None,
    typer.Option("--names", help="LANGUAGE=WORDS, what it is called, once for each language."),
]
Number = Annotated[
    str, typer.Option("--number", help="Its number as it is dialled, such as 0855-8000000.")
]
Address = Annotated[
    list[str] | None,
    typer.Option("--address", help="LANGUAGE=WORDS, where it is, once for each language."),
]
Hours = Annotated[
    list[str] | None,
    typer.Option("--hours", help="LANGUAGE=WORDS, when somebody is there, for each language."),
]
On = Annotated[
    datetime | None,
    typer.Option(
        "--on",
        formats=[_DAY],
        help="The day on which somebody called or went there; without it, today.",
    ),
]


@app.command(
    epilog=examples(
        'lantern directory place add kaili_legal_aid --kind legal_aid --names en="Legal aid centre"'
        ' --names zh_CN=法律援助中心 --number 0855-8000000 --hours en="weekdays 9 to 17"'
        " --hours zh_CN=工作日9点到17点",
    )
)
def add(
    name: Name,
    *,
    kind: Kind,
    names: Names = None,
    number: Number = "",
    address: Address = None,
    hours: Hours = None,
    on: On = None,
    own: Own = None,
) -> None:
    """Write an office down, in your organisation's own file.

    It needs a number or an address. Without hours, families are asked to check them.
    """
    known = Known(
        checked_on=_day(on),
        kind=kind,
        names=_said("names", names or [], own),
        number=number,
        address=_said("address", address, own),
        hours=_said("hours", hours, own),
    )
    typer.echo(f"Wrote {add_place(name, known, own)}. {_RESTART}")


@app.command(
    epilog=examples(
        "lantern directory place change kaili_legal_aid",
        "lantern directory place change kaili_legal_aid --number 0855-8000002 --on 2026-11-30",
        "lantern directory place change kaili_legal_aid --without hours",
    )
)
def change(
    name: Name,
    *,
    kind: Kind = "",
    names: Names = None,
    number: Number = "",
    address: Address = None,
    hours: Hours = None,
    without: Annotated[
        list[Word] | None, typer.Option("--without", help="What is told no more.")
    ] = None,
    on: On = None,
    own: Own = None,
) -> None:
    """Write down what somebody found out about an office; what is not said stays as it is.

    It then counts as checked today. With nothing else, that is all that is written.
    """
    known = Known(
        checked_on=_day(on),
        kind=kind,
        names=_said("names", names, own),
        number=number,
        address=_said("address", address, own),
        hours=_said("hours", hours, own),
        left_out=tuple(word.value for word in without or ()),
    )
    typer.echo(f"Wrote {change_place(name, known, own)}. {_RESTART}")


@app.command(epilog=examples("lantern directory place remove kaili_legal_aid"))
def remove(name: Name, own: Own = None) -> None:
    """Tell families of an office no more."""
    typer.echo(f"Wrote {remove_place(name, own)}. {_RESTART}")


def _said(option: str, texts: list[str] | None, own: Path | None) -> dict[str, str]:
    return {} if texts is None else in_languages(option, texts, read_helplines(own).languages)


def _day(on: datetime | None) -> date:
    today = datetime.now(UTC).astimezone().date()
    if on and on.date() > today:
        raise ConfigError([f"{on.date()} is still to come"])
    return on.date() if on else today
