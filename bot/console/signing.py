"""The pages on which a worker signs in with a one-time link, and out again."""

from urllib.parse import urlsplit

from aiohttp import web

from bot.console.guard import COOKIE, Visit, fields
from bot.console.pages import Pages, see
from bot.desk.staff import Staff
from bot.domain.expression import expression

ID = expression(r"[0-9A-Za-z-]{1,64}")
PAGE = expression(
    f"/desk(?:/cases/{ID.pattern}|/activities(?:/{ID.pattern})?|/helplines|/numbers|/duty|/handbook)?"
)
"""The pages that a worker can come back to, whatever form of theirs was sent last."""

GONE = 410


class SignInPages:
    """A link is used up by the button on its page, so that a preview of it uses up nothing."""

    def __init__(
        self, *, staff: Staff, pages: Pages, is_secure: bool, follows_browser: bool
    ) -> None:
        self._staff = staff
        self._pages = pages
        self._is_secure = is_secure
        self._follows_browser = follows_browser

    async def ask(self, request: web.Request) -> web.Response:
        """Show whose link it is, and the button."""
        name = await self._staff.name_of(request.match_info["token"])
        if not name:
            return self._used_up(request)
        values = {"name": name, "worker": None, "case": request.query.get("case", "")}
        return self._pages.page("sign_in.html", self._pages.language_for(request), values)

    async def sign_in(self, request: web.Request) -> web.Response:
        """Use the link up and go to the queue, or to the case it was sent for."""
        signed_in = await self._staff.sign_in(request.match_info["token"])
        if signed_in is None:
            return self._used_up(request)
        if self._follows_browser:
            language = self._pages.language_for(request)
            await self._staff.speak(signed_in.worker.id, language)
        case = (await fields(request)).get("case", "")
        to = f"/desk/cases/{case}" if ID.fullmatch(case) else "/desk"
        response = see(to)
        response.set_cookie(
            COOKIE,
            signed_in.session,
            path="/desk",
            httponly=True,
            samesite="Strict",
            secure=self._is_secure,
        )
        return response

    async def sign_out(self, visit: Visit) -> web.Response:
        """End the session."""
        await self._staff.sign_out(visit.signed_in.session)
        response = self._pages.page("signed_out.html", visit.worker.language, {"worker": None})
        response.del_cookie(COOKIE, path="/desk")
        return response

    async def speak(self, visit: Visit) -> web.Response:
        """Speak with the worker in another language from now on, on the page they were on."""
        await self._staff.speak(visit.worker.id, visit.typed.get("language", ""))
        came_from = urlsplit(visit.request.headers.get("Referer", "")).path
        page = PAGE.match(came_from)
        return see(page[0] if page else "/desk")

    def _used_up(self, request: web.Request) -> web.Response:
        language = self._pages.language_for(request)
        values = {"name": "", "worker": None, "case": ""}
        return self._pages.page("sign_in.html", language, values, status=GONE)
