"""The pages of supervisors and the director: the numbers, and who did what with a case."""

from aiohttp import web

from bot.console.guard import Visit
from bot.console.look import Look
from bot.console.times import length
from bot.desk.desk import Desk
from bot.desk.overseeing import Span
from bot.domain.level import Level

WEEKS, MONTHS = 8, 12
"""How many weeks, or months, are shown, this one among them."""

LEVELS = (Level.EMERGENCY, Level.URGENT, Level.ROUTINE)


class OverseeingPages:
    """Shows what only supervisors see; the desk itself refuses anybody else."""

    def __init__(self, *, desk: Desk, look: Look) -> None:
        self._desk = desk
        self._look = look

    async def numbers(self, visit: Visit) -> web.Response:
        """Return the numbers of the last weeks or months, the newest first.

        Nothing of anybody is in them.
        """
        now, language, times = self._look.now(), visit.worker.language, self._look.times
        by_month = visit.request.query.get("by") == "month"
        begins = times.months(now, MONTHS) if by_month else times.weeks(now, WEEKS)
        named = times.month if by_month else times.day
        spans = tuple(reversed(await self._desk.spans(visit.worker, begins)))
        values = await self._look.frame(visit)
        values |= {
            "by_month": by_month,
            "levels": LEVELS,
            "spans": [_shown(span, named(span.begins, language), language) for span in spans],
            "outcomes": sorted({outcome for span in spans for outcome in span.ended}),
            "printed": self._look.times.day_and_clock(now, language),
        }
        return self._look.pages.page("numbers.html", language, values)

    async def deeds(self, visit: Visit) -> web.Response:
        """Return who looked at the case, and what they did."""
        now, language = self._look.now(), visit.worker.language
        deeds = await self._desk.deeds(visit.worker, visit.case)
        line = await self._desk.line(visit.worker, visit.case)
        values = await self._look.frame(visit)
        values |= {
            "line": line,
            "deeds": [(deed, self._look.times.clock(deed.at, now, language)) for deed in deeds],
        }
        return self._look.pages.page("deeds.html", language, values)


def _shown(span: Span, begins: str, language: str) -> dict[str, object]:
    return {
        "begins": begins,
        "opened": span.opened,
        "untaken": span.untaken,
        "after": {level: length(time, language) for level, time in span.taken_after.items()},
        "ended": span.ended,
        "closed": sum(span.ended.values()),
    }
