"""People who live through Lantern: contacts and workers on a fake Telegram, cases at the desk."""

import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fake_telegram import GENEROUS, FakeTelegram, Person
from running import Running, running
from sqlalchemy import func, select

from bot.casework.bell import TIMERS
from bot.desk.views import CaseFile
from bot.directory.return_code import return_code_text
from bot.domain.alarm import Reason
from bot.domain.case import EntryKind
from bot.domain.level import Level
from bot.domain.worker import Role, Worker
from bot.pace import Pace
from bot.watch.alarm_path import break_path
from storage import contacts
from storage.cases import read_body
from storage.schema import cases, outbox
from storage.statements import ready

_OF_THE_ALARM = "workers can be reached"
_LATEST_CASE = ready(select(func.max(cases.c.id)))
_CASES = ready(select(func.count()).select_from(cases))
_WAITING = ready(
    select(func.count())
    .select_from(outbox)
    .where(outbox.c.channel == "telegram", outbox.c.sent_at.is_(None), outbox.c.failed_at.is_(None))
)


@dataclass(frozen=True, kw_only=True)
class Town:
    """A running Lantern, its Telegram, and one supervisor who looks at everything."""

    fake: FakeTelegram
    run: Running
    watcher: Worker
    _numbers: itertools.count = field(default_factory=lambda: itertools.count(1001))

    def contact(self, language: str = "en") -> Person:
        """Somebody who has not written yet."""
        return self.fake.person(id=next(self._numbers), language_code=language)

    async def child(self, language: str = "en") -> Person:
        """A child before the menu."""
        child = self.contact(language)
        await child.writes("/start")
        await child.hears("110")
        await child.writes("1")
        await child.hears("What would you like to do?" if language == "en" else "你想做什么？")
        return child

    async def teller(self, *, danger: str = "3") -> Person:
        """A child who has been asked what is happening; *danger* answers the first question."""
        child = await self.child()
        await self.answers(child, ("1", "in danger right now?"), (danger, ""))
        if danger not in {"3", "no"}:
            await self.answers(
                child, ("behind the school", "tell more now?"), ("1", "Who needs help?")
            )
        await self.answers(child, ("1", "in your own words"))
        return child

    async def answers(self, person: Person, *steps: tuple[str, str]) -> str:
        """Have *person* write each answer and hear what is expected; return the last text."""
        text = ""
        for written, expected in steps:
            await person.writes(written)
            text = (await person.hears(expected)).text
        return text

    async def worker(self, name: str, *, role: Role = Role.WORKER, language: str = "en"):
        """A worker, and the phone by which they are linked."""
        phone = self.contact(language)
        await phone.writes("good morning")
        await phone.hears("")
        worker = await self.run.add_worker(name, role=role, telegram=phone.id, language=language)
        return worker, phone

    def later(self, microseconds: int) -> None:
        """Let time pass, and have the watch look at once."""
        self.run.clock.advance(microseconds)
        self.run.lantern.house.bell.ring(TIMERS)

    async def quiet(self) -> None:
        """Wait until everything that came in is taken and everything that goes out is sent."""
        await self.fake.all_taken()
        await self.run.until(self._has_nothing_waiting)

    async def _has_nothing_waiting(self) -> bool:
        row = await self.run.lantern.house.database.read(lambda tx: tx.one(_WAITING))
        return row[0] == 0

    async def alarm_breaks(self) -> None:
        """Have no alert arrive from now on, and everything be sent that comes of it."""
        house = self.run.lantern.house

        async def is_lost() -> bool:
            return house.reach.is_lost

        await house.database.write(lambda tx: break_path(tx, house, Reason.NOT_TAKEN))
        await self.run.until(is_lost)
        await self.quiet()

    async def hears_nothing(self, person: Person) -> None:
        """Make sure that *person* heard nothing more, but for whether workers can be reached."""
        await self.quiet()
        assert [text for text in person.chat.unheard if _OF_THE_ALARM not in text] == []

    async def case_of(self, person: Person) -> CaseFile | None:
        """The open case of *person*, if there is one; the desk records that it was looked at."""
        await self.fake.all_taken()
        place = await self.run.lantern.house.database.read(
            lambda tx: contacts.find_place(tx, "telegram", str(person.id))
        )
        if place is None or place.case is None:
            return None
        return await self.run.desk.read(self.watcher, place.case)

    async def code_of(self, case: CaseFile) -> str:
        """Return the return code of *case*, in English."""
        house = self.run.lantern.house
        body = await house.database.read(lambda tx: read_body(tx, case.line.id))
        return return_code_text(body.code, "en", house.directory.code_words)

    async def count_cases(self) -> int:
        row = await self.run.lantern.house.database.read(lambda tx: tx.one(_CASES))
        return row[0]


def said(case: CaseFile) -> Sequence[str]:
    """What the contact said, word for word."""
    return [entry.text for entry in case.entries if entry.kind is EntryKind.SAID]


def happened(case: CaseFile) -> Sequence[str]:
    """What happened with the case itself."""
    return [entry.text for entry in case.entries if entry.kind is EntryKind.STATUS]


def level_of(case: CaseFile) -> Level:
    return case.line.level


@asynccontextmanager
async def open_town(folder: Path, *, pace: Pace | None = None, **more: str) -> AsyncIterator[Town]:
    async with (
        FakeTelegram(limits=GENEROUS) as fake,
        running(folder, fake, pace=pace, **more) as run,
    ):
        watcher = await run.add_worker("Watcher", role=Role.SUPERVISOR)
        yield Town(fake=fake, run=run, watcher=watcher)
