"""The page on which a worker finds a case again."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from aiohttp import web

from bot.console.guard import Visit
from bot.console.lines import show_line
from bot.console.look import Look
from bot.console.pages import see
from bot.desk.desk import Desk
from bot.desk.finding import Found, Sought, number_in

NOTHING_SOUGHT: Mapping[str, object] = MappingProxyType({"sought_words": "", "sought_day": ""})
"""What the form holds before anything was looked for."""

_NONE = Found(lines=(), has_more=False)


class FindPages:
    """Takes what is remembered in a form, so that no address and no log holds it."""

    def __init__(self, *, desk: Desk, look: Look) -> None:
        self._desk = desk
        self._look = look

    async def find(self, visit: Visit) -> web.Response:
        """Go to the case with that number, or show those that fit."""
        words, day = (visit.typed.get(name, "").strip() for name in ("words", "day"))
        if number := number_in(words):
            case = await self._desk.numbered(number)
            return see(f"/desk/cases/{case}") if case else await self._show(visit, _NONE)
        try:
            sought = self._sought(words, day)
        except (ValueError, OverflowError):
            return await self._show(visit, _NONE, is_no_day=True)
        if not (words or day):
            return see("/desk")
        return await self._show(visit, await self._desk.find(visit.worker, sought))

    async def begin(self, _: Visit) -> web.Response:
        """Go to the queue, where the form stands."""
        return see("/desk")

    def _sought(self, place: str, day: str) -> Sought:
        if not day:
            return Sought(place=place)
        since, before = self._look.times.bounds(date.fromisoformat(day))
        return Sought(place=place, since=since, before=before)

    async def _show(self, visit: Visit, found: Found, *, is_no_day: bool = False) -> web.Response:
        now, language = self._look.now(), visit.worker.language
        values = await self._look.frame(visit)
        values |= {
            "sought_words": visit.typed.get("words", ""),
            "sought_day": visit.typed.get("day", ""),
            "is_no_day": is_no_day,
            "show": "found",
            "has_more": found.has_more,
            "lines": [
                show_line(line, now=now, times=self._look.times, language=language)
                for line in found.lines
            ],
        }
        return self._look.pages.page("found.html", language, values)
