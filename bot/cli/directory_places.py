"""The places near by that staff have written down, as they are listed."""

from datetime import date

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.directory.checked import is_late
from bot.directory.model import Directory, Place

_NONE_YET = "No offices near by are written down yet: lantern directory place add --help"


def tell_places(directory: Directory, today: date) -> None:
    """List the places near by, and those that nobody has looked at for a year."""
    if not directory.places:
        typer.echo(_NONE_YET)
        return
    language = directory.languages[0]
    table = Table(box=None, padding=(0, 2, 1, 0), pad_edge=False)
    for heading in ("Place", "Kind", "Last checked"):
        table.add_column(heading, no_wrap=True)
    table.add_column("What is told")
    for place in directory.places.values():
        mark = "\n[red]check it[/red]" if is_late(place.last_checked, today) else ""
        day = f"{place.last_checked.isoformat()}{mark}"
        table.add_row(place.id, place.kind, day, escape(_told(place, language)))
    out = Console()
    out.print(table)
    places = directory.places.values()
    if late := [place.id for place in places if is_late(place.last_checked, today)]:
        out.print(f"Not checked for a year: {', '.join(late)}.")


def _told(place: Place, language: str) -> str:
    texts = (place.names, {language: place.number}, place.address, place.hours)
    return "\n".join(told for text in texts if (told := text.get(language)))


def place_document(place: Place, today: date) -> dict[str, object]:
    """Return *place* as programs are told of it."""
    return {
        "name": place.id,
        "kind": place.kind,
        "number": place.number,
        "names": place.names,
        "address": place.address,
        "hours": place.hours,
        "last_checked": place.last_checked,
        "is_late": is_late(place.last_checked, today),
    }
