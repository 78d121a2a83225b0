"""The page "How it works": what Lantern does, what it asks of a worker, and within what time."""

from contextlib import suppress

from aiohttp import web

from bot.console.guard import Guarded, Visit
from bot.console.guide import Guide, shown_sections, titles_left_out, when_tested
from bot.console.look import Look
from bot.console.pages import see
from bot.desk.desk import Desk
from storage.database import DatabaseAwayError

ADDRESS = "/desk/handbook"


class HandbookPages:
    """Shows the handbook, and takes that a worker wants no hint at it."""

    def __init__(self, *, guide: Guide, desk: Desk, look: Look) -> None:
        self._guide = guide
        self._desk = desk
        self._look = look

    def routes(self, staff: Guarded) -> list[web.RouteDef]:
        """Return every address, each behind *staff*."""
        return [
            web.get(ADDRESS, staff(self._show), allow_head=False),
            web.post(f"{ADDRESS}/put-away", staff(self._put_away)),
        ]

    async def _show(self, visit: Visit) -> web.Response:
        now, language = self._look.now(), visit.worker.language
        review = self._guide.handbook.review
        await self._note_opened(visit)
        values = await self._look.frame(visit)
        values |= {
            "sections": shown_sections(self._guide, language),
            "left_out": titles_left_out(self._guide, language),
            "reviewed_by": review.by,
            "reviewed_on": review.on.isoformat() if review.on else "",
            "safe_words": tuple(self._guide.directory.organisation.safe_words.values()),
            **when_tested(self._guide, language),
            "organisation": self._guide.placeholders[language]["organisation"],
            "printed": self._look.times.day_and_clock(now, language),
        }
        return self._look.pages.page("handbook.html", language, values)

    async def _note_opened(self, visit: Visit) -> None:
        """Record the first look at it; where nothing can be written it is shown all the same."""
        with suppress(DatabaseAwayError):
            await self._desk.open_handbook(visit.worker)

    async def _put_away(self, visit: Visit) -> web.Response:
        await self._desk.put_hint_away(visit.worker)
        return see("/desk")
