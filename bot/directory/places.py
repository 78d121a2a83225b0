"""Places near by: reading them, and telling where they are. Only staff can know them."""

from collections.abc import Collection, Iterator

from bot.directory.model import Directory, Place
from bot.directory.say import phrase
from bot.directory.sheet import Sheet
from bot.domain.expression import expression
from bot.flow.strict import Node, hint

FILE = "flows/directory/places.yaml"
KINDS = (
    "own_line",
    "rescue_centre",
    "township_station",
    "education_bureau",
    "legal_aid",
    "hospital",
)
"""What a place can be to a family; topics name them."""

_NUMBER = expression(r"[0-9][0-9 -]{1,18}[0-9]")


def read_places(sheet: Sheet) -> dict[str, Place]:
    """Return the places that *sheet* holds; its faults stay with it."""
    sheet.check_keys(sheet.root, ("places",))
    section = sheet.root.block.get("places")
    if section and section.value and not section.block:
        sheet.fault(section.line, 103, 'under "places" each entry needs a name')
    return (
        {name: _place(sheet, name, node) for name, node in section.block.items()} if section else {}
    )


def _place(sheet: Sheet, name: str, node: Node) -> Place:
    sheet.check_keys(node, ("kind", "names", "last_checked"), ("address", "number", "hours"))
    kind, number = sheet.word(node, "kind"), sheet.word(node, "number")
    if "kind" in node.block and kind not in KINDS:
        sheet.fault(
            node.block["kind"].line, 103, f'"{kind}" is no kind of place{hint(kind, KINDS)}'
        )
    if number and not _NUMBER.fullmatch(number):
        sheet.fault(node.block["number"].line, 103, "write a number as it is dialled: 0855-8000000")
    if not number and "address" not in node.block:
        sheet.fault(node.line, 101, '"number" and "address" are missing; one is needed at least')
    return Place(
        id=name,
        kind=kind,
        names=sheet.texts(node.block.get("names")),
        address=sheet.texts(node.block.get("address")),
        number=number,
        hours=sheet.texts(node.block.get("hours")),
        last_checked=sheet.day(node, "last_checked"),
        file=sheet.file,
        line=node.line,
    )


def places_of(directory: Directory, kinds: Collection[str]) -> Iterator[Place]:
    """Yield the places of *kinds*, in the order of the file."""
    return (place for place in directory.places.values() if place.kind in kinds)


def place_text(directory: Directory, place: Place, language: str) -> str:
    """Return one line: name, number, address, when it is open, and when that was checked."""
    hours = place.hours.get(language) or directory.phrases["hours_differ"][language]
    day = place.last_checked.isoformat()
    name = place.names[language]
    where = " ".join(part for part in (place.number, place.address.get(language)) if part)
    if not {"place", "checked_on"} <= directory.phrases.keys():
        return f"{name} {where} ({hours}; {day})"
    checked = phrase(directory, "checked_on", language, {"day": day})
    values = {"name": name, "where": where, "hours": hours, "checked": checked}
    return phrase(directory, "place", language, values)
