"""The helplines on the desk's pages: when each was last tried, and what a supervisor found out."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from bot.console.guard import UNPROCESSABLE, Guarded, Visit
from bot.console.look import Look
from bot.console.pages import see
from bot.desk.desk import Desk
from bot.desk.helpline_desk import Found, HelplineDesk, state_of
from bot.directory.checked import is_late
from bot.directory.model import Helpline
from bot.domain.errors import RefusedError

ADDRESS = "/desk/helplines"
DONE = frozenset({"kept"})
_HOURS = "hours-"


class HelplinePages:
    """Shows the helplines, and takes the form of one."""

    def __init__(self, *, helplines: HelplineDesk, desk: Desk, look: Look) -> None:
        self._helplines = helplines
        self._desk = desk
        self._look = look

    def routes(self, staff: Guarded) -> list[web.RouteDef]:
        """Return every address, each behind *staff*."""
        return [
            web.get(ADDRESS, staff(self._show)),
            web.post(f"{ADDRESS}/{{helpline}}", staff(self._keep)),
        ]

    async def _show(self, visit: Visit) -> web.Response:
        return await self._page(visit)

    async def _keep(self, visit: Visit) -> web.Response:
        name = visit.request.match_info["helpline"]
        try:
            await self._helplines.keep(visit.worker, name, _found(visit.typed))
        except RefusedError as error:
            return await self._page(visit, name=name, missing=error.missing)
        return see(f"{ADDRESS}?done=kept#{name}")

    async def _page(self, visit: Visit, *, name: str = "", missing: str = "") -> web.Response:
        directory = await self._helplines.read()
        counts = await self._desk.counts(visit.worker)
        done = visit.request.query.get("done", "")
        lines = list(directory.helplines.values())
        values = {
            "emergencies": counts.emergencies,
            "urgent": counts.urgent,
            "lines": [self._line(line, visit, directory.languages) for line in lines],
            "can_change": visit.worker.may_supervise and self._helplines.own is not None,
            "has_folder": self._helplines.own is not None,
            "wrong": name,
            "missing": missing,
            "typed": visit.typed,
            "told": self._helplines.told_unless_verified(visit.worker.language),
            "done": done if done in DONE else "",
        }
        whole = await self._look.frame(visit) | values
        status = UNPROCESSABLE if missing else 200
        return self._look.pages.page("helplines.html", visit.worker.language, whole, status=status)

    def _line(self, line: Helpline, visit: Visit, languages: Sequence[str]) -> Mapping[str, object]:
        language = visit.worker.language
        return {
            "id": line.id,
            "number": line.number,
            "name": line.names[language],
            "what_for": line.what_for[language],
            "told_hours": line.hours.get(language, ""),
            "hours": {each: line.hours.get(each, "") for each in languages},
            "last_checked": line.last_checked.isoformat(),
            "is_late": is_late(line.last_checked, self._helplines.today),
            "is_verified": line.is_verified,
            "tried": line.tried.on.isoformat() if line.tried else "",
            "tried_by": line.tried.by if line.tried else "",
            "is_closed_at_night": line.is_closed_at_night,
            "seen": state_of(line),
        }


def _found(typed: Mapping[str, str]) -> Found:
    """Return what the form says; whoever empties every field tells no hours any more."""
    hours = {
        name.removeprefix(_HOURS): text.strip()
        for name, text in typed.items()
        if name.startswith(_HOURS) and text.strip()
    }
    return Found(
        seen=typed.get("seen", ""),
        is_verified=typed.get("verified") == "yes",
        hours=hours,
        is_closed_at_night=typed.get("not_all_night") == "yes",
    )
