"""The alarm path on the desk's pages: a banner while it is broken, its tests, and the answer."""

from collections.abc import Callable

from aiohttp import web

from bot.console.guard import Visit
from bot.console.pages import see
from bot.console.times import Times
from bot.desk.desk import Desk
from bot.desk.views import AlarmView
from bot.domain.ids import Instant


class AlarmPages:
    """What every page shows of the alarm, and the button that answers a test."""

    def __init__(self, *, desk: Desk, times: Times, now: Callable[[], Instant]) -> None:
        self._desk = desk
        self._times = times
        self._now = now

    async def values(self, visit: Visit) -> dict[str, object]:
        """Return the values of the template ``alarm.html``."""
        view = await self._desk.alarm(visit.worker)
        language = visit.worker.language
        return {
            "alarm": view,
            "alarm_since": self._clock(view.broken.began_at if view.broken else None, language),
            "alarm_tested": self._clock(view.test.made_at if view.test else None, language),
            "alarm_lines": self._lines(view, language),
        }

    async def answer(self, visit: Visit) -> web.Response:
        """Record that the worker saw the test, and go back to the queue."""
        await self._desk.answer_test(visit.worker, visit.request.match_info["test"])
        return see("/desk")

    def _lines(self, view: AlarmView, language: str) -> list[dict[str, object]]:
        return [
            {
                "line": line,
                "taken": self._clock(line.taken_at, language),
                "answered": self._clock(line.answered_at, language),
            }
            for line in view.lines
        ]

    def _clock(self, at: Instant | None, language: str) -> str:
        return self._times.clock(at, self._now(), language) if at else ""
