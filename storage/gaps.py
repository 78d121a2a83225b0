"""Questions that guidance did not answer. No row leads to a contact, nor to the moment."""

import os
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import bindparam, delete, func, insert, select, update

from bot.domain.gap import Gap, GapKind
from storage import data_keys
from storage.database import Transaction
from storage.schema import guidance_gaps
from storage.statements import ready

MOST_A_DAY = 500
"""More than so many a day are somebody's game; the first ones tell enough."""

_PURPOSE = "guidance gap"
_ADD = ready(
    insert(guidance_gaps).values(
        id=bindparam("id"),
        day=bindparam("day"),
        kind=bindparam("kind"),
        language=bindparam("language"),
        voice=bindparam("voice"),
        sealed_text=bindparam("sealed"),
    )
)
_COUNT = ready(
    select(func.count()).select_from(guidance_gaps).where(guidance_gaps.c.day == bindparam("day"))
)
_OPEN = ready(
    select(guidance_gaps)
    .where(guidance_gaps.c.done_on.is_(None), guidance_gaps.c.day >= bindparam("since"))
    .order_by(guidance_gaps.c.day, guidance_gaps.c.id)
)
_DONE = ready(
    update(guidance_gaps)
    .where(guidance_gaps.c.id == bindparam("gap"))
    .values(done_on=bindparam("today"))
)
_FORGET = ready(delete(guidance_gaps).where(guidance_gaps.c.day < bindparam("before")))


async def keep_gap(tx: Transaction, gap: Gap) -> bool:
    """Keep *gap*, its text sealed under the house's key; return False if the day had too many.

    Its id is drawn by chance: ids that sort by time would tell the moment.
    """
    row = await tx.one(_COUNT, day=gap.day.isoformat())
    if row is not None and row[0] >= MOST_A_DAY:
        return False
    sealed = await data_keys.seal_for(tx, data_keys.HOUSE, _PURPOSE, gap.text)
    await tx.run(
        _ADD,
        id=os.urandom(16).hex(),
        day=gap.day.isoformat(),
        kind=gap.kind.value,
        language=gap.language,
        voice=gap.voice,
        sealed=sealed,
    )
    return True


async def open_gaps(tx: Transaction, *, since: date = date.min) -> Sequence[Gap]:
    """Return what was asked from the day *since* on and is not marked as done, oldest first.

    Raises:
        UnsealError: the key file does not open the texts.

    """
    return [
        Gap(
            id=row["id"],
            text=await data_keys.open_for(tx, data_keys.HOUSE, _PURPOSE, row["sealed_text"]),
            language=row["language"],
            voice=row["voice"],
            day=date.fromisoformat(row["day"]),
            kind=GapKind(row["kind"]),
        )
        for row in await tx.all(_OPEN, since=since.isoformat())
    ]


async def mark_done(tx: Transaction, gaps: Iterable[str], *, today: date) -> int:
    """Mark the *gaps* with these ids as done; return how many there were."""
    done = [await tx.run(_DONE, gap=gap, today=today.isoformat()) for gap in gaps]
    return sum(done)


async def forget(tx: Transaction, *, before: date) -> None:
    """Erase what was asked before the day *before*, done or not."""
    await tx.run(_FORGET, before=before.isoformat())
