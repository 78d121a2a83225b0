"""Putting messages into the outbox."""

from collections.abc import Sequence
from typing import ClassVar

from bot.casework.speech import split
from bot.domain.ids import AddressId, Instant, MessageId
from bot.domain.message import Act, Button, Buttons, Message, Urgency
from bot.domain.place import Place
from bot.domain.values import Value
from bot.domain.worker import StaffAddress
from storage import data_keys, outbox
from storage.database import Transaction
from storage.packing import Wording, pack_for


class Letter(Value, frozen=True, kw_only=True):
    """What is to be said, before it is addressed."""

    hidden: ClassVar[frozenset[str]] = frozenset({"text", "buttons"})

    text: str
    urgency: Urgency = Urgency.REPLY
    buttons: Buttons = ()
    is_from_person: bool = False
    is_question: bool = False
    is_unasked: bool = False


async def post(
    tx: Transaction, place: Place, letter: Letter, *, now: Instant, case_id: str | None = None
) -> None:
    """Put *letter* into the outbox for the contact at *place*, one row a part."""
    parts = list(split(letter.text))
    for number, part in enumerate(parts, 1):
        message = Message(
            id=outbox.new_message_id(),
            channel=place.channel,
            recipient=place.address,
            address=place.where,
            urgency=letter.urgency,
            text=part,
            buttons=letter.buttons if number == len(parts) else (),
            is_from_person=letter.is_from_person,
            is_question=letter.is_question and len(parts) == 1,
            is_unasked=letter.is_unasked,
        )
        await outbox.post(tx, message, key=place.contact, now=now, case_id=case_id)


async def post_wording(
    tx: Transaction,
    place: Place,
    wording: Wording,
    *,
    step: int,
    urgency: Urgency,
    is_question: bool,
    now: Instant,
    case_id: str | None,
) -> None:
    """Put *wording*, which is one part, into the outbox for the contact at *place*."""
    envelope = outbox.Envelope(
        id=outbox.new_message_id(),
        channel=place.channel,
        recipient=place.address,
        key=place.contact,
        urgency=urgency,
        case_id=case_id,
    )
    packed = pack_for(place.where, wording, step=step, is_question=is_question)
    tx.touched.add(place.where)
    await outbox.post_packed(tx, envelope, packed, now=now)


async def post_act(
    tx: Transaction,
    place: Place,
    act: Act,
    references: Sequence[str],
    *,
    text: str = "",
    now: Instant,
) -> None:
    """Have the channel do *act* with the messages or the tap named by *references*."""
    message = Message(
        id=outbox.new_message_id(),
        channel=place.channel,
        recipient=place.address,
        address=place.where,
        urgency=Urgency.SAFETY,
        act=act,
        text=text,
        references=tuple(references),
    )
    await outbox.post(tx, message, key=place.contact, now=now)


async def post_to_staff(
    tx: Transaction,
    address: StaffAddress,
    text: str,
    *,
    urgency: Urgency,
    buttons: Sequence[Button] = (),
    now: Instant,
    case_id: str | None = None,
) -> MessageId:
    """Put *text*, which holds nothing a contact wrote, into the outbox for staff.

    Returns the message's id.
    """
    message = Message(
        id=outbox.new_message_id(),
        channel=address.channel,
        recipient=AddressId(address.id),
        address=address.where,
        urgency=urgency,
        text=text,
        buttons=(tuple(buttons),) if buttons else (),
    )
    await outbox.post(tx, message, key=data_keys.HOUSE, now=now, case_id=case_id)
    return message.id


async def answer_tap(
    tx: Transaction, channel: str, where: str, tap_id: str, text: str, *, now: Instant
) -> None:
    """Answer the tap *tap_id* of a worker with a short notice."""
    message = Message(
        id=outbox.new_message_id(),
        channel=channel,
        recipient=AddressId(tap_id[:32]),
        address=where,
        urgency=Urgency.SAFETY,
        act=Act.NOTE_TAP,
        text=text,
        references=(tap_id,),
    )
    await outbox.post(tx, message, key=data_keys.HOUSE, now=now)
