"""What the desk's pages are made with."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.console.alarm import AlarmPages
from bot.console.guard import Visit
from bot.console.pages import Pages
from bot.console.times import Times
from bot.domain.ids import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The templates, the clock, and what every page of staff shows of the alarm."""

    pages: Pages
    times: Times
    now: Callable[[], Instant]
    alarm: AlarmPages

    async def frame(self, visit: Visit) -> dict[str, object]:
        """Return the values that every page of staff needs, those of the alarm among them."""
        return visit.frame | await self.alarm.values(visit)
