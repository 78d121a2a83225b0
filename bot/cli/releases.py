"""Releases of the flows: which there are, who waits in them, and giving one up."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Column, Table

from bot.building import Book, read_book, states_of
from bot.casework.house import House
from bot.cli.own_content import Own
from bot.cli.running import settings_here
from bot.config import Settings
from bot.content import read_text
from bot.doctor.database import opened
from bot.domain.errors import ConfigError, FlowError
from bot.domain.ids import NEVER, SECOND, Instant
from bot.flow.moved import A_PERSON, Move, check_moves, read_moves, unmoved, ways_of
from bot.housing import open_house
from bot.intake.dropping import Waiting, Way, give_up, look_who_waits, ways_out
from bot.intake.settling import stranded_on
from bot.log import start_logging
from storage import releases
from storage.database import Transaction
from storage.releases import Kept

T = TypeVar("T")
out = Console(markup=False, emoji=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A release as it is listed; ``kept`` is None if the database does not have it any more."""

    id: str
    kept: Kept | None
    count: int
    is_current: bool
    can_read: bool


def list_releases(content: Own = None) -> None:
    """List the releases of the flows that are kept, and how many conversations wait in each."""
    settings = settings_here()
    lines = asyncio.run(_with_house(settings, _book(settings, content), _listed))
    release = Column("Release", no_wrap=True)
    table = Table(release, "First used", "Last started", "Open conversations", "", "")
    for line in lines:
        times = (line.kept.first_used_at, line.kept.used_at) if line.kept else (NEVER, NEVER)
        mark = "current" if line.is_current else ""
        table.add_row(line.id, *map(_day, times), str(line.count), mark, _readable(line))
    out.print(table)


def _day(at: Instant) -> str:
    return (
        "" if at == NEVER else f"{datetime.fromtimestamp(at / SECOND).astimezone():%Y-%m-%d %H:%M}"
    )


def _readable(line: Line) -> str:
    if line.can_read:
        return ""
    return "cannot be read" if line.kept else "is gone"


async def _listed(house: House) -> Sequence[Line]:
    return await house.database.read(lambda tx: _lines(tx, house))


async def _lines(tx: Transaction, house: House) -> Sequence[Line]:
    counts = await releases.count_open(tx)
    kept = {each.id: each for each in await releases.all_releases(tx)}
    current = house.releases.current.id
    return [
        Line(
            id=each,
            kept=kept.get(each),
            count=counts.get(each, 0),
            is_current=each == current,
            can_read=await house.releases.can_read(tx, each),
        )
        for each in dict.fromkeys((*kept, *sorted(counts), current))
    ]


