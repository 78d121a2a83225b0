"""What cannot be taken in lies aside for a person; its contact hears where help is."""

import json
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from bot.casework.alerts import tell_everybody
from bot.casework.cases import add_words, open_or_raise
from bot.casework.house import House
from bot.casework.phrases import SET_ASIDE
from bot.casework.posting import Letter, post
from bot.casework.speech import Voice
from bot.domain.case import EntryKind
from bot.domain.ids import CaseId
from bot.domain.message import Urgency
from bot.domain.place import Place
from bot.domain.session import Said, Session
from bot.domain.update import Kind, Update
from bot.domain.values import replace
from bot.intake.failing import apologise, concern_of, kept_of
from bot.intake.refuge import RawUpdate
from bot.log import Action, record
from bot.wording.language import best_language
from storage import cases, contacts, inbox, staff
from storage.database import DatabaseAwayError, Transaction
from storage.packing import pack_update
from storage.reach import EVERYTHING, Reach
from storage.sealing import UnsealError

T = TypeVar("T")
_Answer = Callable[[Transaction, House, Update], Awaitable[None]]


class Write(Protocol):
    """Runs work in a transaction, sooner or later; see :meth:`Database.write`."""

    def __call__(
        self, work: Callable[[Transaction], Awaitable[T]], *, reach: Reach = EVERYTHING
    ) -> Awaitable[T]:
        """Run *work*, and return what it does.

        Raises:
            DatabaseAwayError: it was not done in time.

        """


async def put_raw_aside(tx: Transaction, house: House, raw: RawUpdate) -> None:
    """Keep an update that cannot even be read, sealed, for a person to look at; but once only."""
    now = house.clock()
    update = Update(
        id=raw.id, channel=raw.channel, address=raw.where, sender="", kind=Kind.OTHER, at=now
    )
    if await inbox.note(tx, update, now=now):
        content = raw.content.encode("latin-1")
        await inbox.put_aside(
            tx, raw.channel, raw.id, content, error="Unreadable", now=now, where=raw.where
        )
        await tell_everybody(tx, house, SET_ASIDE, now=now)


async def set_aside(house: House, update: Update, error: Exception, *, write: Write) -> None:
    """Keep *update*, whose turn failed with *error*, and answer its contact, by means of *write*.

    Raises:
        Exception: whatever came between; then it is not safe.

    """
    name = type(error).__name__
    try:
        await write(lambda tx: _put_aside(tx, house, update, name, apologise))
    except DatabaseAwayError:
        raise
    except Exception as fault:  # noqa: BLE001 - then with less
        record(Action.TURN_FAILED, level="error", error=fault)
        await write(lambda tx: _put_aside(tx, house, update, name, _say_sorry))
        await _try_to_open_case(house, update, write)


async def _put_aside(
    tx: Transaction, house: House, update: Update, error: str, answer: _Answer
) -> None:
    now = house.clock()
    if not await inbox.note(tx, update, now=now):
        return
    raw = json.dumps(pack_update(update)).encode()
    await inbox.put_aside(
        tx, update.channel, update.id, raw, error=error, now=now, where=update.address
    )
    await tell_everybody(tx, house, SET_ASIDE, now=now)
    if await _is_from_contact(tx, update):
        await contacts.mend_place(tx, update.channel, update.address)
        await answer(tx, house, update)


async def _try_to_open_case(house: House, update: Update, write: Write) -> None:
    """Give a person the words; they are safe aside, and the staff told, if that fails too."""

    async def work(tx: Transaction) -> None:
        if await _is_from_contact(tx, update):
            await _open_case(tx, house, update)

    try:
        await write(work)
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
    kept = kept_of(house, update.text, place.session)
    words = (Said(at=now, state=session.state, text=kept),) if kept else ()
    if place.case is not None:
        await add_words(tx, house, place.case, words, kind=EntryKind.SAID)
    session = replace(session, case=None, said=(*session.said, *words))
    concern = concern_of(house, update.text, place.session)
    await open_or_raise(tx, house, place, session, concern)
    session = replace(session, heard=())
    await contacts.save_session(tx, place.contact, session, now=now)


async def _readable_case(tx: Transaction, place: Place) -> CaseId | None:
    if place.case is None:
        return None
    try:
        await cases.read_body(tx, place.case)
    except (UnsealError, ValueError, KeyError, TypeError):
        return None
    return place.case
