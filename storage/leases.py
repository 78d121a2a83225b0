"""Who has messages to be sent in their hands, and giving them back."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select, update

from storage.database import Transaction
from storage.schema import outbox, to_send
from storage.statements import ready

_LEASED = (to_send, outbox.c.leased_until.is_not(None))
_RELEASE, _RELEASE_UNTIL = (
    ready(update(outbox).where(*_LEASED, *which).values(leased_until=None))
    for which in (
        [outbox.c.leased_by == bindparam("by")],
        [outbox.c.leased_by == bindparam("by"), outbox.c.leased_until == bindparam("until")],
    )
)
_HOLDERS = ready(select(outbox.c.leased_by).where(*_LEASED).distinct())


async def lease_holders(tx: Transaction) -> frozenset[str]:
    """Return the ids of the processes that have a message to be sent in their hands."""
    return frozenset(row["leased_by"] for row in await tx.all(_HOLDERS))


async def release_leases(tx: Transaction, of: Iterable[str]) -> None:
    """Give back what the processes *of* had taken, which were killed."""
    for process in of:
        await tx.run(_RELEASE, by=process)
    tx.touched.add("delivery")


async def release_own(tx: Transaction, until: Iterable[int]) -> None:
    """Give back what this process has taken, each time until one of *until*."""
    for moment in until:
        await tx.run(_RELEASE_UNTIL, by=tx.process, until=moment)