def drop(
    release: Annotated[str, typer.Argument(help='As "lantern flows releases" shows it.')],
    *,
    moved: Annotated[
        Path | None,
        typer.Option("--moved", exists=True, dir_okay=False, help="Where its questions went."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether to do it.")] = False,
    content: Own = None,
) -> None:
    """Move everybody who waits in an old release to the current one, and forget the old one.

    Each question that is gone needs a line in a file of flows/moved or in that of --moved.
    Nobody is written to: who was moved is asked anew when they next write.
    """
    settings = settings_here()
    book = _book(settings, content)
    ways = {**book.ways, **ways_of(_moves(moved, book))}
    waiting, found = asyncio.run(
        _with_house(settings, book, lambda house: _planned(house, release, ways))
    )
    _check_known(found, str(moved) if moved else "")
    _show(waiting, found)
    if dry_run:
        return
    if not yes:
        typer.confirm(f"Give up the release {release}?", abort=True)
    start_logging(level="error")
    is_forgotten = asyncio.run(
        _with_house(settings, book, lambda house: _given_up(house, release, ways, waiting))
    )
    if not is_forgotten:
        typer.echo(f"The release {release} stays: not every conversation could be moved.")
        raise typer.Exit(1)
    typer.echo(f"The release {release} is forgotten.")


def _book(settings: Settings, content: Path | None) -> Book:
    return read_book(content, organisation=settings.organisation)


def _moves(file: Path | None, book: Book) -> tuple[Move, ...]:
    if file is None:
        return ()
    moves = read_moves(read_text(file), str(file))
    findings = list(check_moves(moves, states_of(book.flows)))
    if findings:
        raise FlowError(findings)
    return moves


async def _planned(
    house: House, release: str, ways: Mapping[str, str]
) -> tuple[Waiting, Sequence[Way]]:
    await house.database.read(lambda tx: _check_may_go(tx, house, release))
    waiting = await look_who_waits(house, release)
    old = await house.database.read(lambda tx: house.releases.find(tx, release))
    known = old if old.id == release else None
    return waiting, ways_out(waiting, known, house.releases.current, ways)


async def _check_may_go(tx: Transaction, house: House, release: str) -> None:
    """Stop unless *release* is an old one, and Lantern runs on the flows that are here."""
    kept = await releases.all_releases(tx)
    current = house.releases.current.id
    if release == current:
        raise ConfigError([f"{release} is what new conversations begin on; it cannot be dropped"])
    if release not in {each.id for each in kept} and not (await releases.count_open(tx))[release]:
        raise ConfigError([f'there is no release "{release}"; see: lantern flows releases'])
    latest = max(kept, key=lambda each: each.used_at, default=None)
    if latest is None or latest.id != current:
        text = (
            "Lantern was last started with other flows than these; start it with these first, "
            "or say with --content where they are"
        )
        raise ConfigError([text])


def _check_known(found: Sequence[Way], file: str) -> None:
    lost = [way for way in found if not way.is_known]
    if lost:
        raise FlowError([unmoved(file or "--moved", way.question, way.count) for way in lost])


def _show(waiting: Waiting, found: Sequence[Way]) -> None:
    names = (Column(title, overflow="fold") for title in ("Question", "Goes on at"))
    table = Table(*names, "Conversations")
    for way in found:
        table.add_row(way.question, _goes_on(way), str(way.count))
    out.print(table)
    typer.echo(f"Open conversations: {waiting.conversations}")
    if waiting.closed:
        typer.echo(f"Cannot be opened with this key file: {waiting.closed}; see lantern db check")


def _goes_on(way: Way) -> str:
    if not way.target:
        return A_PERSON
    if way.is_unchanged:
        return "the same, unchanged"
    return "the same, asked anew" if way.target == way.question else way.target


async def _given_up(house: House, release: str, ways: Mapping[str, str], waiting: Waiting) -> bool:
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Moving", total=waiting.conversations)
        return await give_up(house, release, ways, lambda count: progress.advance(task, count))


async def _with_house(settings: Settings, book: Book, work: Callable[[House], Awaitable[T]]) -> T:
    """Return what *work* gives with the database opened beside whatever runs."""
    async with opened(settings) as database:
        return await work(open_house(settings, book, database))


def tell_of_stranded(content: Path | None) -> bool:
    """Tell which open conversations could not go on here; return whether all can."""
    settings = settings_here()
    book = _book(settings, content)
    stranded = asyncio.run(_with_house(settings, book, _stranded))
    for release, ways in stranded:
        for way in ways:
            typer.echo(_told(release, way))
    return all(way.is_known for _, ways in stranded for way in ways)


async def _stranded(house: House) -> Sequence[tuple[str, Sequence[Way]]]:
    found = await house.database.read(lambda tx: stranded_on(tx, house))
    current, ways = house.releases.current, house.releases.ways
    return [
        (each, ways_out(await look_who_waits(house, each), None, current, ways)) for each in found
    ]


def _told(release: str, way: Way) -> str:
    begins = f"release {release} cannot be read: {way.count} at {way.question}"
    if way.is_known:
        return f"{begins} will go on at {way.target or A_PERSON}"
    return f'{begins} would begin anew; write "{way.question}: …" into a file of flows/moved'
