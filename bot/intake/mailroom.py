"""Every update waits here for its turn; what waits together is committed together."""

import asyncio
import json
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from time import perf_counter

from bot.casework.alerts import tell_everybody
from bot.casework.cases import Concern, add_words, open_or_raise
from bot.casework.house import House
from bot.casework.persisting import write_in_the_end
from bot.casework.phrases import SET_ASIDE
from bot.casework.posting import Letter, post
from bot.casework.speech import Voice
from bot.domain.case import EntryKind
from bot.domain.ids import CaseId
from bot.domain.level import Level
from bot.domain.message import Urgency
from bot.domain.place import Place
from bot.domain.session import Said, Session
from bot.domain.update import Kind, Update
from bot.intake.contact import apologise, take_from_contact
from bot.intake.staff import take_from_staff
from bot.log import Action, record
from bot.wording.language import best_language
from storage import cases, contacts, inbox, staff
from storage.database import Transaction
from storage.look_ahead import look_ahead
from storage.sealing import UnsealError

FAIR_SHARE = 20
"""How many updates of one address a batch holds, so that nobody's flood delays another."""

BATCH = 200
TRIES = 3
_Answer = Callable[[Transaction, House, Update], Awaitable[None]]


@dataclass(slots=True, kw_only=True)
class _Letter:
    update: Update
    taken: asyncio.Future[None]
    is_followed: bool = False


