"""Filling a database with contacts and cases as an organisation has them after some years."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd
from pathlib import Path

from sqlalchemy import update

from bot.benching.conversation import FIRST_CONTACT, QUESTIONS
from bot.benching.lantern_subject import prepare
from bot.benching.subject import Order
from bot.domain.case import Case, CaseBody, EntryKind, Status
from bot.domain.ids import DAY, AddressId, CaseId, Instant
from bot.domain.level import Level
from bot.domain.message import Message, Urgency
from bot.domain.place import Place
from bot.domain.session import Said, Session
from bot.housing import wall_clock
from storage import case_log, cases, contacts, data_keys, outbox
from storage.database import Database, Transaction
from storage.opening import open_database
from storage.schema import outbox as messages
from storage.sealing import read_keys
from storage.statements import ready

CHANNEL = "telegram"
AT_ONCE = 1000
OPEN_OF = 100
"""One case in so many is open, and somebody has it."""

YEARS_AGO = 700 * DAY
_WORDS = 256
"""A return code is four of so many words at least; each case has one of its own."""

_EVERYTHING_IS_SENT = ready(
    update(messages).where(messages.c.sent_at.is_(None)).values(sent_at=messages.c.made_at)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """So many contacts, each with a session and a message sent, and so many cases of theirs."""

    contacts: int
    cases: int


async def fill(folder: Path, stored: Stored) -> None:
    """Make a database in *folder* that holds *stored*, sealed and written as always.

    Contacts who follow one another in what is measured lie far apart in it.
    """
    settings = prepare(Order(bot="lantern", api="", folder=str(folder), listen="127.0.0.1:1"))
    database = await open_database(settings.database, read_keys(settings.key_file))
    try:
        await database.write(data_keys.make_house_key)
        start = Instant(wall_clock() - YEARS_AGO)
        for first in range(0, stored.contacts, AT_ONCE):
            await _write(
                database, stored, range(first, min(first + AT_ONCE, stored.contacts)), start
            )
    finally:
        await database.close()


async def _write(database: Database, stored: Stored, numbers: range, start: Instant) -> None:
    async def work(tx: Transaction) -> None:
        for number in numbers:
            now = Instant(start + number)
            place = await contacts.make_place(tx, CHANNEL, _address(number, stored), now=now)
            await contacts.save_session(tx, place.contact, _session(now), now=now)
            await outbox.post(tx, _message(place), key=place.contact, now=now)
            for case in _numbers_of_cases(number, stored):
                await _add_case(tx, place, case, now)
        await tx.run(_EVERYTHING_IS_SENT)

    await database.write(work)


def _address(number: int, stored: Stored) -> str:
    """Return where the contact *number* is: a permutation, so that neighbours lie far apart."""
    stride = next(step for step in range(7919, 2 * 7919 + 2) if gcd(step, stored.contacts) == 1)
    return str(FIRST_CONTACT + number * stride % stored.contacts)


def _numbers_of_cases(number: int, stored: Stored) -> Iterator[int]:
    """Yield the numbers of the cases of the contact *number*; they are spread evenly."""
    first, after = (each * stored.cases // stored.contacts for each in (number, number + 1))
    yield from range(first + 1, after + 1)


def _session(now: Instant) -> Session:
    answers = {f"report_a_concern.{question.key}": question.answer for question in QUESTIONS}
    said = Said(at=now, state="report_a_concern.what_happened", text=QUESTIONS[-1].answer)
    return Session(release="none", language="en", answers=answers, said=(said,))


def _message(place: Place) -> Message:
    return Message(
        id=outbox.new_message_id(),
        channel=CHANNEL,
        recipient=place.address,
        address=place.where,
        urgency=Urgency.REPLY,
        text=QUESTIONS[-1].ask,
    )


async def _add_case(tx: Transaction, place: Place, number: int, now: Instant) -> None:
    is_open = number % OPEN_OF == 0
    case = Case(
        id=cases.new_case_id(),
        number=number,
        contact=place.contact,
        address=AddressId(place.address),
        queue="intake",
        level=Level.ROUTINE,
        status=Status.CLAIMED,
        owner=None,
        owner_name="",
        opened_at=now,
        due_at=Instant(now + DAY),
        acknowledged_at=now,
        closed_at=None,
        outcome="",
        rung=0,
        unread=0,
        may_write=True,
        version=0,
    )
    code = tuple(number // _WORDS**power % _WORDS for power in range(4))
    await cases.add_case(tx, case, CaseBody(code=code), code="-".join(map(str, code)))
    if not is_open:
        await cases.change(tx, CaseId(case.id), closed_at=now + DAY, outcome="helped")
    entry = case_log.new_entry(EntryKind.SAID, at=now, text=QUESTIONS[-1].answer)
    await case_log.add_entry(tx, case.id, entry)
