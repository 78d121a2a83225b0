"""Taking back what a contact was written, before it has arrived."""

from contextlib import suppress

from sqlalchemy import and_, bindparam, delete, select

from bot.domain.ids import AddressId, CaseId, Instant
from bot.domain.message import Act, Urgency
from storage import data_keys
from storage.database import Row, Transaction
from storage.packing import unpack_letter
from storage.schema import outbox, waits
from storage.sealing import UnsealError
from storage.statements import ready

_SAID = and_(
    outbox.c.recipient == bindparam("to"),
    outbox.c.case_id == bindparam("case"),
    waits,
    outbox.c.act == Act.SAY.value,
    outbox.c.urgency != Urgency.SAFETY.value,
    outbox.c.made_at < bindparam("before"),
)
_TAKE_BACK = ready(delete(outbox).where(_SAID))
_READ = ready(select(outbox.c.id, outbox.c.key, outbox.c.sealed_body).where(_SAID))
_DROP = ready(delete(outbox).where(waits, outbox.c.id == bindparam("message")))


async def take_back(
    tx: Transaction, recipient: AddressId, case: CaseId, *, before: Instant
) -> bool:
    """Take back what was said in *case* *before* then and still waits for *recipient*.

    Numbers to call stay. Returns whether there was anything.
    """
    return await tx.run(_TAKE_BACK, to=recipient, case=case, before=before) > 0


async def take_back_unasked(
    tx: Transaction, recipient: AddressId, case: CaseId, *, before: Instant
) -> bool:
    """Take back of the same what a person wrote, and notices that answer nothing.

    What Lantern replied stays: whoever wrote waits for it, and their code may stand in it.
    """
    found = await tx.all(_READ, to=recipient, case=case, before=before)
    unasked = [row["id"] for row in found if await _is_unasked(tx, row)]
    for message in unasked:
        await tx.run(_DROP, message=message)
    return bool(unasked)


async def _is_unasked(tx: Transaction, row: Row) -> bool:
    """Whether *row* answers nothing they wrote; what cannot be opened is never sent either."""
    with suppress(UnsealError, ValueError):
        packed = await data_keys.open_bytes_for(tx, row["key"], "outbox", row["sealed_body"])
        letter = unpack_letter(packed)
        return letter.is_from_person or letter.is_unasked
    return False
