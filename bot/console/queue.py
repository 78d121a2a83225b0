"""The queue: who waits, how pressing, and since when."""

from aiohttp import web

from bot.console.finding import NOTHING_SOUGHT
from bot.console.guard import Visit
from bot.console.lines import FILTERS, how_many, show_line
from bot.console.look import Look
from bot.desk.desk import Desk
from bot.desk.reading import MOST_LINES
from bot.desk.views import CaseLine, Counts
from bot.domain.ids import CaseId
from bot.domain.worker import Worker

CLOSED = "closed"
DONE = frozenset({"released", "handed_over", "closed"})


class QueuePages:
    """The queue as a page, and as the piece of it that the page puts in its own place."""

    def __init__(self, *, desk: Desk, look: Look) -> None:
        self._desk = desk
        self._look = look

    async def show(self, visit: Visit) -> web.Response:
        """Return the whole page."""
        done = visit.request.query.get("done", "")
        values = await self._values(visit)
        values |= {**NOTHING_SOUGHT, "done": done if done in DONE else ""}
        values["is_new"] = await self._desk.is_new(visit.worker)
        return self._look.pages.page("queue.html", visit.worker.language, values)

    async def lines(self, visit: Visit) -> web.Response:
        """Return the table alone."""
        values = await self._values(visit)
        return self._look.pages.page("lines.html", visit.worker.language, values)

    async def _values(self, visit: Visit) -> dict[str, object]:
        show = visit.request.query.get("show", "")
        show = show if show in (*FILTERS, CLOSED) else FILTERS[0]
        most = how_many(visit, "most", MOST_LINES)
        counts = await self._desk.counts(visit.worker)
        shown, has_more = await self._lines(visit.worker, show, most, counts)
        language = visit.worker.language
        now = self._look.now()
        return await self._look.frame(visit) | {
            "show": show,
            "counts": counts,
            "emergencies": counts.emergencies,
            "urgent": counts.urgent,
            "has_more": has_more,
            "more": len(shown) + MOST_LINES,
            "watched": await self._watched(visit),
            "at": self._look.times.clock(now, now, language),
            "lines": [
                show_line(line, now=now, times=self._look.times, language=language)
                for line in shown
            ],
        }

    async def _lines(
        self, worker: Worker, show: str, most: int, counts: Counts
    ) -> tuple[tuple[CaseLine, ...], bool]:
        """Return what is shown, and whether there is more."""
        if show == CLOSED:
            closed = await self._desk.closed(worker, most=most + 1)
            return closed[:most], len(closed) > most
        lines = await self._desk.queue(worker, show, most=most)
        every = {"all": counts.all, "unclaimed": counts.unclaimed, "mine": counts.mine}
        return lines, len(lines) < every[show]

    async def _watched(self, visit: Visit) -> CaseLine | None:
        """Return the case whose open page asks, to see whether it has changed."""
        case = visit.request.query.get("case", "")
        return await self._desk.line(visit.worker, CaseId(case)) if case else None
