"""The web chat: what a family opens from a poster, on any phone, without an account.

The phone holds one random token in a cookie; its hash is the address. Everything the page sends
carries an id of the page's own, and the page sends it again until the answer says it is kept.
"""

import dataclasses
from collections.abc import Callable

from aiohttp import web

from bot.channels.web_exchange import Exchange, News
from bot.channels.web_guard import (
    Handler,
    RefusedError,
    address_for,
    address_in,
    demand_same_origin,
    forget,
    forget_leaving,
    guarded,
    has_left,
    new_token,
    remember,
    token_in,
)
from bot.channels.web_limits import Limits
from bot.channels.web_page import Pages
from bot.channels.web_request import (
    Entry,
    read_after,
    read_entry,
    read_file,
    read_unsent,
)
from bot.domain.errors import LanternError
from bot.domain.ids import Instant, new_id
from bot.domain.message import Button, Message
from bot.domain.update import FileReference, Kind, Update
from bot.domain.values import replace

CHANNEL = "web"
"""The channel's name in updates and messages."""

BEGIN = "/start"
"""The text of the update with which a new conversation begins."""

LEAVE = "w:leave"
"""The tap of the update with which somebody left in a hurry."""

ALWAYS = (LEAVE, "w:person", "w:help")
"""How taps begin that no limit holds up."""

_LEFT = Entry(id="left", tap=LEAVE)
"""That somebody left, as the phone tells it later: however often it does, it counts once."""

LONGEST_WAIT = 25.0
"""Seconds a page waits for news before it asks again."""


