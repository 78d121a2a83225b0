"""Fetching files from their channel, at full size, until that works or is hopeless."""

from collections.abc import Awaitable, Callable, Mapping

from bot.casework.cases import add_status, note_news
from bot.casework.house import House
from bot.domain.errors import NotAllowedError, SendError, TemporarySendError
from bot.domain.ids import MINUTE, Instant
from bot.log import Action, record
from storage import case_log, timers
from storage.case_log import File
from storage.database import Transaction
from storage.timers import Timer

Fetch = Callable[[str], Awaitable[bytes]]
MOST_TRIES = 12
LEASE = 2 * MINUTE
"""How long no other process fetches what one is fetching; if it was killed, they do then."""


class Fetching:
    """Fetches files and seals them."""

    def __init__(self, house: House, fetchers: Mapping[str, Fetch]) -> None:
        self._house = house
        self._fetchers = fetchers

    async def fetch(self, timer: Timer) -> None:
        """Fetch the file of *timer*; if that fails, later again, and in the end tell a person.

        Of several processes one does, and one attempt counts once.
        """
        database = self._house.database
        until = self._house.clock() + LEASE
        if not await database.write(lambda tx: timers.lease_timer(tx, timer, until=until)):
            return
        try:
            file = await database.read(lambda tx: case_log.find_file(tx, timer.subject))
        except NotAllowedError:
            await database.write(lambda tx: timers.finish_timer(tx, timer))
            return
        try:
            content = await self._fetchers[file.channel](file.reference)
        except (SendError, KeyError) as error:
            record(Action.TIMER_FAILED, level="warning", kind=timer.kind, error=error)
            await self._fail(timer, file, error)
        else:
            await database.write(lambda tx: self._keep(tx, timer, file, content))

    async def _fail(self, timer: Timer, file: File, error: Exception) -> None:
        async def work(tx: Transaction) -> None:
            await self._note_failure(tx, timer, file, error)

        await self._house.database.write(work)

    async def _keep(self, tx: Transaction, timer: Timer, file: File, content: bytes) -> None:
        if await timers.finish_timer(tx, timer):
            await case_log.keep_content(tx, file, content)

    async def _note_failure(
        self, tx: Transaction, timer: Timer, file: File, error: Exception
    ) -> None:
        now = Instant(self._house.clock())
        is_hopeless = isinstance(error, SendError) and not isinstance(error, TemporarySendError)
        if not is_hopeless and timer.attempts < MOST_TRIES:
            pause = min(2**timer.attempts, 60) * MINUTE
            await timers.postpone_timer(tx, timer, due_at=now + pause)
            return
        if not await timers.finish_timer(tx, timer):
            return
        await case_log.give_up_file(tx, file, now=now)
        if file.case:
            await add_status(tx, file.case, "file_lost", at=now)
            await note_news(tx, self._house, file.case)
