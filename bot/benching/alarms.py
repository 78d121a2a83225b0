"""How soon somebody on the staff is told of an emergency while everybody else writes at once."""

import asyncio
import tempfile
from collections import deque
from dataclasses import dataclass, field, replace
from time import perf_counter, time

from bot.benching.figures import summarise
from bot.benching.over_http import listen, talking
from bot.benching.subject import Order
from bot.benching.wire import ANSWERED_WITHIN, Crowd
from bot.casework.phrases import MARKS
from bot.domain.errors import LanternError

WORKERS = 40
"""How many are on duty; they are alerted in turn, since Telegram limits what one chat takes."""

PER_SECOND = 4
"""How many emergencies come in each second."""

FIRST_IN_DANGER = 50_000
"""The number of the first contact who is in danger; below those who only make the load."""

CRY = "He has a knife and he is going to kill me"
MARK = MARKS["emergency"]
LOADS = {
    "at_full_speed": (50, Order(bot="lantern", api="", folder="", is_paced=False)),
    "at_telegrams_limit": (500, Order(bot="lantern", api="", folder="")),
}
"""How many contacts write as fast as they are answered, and whether the pace is Telegram's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """How soon alerts are handed to Telegram after the emergency came in, and under what load."""

    alerts: int
    p50_ms: float
    p99_ms: float
    most_ms: float
    other_updates_per_s: float
    others_p50_ms: float


@dataclass(slots=True)
class Ward(Crowd):
    """A crowd in which, now and then, somebody is in danger."""

    alarms: list[float] = field(default_factory=list)
    """How long each alert took, in seconds; the first alert is taken to be of the first cry."""

    _cries: deque[float] = field(default_factory=deque)
    _count: int = 0

    def cry(self) -> None:
        """Have somebody who never wrote before be in danger."""
        self._cries.append(perf_counter())
        self.telegram.writes(FIRST_IN_DANGER + self._count, CRY, at=int(time()))
        self._count += 1

    def heard(self, chat: int, text: str) -> None:
        """Note that the bot has written to *chat*; it may be the alert that somebody waits for."""
        if chat <= WORKERS and text.startswith(MARK) and self._cries:
            self.alarms.append(perf_counter() - self._cries.popleft())
        Crowd.heard(self, chat, text)

    async def is_alerted(self) -> None:
        """Wait until every cry has brought an alert.

        Raises:
            LanternError: one has not.

        """
        until = perf_counter() + ANSWERED_WITHIN
        while self._cries:
            if perf_counter() > until:
                text = f"{len(self._cries)} emergencies brought no alert"
                raise LanternError(text)
            await asyncio.sleep(0.01)


async def measure_alarm(load: str, *, seconds: float, per_second: float) -> Alarm:
    """Have *per_second* emergencies come in for *seconds* while others write under *load*."""
    crowd = Ward()
    in_flight, order = LOADS[load]
    with tempfile.TemporaryDirectory(prefix="lantern-bench-") as folder:
        async with talking(replace(order, workers=WORKERS, folder=folder), crowd):
            crowd.begin(in_flight)
            await asyncio.sleep(min(2, seconds))
            crowd.waits.clear()
            started = perf_counter()
            await _cry(crowd, seconds=seconds, per_second=per_second)
            await listen(crowd, 0)
            took, waits = perf_counter() - started, tuple(crowd.waits)
            await crowd.is_alerted()
            crowd.goes_on = False
    others = summarise(waits, within=took)
    return _alarm(crowd, others_per_s=others.turns_per_s, others_p50_ms=others.p50_ms)


async def _cry(crowd: Ward, *, seconds: float, per_second: float) -> None:
    started = perf_counter()
    for number in range(max(2, int(seconds * per_second))):
        await asyncio.sleep(max(0, started + number / per_second - perf_counter()))
        crowd.cry()


def _alarm(crowd: Ward, *, others_per_s: float, others_p50_ms: float) -> Alarm:
    figures = summarise(crowd.alarms, within=1)
    return Alarm(
        alerts=len(crowd.alarms),
        p50_ms=figures.p50_ms,
        p99_ms=figures.p99_ms,
        most_ms=round(max(crowd.alarms) * 1000, 2),
        other_updates_per_s=others_per_s,
        others_p50_ms=others_p50_ms,
    )
