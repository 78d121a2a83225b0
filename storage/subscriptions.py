"""Who has something sent once a day: which series, how far, and on which day it was last sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.domain.ids import AddressId, CaseId, ContactId, Instant
from bot.domain.level import Level
from storage.database import Transaction
from storage.schema import addresses, cases, subscriptions
from storage.statements import ready

_ADD = ready(
    insert(subscriptions)
    .values(contact=bindparam("contact"), series=bindparam("series"), began_at=bindparam("now"))
    .on_conflict_do_nothing(index_elements=["contact", "series"])
)
_OF = ready(
    select(subscriptions)
    .where(subscriptions.c.contact == bindparam("of"))
    .order_by(subscriptions.c.series)
)
_MOVE_ON = ready(
    update(subscriptions)
    .where(subscriptions.c.contact == bindparam("of"), subscriptions.c.series == bindparam("which"))
    .values(position=subscriptions.c.position + 1, last_day=bindparam("day"))
)
_END = ready(
    delete(subscriptions).where(
        subscriptions.c.contact == bindparam("of"), subscriptions.c.series == bindparam("which")
    )
)
_COUNTS = ready(select(subscriptions.c.series, func.count()).group_by(subscriptions.c.series))
_DEAD = ready(
    select(addresses.c.id).where(
        addresses.c.id == bindparam("address"), addresses.c.dead_at.is_not(None)
    )
)
_THEIRS = select(addresses.c.id).where(addresses.c.contact == bindparam("contact"))
_CASES = ready(
    select(cases.c.id, cases.c.level, cases.c.owner, cases.c.closed_at, cases.c.may_write).where(
        (cases.c.contact == bindparam("contact")) | cases.c.address.in_(_THEIRS)
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A series that is sent to a contact; ``last_day`` is the number of the day it was last."""

    contact: ContactId
    series: str
    position: int
    last_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseState:
    """What of a case decides whether its contact may be written to unasked."""

    id: CaseId
    level: Level
    is_owned: bool
    is_open: bool
    may_write: bool


async def add(tx: Transaction, contact: ContactId, series: str, *, now: Instant) -> None:
    """Have *series* sent to *contact*; if it is already, nothing changes."""
    await tx.run(_ADD, contact=contact, series=series, now=now)


async def of(tx: Transaction, contact: ContactId) -> Sequence[Subscription]:
    """Return what is sent to *contact*."""
    return [
        Subscription(
            contact=contact,
            series=row["series"],
            position=row["position"],
            last_day=row["last_day"],
        )
        for row in await tx.all(_OF, of=contact)
    ]


async def move_on(tx: Transaction, subscription: Subscription, *, day: int) -> None:
    """Record that the next of the series was told on *day*."""
    await tx.run(_MOVE_ON, of=subscription.contact, which=subscription.series, day=day)


async def end(tx: Transaction, contact: ContactId, series: str) -> bool:
    """Send *series* no more; return whether it was sent."""
    return await tx.run(_END, of=contact, which=series) == 1


async def count(tx: Transaction) -> Mapping[str, int]:
    """Return to how many contacts each series is sent."""
    return {row[0]: row[1] for row in await tx.all(_COUNTS)}


async def is_dead(tx: Transaction, address: AddressId) -> bool:
    """Whether nothing that is sent to *address* arrives."""
    return await tx.one(_DEAD, address=address) is not None


async def case_states(tx: Transaction, contact: ContactId) -> Sequence[CaseState]:
    """Return how every case of *contact* stands, closed ones too."""
    return [
        CaseState(
            id=CaseId(row["id"]),
            level=Level(row["level"]),
            is_owned=row["owner"] is not None,
            is_open=row["closed_at"] is None,
            may_write=bool(row["may_write"]),
        )
        for row in await tx.all(_CASES, contact=contact)
    ]
