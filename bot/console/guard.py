"""Lets only signed-in staff through, and only with forms of our own."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from secrets import compare_digest

from aiohttp import web

from bot.console.pages import Pages
from bot.desk.staff import Staff
from bot.desk.views import SignedIn
from bot.domain.errors import (
    ConflictError,
    HadItError,
    LanternError,
    NotAllowedError,
    NotReadError,
)
from bot.domain.ids import CaseId
from bot.domain.worker import Worker
from bot.log import Action, record
from storage.database import DatabaseAwayError

COOKIE = "lantern_desk"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    # With no-referrer browsers send "Origin: null" with our own forms as well.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}

FREE_TEXT = ("answer", "note", "summary", "reason", "level_reason", "decision_reason")
"""The form fields that hold somebody's work, shown again whatever goes wrong."""

CHOICES = ("to", "outcome", "level", "decision", "again", "no_answer")
"""The form fields that were only chosen: carried along, but not worth showing."""


class SignedOutError(LanternError):
    """Nobody is signed in with this browser any more."""


class ForeignFormError(LanternError):
    """The form did not come from a page of ours."""


class OldFormError(LanternError):
    """The form is one of ours, but of a session that is over."""


STATUS: Mapping[type[LanternError], int] = {
    SignedOutError: 401,
    ForeignFormError: 403,
    OldFormError: 403,
    NotAllowedError: 404,
    ConflictError: 409,
    NotReadError: 409,
    HadItError: 409,
}

UNPROCESSABLE = 422
"""How a page answers a form in which something is missing, or cannot be so."""

AWAY = 503
"""How a page answers what nobody refused: the database is away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request of a signed-in worker; *typed* is the form's content, if there is one."""

    request: web.Request = field(repr=False)
    signed_in: SignedIn
    typed: Mapping[str, str] = field(repr=False)

    @property
    def worker(self) -> Worker:
        """Whose request it is."""
        return self.signed_in.worker

    @property
    def case(self) -> CaseId:
        """The case that the address names."""
        return CaseId(self.request.match_info["case"])

    @property
    def frame(self) -> dict[str, object]:
        """The values that every page needs."""
        return {"worker": self.worker, "csrf": self.signed_in.csrf}


Handle = Callable[[Visit], Awaitable[web.StreamResponse]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Guarded = Callable[[Handle], Handler]
"""What has a page stand behind the guard, such as :meth:`Guard.for_staff`."""


class Guard:
    """Stands before every page of the desk and turns refusals into pages."""

    def __init__(self, *, staff: Staff, pages: Pages, origin: str) -> None:
        self._staff = staff
        self._pages = pages
        self._origin = origin.rstrip("/")

    def for_staff(self, handle: Handle) -> Handler:
        """Wrap *handle* so that it sees only signed-in workers, and forms only of our own.

        Their session is prolonged, unless nothing can be written now: what can be read is shown.
        """

        async def active(visit: Visit) -> web.StreamResponse:
            with suppress(DatabaseAwayError):
                await self._staff.stay(visit.signed_in.session)
            return await handle(visit)

        return self.for_open_pages(active)

    def for_open_pages(self, handle: Handle) -> Handler:
        """Wrap *handle* as for_staff does, for what an open page asks for by itself.

        It does not prolong the session: a page may be open with nobody before it.
        """

        async def guarded(request: web.Request) -> web.StreamResponse:
            typed = await fields(request)
            signed_in = None
            try:
                self.check_origin(request)
                signed_in = await self._who_is(request)
                _check_token(request, typed, signed_in)
                visit = Visit(request=request, signed_in=signed_in, typed=typed)
                return protect(await handle(visit))
            except LanternError as error:
                return protect(self._refusal(request, error, typed, signed_in=signed_in))

        return guarded

    def for_anybody(self, handle: Handler) -> Handler:
        """Wrap *handle*, which needs no sign-in; its forms must still be our own."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            try:
                self.check_origin(request)
                return protect(await handle(request))
            except LanternError as error:
                return protect(self._refusal(request, error, {}, signed_in=None))

        return guarded

    def check_origin(self, request: web.Request) -> None:
        """Refuse what another site's page made the browser send.

        Raises:
            ForeignFormError: the browser says so, or says nothing at all.

        """
        if request.method in {"GET", "HEAD"}:
            return
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        if site != "same-origin" or request.headers.get("Origin") != self._origin:
            raise ForeignFormError

    async def _who_is(self, request: web.Request) -> SignedIn:
        session = request.cookies.get(COOKIE, "")
        signed_in = await self._staff.who_is(session) if session else None
        if signed_in is None:
            raise SignedOutError
        return signed_in

    def _refusal(
        self,
        request: web.Request,
        error: LanternError,
        typed: Mapping[str, str],
        *,
        signed_in: SignedIn | None,
    ) -> web.Response:
        worker = signed_in.worker if signed_in else None
        status = _status(error)
        values = {
            "problem": status,
            "by": error.by if isinstance(error, ConflictError) else "",
            "is_unread": isinstance(error, NotReadError),
            "has_had": isinstance(error, HadItError),
            "worker": worker,
            "csrf": signed_in.csrf if signed_in else "",
            "typed": {} if isinstance(error, ForeignFormError) else kept(typed),
            "carried": {name: typed[name] for name in CHOICES if name in typed},
            "case": request.match_info.get("case", ""),
            "address": request.path if request.method == "GET" else "",
        }
        language = worker.language if worker else self._pages.language_for(request)
        return self._pages.page("problem.html", language, values, status=status)


def _status(error: LanternError) -> int:
    """Return how a page answers *error*; what is no refusal is told to the log as well."""
    if type(error) not in STATUS:
        record(Action.PAGE_FAILED, level="error", error=error)
    return STATUS.get(type(error), AWAY)


def protect(response: web.StreamResponse) -> web.StreamResponse:
    """Add the headers that every answer of the desk carries, unless it set its own."""
    if not response.prepared:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
    return response


def kept(typed: Mapping[str, str]) -> dict[str, str]:
    """Return what of a form must not be lost."""
    return {name: typed[name] for name in FREE_TEXT if typed.get(name, "").strip()}


async def fields(request: web.Request) -> dict[str, str]:
    """Return the text fields of the form that *request* carries, if any."""
    if request.method != "POST":
        return {}
    form = await request.post()
    return {
        name: value.replace("\r\n", "\n") for name, value in form.items() if isinstance(value, str)
    }


def _check_token(request: web.Request, typed: Mapping[str, str], signed_in: SignedIn) -> None:
    if request.method == "POST" and not compare_digest(
        typed.get("csrf", "").encode(), signed_in.csrf.encode()
    ):
        raise OldFormError
