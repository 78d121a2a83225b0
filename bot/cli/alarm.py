"""Testing the alarm from the command line, and seeing whom it reaches."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from bot.config import Settings
from bot.doctor.database import opened
from bot.domain.alarm import AlarmTest, Call
from bot.domain.errors import ConfigError
from bot.domain.ids import SECOND, Instant, WorkerId, new_id
from bot.housing import wall_clock
from bot.watch.heartbeat import ASKED_FOR
from storage import alarm, audit, staff, timers
from storage.database import Database, Transaction

BEGUN_WITHIN = 10.0
LOOK_EVERY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How a test of the alarm goes: the calls it made, and the names of the workers."""

    test: AlarmTest
    calls: Sequence[Call]
    names: Mapping[WorkerId, str]

    @property
    def is_taken(self) -> bool:
        """Whether any address took the test."""
        return any(call.taken_at for call in self.calls)

    @property
    def is_over(self) -> bool:
        """Whether there is nobody left to wait for."""
        return all(call.answered_at or call.failed_at for call in self.calls)


async def follow(settings: Settings, *, wait: float) -> Course:
    """Have the running Lantern test the alarm; return how that went after *wait* seconds at most.

    Raises:
        ConfigError: no Lantern runs on this database, or that cannot be used.

    """
    async with opened(settings) as database:
        test = new_id()
        await database.write(lambda tx: _ask(tx, test))
        course = await _begun(database, test, within=min(wait, BEGUN_WITHIN))
        until = asyncio.get_running_loop().time() + wait
        while not course.is_over and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(LOOK_EVERY)
            course = await _look(database, test) or course
        return course


def show(course: Course, out: Console) -> None:
    """Print who took the test, and who answered it, when."""
    table = Table("Who", "By", "Taken", "Answered")
    for call in course.calls:
        name = course.names.get(call.worker, "?") if call.worker else "a group"
        taken = "refused" if call.failed_at else _clock(call.taken_at)
        table.add_row(name, call.channel, taken, _clock(call.answered_at))
    reached = {call.worker for call in course.calls}
    for worker, name in course.names.items():
        if worker not in reached:
            table.add_row(name, "no address", "only at the desk", "not yet")
    out.print(table)
    if not course.is_taken:
        out.print("No address took it yet. See: lantern doctor")


async def _ask(tx: Transaction, test: str) -> None:
    now = wall_clock()
    await timers.set_timer(tx, ASKED_FOR, test, due_at=now)
    await audit.note(tx, "operator", "alarm_tested", test, at=now)


async def _begun(database: Database, test: str, *, within: float) -> Course:
    until = asyncio.get_running_loop().time() + within
    while asyncio.get_running_loop().time() < until:
        if course := await _look(database, test):
            return course
        await asyncio.sleep(LOOK_EVERY)
    await database.write(lambda tx: timers.stop_timer(tx, ASKED_FOR, test))
    text = "nothing took up the test: no Lantern runs on this database"
    raise ConfigError([f"{text}; start it with: lantern run"])


async def _look(database: Database, test: str) -> Course | None:
    async def work(tx: Transaction) -> Course | None:
        found = await alarm.find_test(tx, test)
        if found is None:
            return None
        names = {worker.id: worker.name for worker in await staff.all_workers(tx)}
        return Course(test=found, calls=await alarm.calls_of(tx, test), names=names)

    return await database.read(work)


def _clock(at: Instant | None) -> str:
    if not at:
        return "not yet"
    return f"{datetime.fromtimestamp(at / SECOND, UTC).astimezone():%H:%M:%S}"
