"""What stands behind the web chat: the mailroom and the outbox."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from time import monotonic
from typing import TypeVar

from bot.casework.happened import what_happened
from bot.casework.house import House
from bot.channels.web import CHANNEL
from bot.channels.web_exchange import Exchange, News
from bot.directory.return_code import return_code_text
from bot.domain.ids import MINUTE, AddressId
from bot.domain.message import Message
from bot.domain.place import Place
from bot.domain.update import Update
from bot.intake.away import Away
from bot.triage.closely import is_suspect
from bot.triage.rules import Rules
from bot.triage.signals import glance
from storage import case_log, cases, contacts, outbox
from storage.database import DatabaseAwayError, Transaction

T = TypeVar("T")
FORGOTTEN_AFTER = 30 * MINUTE
"""After this long without a word, a page that opens begins anew instead of showing the last."""

_LAST = 10
"""Among so many of the last messages the question is looked for that waits."""

_LONGEST_NAP = 5.0
"""Seconds after which to look again, whether or not anybody rang."""

_REMEMBERED = 10_000
"""Of so many pages it is known what was handed to them."""

READ_WITHIN = 1.0
"""Seconds that a page waits for a database that is away; it may still be read."""


def make_exchange(house: House, take: Callable[[Update], Awaitable[None]], away: Away) -> Exchange:
    """Return the calls of the web chat, on *house*."""
    shelf = _Shelf(house, away)
    return Exchange(
        take=take,
        news=shelf.news,
        received=shelf.received,
        wait_for_news=shelf.wait_for_news,
        keep_file=shelf.keep_file,
        latest=shelf.latest,
        is_from_person=lambda message: message.is_from_person,
        is_known=shelf.is_known,
        is_pressing=lambda text: _may_be_a_risk(text, house.rules),
    )


def _may_be_a_risk(text: str, rules: Rules) -> bool:
    """Whether anything is seen in *text*, or a sentence is suspect at first sight."""
    seen = glance(text, rules)
    return bool(seen.signals) or is_suspect(text, seen, rules)


class _Shelf:
    """The messages that pages come for.

    While the database is away, pages are shown what *away* has for them, and what can still be
    read; what they have received is remembered here until it can be recorded. A page names the
    newest message that it has shown: of what is older by its id, it has only what was handed to
    it. The clock of another process may be behind.
    """

    def __init__(self, house: House, away: Away) -> None:
        self._house = house
        self._away = away
        self._handed: OrderedDict[str, frozenset[str]] = OrderedDict()
        self._received: dict[str, frozenset[str]] = {}

    async def news(self, address: str) -> News:
        async def work(tx: Transaction) -> News:
            place = await contacts.find_place(tx, CHANNEL, address)
            if place is None:
                return News()
            return News(
                messages=await outbox.waiting_for(tx, place.address),
                is_awaiting=place.case is not None,
                way_back=await _way_back(tx, self._house, place),
            )

        stored = await self._read(work, otherwise=News())
        self._hand(address, stored.messages)
        return replace(stored, messages=self._still_new(address, stored.messages))

    async def _waiting(self, address: str) -> Sequence[Message]:
        async def work(tx: Transaction) -> Sequence[Message]:
            recipient = await _recipient(tx, address)
            return await outbox.waiting_for(tx, recipient) if recipient else ()

        nothing: Sequence[Message] = ()
        return self._still_new(address, await self._read(work, otherwise=nothing))

    def _still_new(self, address: str, stored: Sequence[Message]) -> Sequence[Message]:
        """Return what of *stored* was not received, and what is said while the database is away."""
        received = self._received.get(address, frozenset())
        shown = [message for message in stored if message.id not in received]
        newest = shown[-1].id if shown else max(received, default="")
        direct = self._away.page_message(address, newest)
        return sorted([*shown, direct], key=lambda message: message.id) if direct else shown

    def _hand(self, address: str, stored: Sequence[Message]) -> None:
        if stored:
            handed = self._handed.pop(address, frozenset())
            self._handed[address] = handed | {message.id for message in stored}
        if len(self._handed) > _REMEMBERED:
            self._handed.popitem(last=False)  # it is handed once more, which no page shows twice

    async def received(self, address: str, message: str) -> None:
        async def work(tx: Transaction) -> None:
            recipient = await _recipient(tx, address)
            if recipient:
                now = self._house.clock()
                await outbox.note_received(tx, recipient, has, now=now)

        up_to = self._away.note_received(address, message)
        handed = self._handed.pop(address, frozenset())
        left = frozenset(each for each in handed if each > up_to)
        if left:
            self._handed[address] = left
        has = self._received.get(address, frozenset()) | (handed - left)
        if not has:
            return
        self._received[address] = has
        if self._away.is_away:
            return
        try:
            await self._house.database.write(work)
        except DatabaseAwayError:
            return
        self._received.pop(address, None)

    async def wait_for_news(self, address: str, seconds: float) -> None:
        ends = monotonic() + seconds
        while (left := ends - monotonic()) > 0:
            with self._house.bell.listening(address) as news:  # before the look: none is missed
                if await self._waiting(address):
                    return
                await news(min(left, _LONGEST_NAP))
            await asyncio.sleep(0)

    async def keep_file(self, content: bytes, media_type: str) -> str:
        async def work(tx: Transaction) -> str:
            now = self._house.clock()
            return await case_log.stage_file(tx, content, media_type, channel=CHANNEL, at=now)

        return await self._house.database.write(work)

    async def is_known(self, address: str) -> bool:
        async def work(tx: Transaction) -> bool:
            return await contacts.find_place(tx, CHANNEL, address) is not None

        return await self._read(work, otherwise=True)

    async def latest(self, address: str) -> Sequence[Message]:
        async def work(tx: Transaction) -> Sequence[Message]:
            place = await contacts.find_place(tx, CHANNEL, address)
            is_old = place is None or self._house.clock() - place.spoken_at > FORGOTTEN_AFTER
            if place is None or is_old or not (place.session and place.session.state):
                return ()
            said = await outbox.latest_for(tx, place.address, most=_LAST)
            return _from_the_question_on(said, place.session.step)

        nothing: Sequence[Message] = ()
        return await self._read(work, otherwise=nothing)

    async def _read(self, work: Callable[[Transaction], Awaitable[T]], *, otherwise: T) -> T:
        """Read; if that cannot be done while the database is away, return *otherwise*."""
        if not self._away.is_away:
            return await self._house.database.read(work)
        try:
            async with asyncio.timeout(READ_WITHIN):
                return await self._house.database.read(work)
        except Exception:  # noqa: BLE001 - whatever it is, the page is to be shown what there is
            return otherwise


async def _way_back(tx: Transaction, house: House, place: Place) -> str:
    """Return the code of the case at *place*, ``""`` where it is not to be shown on a page."""
    if place.case is None or not _is_at_the_page(place, house):
        return ""
    case = await cases.find_case(tx, place.case)
    happened = await what_happened(tx, case.id)
    if happened.may_be_taken or happened.is_left_behind(case, place):
        return ""
    if await _may_be_anothers(tx, place):
        return ""
    body = await cases.read_body(tx, place.case)
    language = place.session.language if place.session else ""
    return (
        "" if body.is_quiet else return_code_text(body.code, language, house.directory.code_words)
    )


async def _may_be_anothers(tx: Transaction, place: Place) -> bool:
    """Whether the case here is another's, and whoever typed its code may have gone since."""
    if place.case is None or (place.session and place.session.sits_with == place.case):
        return False
    return (await cases.find_case(tx, place.case)).contact != place.contact


def _is_at_the_page(place: Place, house: House) -> bool:
    """Whether they wrote just now, and nothing has to be kept from who may be reading along."""
    is_quiet = place.session is None or place.session.is_quiet
    return not is_quiet and house.clock() - place.spoken_at < FORGOTTEN_AFTER


def _from_the_question_on(said: Sequence[Message], step: int) -> Sequence[Message]:
    """Return the question *step* of *said* and what came after it; else the last alone."""
    asked = [place for place, message in enumerate(said) if _belongs_to(message, step)]
    return said[asked[-1] :] if asked else said[-1:]


def _belongs_to(message: Message, step: int) -> bool:
    """Whether *message* has a button of the question *step*."""
    parts = (button.data.split(":") for row in message.buttons for button in row)
    return any(str(step) in part[1:] for part in parts)


async def _recipient(tx: Transaction, address: str) -> AddressId | None:
    place = await contacts.find_place(tx, CHANNEL, address)
    return place.address if place else None
