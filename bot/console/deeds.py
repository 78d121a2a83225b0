"""What a worker does to a case with a form."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.console.cases import CasePages, moment, safe_times
from bot.console.guard import CHOICES, UNPROCESSABLE, Handle, Visit, kept
from bot.console.pages import Pages, see
from bot.desk.conditions import must_be_seen
from bot.desk.desk import Desk
from bot.desk.views import CaseLine
from bot.domain.errors import NotAllowedError, RefusedError
from bot.domain.ids import WorkerId
from bot.domain.level import Level, level_named

_LOWER = (Level.URGENT.word, Level.ROUTINE.word)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A form's effect, the fields it needs, and whether a second page asks "really?".

    The next page is the queue, which says what was *done*, or else the case, which is told what
    was *sent*: from then on the browser need not keep it any more. Whoever gives a case to
    themselves comes to the case.
    """

    do: Callable[[Visit], Awaitable[object]]
    needs: tuple[str, ...] = ()
    asks: bool = False
    done: str = ""
    sent: str = ""


class CaseDeeds:
    """Takes the forms of a case page; each ends in a new page or in a refusal that keeps all."""

    def __init__(self, *, desk: Desk, pages: Pages, case_pages: CasePages) -> None:
        self._desk = desk
        self._pages = pages
        self._case_pages = case_pages

    def deeds(self) -> Mapping[str, Deed]:
        """Return every deed by the last word of its address."""
        return {
            "claim": Deed(do=self._claim, sent="claim"),
            "take-over": Deed(do=self._take_over, asks=True),
            "release": Deed(do=self._release, asks=True, done="released"),
            "answer": Deed(do=self._answer, needs=("answer",), sent="answer"),
            "note": Deed(do=self._note, needs=("note",), sent="note"),
            "hand-over": Deed(
                do=self._hand_over, needs=("to", "summary"), asks=True, done="handed_over"
            ),
            "decide": Deed(
                do=self._decide,
                needs=("decision", "decision_reason", "again"),
                sent="decision_reason",
            ),
            "close": Deed(do=self._close, needs=("outcome", "reason"), asks=True, done="closed"),
            "level": Deed(do=self._set_level, needs=("level", "level_reason"), sent="level_reason"),
            "safety": Deed(do=self._note_safety, needs=("safety",)),
            "reopen": Deed(do=self._reopen),
            "link": Deed(do=self._link, needs=("other",)),
            "unlink": Deed(do=self._unlink, needs=("other",)),
        }

    def handle(self, name: str, deed: Deed) -> Handle:
        """Return the page behind the form *name*: check, ask once more, do, go on."""

        async def handle(visit: Visit) -> web.Response:
            typed = visit.typed
            missing = next((word for word in deed.needs if not typed.get(word, "").strip()), "")
            if missing:
                return await self._case_pages.show_again(
                    visit, missing=missing, status=UNPROCESSABLE
                )
            try:
                if await self._asks(name, deed, visit):
                    return await self._confirm(name, visit)
                await deed.do(visit)
            except RefusedError as error:
                return await self._case_pages.show_again(
                    visit, missing=error.missing, status=UNPROCESSABLE
                )
            return see(_next(deed, visit))

        return handle

    async def _asks(self, name: str, deed: Deed, visit: Visit) -> bool:
        """Whether to ask "really?" now: before an answer by the case as it stands this moment."""
        if name == "answer":
            return await self._case_pages.asks_before(visit)
        is_sure = visit.typed.get("sure") == "yes"
        return not is_sure and (deed.asks or await self._lowers(name, visit))

    async def _confirm(self, name: str, visit: Visit) -> web.Response:
        if name == "close":
            await self._must_have_seen_all(visit)
        case = await self._desk.look(visit.worker, visit.case)
        if name == "close" and _lacks_receipt(case.line, visit):
            return await self._case_pages.show_again(visit, missing="receipt", status=UNPROCESSABLE)
        to = visit.typed.get("to", "")
        heir = next((one.name for one in await self._desk.workers() if one.id == to), "")
        carried = ("version", "seen", "form", *CHOICES)
        values = visit.frame | {
            "deed": name,
            "case": case,
            "line": case.line,
            "known": moment(case),
            "safe_at": safe_times(case.safe_to_reply),
            "heir": heir,
            "is_heir": to == visit.worker.id,
            "level": _level(visit) if name == "level" else case.line.level,
            "typed": kept(visit.typed),
            "carried": {word: visit.typed[word] for word in carried if word in visit.typed},
        }
        return self._pages.page("confirm.html", visit.worker.language, values)

    async def _lowers(self, name: str, visit: Visit) -> bool:
        """Whether an emergency is to be one no more; a worker who may not is told so instead."""
        if name != "level" or not visit.worker.may_supervise:
            return False
        line = await self._desk.line(visit.worker, visit.case)
        return line.level is Level.EMERGENCY and visit.typed["level"] in _LOWER

    async def _must_have_seen_all(self, visit: Visit) -> None:
        """Stop who closes over what the owner has not read, or what came in meanwhile."""
        line = await self._desk.line(visit.worker, visit.case)
        if not line.is_closed:
            must_be_seen(line, visit.worker)

    async def _claim(self, visit: Visit) -> None:
        await self._desk.claim(visit.worker, visit.case)

    async def _take_over(self, visit: Visit) -> None:
        await self._desk.take_over(visit.worker, visit.case, version=_version(visit))

    async def _release(self, visit: Visit) -> None:
        await self._desk.release(visit.worker, visit.case, version=_version(visit))

    async def _answer(self, visit: Visit) -> None:
        text = visit.typed["answer"].strip()
        await self._desk.answer(
            visit.worker,
            visit.case,
            text,
            version=_version(visit),
            seen=_seen(visit),
            form=visit.typed.get("form", ""),
        )

    async def _note(self, visit: Visit) -> None:
        await self._desk.note(visit.worker, visit.case, visit.typed["note"].strip())

    async def _hand_over(self, visit: Visit) -> None:
        await self._desk.hand_over(
            visit.worker,
            visit.case,
            to=WorkerId(visit.typed["to"]),
            summary=visit.typed["summary"].strip(),
            version=_version(visit),
        )

    async def _decide(self, visit: Visit) -> None:
        await self._desk.decide(
            visit.worker,
            visit.case,
            visit.typed["decision"],
            reason=visit.typed["decision_reason"].strip(),
            again=_number(visit.typed["again"]),
            needs_answer=visit.typed.get("no_answer") != "yes",
            version=_version(visit),
        )

    async def _close(self, visit: Visit) -> None:
        await self._desk.close(
            visit.worker,
            visit.case,
            outcome=visit.typed["outcome"],
            reason=visit.typed["reason"].strip(),
            version=_version(visit),
        )

    async def _set_level(self, visit: Visit) -> None:
        await self._desk.set_level(
            visit.worker,
            visit.case,
            _level(visit),
            reason=visit.typed["level_reason"].strip(),
            version=_version(visit),
            seen=_seen(visit),
        )

    async def _note_safety(self, visit: Visit) -> None:
        safety = visit.typed["safety"]
        await self._desk.note_safety(visit.worker, visit.case, safety, version=_version(visit))

    async def _link(self, visit: Visit) -> None:
        await self._desk.link(visit.worker, visit.case, visit.typed["other"])

    async def _unlink(self, visit: Visit) -> None:
        await self._desk.unlink(visit.worker, visit.case, visit.typed["other"])

    async def _reopen(self, visit: Visit) -> None:
        await self._desk.reopen(visit.worker, visit.case, version=_version(visit))


def _lacks_receipt(line: CaseLine, visit: Visit) -> bool:
    """Return whether the desk would refuse to close the case for want of a police report."""
    is_reported = visit.typed.get("outcome") == "reported_to_police"
    return line.level <= Level.URGENT and not (is_reported or visit.worker.may_supervise)


def _next(deed: Deed, visit: Visit) -> str:
    is_heir = visit.typed.get("to") == visit.worker.id
    if deed.done and not is_heir:
        return f"/desk?done={deed.done}&of={visit.case}"
    place = "#last" if deed.sent in {"answer", "note"} else ""
    return f"/desk/cases/{visit.case}{f'?sent={deed.sent}' if deed.sent else ''}{place}"


def _version(visit: Visit) -> int:
    return _number(visit.typed.get("version", ""))


def _seen(visit: Visit) -> int:
    """Return how many words the page showed; one that does not say showed none."""
    return _number(visit.typed.get("seen", "0"))


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal()):
        raise NotAllowedError
    return int(typed)


def _level(visit: Visit) -> Level:
    try:
        return level_named(visit.typed["level"])
    except KeyError:
        text = "there is no such level"
        raise RefusedError(text, missing="level") from None
