"""One case as its worker sees it, and the files that came with it."""

from collections.abc import Callable, Mapping

from aiohttp import web

from bot.console.guard import Visit, kept
from bot.console.lines import ringing, show_line
from bot.console.pages import Pages
from bot.console.ports import CaseFile, Desk, Entry, Worker
from bot.console.times import Times
from bot.domain.ids import Instant
from bot.domain.level import Level

SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
PLAYED = frozenset({"audio/ogg", "audio/mpeg", "audio/mp4", "video/mp4"})
"""What a browser may show or play in place; everything else can only be saved."""

FILE_POLICY = "default-src 'none'; sandbox"

SAFE = frozenset({"yes", "safe"})
NOT_SAFE = frozenset({"no", "not_safe", "unsafe"})
NOT_KNOWN = frozenset({"", "unsure", "skipped"})
CLOSED = "closed"
OVERSEERS = frozenset({"supervisor", "director"})


class CasePages:
    """Shows a case; whatever a worker had typed before stands in its place again."""

    def __init__(
        self, *, desk: Desk, pages: Pages, times: Times, now: Callable[[], Instant]
    ) -> None:
        self._desk = desk
        self._pages = pages
        self._times = times
        self._now = now

    async def show(self, visit: Visit) -> web.Response:
        """Return the page of the case, with what was typed before a refusal."""
        return await self.show_again(visit, missing="", status=200)

    async def show_again(self, visit: Visit, *, missing: str, status: int) -> web.Response:
        """Return the page with what was typed; *missing* is the field that must be filled in."""
        case = await self._desk.read(visit.worker, visit.case)
        lines = await self._desk.queue(visit.worker)
        values = {
            "draft": visit.typed,
            "missing": missing,
            "workers": [one for one in await self._desk.workers() if one.id != visit.worker.id],
            "emergencies": ringing(lines, Level.EMERGENCY),
            "urgent": ringing(lines, Level.URGENT),
            "all_lines": lines,
        }
        values |= visit.frame | self._values(case, visit.worker)
        values |= {"homeless": homeless(kept(visit.typed), may(case, visit.worker))}
        return self._pages.page("case.html", visit.worker.language, values, status=status)

    async def file(self, visit: Visit) -> web.Response:
        """Return a file such that nothing in it can run or reach anything."""
        media_type, content = await self._desk.file(
            visit.worker, visit.case, visit.request.match_info["file"]
        )
        can_show = media_type in SHOWN | PLAYED
        return web.Response(
            body=content,
            headers={
                "Content-Type": media_type if can_show else "application/octet-stream",
                "Content-Disposition": "inline" if can_show else "attachment",
                "Content-Security-Policy": FILE_POLICY,
            },
        )

    def _values(self, case: CaseFile, worker: Worker) -> dict[str, object]:
        now = self._now()
        line = case.line
        return {
            "case": case,
            "at": self._times.clock(now, now, worker.language),
            "printed": self._times.day_and_clock(now, worker.language),
            "shown": show_line(line, now=now, times=self._times, language=worker.language),
            "log": [self._dated(entry, now, worker.language) for entry in case.entries],
            "safety": reply_safety(case.safe_to_reply),
            "signals": sorted(case.signals, key=lambda signal: signal.level),
            "is_owner": line.owner == worker.id,
            "may_answer": "answer" in may(case, worker),
            "may_decide": "reason" in may(case, worker),
            "is_closed": line.status == CLOSED,
            "levels": (Level.EMERGENCY, Level.URGENT, Level.ROUTINE),
            "shown_types": SHOWN,
            "played_types": PLAYED,
        }

    def _dated(self, entry: Entry, now: Instant, language: str) -> tuple[Entry, str, str]:
        clock = self._times.clock(entry.at, now, language)
        return entry, clock, self._times.exact(entry.at)


def may(case: CaseFile, worker: Worker) -> frozenset[str]:
    """Return the fields of the forms that *worker* is offered; the desk itself decides."""
    is_owner = case.line.owner == worker.id
    offered = {"note"}
    if case.line.status == CLOSED:
        return frozenset(offered)
    if is_owner and case.can_reach:
        offered |= {"answer"}
    if is_owner or worker.role in OVERSEERS:
        offered |= {"summary", "reason", "level_reason"}
    return frozenset(offered)


def homeless(typed: Mapping[str, str], offered: frozenset[str]) -> dict[str, str]:
    """Return what was typed into forms that are not *offered* any more."""
    return {name: text for name, text in typed.items() if name not in offered}


def reply_safety(answer: str) -> str:
    """Return ``safe``, ``not_safe``, ``unknown`` or, for the contact's own words, ``told``."""
    if answer in SAFE:
        return "safe"
    if answer in NOT_SAFE:
        return "not_safe"
    return "unknown" if answer in NOT_KNOWN else "told"
