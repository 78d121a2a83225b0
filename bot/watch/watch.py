"""Looks at every timer that is due. Being late never skips one."""

from collections.abc import Awaitable, Callable, Mapping

from bot.casework.bell import TIMERS
from bot.casework.cases import LADDER
from bot.casework.house import House
from bot.domain.ids import DAY, MINUTE, SECOND, ContactId, Instant
from bot.intake.contact import SILENCE, fall_silent
from bot.intake.files import FETCH
from bot.log import Action, record
from bot.watch.fetching import Fetch, Fetching
from bot.watch.ladder import climb
from storage import contacts, inbox, outbox, timers
from storage.database import Transaction
from storage.timers import Timer

Handler = Callable[[Transaction, House, Timer], Awaitable[None]]
TIDY = "tidy"
KEPT = 7 * DAY
"""How long delivered messages and the numbers of updates are kept."""

_LONGEST_NAP = 1.0


class Watch:
    """Does what is due."""

    def __init__(self, house: House, fetchers: Mapping[str, Fetch]) -> None:
        self._house = house
        self._fetching = Fetching(house, fetchers)

    async def run(self) -> None:
        """Watch until cancelled."""
        await self._house.database.write(self._start_tidying)
        while True:
            if not await self.look():
                await self._wait()

    async def look(self) -> int:
        """Do everything that is due now; return how much that was."""
        now = self._house.clock()
        due = await self._house.database.read(lambda tx: timers.due_timers(tx, now=now))
        for timer in due:
            await self._fire(timer)
        return len(due)

    async def _fire(self, timer: Timer) -> None:
        if timer.kind == FETCH:
            await self._fetching.fetch(timer)
            return

        async def work(tx: Transaction) -> None:
            await timers.finish_timer(tx, timer)
            await _HANDLERS[timer.kind](tx, self._house, timer)

        try:
            await self._house.database.write(work)
        except Exception as error:  # noqa: BLE001 - one timer must not keep the others waiting
            record(Action.TIMER_FAILED, level="error", kind=timer.kind, error=error)
            await self._postpone(timer)
        else:
            record(Action.TIMER_FIRED, level="debug", kind=timer.kind, timer=timer.id)

    async def _postpone(self, timer: Timer) -> None:
        due = self._house.clock() + min(timer.attempts + 1, 10) * MINUTE
        await self._house.database.write(lambda tx: timers.postpone_timer(tx, timer, due_at=due))

    async def _wait(self) -> None:
        due = await self._house.database.read(timers.next_due)
        left = (due - self._house.clock()) / SECOND if due is not None else _LONGEST_NAP
        await self._house.bell.wait(TIMERS, min(max(left, 0.01), _LONGEST_NAP))

    async def _start_tidying(self, tx: Transaction) -> None:
        await timers.set_timer(tx, TIDY, "house", due_at=self._house.clock() + MINUTE)


async def _note_silence(tx: Transaction, house: House, timer: Timer) -> None:
    place = await contacts.latest_place(tx, ContactId(timer.subject))
    if place is not None:
        await fall_silent(tx, house, place, step=timer.version)


async def _tidy(tx: Transaction, house: House, _: Timer) -> None:
    now = house.clock()
    await inbox.forget(tx, before=Instant(now - KEPT))
    await outbox.forget(tx, before=Instant(now - KEPT))
    await timers.set_timer(tx, TIDY, "house", due_at=now + DAY)


_HANDLERS: Mapping[str, Handler] = {SILENCE: _note_silence, LADDER: climb, TIDY: _tidy}
