"""All pages of the desk, put together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from aiohttp import web

from bot.casework.bell import Bell
from bot.console.activities import ActivityPages
from bot.console.alarm import AlarmPages
from bot.console.cases import CasePages
from bot.console.deeds import CaseDeeds
from bot.console.duty import DutyPages
from bot.console.finding import FindPages
from bot.console.guard import Guard, Visit
from bot.console.guide import Guide
from bot.console.handbook import HandbookPages
from bot.console.helplines import HelplinePages
from bot.console.live import Live
from bot.console.look import Look
from bot.console.overseeing import OverseeingPages
from bot.console.pages import STATIC, Pages
from bot.console.queue import QueuePages
from bot.console.signing import SignInPages
from bot.console.spoken import Spoken
from bot.console.times import Times
from bot.desk.activities import ActivityDesk
from bot.desk.desk import Desk
from bot.desk.helpline_desk import HelplineDesk
from bot.desk.staff import Staff
from bot.domain.errors import NotAllowedError
from bot.domain.ids import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the pages run. *origin* is how workers reach it: ``https://desk.example.org``.

    *languages* are those offered, the first of them for whoever wants another. With
    *follows_browser* whoever signs in is spoken to as their browser is.
    """

    spoken: Spoken
    languages: Sequence[str]
    now: Callable[[], Instant]
    zone: tzinfo
    origin: str
    guide: Guide
    follows_browser: bool = False


class Console:
    """The desk's pages.

    Add :meth:`routes` to the application and :meth:`hang_up` to its ``on_shutdown``.
    """

    def __init__(
        self,
        *,
        desk: Desk,
        activities: ActivityDesk,
        helplines: HelplineDesk,
        staff: Staff,
        bell: Bell,
        site: Site,
    ) -> None:
        pages = Pages(site.spoken, site.languages)
        times = Times(zone=site.zone)
        is_secure = site.origin.startswith("https:")
        self._pages = pages
        self._guard = Guard(staff=staff, pages=pages, origin=site.origin)
        self._live = Live(bell=bell, staff=staff)
        self._signing = SignInPages(
            staff=staff, pages=pages, is_secure=is_secure, follows_browser=site.follows_browser
        )
        self._alarm = AlarmPages(desk=desk, times=times, now=site.now)
        look = Look(pages=pages, times=times, now=site.now, alarm=self._alarm)
        self._queue = QueuePages(desk=desk, look=look)
        self._find = FindPages(desk=desk, look=look)
        self._duty = DutyPages(desk=desk, look=look)
        self._overseeing = OverseeingPages(desk=desk, look=look)
        self._cases = CasePages(desk=desk, look=look)
        self._activities = ActivityPages(activities=activities, desk=desk, look=look)
        self._helplines = HelplinePages(helplines=helplines, desk=desk, look=look)
        self._handbook = HandbookPages(guide=site.guide, desk=desk, look=look)
        self._deeds = CaseDeeds(desk=desk, pages=pages, case_pages=self._cases)

    def routes(self) -> list[web.RouteDef]:
        """Return every address of the desk."""
        anybody, staff = self._guard.for_anybody, self._guard.for_staff
        page = self._guard.for_open_pages
        return [
            web.get("/desk/static/{name}", anybody(self._static)),
            web.get("/desk/sign-in/{token}", anybody(self._signing.ask)),
            web.post("/desk/sign-in/{token}", anybody(self._signing.sign_in)),
            web.post("/desk/sign-out", staff(self._signing.sign_out)),
            web.post("/desk/language", staff(self._signing.speak)),
            web.get("/desk", staff(self._queue.show)),
            web.get("/desk/numbers", staff(self._overseeing.numbers)),
            web.get("/desk/find", staff(self._find.begin)),
            web.post("/desk/find", staff(self._find.find)),
            web.get("/desk/lines", page(self._queue.lines)),
            web.post("/desk/alarm/{test}/answer", staff(self._alarm.answer)),
            web.get("/desk/live", page(self._live.listen), allow_head=False),
            *self._case_routes(),
            *self._activities.routes(staff),
            *self._helplines.routes(staff),
            *self._duty.routes(staff),
            *self._handbook.routes(staff),
        ]

    def elsewhere(self) -> web.RouteDef:
        """Return the route of every address of the desk at which there is nothing; the last."""
        return web.get("/desk/{nothing:.*}", self._guard.for_staff(self._nothing))

    async def hang_up(self, _: web.Application) -> None:
        """End the live lines, so that the server need not wait for them."""
        self._live.hang_up()

    def _case_routes(self) -> list[web.RouteDef]:
        staff = self._guard.for_staff
        address = "/desk/cases/{case}"
        return [
            web.get(address, staff(self._cases.show), allow_head=False),
            web.post(address, staff(self._cases.show)),
            web.get(f"{address}/deeds", staff(self._overseeing.deeds)),
            web.get(f"{address}/files/{{file}}", staff(self._cases.file), allow_head=False),
            *(
                web.post(f"{address}/{name}", staff(self._deeds.handle(name, deed)))
                for name, deed in self._deeds.deeds().items()
            ),
        ]

    async def _nothing(self, _: Visit) -> web.Response:
        raise NotAllowedError

    async def _static(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in STATIC:
            raise web.HTTPNotFound
        return web.Response(
            body=self._pages.files[name],
            content_type=STATIC[name],
            headers={"Cache-Control": "private, max-age=86400"},
        )
