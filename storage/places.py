"""Places: where contacts are, read together with their session and their open case."""

from collections.abc import Sequence
from contextlib import suppress
from functools import cache

from sqlalchemy import and_, bindparam, case, exists, func, literal_column, select

from bot.domain.case import Status
from bot.domain.ids import AddressId, CaseId, ContactId, Instant
from bot.domain.place import OwnerKind, Place
from bot.domain.session import Session
from storage import data_keys
from storage.ahead import Address
from storage.database import Row, Transaction
from storage.many import answered, asked, size_for
from storage.packing import unpack_session
from storage.schema import addresses, cases, contacts, sessions, timers
from storage.schema import data_keys as keys
from storage.sealing import UnsealError
from storage.statements import Statement, ready

_IS_OF_OWNER = and_(
    contacts.c.owner_kind == literal_column(f"'{OwnerKind.WORKER.value}'"),
    cases.c.owner == contacts.c.owner,
)
_IS_WAITING = cases.c.status == literal_column(f"'{Status.WAITING.value}'")
_OPEN_CASE = (
    select(
        func.coalesce(
            func.max(case((and_(_IS_OF_OWNER, _IS_WAITING), cases.c.id))),
            func.max(case((_IS_OF_OWNER, cases.c.id))),
            func.max(cases.c.id),
        )
    )
    .where(
        cases.c.address == addresses.c.id,
        func.coalesce(cases.c.closed_at, 0) == 0,
    )
    .scalar_subquery()
)
"""Of several the one of the worker who has the conversation, first that in which they asked.

One whose code was typed at another address since is answered there, and is not theirs here. Spelt
so that it is looked for among the cases of the address, and not among all open ones.
"""

_CASE_OPENED_AT = (
    select(func.max(cases.c.opened_at)).where(cases.c.contact == contacts.c.id).scalar_subquery()
)
_newer = addresses.alias("newer")
_IS_CURRENT = and_(
    addresses.c.dead_at.is_(None),
    ~exists().where(_newer.c.contact == contacts.c.id, _newer.c.used_at > addresses.c.used_at),
)
_PLACES = (
    select(
        contacts.c.id.label("contact"),
        contacts.c.owner_kind,
        contacts.c.owner,
        contacts.c.lease_until,
        contacts.c.seen_at,
        addresses.c.id.label("address"),
        addresses.c.channel,
        addresses.c.found_by,
        addresses.c.sealed_address,
        addresses.c.dead_at,
        sessions.c.release,
        sessions.c.state,
        sessions.c.sealed_body,
        timers.c.due_at.label("silence_at"),
        _IS_CURRENT.label("is_current"),
        _OPEN_CASE.label("open_case"),
        _CASE_OPENED_AT.label("case_opened_at"),
    )
    .join(addresses, addresses.c.contact == contacts.c.id)
    .outerjoin(sessions, sessions.c.contact == contacts.c.id)
    .outerjoin(
        timers,
        and_(timers.c.kind == literal_column("'silence'"), timers.c.subject == contacts.c.id),
    )
)
BY_ADDRESS = ready(
    _PLACES.where(
        addresses.c.channel == bindparam("channel"), addresses.c.found_by == bindparam("found_by")
    )
)
_BY_ADDRESS_ID = ready(_PLACES.where(addresses.c.id == bindparam("address")))
_LATEST = ready(
    _PLACES.where(contacts.c.id == bindparam("contact"))
    .order_by(addresses.c.used_at.desc())
    .limit(1)
)


async def find_place(tx: Transaction, channel: str, where: str) -> Place | None:
    """Return the place of the contact at the address *where* of *channel*, if it is known."""
    if tx.ahead is not None and (channel, where) in tx.ahead.places:
        return tx.ahead.places[channel, where]
    found_by = tx.keys.find(channel, where)
    row = await tx.one(BY_ADDRESS, channel=channel, found_by=found_by)
    return await read_place(tx, row) if row else None


class WherePlaces:
    """The question which contacts are at *addresses*, and what the answer means."""

    def __init__(self, tx: Transaction, addresses_: Sequence[Address]) -> None:
        self._wanted = {tx.keys.find(*address): address for address in addresses_}
        self._with_keys = tx.cache.is_empty
        statement = _many(size_for(len(self._wanted)), with_keys=self._with_keys)
        self.question = (statement, answered(list(self._wanted)))

    async def open(self, tx: Transaction, rows: Sequence[Row]) -> dict[Address, Place | None]:
        """Return the place at each address, None where nobody is.

        A place that cannot be opened is left out: whoever asks for it alone is told why.
        """
        if self._with_keys:
            data_keys.remember_many(tx, rows, owner="contact")
        else:
            await data_keys.recall_many(tx, [row["contact"] for row in rows])
        known = {row["found_by"] for row in rows}
        places: dict[Address, Place | None] = {
            address: None for found_by, address in self._wanted.items() if found_by not in known
        }
        for row in rows:
            with suppress(UnsealError, ValueError, KeyError, TypeError):
                address = self._wanted[row["found_by"]]
                places[address] = await read_place(tx, row, where=address[1])
        return places


@cache
def _many(size: int, *, with_keys: bool) -> Statement:
    found = _PLACES.where(addresses.c.found_by.in_(asked(size)))
    if with_keys:
        found = found.add_columns(keys.c.master, keys.c.wrapped)
        found = found.outerjoin(keys, keys.c.id == contacts.c.id)
    return ready(found)


async def place_at(tx: Transaction, address: AddressId) -> Place | None:
    """Return the place at *address*, or None if it was erased."""
    row = await tx.one(_BY_ADDRESS_ID, address=address)
    return await read_place(tx, row) if row else None


async def latest_place(tx: Transaction, contact: ContactId) -> Place | None:
    """Return *contact* at the address they wrote from last, even if nothing arrives there now."""
    row = await tx.one(_LATEST, contact=contact)
    return await read_place(tx, row) if row else None


async def read_place(tx: Transaction, row: Row, *, where: str = "") -> Place:
    """Return the place of *row*; *where* it is need not be opened by whoever found it by that."""
    contact = ContactId(row["contact"])
    sealed = row["sealed_address"]
    if not sealed:
        where = ""
    elif not where:
        where = await data_keys.open_for(tx, contact, row["address"], sealed)
    return Place(
        contact=contact,
        address=AddressId(row["address"]),
        channel=row["channel"],
        where=where,
        owner_kind=OwnerKind(row["owner_kind"]),
        owner=row["owner"],
        lease_until=row["lease_until"],
        session=await _session(tx, row),
        case=CaseId(row["open_case"]) if row["open_case"] else None,
        case_opened_at=row["case_opened_at"],
        spoken_at=Instant(row["seen_at"]),
        silence_at=row["silence_at"],
        is_current=bool(row["is_current"]),
        is_dead=row["dead_at"] is not None,
    )


async def _session(tx: Transaction, row: Row) -> Session | None:
    if row["sealed_body"] is None:
        return None
    contact, sealed = ContactId(row["contact"]), row["sealed_body"]
    return unpack_session(await data_keys.open_bytes_for(tx, contact, "session", sealed))
