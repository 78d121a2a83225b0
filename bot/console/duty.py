"""The page on which a worker says that they are off duty, and until when, or on it again.

A supervisor says it of a colleague there, too.
"""

from aiohttp import web

from bot.console.guard import UNPROCESSABLE, Guarded, Visit
from bot.console.look import Look
from bot.console.pages import see
from bot.desk.desk import Desk
from bot.desk.duty import HOURS_OFF
from bot.domain.errors import RefusedError
from bot.domain.ids import HOUR, Instant, WorkerId

ADDRESS = "/desk/duty"


class DutyPages:
    """Shows whether a worker is on duty, and takes what they say of it."""

    def __init__(self, *, desk: Desk, look: Look) -> None:
        self._desk = desk
        self._look = look

    def routes(self, staff: Guarded) -> list[web.RouteDef]:
        """Return every address, each behind *staff*."""
        return [
            web.get(ADDRESS, staff(self._show)),
            web.post(f"{ADDRESS}/off", staff(self._go_off)),
            web.post(f"{ADDRESS}/on", staff(self._come_on)),
        ]

    async def _show(self, visit: Visit) -> web.Response:
        return await self._page(visit)

    async def _go_off(self, visit: Visit) -> web.Response:
        typed = visit.typed.get("hours", "")
        hours = next((each for each in HOURS_OFF if typed == str(each)), 0)
        try:
            await self._desk.go_off_duty(visit.worker, hours=hours, whom=_whom(visit))
        except RefusedError as error:
            return await self._page(visit, missing=error.missing)
        return see(ADDRESS)

    async def _come_on(self, visit: Visit) -> web.Response:
        await self._desk.come_on_duty(visit.worker, whom=_whom(visit))
        return see(ADDRESS)

    async def _page(self, visit: Visit, *, missing: str = "") -> web.Response:
        values = {
            **await self._look.frame(visit),
            **await self._values(visit),
            "missing": missing,
            "whom": visit.typed.get("whom", ""),
        }
        status = UNPROCESSABLE if missing else 200
        return self._look.pages.page("duty.html", visit.worker.language, values, status=status)

    async def _values(self, visit: Visit) -> dict[str, object]:
        """Return how many cases wait, and who is on duty or may be off it until when."""
        now, language = self._look.now(), visit.worker.language
        counts = await self._desk.counts(visit.worker)
        duty = await self._desk.duty(visit.worker)
        colleagues = await self._desk.colleagues(visit.worker)
        ends = [(hours, Instant(now + hours * HOUR)) for hours in HOURS_OFF]
        return {
            "emergencies": counts.emergencies,
            "urgent": counts.urgent,
            "duty": duty,
            "until": self._when(duty.until, language),
            "choices": [(hours, self._when(end, language)) for hours, end in ends],
            "colleagues": [(one, self._when(one.until, language)) for one in colleagues],
        }

    def _when(self, until: Instant | None, language: str) -> str:
        return self._look.times.day_and_clock(until, language) if until else ""


def _whom(visit: Visit) -> WorkerId | None:
    """Return whose duty it is, if not their own."""
    return WorkerId(visit.typed["whom"]) if visit.typed.get("whom") else None
