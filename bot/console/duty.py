"""The page on which a worker says that they are off duty, and until when, or on it again.

A supervisor says it of a colleague there, too.
"""

from aiohttp import web

from bot.console.activities import Guarded
from bot.console.guard import Visit
from bot.console.look import Look
from bot.console.signing import see
from bot.desk.desk import Desk
from bot.desk.duty import HOURS_OFF
from bot.domain.errors import RefusedError
from bot.domain.ids import HOUR, Instant, WorkerId

ADDRESS = "/desk/duty"
UNPROCESSABLE = 422


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
        now, language = self._look.now(), visit.worker.language
        counts = await self._desk.counts(visit.worker)
        duty = await self._desk.duty(visit.worker)
        times = self._look.times
        values = {
            "emergencies": counts.emergencies,
            "urgent": counts.urgent,
            "duty": duty,
            "until": times.day_and_clock(duty.until, language) if duty.until else "",
            "choices": [
                (hours, times.day_and_clock(Instant(now + hours * HOUR), language))
                for hours in HOURS_OFF
            ],
            "colleagues": [
                (one, times.day_and_clock(one.until, language) if one.until else "")
                for one in await self._desk.colleagues(visit.worker)
            ],
            "missing": missing,
            "whom": visit.typed.get("whom", ""),
        }
        whole = visit.frame | await self._look.alarm.values(visit) | values
        status = UNPROCESSABLE if missing else 200
        return self._look.pages.page("duty.html", language, whole, status=status)


def _whom(visit: Visit) -> WorkerId | None:
    """Return whose duty it is, if not their own."""
    return WorkerId(visit.typed["whom"]) if visit.typed.get("whom") else None
