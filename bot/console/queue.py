"""The queue: who waits, how pressing, and since when."""

from aiohttp import web

from bot.console.guard import Visit
from bot.console.lines import FILTERS, chosen, ringing, show_line
from bot.console.look import Look
from bot.desk.desk import Desk
from bot.domain.level import Level

CLOSED = "closed"
DONE = frozenset({"released", "handed_over", "closed"})


class QueuePages:
    """The queue as a page, and as the piece of it that the page puts in its own place."""

    def __init__(self, *, desk: Desk, look: Look) -> None:
        self._desk = desk
        self._pages = look.pages
        self._times = look.times
        self._now = look.now
        self._alarm = look.alarm

    async def show(self, visit: Visit) -> web.Response:
        """Return the whole page."""
        done = visit.request.query.get("done", "")
        values = await self._values(visit) | {"done": done if done in DONE else ""}
        return self._pages.page("queue.html", visit.worker.language, values)

    async def lines(self, visit: Visit) -> web.Response:
        """Return the table alone."""
        values = await self._values(visit)
        return self._pages.page("lines.html", visit.worker.language, values)

    async def _values(self, visit: Visit) -> dict[str, object]:
        lines = await self._desk.queue(visit.worker)
        show = visit.request.query.get("show", FILTERS[0])
        shown = chosen(lines, show, visit.worker)
        if show == CLOSED:
            shown = await self._desk.closed(visit.worker)
        language = visit.worker.language
        now = self._now()
        return (
            visit.frame
            | await self._alarm.values(visit)
            | {
                "show": show if show in (*FILTERS, CLOSED) else FILTERS[0],
                "counts": {name: len(chosen(lines, name, visit.worker)) for name in FILTERS},
                "emergencies": ringing(lines, Level.EMERGENCY),
                "urgent": ringing(lines, Level.URGENT),
                "at": self._times.clock(now, now, language),
                "all_lines": lines,
                "lines": [
                    show_line(line, now=now, times=self._times, language=language) for line in shown
                ],
            }
        )
