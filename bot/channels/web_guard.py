"""What protects whoever holds the phone: headers, the cookie, and who may call."""

import base64
import hashlib
import secrets
from collections.abc import Awaitable, Callable
from types import MappingProxyType
from urllib.parse import urlsplit

from aiohttp import web

from bot.domain.errors import LanternError
from bot.domain.expression import expression

Handler = Callable[[web.Request], Awaitable[web.Response]]

COOKIE = "m"
"""The cookie's name; it says nothing about what the page is for."""

LEFT = "g"
"""The cookie with which the page notes that somebody left, until Lantern has heard of it."""

_TOKEN = expression(r"[A-Za-z0-9_-]{43}")


def policy_for(*, script: bytes = b"", style: bytes = b"") -> str:
    """Return what a page may load and do in which *script* and *style* stand, word for word."""
    return (
        f"default-src 'none'; script-src 'self'{_hash_of(script)}; "
        f"style-src 'self'{_hash_of(style)}; img-src 'self'; "
        "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )


def _hash_of(content: bytes) -> str:
    if not content:
        return ""
    return f" 'sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}'"


HEADERS = MappingProxyType(
    {
        "Cache-Control": "no-store",
        "Content-Security-Policy": policy_for(),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex",
    },
)
"""What every answer carries, refusals included; a page may bring a policy of its own."""


class RefusedError(LanternError):
    """The request is not answered; *word* tells the page why."""

    def __init__(self, status: int, word: str) -> None:
        super().__init__(word)
        self.status = status
        self.word = word


def guarded(handler: Handler) -> Handler:
    """Return *handler* with refusals turned into answers and ``HEADERS`` on every answer."""

    async def answer(request: web.Request) -> web.Response:
        response = await _answer_or_refuse(handler, request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer


async def _answer_or_refuse(handler: Handler, request: web.Request) -> web.Response:
    try:
        return await handler(request)
    except RefusedError as refusal:
        return web.json_response({"fault": refusal.word}, status=refusal.status)
    except LanternError:
        return web.json_response({"fault": "later"}, status=503, headers={"Retry-After": "5"})


def demand_same_origin(request: web.Request, public_address: str) -> None:
    """Return only if one of our own pages sent *request*.

    A browser that sends ``Sec-Fetch-Site`` is believed; an older one must name us in ``Origin``.

    Raises:
        RefusedError: another page sent it, or nothing says which.

    """
    site = request.headers.get("Sec-Fetch-Site")
    is_ours = site == "same-origin" if site else _is_our_origin(request, public_address)
    if not is_ours:
        raise RefusedError(403, "elsewhere")


def _is_our_origin(request: web.Request, public_address: str) -> bool:
    origin = request.headers.get("Origin", "")
    if public_address:
        return origin == public_address.rstrip("/")
    return bool(origin) and urlsplit(origin).netloc == request.host


def new_token() -> str:
    """Return 256 random bits that nobody can guess."""
    return secrets.token_urlsafe(32)


def token_in(request: web.Request) -> str:
    """Return the token the phone holds, or ``""``."""
    token = request.cookies.get(COOKIE, "")
    return token if _TOKEN.fullmatch(token) else ""


def address_for(token: str) -> str:
    """Return the address that *token* opens; the token cannot be found from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def has_left(request: web.Request) -> bool:
    """Whether somebody left on this phone, and what it holds is theirs still."""
    return LEFT in request.cookies


def address_in(request: web.Request) -> str:
    """Return the address of whoever sent *request*, or sent it before they left.

    Raises:
        RefusedError: they have none yet, or it is known that they left.

    """
    token = token_in(request)
    if not token:
        raise RefusedError(401, "closed")
    return address_for(token)


def remember(response: web.Response, token: str, *, is_secure: bool) -> None:
    """Have the phone hold *token* until its browser is closed."""
    response.set_cookie(
        COOKIE,
        token,
        path="/",
        httponly=True,
        samesite="Strict",
        secure=is_secure,
    )


def forget(response: web.Response, *, is_secure: bool) -> None:
    """Have the phone drop all that it holds."""
    response.del_cookie(COOKIE, path="/", httponly=True, samesite="Strict", secure=is_secure)
    forget_leaving(response, is_secure=is_secure)


def forget_leaving(response: web.Response, *, is_secure: bool) -> None:
    """Have the phone drop that somebody left, which is heard."""
    response.del_cookie(LEFT, path="/", samesite="Strict", secure=is_secure)
