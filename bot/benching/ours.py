"""Turns a second of Lantern itself: all of the way in, on a real file."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from time import perf_counter

from bot.app import Lantern, open_lantern
from bot.benching.conversation import FIRST_CONTACT, WRITTEN, conversations
from bot.benching.figures import Figures, summarise
from bot.building import Book
from bot.casework.house import Clock
from bot.config import load_settings
from bot.domain.errors import LanternError
from bot.domain.ids import Instant, new_id
from bot.domain.update import Kind, Update
from bot.housing import wall_clock
from storage.sealing import new_keys, write_keys
from storage.upgrade import upgrade

CHANNEL = "telegram"
SET_ASIDE = "lantern_updates_set_aside_total"


async def measure_ours(
    book: Book, *, in_flight: int, seconds: float, written: Sequence[str] = WRITTEN
) -> Figures:
    """Return the figures of *in_flight* contacts who write at once, on a database of its own.

    A turn has ended when it, and all it brought about, is on disk. Nothing is sent.

    Raises:
        LanternError: a turn failed, so that the figures would mean nothing.

    """
    with tempfile.TemporaryDirectory(prefix="lantern-bench-") as folder:
        place = Path(folder)
        environ = {
            "LANTERN_DATABASE": str(place / "bench.sqlite3"),
            "LANTERN_KEY_FILE": str(place / "bench.key"),
        }
        settings = load_settings(environ, place)
        write_keys(new_keys(), settings.key_file)
        await asyncio.to_thread(upgrade, settings.database)
        async with open_lantern(settings, book, clock=while_somebody_reads(book)) as lantern:
            return await _measure(lantern, written, in_flight=in_flight, seconds=seconds)


def while_somebody_reads(book: Book) -> Clock:
    """Return a clock that goes as the wall's, within the reading hours, whenever that is asked.

    Outside of them more is said, and a measurement at night would be one of something else.
    """
    hours, now = book.directory.organisation.reading_hours, wall_clock()
    opens = None if hours.includes(now) else hours.next_after(now)
    ahead = 0 if opens is None else opens - now
    return lambda: Instant(wall_clock() + ahead)


async def _measure(
    lantern: Lantern, written: Sequence[str], *, in_flight: int, seconds: float
) -> Figures:
    took: list[float] = []

    async def begin() -> None:
        took.append(perf_counter())

    turns = await measure_crowd(
        lantern, in_flight=in_flight, seconds=seconds, begin=begin, written=written
    )
    return summarise(turns, within=perf_counter() - took[0])


async def measure_crowd(
    lantern: Lantern,
    *,
    in_flight: int,
    seconds: float,
    begin: Callable[[], Awaitable[None]],
    first: int = FIRST_CONTACT,
    written: Sequence[str] = WRITTEN,
) -> list[float]:
    """Return how long each turn took, in seconds, of contacts from *first* on who have *written*.

    One whole conversation comes before; then *begin* is awaited.

    Raises:
        LanternError: a turn failed, so that the figures would mean nothing.

    """
    crowd = Crowd(lantern, conversations=conversations(first, written=written))
    mailroom = asyncio.create_task(lantern.mailroom.run())
    try:
        await crowd.talk_once()
        crowd.turns.clear()
        await begin()
        until = perf_counter() + seconds
        await asyncio.gather(
            *(crowd.talk(until=until, first=number) for number in range(in_flight))
        )
    finally:
        mailroom.cancel()
        await asyncio.wait([mailroom])
    if lantern.house.metrics.registry.get_sample_value(SET_ASIDE, {"channel": CHANNEL}):
        text = "turns failed while they were measured; nothing can be said"
        raise LanternError(text)
    return crowd.turns


@dataclass(slots=True)
class Crowd:
    """Contacts who write, each as soon as the last thing they wrote is safe."""

    lantern: Lantern
    turns: list[float] = field(default_factory=list)
    """How long each turn took, in seconds."""

    conversations: Iterator[Iterator[tuple[int, str]]] = field(default_factory=conversations)

    async def talk_once(self) -> None:
        """Have one whole conversation."""
        for contact, text in next(self.conversations):
            await self._write(contact, text)

    async def talk(self, *, until: float, first: int) -> None:
        """Have one conversation after another, and begin no turn after *until*.

        The first is broken off after some turns, how many depends on *first*, so that those who
        write at once are at different questions, as people are.
        """
        length: int | None = 1 + first % len(WRITTEN)
        while True:
            for contact, text in islice(next(self.conversations), length):
                await self._write(contact, text)
                if perf_counter() >= until:
                    return
            length = None

    async def _write(self, contact: int, text: str) -> None:
        update = Update(
            id=new_id(),
            channel=CHANNEL,
            address=str(contact),
            sender=str(contact),
            kind=Kind.TEXT,
            at=self.lantern.house.clock(),
            text=text,
            language="en",
        )
        started = perf_counter()
        await self.lantern.mailroom.take(update)
        self.turns.append(perf_counter() - started)
