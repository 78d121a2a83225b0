"""directory: the helplines that families are given, and when somebody last looked at each."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.cli import place
from bot.cli.directory_places import place_document, tell_places
from bot.cli.examples import examples
from bot.cli.in_languages import in_languages
from bot.cli.own_content import Own, for_all
from bot.desk.helplines import Change, change_helplines, read_helplines
from bot.directory.checked import is_late
from bot.directory.model import Directory, Helpline

app = typer.Typer(
    help="The helplines that families are given, and when somebody last looked at each.",
    invoke_without_command=True,
)
app.add_typer(place.app, name="place")
Names = Annotated[list[str], typer.Argument(help="Their names, as the list shows them.")]


class Role(StrEnum):
    """In which role somebody tries a helpline."""

    STAFF = "staff"
    SOCIAL_WORKER = "social_worker"
    SUPERVISOR = "supervisor"
    LAWYER = "lawyer"


By = Annotated[Role, typer.Option("--by", help="In which role it was tried.")]
_RESTART = "Start Lantern again for families to see it."


@app.callback(
    epilog=examples(
        "lantern directory",
        "lantern directory checked police crisis --own /srv/lantern/content",
        'lantern directory hours youth --hours en="9 to 21" --hours zh_CN=9点到21点',
        "lantern directory place add --help",
    )
)
def show(
    context: typer.Context,
    *,
    own: Own = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="For programs instead of people.")
    ] = False,
) -> None:
    """List the helplines that families are given, and when somebody last looked at each."""
    if context.invoked_subcommand is not None:
        for_all(context, own=own)
        return
    directory = read_helplines(own)
    today = _today()
    if as_json:
        listed = [_document(line, today) for line in directory.helplines.values()]
        listed += [place_document(place, today) for place in directory.places.values()]
        typer.echo(orjson.dumps(listed, option=orjson.OPT_INDENT_2).decode())
    else:
        _tell(directory, today)
        tell_places(directory, today)


@app.command(
    epilog=examples(
        "lantern directory checked police crisis",
        "lantern directory checked youth --verified",
        "lantern directory checked youth --unverified",
    )
)
def checked(
    names: Names,
    *,
    is_verified: Annotated[
        bool | None,
        typer.Option(
            "--verified/--unverified", help="Whether number and hours were found to be right here."
        ),
    ] = None,
    by: By = Role.STAFF,
    own: Own = None,
) -> None:
    """Mark helplines as tried today from here, in your organisation's own file.

    Whatever is not verified is never told as a fact: families are asked to check the hours.
    """
    change = Change(checked_on=_today(), by=by.value, is_verified=is_verified)
    path = change_helplines(dict.fromkeys(names, change), own)
    typer.echo(f"Wrote {path}. {_RESTART}")


@app.command(
    epilog=examples(
        'lantern directory hours youth --hours en="9 to 21, every day" --hours zh_CN=每天9点到21点',
        'lantern directory hours crisis --hours en="all day" --hours zh_CN=全天 --all-night',
    )
)
def hours(
    name: Annotated[str, typer.Argument(help="The helpline's name, as the list shows it.")],
    *,
    texts: Annotated[
        list[str], typer.Option("--hours", help="LANGUAGE=WORDS, once for each language.")
    ],
    is_closed_at_night: Annotated[
        bool | None,
        typer.Option(
            "--not-all-night/--all-night",
            help="Whether there are hours of the night when nobody answers: then that is said.",
        ),
    ] = None,
    by: By = Role.STAFF,
    own: Own = None,
) -> None:
    """Change when a helpline is answered, as somebody found out today by trying it.

    It then counts as tried today and as verified.
    """
    change = Change(
        checked_on=_today(),
        by=by.value,
        is_verified=True,
        hours=in_languages("hours", texts, read_helplines(own).languages),
        is_closed_at_night=is_closed_at_night,
    )
    path = change_helplines({name: change}, own)
    typer.echo(f"Wrote {path}. {_RESTART}")


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _tell(directory: Directory, today: date) -> None:
    table = Table(box=None, padding=(0, 2, 1, 0), pad_edge=False)
    for heading in ("Name", "Number", "Last checked"):
        table.add_column(heading, no_wrap=True)
    table.add_column("What for, and when it is answered")
    language = directory.languages[0]
    for line in directory.helplines.values():
        hours = _hours(line, language)
        table.add_row(
            escape(line.id),
            line.number,
            f"{line.last_checked.isoformat()}\n{_mark(line, today)}",
            escape("\n".join((line.what_for[language], *([hours] if hours else [])))),
        )
    out = Console()
    out.print(table)
    late = [line.id for line in directory.helplines.values() if is_late(line.last_checked, today)]
    if late:
        typer.echo(f"Not checked for a year: {', '.join(late)}.")
    if untried := [line.id for line in directory.helplines.values() if line.tried is None]:
        out.print(f"Never tried from here: {', '.join(untried)}.")


def _hours(line: Helpline, language: str) -> str:
    told = (line.hours[language] if line.hours else "", "not all night" * line.is_closed_at_night)
    return "; ".join(each for each in told if each)


def _mark(line: Helpline, today: date) -> str:
    if is_late(line.last_checked, today):
        return "[red]check it[/red]"
    if not line.is_verified:
        return f"[yellow]not verified[/yellow]\n{_tried(line)}"
    return f"[green]{'verified' if line.tried else 'public source'}[/green]\n{_tried(line)}"


def _tried(line: Helpline) -> str:
    """Return whether somebody has called the number from here, as it is listed."""
    if line.tried is None:
        return "not tried here"
    return f"tried {line.tried.on.isoformat()}\nby {escape(line.tried.by)}"


def _document(line: Helpline, today: date) -> dict[str, object]:
    return {
        "name": line.id,
        "number": line.number,
        "names": line.names,
        "for": line.what_for,
        "hours": line.hours,
        "not_all_night": line.is_closed_at_night,
        "last_checked": line.last_checked,
        "verified": line.is_verified,
        "tried": {"on": line.tried.on, "by": line.tried.by} if line.tried else None,
        "is_late": is_late(line.last_checked, today),
    }