class Mailroom:
    """Takes in updates in the order of each address, fairly between addresses."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._boxes: OrderedDict[str, deque[_Letter]] = OrderedDict()
        self._something = asyncio.Event()

    async def take(self, update: Update) -> None:
        """Return when *update*, and all it brought about, is on disk.

        An update that was taken before changes nothing. Never raises for what a contact sent.
        """
        letter = _Letter(update=update, taken=asyncio.get_running_loop().create_future())
        key = f"{update.channel}:{update.address}"
        self._boxes.setdefault(key, deque()).append(letter)
        self._something.set()
        await asyncio.shield(letter.taken)

    async def set_aside_raw(self, raw: bytes, update_id: str, where: str) -> None:
        """Keep an update that cannot even be read, sealed, for a person to look at."""

        async def work(tx: Transaction) -> None:
            now = self._house.clock()
            await inbox.put_aside(
                tx, "telegram", update_id, raw, error="Unreadable", now=now, where=where
            )
            await tell_everybody(tx, self._house, SET_ASIDE, now=now)

        await write_in_the_end(self._house.database, work)
        self._house.metrics.updates_set_aside.labels("telegram").inc()
        record(Action.UPDATE_SET_ASIDE, level="error", channel="telegram", update=update_id)

    async def run(self) -> None:
        """Take in what waits, until cancelled."""
        while True:
            await self._something.wait()
            self._something.clear()
            while batch := list(self._next_batch()):
                await self._take_batch(batch)

    def _next_batch(self) -> Iterator[_Letter]:
        """Yield a fair share of every address, and put those with more at the end of the line."""
        count = 0
        for key in list(self._boxes):
            box = self._boxes[key]
            share = min(len(box), FAIR_SHARE, BATCH - count)
            for _ in range(share):
                letter = box.popleft()
                kind = letter.update.kind
                letter.is_followed = any(later.update.kind is kind for later in box)
                yield letter
            count += share
            if not box:
                del self._boxes[key]
            elif share:
                self._boxes.move_to_end(key)

    async def _take_batch(self, batch: Sequence[_Letter]) -> None:
        started = perf_counter()
        try:
            await write_in_the_end(self._house.database, lambda tx: self._take_all(tx, batch))
        except Exception as error:  # noqa: BLE001 - one bad turn must not harm the others
            record(Action.BATCH_FAILED, level="warning", error=error, count=len(batch))
            for letter in batch:
                await self._take_alone(letter)
        for letter in batch:
            self._house.metrics.updates_taken.labels(letter.update.channel).inc()
            self._house.metrics.turn_seconds.observe(perf_counter() - started)
            if not letter.taken.done():
                letter.taken.set_result(None)

    async def _take_all(self, tx: Transaction, batch: Sequence[_Letter]) -> None:
        await look_ahead(tx, [letter.update for letter in batch])
        for letter in batch:
            await take_one(tx, self._house, letter.update, is_followed=letter.is_followed)
        tx.ahead = None

    async def _take_alone(self, letter: _Letter) -> None:
        for attempt in range(1, TRIES + 1):
            try:
                await write_in_the_end(
                    self._house.database, lambda tx: self._take_all(tx, [letter])
                )
            except Exception as error:  # noqa: BLE001 - tried again, then set aside
                record(Action.TURN_FAILED, level="error", error=error, attempts=attempt)
                failure = error
            else:
                return
        try:
            await self._set_aside(letter.update, failure)
        except Exception as error:  # noqa: BLE001 - it is not safe, so whoever handed it in keeps it
            record(Action.TASK_FAILED, level="error", error=error)
            letter.taken.set_exception(error)

    async def _set_aside(self, update: Update, error: Exception) -> None:
        name = type(error).__name__
        try:
            await self._put_aside(update, name, apologise)
        except Exception as fault:  # noqa: BLE001 - then with less
            record(Action.TURN_FAILED, level="error", error=fault)
            await self._put_aside(update, name, _say_sorry)
            await self._try_to_open_case(update)
        self._house.metrics.updates_set_aside.labels(update.channel).inc()
        record(Action.UPDATE_SET_ASIDE, level="error", channel=update.channel, update=update.id)

    async def _put_aside(self, update: Update, error: str, answer: _Answer) -> None:
        raw = json.dumps(asdict(update)).encode()

        async def work(tx: Transaction) -> None:
            now = self._house.clock()
            if not await inbox.note(tx, update, now=now):
                return
            await inbox.put_aside(
                tx, update.channel, update.id, raw, error=error, now=now, where=update.address
            )
            await tell_everybody(tx, self._house, SET_ASIDE, now=now)
            if await _is_from_contact(tx, update):
                await contacts.mend_place(tx, update.channel, update.address)
                await answer(tx, self._house, update)

        await write_in_the_end(self._house.database, work)

    async def _try_to_open_case(self, update: Update) -> None:
        """Give a person the words; they are safe aside, and the staff told, if that fails too."""

        async def work(tx: Transaction) -> None:
            if await _is_from_contact(tx, update):
                await _open_case(tx, self._house, update)

        try:
            await write_in_the_end(self._house.database, work)
        except Exception as fault:  # noqa: BLE001 - whatever it is, others wait
            record(Action.TURN_FAILED, level="error", error=fault)


async def _is_from_contact(tx: Transaction, update: Update) -> bool:
    if update.is_group or update.kind is Kind.BLOCKED:
        return False
    return await staff.worker_at(tx, update.channel, update.sender) is None


async def _say_sorry(tx: Transaction, house: House, update: Update) -> None:
    """Give the emergency wording without looking at anything that might be what is broken."""
    now = house.clock()
    place = await contacts.find_place(tx, update.channel, update.address)
    if place is None:
        place = await contacts.make_place(tx, update.channel, update.address, now=now)
    language = best_language(update.language, house.languages)
    voice = Voice(house=house, release=house.releases.current, language=language, values={})
    letter = Letter(text=voice.say("always.step_failed.say"), urgency=Urgency.SAFETY)
    await post(tx, place, letter, now=now)


async def _open_case(tx: Transaction, house: House, update: Update) -> None:
    """Have a person read what came in: in the contact's case, or a new one if that is broken."""
    now = house.clock()
    place = await contacts.find_place(tx, update.channel, update.address)
    if place is None:
        return
    place = replace(place, case=await _readable_case(tx, place))
    language = best_language(update.language, house.languages)
    session = place.session or Session(release=house.releases.current.id, language=language)
    words = (Said(at=now, state=session.state, text=update.text),) if update.text else ()
    if place.case is not None:
        await add_words(tx, house, place.case, words, kind=EntryKind.SAID)
    session = replace(session, case=None, said=(*session.said, *words))
    await open_or_raise(tx, house, place, session, Concern(queue="intake", level=Level.URGENT))
    await contacts.save_session(tx, place.contact, session, now=now)


async def _readable_case(tx: Transaction, place: Place) -> CaseId | None:
    if place.case is None:
        return None
    try:
        await cases.read_body(tx, place.case)
    except (UnsealError, ValueError, KeyError, TypeError):
        return None
    return place.case


async def take_one(
    tx: Transaction, house: House, update: Update, *, is_followed: bool = False
) -> None:
    """Take in *update* within the transaction *tx*, unless it was taken before."""
    if not await inbox.note(tx, update, now=house.clock()):
        return
    if not await take_from_staff(tx, house, update):
        await take_from_contact(tx, house, update, is_followed=is_followed)
