"""A Lantern whose time, Telegram and people are moved by hand: for tests of any order of things."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TypeVar

from fake_telegram import WITHIN
from running import at_once, the_book
from sqlalchemy import select

from bot.app import Lantern, open_lantern
from bot.casework.ringing import LADDER
from bot.config import Settings
from bot.desk.desk import Desk
from bot.domain.case import Case, EntryKind
from bot.domain.errors import PermanentSendError, SendError, TemporarySendError
from bot.domain.ids import SECOND, CaseId, Instant
from bot.domain.message import Act, Button, Message
from bot.domain.place import Place
from bot.domain.update import Kind, Update
from bot.domain.worker import Role, Worker
from storage import case_log, cases, contacts, staff
from storage.alerted import alerted_about
from storage.database import Transaction
from storage.schema import cases as table
from storage.schema import timers
from storage.statements import ready

T = TypeVar("T")
MONDAY = Instant(1_800_000_000_000_000)
MOST_LOOKS = 100
INCOMING = 1_000_000
"""What comes in has other numbers than what goes out, as in any chat."""

_ALL_CASES = ready(select(table.c.id).order_by(table.c.number))
_LADDERS = ready(select(timers.c.subject).where(timers.c.kind == LADDER))


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> Instant:
        return self.now

    def advance(self, microseconds: int) -> None:
        self.now = Instant(self.now + microseconds)


@dataclass(slots=True)
class Post:
    """A channel that keeps what it is given, or fails as it is told to, each time once."""

    clock: Clock
    sent: list[Message] = field(default_factory=list)
    sent_at: list[Instant] = field(default_factory=list)
    faults: deque[SendError | None] = field(default_factory=deque)
    is_away: bool = False

    async def send(self, message: Message) -> str:
        if self.is_away:
            text = "away"
            raise TemporarySendError(text)
        fault = self.faults.popleft() if self.faults else None
        is_for_good = isinstance(fault, PermanentSendError) and message.act is not Act.SAY
        if fault is not None and not is_for_good:  # what Telegram will not remove stays there
            raise fault
        self.sent.append(message)
        self.sent_at.append(self.clock())
        return str(len(self.sent)) if message.act is Act.SAY else ""

    def to(self, address: str) -> Sequence[Message]:
        """What *address* was sent, in order."""
        return [message for message in self.sent if message.address == address]

    def in_sight(self, address: str, since: int) -> set[str]:
        """Return the numbers of what *address* was shown after *since* and is not removed yet."""
        shown = {
            str(number)
            for number, (message, at) in enumerate(zip(self.sent, self.sent_at, strict=True), 1)
            if message.address == address and message.act is Act.SAY and at > since
        }
        removed = (m.references for m in self.to(address) if m.act is Act.DELETE)
        return shown.difference(*removed)


class SmallTown:
    """One Lantern at the place that *settings* name; nothing happens in it by itself."""

    def __init__(self, settings: Settings) -> None:
        self.clock = Clock()
        self.post = Post(self.clock)
        self.numbers = 0
        self._phones: set[str] = set()
        self._settings = settings
        self._runner = asyncio.Runner()
        try:
            self.lantern = self._do(self._open())
        except BaseException:
            self._runner.close()
            raise

    def _do(self, work: Awaitable[T]) -> T:
        return self._runner.run(work)

    async def _open(self) -> Lantern:
        self._stack = AsyncExitStack()
        opening = open_lantern(
            self._settings,
            the_book(),
            clock=self.clock,
            more_channels={"telegram": self.post},
            pace=at_once(),
            patience=WITHIN,  # nobody takes the database away here, however slow the disk is
        )
        lantern = await self._stack.enter_async_context(opening)
        self._mailroom = asyncio.create_task(lantern.mailroom.run())
        return lantern

    async def _close(self) -> None:
        self._mailroom.cancel()
        await asyncio.wait([self._mailroom])
        await self._stack.aclose()

    def restart(self) -> None:
        """Stop it and start it again."""
        self._do(self._close())
        self.lantern = self._do(self._open())

    def close(self) -> None:
        self._do(self._close())
        self._runner.close()

    def add_worker(self, number: int, role: Role = Role.WORKER) -> Worker:
        async def work(tx: Transaction) -> Worker:
            worker = await staff.add_worker(tx, f"Worker {number}", role, "en", now=self.clock())
            await staff.link_address(tx, "telegram", str(number), worker, now=self.clock())
            return await staff.find_worker(tx, worker)

        worker = self.write(work)
        self._phones |= {address.id for address in self.read(staff.staff_addresses_of)}
        return worker

    def read(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        return self._do(self.lantern.house.database.read(work))

    def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        return self._do(self.lantern.house.database.write(work))

    def at_desk(self, *deeds: Callable[[Desk], Awaitable[object]]) -> list[object]:
        """Do all *deeds* at once, and return what came of each, errors included."""
        desk = Desk(self.lantern.house)

        async def together() -> list[object]:
            begun = (deed(desk) for deed in deeds)
            return await asyncio.gather(*begun, return_exceptions=True)

        return self._do(together())

    def new_update(self, address: str, kind: Kind, **more: str) -> Update:
        """Something new from *address*."""
        self.numbers += 1
        return Update(
            id=f"{address}:{self.numbers}",
            channel="telegram",
            address=address,
            sender=address,
            kind=kind,
            at=self.clock(),
            language="en",
            message=str(INCOMING + self.numbers) if kind is Kind.TEXT else "",
            tap_id=f"tap{self.numbers}" if kind is Kind.TAP else "",
            **more,
        )

    def take(self, *updates: Update) -> None:
        """Let *updates* come in at once, in this order, and what is due be done."""
        self.clock.advance(SECOND)

        async def together() -> None:
            await asyncio.gather(*(self.lantern.mailroom.take(update) for update in updates))
            await self._look()

        self._do(together())

    def deliver(self) -> None:
        """Send everything that is due."""
        self._do(self.lantern.delivery.send_all())

    def look(self) -> None:
        """Do everything that is due."""
        self._do(self._look())

    async def _look(self) -> None:
        for _ in range(MOST_LOOKS):
            if not await self.lantern.watch.look():
                return
        text = "a timer sets itself again at once, for ever"
        raise AssertionError(text)

    def place(self, address: str) -> Place | None:
        return self.read(lambda tx: contacts.find_place(tx, "telegram", address))

    def buttons(self, address: str) -> list[Button]:
        """Every button that *address* was ever sent, the newest last."""
        rows = [row for message in self.post.to(address) for row in message.buttons]
        return [button for row in rows for button in row if button.data]

    def see(self, *people: str) -> "Sight":
        """Look at everything at once."""

        async def work(tx: Transaction) -> Sight:
            ids = [CaseId(row["id"]) for row in await tx.all(_ALL_CASES)]
            return Sight(
                places={who: await contacts.find_place(tx, "telegram", who) for who in people},
                cases=[await cases.find_case(tx, case) for case in ids],
                logs={case: await _log(tx, case) for case in ids},
                alerted=frozenset(
                    [case for case in ids if self._phones & await alerted_about(tx, case)]
                ),
                waiting=frozenset([CaseId(row["subject"]) for row in await tx.all(_LADDERS)]),
            )

        return self.read(work)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """All there is at one moment.

    Of the cases ``alerted`` some phone of the staff was told; of those ``waiting`` one will be.
    """

    places: Mapping[str, Place | None]
    cases: Sequence[Case]
    logs: Mapping[CaseId, Sequence[str]]
    alerted: frozenset[CaseId]
    waiting: frozenset[CaseId]


async def _log(tx: Transaction, case: CaseId) -> Sequence[str]:
    """Return what is kept of what was said in *case*, word for word."""
    entries = await case_log.read_log(tx, case)
    return [entry.text for entry in entries if entry.kind is EntryKind.SAID]
