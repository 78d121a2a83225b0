"""Activities on the desk's pages: the list with its counts, the form, and who has signed up."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from aiohttp import web

from bot.console.guard import UNPROCESSABLE, Guarded, Visit
from bot.console.look import Look
from bot.console.pages import see
from bot.desk.activities import ActivityDesk
from bot.desk.desk import Desk
from bot.domain.activity import Activity, Audience, Plan, Stage
from bot.domain.errors import ConflictError, RefusedError
from bot.domain.ids import ActivityId, Instant, SignUpId

ADDRESS = "/desk/activities"
DONE = frozenset({"made", "changed", "published", "cancelled", "noted", "conflict"})
FIELDS = ("title", "audience", "starts_at", "venue", "places", "details")
_CAME = "came-"


class ActivityPages:
    """Shows activities and takes their forms."""

    def __init__(self, *, activities: ActivityDesk, desk: Desk, look: Look) -> None:
        self._activities = activities
        self._desk = desk
        self._look = look

    def routes(self, staff: Guarded) -> list[web.RouteDef]:
        """Return every address, each behind *staff*."""
        one = f"{ADDRESS}/{{activity}}"
        return [
            web.get(ADDRESS, staff(self._list)),
            web.get(f"{ADDRESS}/new", staff(self._new)),
            web.post(ADDRESS, staff(self._make)),
            web.get(one, staff(self._show), allow_head=False),
            web.get(f"{one}/edit", staff(self._edit)),
            web.post(one, staff(self._change)),
            web.post(f"{one}/publish", staff(self._publish)),
            web.post(f"{one}/cancel", staff(self._cancel)),
            web.post(f"{one}/attendance", staff(self._note_came)),
        ]

    async def _list(self, visit: Visit) -> web.Response:
        found = await self._activities.latest()
        now = self._look.now()
        values = {
            "coming": [self._line(visit, each) for each in reversed(found) if _is_ahead(each, now)],
            "past": [self._line(visit, each) for each in found if not _is_ahead(each, now)],
            "counts": await self._activities.counts(),
        }
        return await self._page("activities.html", visit, values)

    async def _new(self, visit: Visit) -> web.Response:
        return await self._form(visit, dict.fromkeys(FIELDS, "") | {"audience": "everybody"})

    async def _edit(self, visit: Visit) -> web.Response:
        found = await self._activities.find(_id(visit))
        plan = found.plan
        typed = {
            "title": plan.title,
            "audience": plan.audience,
            "starts_at": self._look.times.typed(plan.starts_at),
            "venue": plan.venue,
            "places": str(plan.places),
            "details": plan.details,
        }
        return await self._form(visit, typed, found=found)

    async def _make(self, visit: Visit) -> web.Response:
        try:
            made = await self._activities.make(visit.worker, self._plan(visit.typed))
        except RefusedError as error:
            return await self._form(visit, visit.typed, missing=error.missing)
        return see(f"{ADDRESS}/{made}?done=made")

    async def _change(self, visit: Visit) -> web.Response:
        activity = _id(visit)
        try:
            plan = self._plan(visit.typed)
            await self._activities.change(visit.worker, activity, plan, version=_version(visit))
        except RefusedError as error:
            found = await self._activities.find(activity)
            return await self._form(visit, visit.typed, found=found, missing=error.missing)
        except ConflictError:
            return see(f"{ADDRESS}/{activity}?done=conflict")
        return see(f"{ADDRESS}/{activity}?done=changed")

    async def _publish(self, visit: Visit) -> web.Response:
        deed = partial(self._activities.publish, visit.worker, _id(visit), version=_version(visit))
        return await self._do(visit, deed, done="published")

    async def _cancel(self, visit: Visit) -> web.Response:
        if visit.typed.get("sure") != "yes":
            return await self._show_one(visit, asks=True)
        deed = partial(self._activities.cancel, visit.worker, _id(visit), version=_version(visit))
        return await self._do(visit, deed, done="cancelled")

    async def _note_came(self, visit: Visit) -> web.Response:
        came = {
            SignUpId(name.removeprefix(_CAME)): _number(value)
            for name, value in visit.typed.items()
            if name.startswith(_CAME)
        }
        walk_ins = _number(visit.typed.get("walk_ins", ""))
        deed = partial(self._activities.note_came, visit.worker, _id(visit), came, walk_ins)
        return await self._do(visit, deed, done="noted")

    async def _do(
        self, visit: Visit, deed: Callable[[], Awaitable[None]], *, done: str
    ) -> web.Response:
        try:
            await deed()
        except ConflictError:
            done = "conflict"
        except RefusedError as error:
            return await self._show_one(visit, missing=error.missing, status=UNPROCESSABLE)
        return see(f"{ADDRESS}/{_id(visit)}?done={done}")

    async def _show(self, visit: Visit) -> web.Response:
        return await self._show_one(visit)

    async def _show_one(
        self, visit: Visit, *, asks: bool = False, missing: str = "", status: int = 200
    ) -> web.Response:
        found = await self._activities.sign_ups(visit.worker, _id(visit))
        done = visit.request.query.get("done", "")
        values = {
            "sign_ups": found,
            "line": self._line(visit, found.activity),
            "is_open": found.activity.is_open(self._look.now()),
            "has_begun": found.activity.has_begun(self._look.now()),
            "is_draft": found.activity.stage is Stage.DRAFT,
            "is_cancelled": found.activity.stage is Stage.CANCELLED,
            "asks": asks,
            "missing": missing,
            "done": done if done in DONE else "",
        }
        return await self._page("activity.html", visit, values, status=status)

    async def _form(
        self,
        visit: Visit,
        typed: Mapping[str, str],
        *,
        found: Activity | None = None,
        missing: str = "",
    ) -> web.Response:
        values = {
            "activity": found,
            "draft": {name: typed.get(name, "") for name in FIELDS},
            "audiences": [*Audience],
            "missing": missing,
        }
        status = UNPROCESSABLE if missing else 200
        return await self._page("activity_form.html", visit, values, status=status)

    async def _page(
        self, name: str, visit: Visit, values: Mapping[str, object], *, status: int = 200
    ) -> web.Response:
        counts = await self._desk.counts(visit.worker)
        frame = {"emergencies": counts.emergencies, "urgent": counts.urgent}
        whole = await self._look.frame(visit) | frame | dict(values)
        return self._look.pages.page(name, visit.worker.language, whole, status=status)

    def _line(self, visit: Visit, activity: Activity) -> dict[str, object]:
        language = visit.worker.language
        when = self._look.times.day_and_clock(activity.plan.starts_at, language)
        return {"activity": activity, "when": when}

    def _plan(self, typed: Mapping[str, str]) -> Plan:
        audience = typed.get("audience", "")
        if audience not in [*Audience]:
            text = "it is for somebody"
            raise RefusedError(text, missing="audience")
        return Plan(
            audience=Audience(audience),
            title=typed.get("title", "").strip(),
            venue=typed.get("venue", "").strip(),
            details=typed.get("details", "").strip(),
            starts_at=self._time(typed.get("starts_at", "")),
            places=_number(typed.get("places", "")),
        )

    def _time(self, typed: str) -> Instant:
        try:
            return self._look.times.moment(typed)
        except ValueError:
            text = "a date and a time"
            raise RefusedError(text, missing="starts_at") from None


def _is_ahead(activity: Activity, now: Instant) -> bool:
    return activity.plan.starts_at > now


def _id(visit: Visit) -> ActivityId:
    return ActivityId(visit.request.match_info["activity"])


def _version(visit: Visit) -> int:
    return _number(visit.typed.get("version", ""))


def _number(typed: str) -> int:
    text = typed.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len("100000") else 0
