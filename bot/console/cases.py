"""One case as its worker sees it, and the files that came with it."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from bot.console.glance import LONGEST, TELLING, glance_at
from bot.console.guard import Visit, kept
from bot.console.lines import how_many, show_line
from bot.console.look import Look
from bot.console.why import seen_in
from bot.desk.deciding import DECISIONS, days_for, usual_days
from bot.desk.desk import Desk
from bot.desk.grounds import COMPLAINT, by_level_and_name
from bot.desk.reading import MOST_ENTRIES
from bot.desk.views import CaseFile
from bot.directory.hiding import HIDDEN
from bot.domain.case import ASKED, REFUSED, Entry, EntryKind
from bot.domain.ids import MINUTE, Instant, new_id
from bot.domain.level import Level
from bot.domain.worker import Worker
from bot.flow.model import SKIPPED

SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
PLAYED = frozenset({"audio/ogg", "audio/mpeg", "audio/mp4", "video/mp4"})
"""What a browser may show or play in place; everything else can only be saved."""

FILE_POLICY = "default-src 'none'; sandbox"

HERE_FOR = 30 * MINUTE
"""Whoever wrote less than so long ago is taken to be at their phone."""

NO_FACTS = frozenset({"welcome", "rights", "learning", "activities", "check_on_my_report"})
"""Flows of which the answers are choices on the way; they stand in what was said."""

ELSEWHERE = TELLING | {"safe_to_reply", "safe_time", "tell_more", "a_few_more"}

SAFETY = {"ok": "safe", "sometimes": "told", "not_ok": "not_safe", REFUSED: "not_safe"}


class CasePages:
    """Shows a case; whatever a worker had typed before stands in its place again."""

    def __init__(self, *, desk: Desk, look: Look) -> None:
        self._desk = desk
        self._look = look

    async def show(self, visit: Visit) -> web.Response:
        """Return the page of the case, with what was typed before a refusal."""
        return await self.show_again(visit, missing="", status=200)

    async def show_again(self, visit: Visit, *, missing: str, status: int) -> web.Response:
        """Return the page with what was typed; *missing* is the field that must be filled in."""
        most = how_many(visit, "log", MOST_ENTRIES)
        case = await self._desk.read(visit.worker, visit.case, most=most)
        counts = await self._desk.counts(visit.worker)
        values = {
            "draft": visit.typed,
            "missing": missing,
            "workers": [
                one
                for one in await self._desk.workers()
                if one.id != case.line.owner and one.id not in case.passed_over
            ],
            "emergencies": counts.emergencies,
            "urgent": counts.urgent,
            "watched": case.line,
            "sent": visit.request.query.get("sent", ""),
            "more_log": min(case.earlier + most, most * 5),
        }
        values |= await self._look.frame(visit) | self._values(case, visit.worker)
        values |= {"homeless": _homeless(kept(visit.typed), may(case, visit.worker))}
        return self._look.pages.page("case.html", visit.worker.language, values, status=status)

    async def asks_before(self, visit: Visit) -> bool:
        """Whether to ask, by the case as it stands now, before the answer is sent.

        Whoever said yes is asked again only about what they could not know when they did.
        """
        case = await self._desk.look(visit.worker, visit.case)
        if visit.typed.get("sure") == "yes":
            known = visit.typed.get("known", "").split()
            return case.can_reach and not set(moment(case).split()) <= set(known)
        return asks_before(case, self._look.now())

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
        now, language = self._look.now(), worker.language
        return {
            "case": case,
            "at": self._look.times.clock(now, now, language),
            "printed": self._look.times.day_and_clock(now, language),
            "shown": show_line(case.line, now=now, times=self._look.times, language=language),
            **self._told(case, now, language),
            **_forms(case, worker, now),
        }

    def _told(self, case: CaseFile, now: Instant, language: str) -> dict[str, object]:
        """Return what is read of *case*: what was said, what was seen in it, and what follows."""
        signals = sorted(case.signals, key=by_level_and_name)
        said = [entry.text for entry in case.entries if entry.kind is EntryKind.SAID]
        return {
            "glance": glance_at(case, self._look.pages.is_chosen),
            "longest": LONGEST,
            "log": self._log(case.entries, now, language),
            "hides_code": any(HIDDEN in entry.text for entry in case.entries),
            "shown_types": SHOWN,
            "played_types": PLAYED,
            "facts": self._facts(case, language),
            "signals": signals,
            "seen": seen_in(signals, said),
            "is_unexplained": _is_unexplained(case),
            "complains": any(ground.by == COMPLAINT for ground in case.grounds),
            "safety": _reply_safety(case.safe_to_reply),
            "safe_at": safe_times(case.safe_to_reply),
            "related_times": {
                other.id: self._closed(other.closed_at, now, language) for other in case.related
            },
        }

    def _closed(self, closed_at: Instant | None, now: Instant, language: str) -> str:
        return "" if closed_at is None else self._look.times.clock(closed_at, now, language)

    def _facts(self, case: CaseFile, language: str) -> list[tuple[str, str]]:
        """Return the answers that are facts, of questions that are still asked."""
        return [
            (place, answer)
            for place, answer in case.answers
            if _is_fact(place) and answer.strip() and self._look.pages.asks(place, language)
        ]

    def _log(
        self, entries: Sequence[Entry], now: Instant, language: str
    ) -> list[tuple[Entry, str, str, bool]]:
        """Return *entries* with their times, and whether what was asked stands right above.

        Whoever tells on after a worker has written answers the worker.
        """
        above, is_to_worker, shown = "", False, []
        for entry in entries:
            clock, exact = (
                self._look.times.clock(entry.at, now, language),
                self._look.times.exact(entry.at),
            )
            is_telling = entry.state.rpartition(".")[2] in TELLING
            is_above = f"{entry.state}.ask" in above.split("\n")
            shown.append((entry, clock, exact, is_above or (is_to_worker and is_telling)))
            if entry.kind in {EntryKind.TOLD, EntryKind.WORKER}:
                is_to_worker = entry.kind is EntryKind.WORKER
                above = above if is_to_worker else entry.text
        return shown


def _forms(case: CaseFile, worker: Worker, now: Instant) -> dict[str, object]:
    """Return what *worker* may do with *case*, and what they choose from."""
    level = case.line.level
    return {
        "form": new_id(),
        "asks": asks_before(case, now),
        "is_owner": case.line.owner == worker.id,
        "offered": may(case, worker),
        "decisions": DECISIONS,
        "days": days_for(level, worker),
        "usual_days": usual_days(level),
        "levels": _levels_for(worker, level),
    }


def _is_fact(place: str) -> bool:
    """Whether the answer at *place* is a fact, and stands neither above nor in what was said."""
    flow, _, state = place.rpartition(".")
    return flow not in NO_FACTS and state not in ELSEWHERE


def _is_unexplained(case: CaseFile) -> bool:
    """Whether nothing that is shown gave so pressing a level."""
    levels = [signal.level for signal in case.signals]
    levels += [ground.level for ground in case.grounds]
    shown = min(levels, default=Level.NONE)
    is_raised = bool(case.modifiers) and case.line.level == min(shown, Level.ROUTINE) - 1
    is_pressing = case.line.level < Level.ROUTINE
    return is_pressing and case.judged is None and not is_raised and case.line.level < shown


def may(case: CaseFile, worker: Worker) -> frozenset[str]:
    """Return the fields of the forms that *worker* is offered; the desk itself decides."""
    if case.line.is_closed:
        return frozenset({"note"})
    if case.line.owner is None:
        return frozenset({"note", "level_reason"})
    if case.line.owner == worker.id or worker.may_supervise:
        return frozenset({"note", "level_reason", "answer", "summary", "reason", "decision_reason"})
    return frozenset({"note", "level_reason"})


def _homeless(typed: Mapping[str, str], offered: frozenset[str]) -> dict[str, str]:
    """Return what was typed into forms that are not *offered* any more."""
    return {name: text for name, text in typed.items() if name not in offered}


def _reply_safety(answer: str) -> str:
    """Return ``safe``, ``not_safe``, ``told`` (only at times that were named) or ``unknown``."""
    return SAFETY.get(answer.partition(" ")[0], "unknown")


def safe_times(answer: str) -> str:
    """Return when it is safe to write, in the contact's words; empty if they did not say."""
    times = answer.partition(" ")[2]
    return "" if times == SKIPPED else times


def asks_before(case: CaseFile, now: Instant) -> bool:
    """Return whether an answer could reach a phone at a moment that is not safe."""
    written = [entry.at for entry in case.entries if entry.kind == EntryKind.SAID]
    is_here = bool(written) and now - written[-1] < HERE_FOR
    is_open = case.safe_to_reply != ASKED  # asked, they may have said no in words of their own
    is_safe = (is_here and is_open) or _reply_safety(case.safe_to_reply) == "safe"
    return case.can_reach and (bool(moment(case)) or not is_safe)


def moment(case: CaseFile) -> str:
    """Return the words, with blanks, for all that makes the moment doubtful; else ``""``."""
    holds = {
        "quiet": case.is_quiet,
        "left": case.has_left,
        "another": case.may_be_another,
        "taken": case.may_be_taken,
    }
    return " ".join(word for word, is_so in holds.items() if is_so)


def _levels_for(worker: Worker, level: Level) -> tuple[Level, ...]:
    """Return the levels that *worker* may give a case of *level*: only supervisors lower one."""
    levels = (Level.EMERGENCY, Level.URGENT, Level.ROUTINE)
    return tuple(one for one in levels if one <= level or worker.may_supervise)
