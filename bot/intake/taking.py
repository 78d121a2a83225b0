"""One record's way into the database, within the transaction that it shares with others."""

from collections.abc import Sequence
from time import perf_counter

from bot.casework.house import House
from bot.domain.update import Update
from bot.intake.contact import take_from_contact
from bot.intake.letters import Letter
from bot.intake.refuge import RawUpdate, Record, Shown
from bot.intake.setting_aside import put_raw_aside
from bot.intake.staff import take_from_staff
from storage import contacts, inbox, outbox
from storage.database import Transaction
from storage.look_ahead import look_ahead

LONGEST_TRANSACTION = 0.25
"""Seconds after which a transaction takes in no more: the others go into the next one.

What is read closely takes some milliseconds, and a flood of it must neither keep everybody else
from writing nor pass for a database that is away.
"""

_BEGIN = "/start"


async def take_letters(
    tx: Transaction, *, house: House, letters: Sequence[Letter], within: float
) -> int:
    """Take in *letters*, but begin with none after *within* seconds; return how many were taken."""
    ends, taken = perf_counter() + within, 0
    updates = [letter.record for letter in letters if isinstance(letter.record, Update)]
    if updates:
        await look_ahead(tx, updates)
    for letter in letters:
        came = letter.record
        if not letter.was_kept or not await _begins_in_vain(tx, came):
            await take_record(tx, house, came, is_followed=letter.is_followed)
        taken += 1
        if perf_counter() > ends:
            break
    tx.ahead = None
    return taken


async def take_record(
    tx: Transaction, house: House, came: Record, *, is_followed: bool = False
) -> None:
    """Take in what *came*, within the transaction *tx*, unless it was taken before."""
    match came:
        case Update():
            await take_one(tx, house, came, is_followed=is_followed)
        case RawUpdate():
            await put_raw_aside(tx, house, came)
        case Shown():
            await _note_shown(tx, house, came)


async def take_one(
    tx: Transaction, house: House, update: Update, *, is_followed: bool = False
) -> None:
    """Take in *update* within the transaction *tx*, unless it was taken before."""
    if not await inbox.note(tx, update, now=house.clock()):
        return
    with house.own_texts.turn():
        if not await take_from_staff(tx, house, update):
            await take_from_contact(tx, house, update, is_followed=is_followed)


async def _begins_in_vain(tx: Transaction, came: Record) -> bool:
    """Whether a page asked to begin only because nobody could tell it of its open question."""
    if not isinstance(came, Update) or (came.channel, came.text) != (outbox.PULLED, _BEGIN):
        return False
    place = await contacts.find_place(tx, came.channel, came.address)
    return place is not None and place.session is not None and bool(place.session.state)


async def _note_shown(tx: Transaction, house: House, shown: Shown) -> None:
    place = await contacts.find_place(tx, shown.channel, shown.address)
    if place is not None:
        await inbox.keep_reference(tx, place.address, shown.reference, now=house.clock())