class WebChat:
    """Turns what pages send into updates, and messages into what pages show."""

    def __init__(
        self,
        exchange: Exchange,
        pages: Pages,
        *,
        now: Callable[[], Instant],
        public_address: str = "",
    ) -> None:
        """*public_address* is what stands in the QR code, needed behind a proxy."""
        self._exchange = exchange
        self._pages = pages
        self._now = now
        self._public_address = public_address
        self._limits = Limits(now)

    def routes(self) -> list[web.RouteDef]:
        """Return every route of the chat."""
        return [
            web.get("/", guarded(self._page)),
            web.get("/leaving", guarded(self._leaving)),
            web.get("/chat/static/{name}", guarded(self._file)),
            web.get("/chat/news", guarded(self._news)),
            web.post("/chat/open", guarded(self._from_our_page(self._open))),
            web.post("/chat/say", guarded(self._from_our_page(self._say))),
            web.post("/chat/file", guarded(self._from_our_page(self._keep))),
            web.post("/chat/leave", guarded(self._from_our_page(self._leave))),
        ]

    def elsewhere(self) -> web.RouteDef:
        """Return the route of every address at which there is nothing; it must be the last."""
        return web.get("/{nothing:.*}", guarded(self._nothing))

    def _from_our_page(self, handler: Handler) -> Handler:
        async def checked(request: web.Request) -> web.Response:
            demand_same_origin(request, self._public_address)
            return await handler(request)

        return checked

    async def _page(self, request: web.Request) -> web.Response:
        return self._pages.render("page.html", self._pages.language_for(request))

    async def _leaving(self, request: web.Request) -> web.Response:
        return self._pages.render("leaving.html", self._pages.language_for(request))

    async def _nothing(self, request: web.Request) -> web.Response:
        return self._pages.render("nothing.html", self._pages.language_for(request), status=404)

    async def _file(self, request: web.Request) -> web.Response:
        response = self._pages.file(request.match_info["name"])
        if response is None:
            raise RefusedError(404, "unknown")
        return response

    async def _open(self, request: web.Request) -> web.Response:
        entry = await read_entry(request)
        token = await self._token_for(request)
        address = address_for(token)
        is_crowded = not await self._welcome(request, address)
        if not is_crowded and not await self._exchange.latest(address):
            beginning = dataclasses.replace(entry, text=BEGIN, tap="")
            await self._exchange.take(self._update(address, beginning))
        news = await self._to_show_again(address)
        response = self._shown(news, is_crowded=is_crowded)
        remember(response, token, is_secure=self._is_secure(request))
        if has_left(request):
            forget_leaving(response, is_secure=self._is_secure(request))
        return response

    async def _token_for(self, request: web.Request) -> str:
        """Return the token to go on with: a new one on a phone on which somebody left."""
        token = token_in(request)
        if not token or not has_left(request):
            return token or new_token()
        await self._exchange.take(self._update(address_for(token), _LEFT))
        return new_token()

    async def _address_of(self, request: web.Request) -> str:
        """Return the address at which the talk goes on.

        Raises:
            RefusedError: there is none yet, or somebody left; the page then begins anew.

        """
        address = address_in(request)
        if has_left(request):
            await self._exchange.take(self._update(address, _LEFT))
            raise RefusedError(401, "closed")
        return address

    async def _welcome(self, request: web.Request, address: str) -> bool:
        """Whether whoever is at *address* is known, or may come in as one more of their line."""
        limits = self._limits
        if limits.is_known(address):
            return True
        is_known = await self._exchange.is_known(address)
        if not is_known and not limits.admit_newcomer(limits.line_of(request)):
            return False
        limits.welcome(address)
        return True

    async def _to_show_again(self, address: str) -> News:
        """Return what a page shows that was opened now; the code is not for whoever opens it."""
        latest = await self._exchange.latest(address)
        news = await self._exchange.news(address)
        known = {message.id: message for message in (*latest, *news.messages)}
        messages = [known[id_] for id_ in sorted(known)]
        return dataclasses.replace(news, messages=messages, way_back="")

    async def _say(self, request: web.Request) -> web.Response:
        address = await self._address_of(request)
        entry = await read_entry(request)
        if not entry.text.strip() and not entry.tap:
            raise RefusedError(400, "not_known")
        await self._demand_room(request, address, entry)
        await self._exchange.take(self._update(address, entry))
        return web.Response(status=204)

    async def _demand_room(self, request: web.Request, address: str, entry: Entry) -> None:
        """Return only if *entry* is taken now; what is grave, or calls a person, always is.

        Raises:
            RefusedError: there are too many newcomers, or too much came from this one.

        """
        is_free = entry.tap.startswith(ALWAYS) or self._exchange.is_pressing(entry.text)
        is_welcome = await self._welcome(request, address)
        if is_free:
            return
        if not is_welcome:
            raise RefusedError(429, "crowded")
        if not self._limits.admit_entry(address):
            raise RefusedError(429, "slowly")

    async def _keep(self, request: web.Request) -> web.Response:
        address = await self._address_of(request)
        sent = await read_file(request)
        line, size = self._limits.line_of(request), len(sent.content)
        is_welcome = await self._welcome(request, address)
        if not is_welcome or not self._limits.admit_file(address, line, size):
            raise RefusedError(422, "enough")
        reference = await self._exchange.keep_file(sent.content, sent.media_type)
        file = FileReference(
            kind=sent.kind,
            media_type=sent.media_type,
            size=size,
            reference=reference,
        )
        update = replace(self._update(address, sent.entry), kind=Kind.FILE, file=file)
        await self._exchange.take(update)
        return web.Response(status=204)

    async def _news(self, request: web.Request) -> web.Response:
        address = await self._address_of(request)
        if after := read_after(request):
            await self._exchange.received(address, after)
        news = await self._exchange.news(address)
        if not news.messages:
            await self._exchange.wait_for_news(address, LONGEST_WAIT)
            news = await self._exchange.news(address)
        return self._shown(news)

    async def _leave(self, request: web.Request) -> web.Response:
        is_heard = await self._take_leave(request)
        response = web.Response(status=204 if is_heard else 503)
        if is_heard or not has_left(request):
            forget(response, is_secure=self._is_secure(request))
        return response

    async def _take_leave(self, request: web.Request) -> bool:
        address = address_in(request)
        left = Entry(id=new_id(), tap=LEAVE)
        try:
            for entry in (*await read_unsent(request), left):
                await self._exchange.take(self._update(address, entry))
        except LanternError:
            return False
        return True

    def _update(self, address: str, entry: Entry) -> Update:
        return Update(
            id=f"{address[:16]}:{entry.id}",
            channel=CHANNEL,
            address=address,
            sender=address,
            kind=Kind.TAP if entry.tap else Kind.TEXT,
            at=self._now(),
            text="" if entry.tap else entry.text,
            tap=entry.tap,
            language=self._pages.known(entry.language),
            message=entry.id,
        )

    def _shown(self, news: News, *, is_crowded: bool = False) -> web.Response:
        shown = [
            _shown_message(message, by_person=self._exchange.is_from_person(message))
            for message in news.messages
        ]
        body = {
            "messages": shown,
            "is_crowded": is_crowded,
            "is_awaiting": news.is_awaiting,
            "way_back": news.way_back,
        }
        return web.json_response(body)

    def _is_secure(self, request: web.Request) -> bool:
        return request.secure or self._public_address.startswith("https:")


def _shown_message(message: Message, *, by_person: bool) -> dict[str, object]:
    return {
        "id": message.id,
        "act": message.act,
        "by": "person" if by_person else "bot",
        "text": message.text,
        "buttons": [[_shown_button(button) for button in row] for row in message.buttons],
        "references": list(message.references),
    }


def _shown_button(button: Button) -> dict[str, str]:
    return {"label": button.label, "data": button.data, "url": button.url}
