"""Contacts, their addresses and sessions."""

from sqlalchemy import (
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_or_update

from bot.domain.ids import AddressId, ContactId, Instant, new_id
from bot.domain.place import OwnerKind, Place
from bot.domain.session import Session
from bot.domain.values import replace
from storage import data_keys, places
from storage.database import Transaction
from storage.packing import pack_session
from storage.schema import addresses, cases, contacts, outbox, sessions
from storage.sealing import UnsealError
from storage.statements import ready

_ADD_CONTACT = ready(
    insert(contacts).values(
        id=bindparam("id"), created_at=bindparam("now"), seen_at=bindparam("now")
    )
)
_ADD_ADDRESS = ready(
    insert(addresses).values(
        id=bindparam("id"),
        contact=bindparam("contact"),
        channel=bindparam("channel"),
        found_by=bindparam("found_by"),
        sealed_address=bindparam("sealed"),
        used_at=bindparam("now"),
    )
)
_SEEN = ready(
    update(contacts).where(contacts.c.id == bindparam("contact")).values(seen_at=bindparam("now"))
)
_USED = ready(
    update(addresses)
    .where(addresses.c.id == bindparam("address"))
    .values(used_at=bindparam("now"), dead_at=None)
)
_DEAD = ready(
    update(addresses).where(addresses.c.id == bindparam("address")).values(dead_at=bindparam("now"))
)
_RESEAL = ready(
    update(addresses)
    .where(addresses.c.id == bindparam("address"))
    .values(sealed_address=bindparam("sealed"))
)
_OWN = ready(
    update(contacts)
    .where(contacts.c.id == bindparam("contact"))
    .values(
        owner_kind=bindparam("kind"),
        owner=bindparam("owner"),
        lease_until=bindparam("until"),
        version=contacts.c.version + 1,
    )
)
_DROP_SESSION = ready(delete(sessions).where(sessions.c.contact == bindparam("contact")))
_NEW_SESSION = insert_or_update(sessions).values(
    contact=bindparam("contact"),
    release=bindparam("release"),
    state=bindparam("state"),
    sealed_body=bindparam("sealed"),
    updated_at=bindparam("now"),
)
_SAVE_SESSION = ready(
    _NEW_SESSION.on_conflict_do_update(
        index_elements=["contact"],
        set_={
            "release": _NEW_SESSION.excluded.release,
            "state": _NEW_SESSION.excluded.state,
            "sealed_body": _NEW_SESSION.excluded.sealed_body,
            "updated_at": _NEW_SESSION.excluded.updated_at,
            "version": sessions.c.version + 1,
        },
    )
)
_ADDRESSES = ready(select(addresses.c.id).where(addresses.c.contact == bindparam("contact")))
_DROP_ADDRESSES = ready(delete(addresses).where(addresses.c.contact == bindparam("contact")))
_DROP_CONTACT = ready(delete(contacts).where(contacts.c.id == bindparam("contact")))
_THEIR_ADDRESSES = select(addresses.c.id).where(addresses.c.contact == bindparam("contact"))
_DROP_OUTBOX = ready(
    delete(outbox).where(
        outbox.c.recipient.in_(_THEIR_ADDRESSES), outbox.c.key == bindparam("contact")
    )
)
_HAS_CASE = ready(
    select(cases.c.id)
    .where(or_(cases.c.contact == bindparam("contact"), cases.c.address.in_(_THEIR_ADDRESSES)))
    .limit(1)
)

find_place, place_at, latest_place = places.find_place, places.place_at, places.latest_place


async def make_place(tx: Transaction, channel: str, where: str, *, now: Instant) -> Place:
    """Add a new contact at a new address."""
    contact, address = ContactId(new_id()), AddressId(new_id())
    await data_keys.make_key(tx, contact)
    tx.later(_ADD_CONTACT, contact, id=contact, now=now)
    sealed = await data_keys.seal_for(tx, contact, address, where)
    found_by = tx.keys.find(channel, where)
    tx.later(
        _ADD_ADDRESS,
        address,
        id=address,
        contact=contact,
        channel=channel,
        found_by=found_by,
        sealed=sealed,
        now=now,
    )
    place = Place(
        contact=contact,
        address=address,
        channel=channel,
        where=where,
        spoken_at=now,
        is_current=True,
    )
    if tx.ahead is not None:
        tx.ahead.keep(place)
    return place


async def mend_place(tx: Transaction, channel: str, where: str) -> None:
    """Make the place at *where* readable again, if it has become unreadable.

    What cannot be opened is lost: the session, and if need be the data key. Cases have their own.
    """
    found_by = tx.keys.find(channel, where)
    row = await tx.one(places.BY_ADDRESS, channel=channel, found_by=found_by)
    if row is None:
        return
    try:
        await places.read_place(tx, row)
    except (UnsealError, ValueError, KeyError, TypeError):
        await tx.run(_DROP_SESSION, contact=row["contact"])
    else:
        return
    try:
        await data_keys.open_for(tx, row["contact"], row["address"], row["sealed_address"] or b"")
    except UnsealError:
        place = Place(
            contact=ContactId(row["contact"]),
            address=AddressId(row["address"]),
            channel=channel,
            where=where,
            spoken_at=Instant(row["seen_at"]),
        )
        await _reseal_addresses(tx, place)


async def note_seen(tx: Transaction, place: Place, *, now: Instant) -> None:
    """Record that the contact wrote from this address now."""
    tx.later(_SEEN, place.contact, contact=place.contact, now=now)
    if not place.is_current:
        tx.later(_USED, place.address, address=place.address, now=now)
        if tx.ahead is not None:
            tx.ahead.distrust()
    if tx.ahead is not None:
        tx.ahead.keep(replace(place, spoken_at=now, is_current=True, is_dead=False))


async def mark_dead(tx: Transaction, address: AddressId, *, now: Instant) -> None:
    """Record that nothing sent to *address* arrives."""
    await tx.run(_DEAD, address=address, now=now)


async def set_owner(
    tx: Transaction, contact: ContactId, kind: OwnerKind, owner: str = "", until: int | None = None
) -> None:
    """Hand the conversation with *contact* to a new owner; a worker's ends at *until*."""
    tx.later(_OWN, contact, contact=contact, kind=kind.value, owner=owner, until=until)
    if tx.ahead is not None:
        lease = None if until is None else Instant(until)
        tx.ahead.change(contact, owner_kind=kind, owner=owner, lease_until=lease)


async def save_session(
    tx: Transaction, contact: ContactId, session: Session, *, now: Instant
) -> None:
    """Keep *session* as the place of *contact* in the conversation."""
    sealed = await data_keys.seal_bytes_for(tx, contact, "session", pack_session(session))
    tx.later(
        _SAVE_SESSION,
        contact,
        contact=contact,
        release=session.release,
        state=session.state,
        sealed=sealed,
        now=now,
    )
    place = tx.ahead.place_of(contact) if tx.ahead is not None else None
    if tx.ahead is not None and place is not None:
        tx.ahead.keep(replace(place, session=session))


def note_silence(tx: Transaction, contact: ContactId, at: Instant | None) -> None:
    """Remember for this batch when the silence of *contact* is looked at next."""
    place = tx.ahead.place_of(contact) if tx.ahead is not None else None
    if tx.ahead is not None and place is not None:
        tx.ahead.keep(replace(place, silence_at=at))


async def erase(tx: Transaction, place: Place, *, now: Instant) -> bool:
    """Erase what is kept about the contact; return whether workers keep a case.

    A case that they came back to with its code, from this address, counts as theirs.
    Without a case nothing remains. With one, the address remains, under a new key, so that the
    worker can still write.
    """
    keeps_case = await tx.one(_HAS_CASE, contact=place.contact) is not None
    await tx.run(_DROP_SESSION, contact=place.contact)
    await tx.run(_DROP_OUTBOX, contact=place.contact)
    await data_keys.destroy_key(tx, place.contact, now=now)
    if not keeps_case:
        await tx.run(_DROP_ADDRESSES, contact=place.contact)
        await tx.run(_DROP_CONTACT, contact=place.contact)
        return False
    await _reseal_addresses(tx, place)
    return True


async def _reseal_addresses(tx: Transaction, place: Place) -> None:
    await data_keys.make_key(tx, place.contact)
    for row in await tx.all(_ADDRESSES, contact=place.contact):
        is_here = row["id"] == place.address
        sealed = await data_keys.seal_for(tx, place.contact, row["id"], place.where)
        await tx.run(_RESEAL, address=row["id"], sealed=sealed if is_here else None)
