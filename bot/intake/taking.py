"""One record's way into the database, within the transaction that it shares with others."""

from bot.casework.house import House
from bot.domain.update import Update
from bot.intake.contact import take_from_contact
from bot.intake.refuge import RawUpdate, Record, Shown
from bot.intake.setting_aside import put_raw_aside
from bot.intake.staff import take_from_staff
from storage import contacts, inbox, outbox
from storage.database import Transaction

_BEGIN = "/start"


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
    if not await take_from_staff(tx, house, update):
        await take_from_contact(tx, house, update, is_followed=is_followed)


async def begins_in_vain(tx: Transaction, came: Record) -> bool:
    """Whether a page asked to begin only because nobody could tell it of its open question."""
    if not isinstance(came, Update) or (came.channel, came.text) != (outbox.PULLED, _BEGIN):
        return False
    place = await contacts.find_place(tx, came.channel, came.address)
    return place is not None and place.session is not None and bool(place.session.state)


async def _note_shown(tx: Transaction, house: House, shown: Shown) -> None:
    place = await contacts.find_place(tx, shown.channel, shown.address)
    if place is not None:
        await inbox.keep_reference(tx, place.address, shown.reference, now=house.clock())
