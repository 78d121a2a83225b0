"""What follows where a message does not arrive: it goes to another address, or a person hears."""

from dataclasses import replace

from bot.casework.alerts import note_dead
from bot.casework.cases import add_status
from bot.casework.house import House
from bot.casework.phrases import DEAD_ADDRESS
from bot.casework.ringing import tell_news
from bot.casework.turn_to_act import contact_acted
from bot.domain.ids import CaseId, Instant, MessageId
from bot.domain.message import Act, Message
from bot.log import Action, record
from storage import cases, contacts, outbox, staff
from storage.data_keys import HOUSE
from storage.database import Transaction


async def send_to(tx: Transaction, moved_to: str, message: Message, *, now: Instant) -> bool:
    """Send *message* to where its recipient has moved, if that is the staff's, or return False."""
    if not await staff.move_address(tx, message.recipient, moved_to):
        return False
    case, _, _ = await outbox.case_of(tx, message.id)
    await outbox.fail(tx, message.id, now=now)
    again = replace(message, id=outbox.new_message_id(), address=moved_to)
    await outbox.post(tx, again, key=HOUSE, now=now, case_id=case or None)
    tx.once_kept(record, Action.ADDRESS_MOVED, address=message.recipient, message=again.id)
    return True


async def tell_of(tx: Transaction, house: House, message: Message, *, is_dead: bool) -> None:
    """Record a dead address; a case whose message did not arrive is news for its worker.

    An alert that did not arrive stands in the case only: its owner may be who did not get it.
    """
    if is_dead:
        now = house.clock()
        await contacts.mark_dead(tx, message.recipient, now=now)
        await note_dead(tx, house, message.recipient, now=now)
        tx.once_kept(record, Action.ADDRESS_DEAD, level="warning", address=message.recipient)
    await _tell_in_its_case(tx, house, message.id)


async def give_up(tx: Transaction, house: House, message: MessageId) -> None:
    """Record that *message*, which cannot be opened, never arrives; its case says so as well."""
    if await outbox.is_waiting(tx, message):
        await outbox.fail(tx, message, now=house.clock())
        await _tell_in_its_case(tx, house, message)


async def _tell_in_its_case(tx: Transaction, house: House, message: MessageId) -> None:
    case, is_to_staff, act = await outbox.case_of(tx, message)
    if not case or act is not Act.SAY:
        return
    now = house.clock()
    if is_to_staff:
        await add_status(tx, CaseId(case), "alert_undelivered", at=now)
    else:
        await add_status(tx, CaseId(case), "undelivered", at=now)
        await _tell_owner(tx, house, CaseId(case))


async def _tell_owner(tx: Transaction, house: House, case_id: CaseId) -> None:
    """Count it as news; the owner hears of it unless they have not looked since the last.

    Nobody is awaited who was not reached: the clock runs, but not where the case is closed.
    """
    case = await cases.find_case(tx, case_id)
    if case.closed_at is not None:
        return
    await cases.change(tx, case_id, unread=case.unread + 1, **contact_acted(house, case))
    await tell_news(tx, house, case, DEAD_ADDRESS)
