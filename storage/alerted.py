"""Who has been alerted about a case."""

from sqlalchemy import bindparam, select

from storage.database import Transaction
from storage.schema import outbox
from storage.statements import ready

_ALERTED = ready(select(outbox.c.recipient).distinct().where(outbox.c.case_id == bindparam("case")))


async def alerted_about(tx: Transaction, case: str) -> frozenset[str]:
    """Return every recipient of something about *case*; staff addresses are among them."""
    return frozenset(row["recipient"] for row in await tx.all(_ALERTED, case=case))
