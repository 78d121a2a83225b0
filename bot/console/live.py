"""The live line: tells open pages that something at the desk changed."""

import asyncio
from contextlib import suppress

from aiohttp import web

from bot.casework.bell import DESK, Bell
from bot.console.guard import COOKIE, Visit, protect
from bot.desk.staff import Staff
from bot.domain.ids import WorkerId
from storage.database import DatabaseAwayError

PULSE = 15.0
"""A page hears at least one word in so many seconds; else it knows that the line is lost."""

NOTED_EVERY = 45.0
"""How often it is recorded that a worker has a page open."""


class Live:
    """Server-Sent Events with no content: ``changed``, ``still`` and ``ended``."""

    def __init__(self, *, bell: Bell, staff: Staff, pulse: float = PULSE) -> None:
        self._bell = bell
        self._staff = staff
        self._pulse = pulse
        self._lines: set[asyncio.Task[None]] = set()
        self._noted: dict[str, float] = {}

    async def listen(self, visit: Visit) -> web.StreamResponse:
        """Hold the line until the page, the session or the server goes."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}
        )
        protect(response)
        await response.prepare(visit.request)
        talk = asyncio.ensure_future(self._talk(visit, response))
        self._lines.add(talk)
        talk.add_done_callback(self._lines.discard)
        try:
            await asyncio.wait({talk})
        finally:
            talk.cancel()
        if not talk.cancelled():
            talk.result()
        return response

    def hang_up(self) -> None:
        """End all lines, so that the server can stop at once."""
        for task in tuple(self._lines):
            task.cancel()

    async def _note_at_desk(self, worker: WorkerId) -> None:
        """Record now and then that *worker* would hear an alarm here."""
        now = asyncio.get_running_loop().time()
        if now - self._noted.get(worker, -NOTED_EVERY) >= NOTED_EVERY:
            self._noted[worker] = now
            with suppress(DatabaseAwayError):
                await self._staff.note_at_desk(worker)

    async def _talk(self, visit: Visit, response: web.StreamResponse) -> None:
        """Speak until somebody goes; without the database the page comes back by itself."""
        session = visit.request.cookies.get(COOKIE, "")
        with suppress(ConnectionResetError, DatabaseAwayError):
            is_changed = False
            while True:
                with self._bell.listening(DESK) as change:  # before all else: none is missed
                    if not await self._staff.who_is(session):
                        break
                    await self._note_at_desk(visit.worker.id)
                    await response.write(_event("changed" if is_changed else "still"))
                    is_changed = await change(self._pulse)
            await response.write(_event("ended"))


def _event(name: str) -> bytes:
    return f"event: {name}\ndata: .\n\n".encode()
