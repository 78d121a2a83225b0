"""Looks at every timer that is due. Being late never skips one."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from bot.casework.bell import ALARM, TIMERS
from bot.casework.cases import SILENCE
from bot.casework.duty import OFF_DUTY, come_back_on_duty
from bot.casework.house import House
from bot.casework.notices import REMIND, TELL, remind_of_activity, tell_sign_up
from bot.casework.persisting import keep_doing, write_in_the_end
from bot.casework.ringing import LADDER, LATE, LOOK, UNREAD, UNSEEN
from bot.domain.gap import day_of
from bot.domain.ids import DAY, MINUTE, SECOND, ContactId, Instant
from bot.intake.contact import answer_all, fall_silent
from bot.intake.files import FETCH
from bot.intake.flood import GATHERED
from bot.intake.nobody import TAKE_BACK, take_back
from bot.intake.settling import SETTLE, begin_settling, settle_some
from bot.intake.silence import is_silent
from bot.log import Action, record
from bot.watch.alarm_path import PROBE, PROOF, RECHECK, is_nobody_there, prove, recheck
from bot.watch.daily import DAILY, send_daily
from bot.watch.fetching import Fetch, Fetching
from bot.watch.heartbeat import (
    ANSWERED_BY_NOW,
    ASKED_FOR,
    HEARTBEAT,
    TAKEN_BY_NOW,
    beat,
    judge_answering,
    judge_taking,
    probe,
    set_the_heart_going,
    test_now,
)
from bot.watch.ladder import climb, remind
from bot.watch.overdue import SWEEP, call_late, call_to_look, sweep
from storage import contacts, gaps, outbox, releases, tidying, timers
from storage.database import DatabaseAwayError, Transaction
from storage.timers import Timer

Handler = Callable[[Transaction, House, Timer], Awaitable[None]]
TIDY = "tidy"
KEPT = 7 * DAY
"""How long delivered messages and the numbers of updates are kept."""

RELEASES_KEPT = 30 * DAY
"""How long after its last start a release is kept that nobody is in any more."""

GAPS_KEPT = 180 * DAY
"""How long questions without an answer are kept for those who write answers."""

FETCHED_AT_ONCE = 4
PUT_BACK = 5 * SECOND
"""A clock that goes back by more than this was put back."""

_LONGEST_NAP = 1.0


class Watch:
    """Does what is due."""

    def __init__(self, house: House, fetchers: Mapping[str, Fetch]) -> None:
        self._house = house
        self._fetching = Fetching(house, fetchers)
        self._latest = house.clock()
        self._reading = asyncio.Lock()

    async def run(self) -> None:
        """Watch until cancelled. Fetching files never keeps anything else waiting."""
        await write_in_the_end(self._house.database, self._start_tidying)
        await asyncio.gather(
            keep_doing(self._step),
            keep_doing(self._step_of_fetching),
            keep_doing(self._step_of_alarm),
        )

    async def look(self) -> int:
        """Do everything that is due now, but for files; return how much that was."""
        now = await self._read_clock()
        due = await self._house.database.read(lambda tx: timers.due_timers(tx, now=now, but=FETCH))
        await asyncio.gather(*(self._fire(timer) for timer in due))
        return len(due)

    async def fetch(self) -> int:
        """Fetch files that are due, a few at a time; return how many were tried."""
        now = self._house.clock()
        due = await self._house.database.read(
            lambda tx: timers.due_timers(tx, now=now, only=FETCH, most=FETCHED_AT_ONCE)
        )
        await asyncio.gather(*(self._fetch(timer) for timer in due))
        return len(due)

    async def _step(self) -> None:
        if not await self.look():
            await self._wait(lambda tx: timers.next_due(tx, but=FETCH))

    async def _step_of_fetching(self) -> None:
        if not await self.fetch():
            await self._wait(lambda tx: timers.next_due(tx, only=FETCH))

    async def _step_of_alarm(self) -> None:
        """Keep in mind whether contacts must be told that nobody can be reached."""
        house = self._house
        with house.bell.listening(ALARM) as change:  # before the look: none is missed
            house.reach.is_lost = await house.database.read(lambda tx: is_nobody_there(tx, house))
            await change(_LONGEST_NAP)

    async def _read_clock(self) -> Instant:
        """Return the time; if the clock was put back, everything that waits moves with it, once."""
        async with self._reading:
            now, latest = self._house.clock(), self._latest
            if latest - now > PUT_BACK:

                async def work(tx: Transaction) -> None:
                    await timers.shift(tx, latest - now, now=now)
                    await outbox.shift(tx, latest - now, now=now)

                await self._house.database.write(work)
            self._latest = now
            return now

    async def _fetch(self, timer: Timer) -> None:
        try:
            await self._fetching.fetch(timer)
        except Exception as error:  # noqa: BLE001 - one file must not keep the others waiting
            record(Action.TIMER_FAILED, level="error", kind=timer.kind, error=error)
            await self._postpone(timer)

    async def _fire(self, timer: Timer) -> None:
        async def work(tx: Transaction) -> None:
            if await timers.finish_timer(tx, timer):
                await _HANDLERS[timer.kind](tx, self._house, timer)

        try:
            await self._house.database.write(work)
        except DatabaseAwayError:
            raise  # it stays due, for the moment when the database is back
        except Exception as error:  # noqa: BLE001 - one timer must not keep the others waiting
            record(Action.TIMER_FAILED, level="error", kind=timer.kind, error=error)
            await self._postpone(timer)
        else:
            record(Action.TIMER_FIRED, level="debug", kind=timer.kind, timer=timer.id)

    async def _postpone(self, timer: Timer) -> None:
        due = self._house.clock() + min(timer.attempts + 1, 10) * MINUTE
        await self._house.database.write(lambda tx: timers.postpone_timer(tx, timer, due_at=due))

    async def _wait(self, following: Callable[[Transaction], Awaitable[Instant | None]]) -> None:
        with self._house.bell.listening(TIMERS) as change:
            due = await self._house.database.read(following)
            left = (due - self._house.clock()) / SECOND if due is not None else _LONGEST_NAP
            await change(min(max(left, 0.01), _LONGEST_NAP))

    async def _start_tidying(self, tx: Transaction) -> None:
        soon = self._house.clock() + MINUTE
        for kind in (TIDY, SWEEP):
            await timers.set_timer(tx, kind, "house", due_at=soon)
        await set_the_heart_going(tx, self._house)
        await begin_settling(tx, self._house)


async def _note_silence(tx: Transaction, house: House, timer: Timer) -> None:
    place = await contacts.latest_place(tx, ContactId(timer.subject))
    if place is not None and await is_silent(tx, house, place, step=timer.version):
        await fall_silent(tx, house, place)


async def _answer_all(tx: Transaction, house: House, timer: Timer) -> None:
    place = await contacts.latest_place(tx, ContactId(timer.subject))
    if place is not None:
        await answer_all(tx, house, place)


async def _tidy(tx: Transaction, house: House, _: Timer) -> None:
    now = house.clock()
    has_more = await tidying.forget(tx, before=Instant(now - KEPT))
    zone = house.directory.organisation.reading_hours.zone
    await gaps.forget(tx, before=day_of(Instant(now - GAPS_KEPT), zone))
    unused = Instant(now - RELEASES_KEPT)
    await releases.forget(tx, before=unused, current=house.releases.current.id)
    await timers.set_timer(tx, TIDY, "house", due_at=now + (SECOND if has_more else DAY))


_HANDLERS: Mapping[str, Handler] = {
    SILENCE: _note_silence,
    GATHERED: _answer_all,
    SETTLE: settle_some,
    LADDER: climb,
    UNREAD: remind,
    UNSEEN: remind,
    SWEEP: sweep,
    LATE: call_late,
    LOOK: call_to_look,
    OFF_DUTY: come_back_on_duty,
    TIDY: _tidy,
    HEARTBEAT: beat,
    ASKED_FOR: test_now,
    PROBE: probe,
    TAKEN_BY_NOW: judge_taking,
    ANSWERED_BY_NOW: judge_answering,
    PROOF: prove,
    RECHECK: recheck,
    **dict.fromkeys(DAILY, send_daily),
    TAKE_BACK: take_back,
    REMIND: remind_of_activity,
    TELL: tell_sign_up,
}
