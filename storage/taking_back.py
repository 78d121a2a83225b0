"""Taking back what a contact was written, before it has arrived."""

from sqlalchemy import and_, bindparam, delete

from bot.domain.ids import AddressId, CaseId, Instant
from bot.domain.message import Act, Urgency
from storage.database import Transaction
from storage.schema import outbox
from storage.statements import ready

_TAKE_BACK = ready(
    delete(outbox).where(
        outbox.c.recipient == bindparam("to"),
        outbox.c.case_id == bindparam("case"),
        and_(outbox.c.sent_at.is_(None), outbox.c.failed_at.is_(None)),
        outbox.c.act == Act.SAY.value,
        outbox.c.urgency != Urgency.SAFETY.value,
        outbox.c.made_at < bindparam("before"),
    )
)


async def take_back(
    tx: Transaction, recipient: AddressId, case: CaseId, *, before: Instant
) -> bool:
    """Take back what was said in *case* *before* then and still waits for *recipient*.

    Numbers to call stay. Returns whether there was anything.
    """
    return await tx.run(_TAKE_BACK, to=recipient, case=case, before=before) > 0
