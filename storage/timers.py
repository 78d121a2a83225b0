"""Timers: every clock of Lantern's is a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import and_, bindparam, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.domain.ids import Instant, TimerId, new_id
from storage.database import Transaction
from storage.many import answered, asked, shares, size_for
from storage.schema import timers
from storage.statements import Statement, ready


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """Something to be looked at when it is due."""

    id: TimerId
    due_at: Instant
    kind: str
    subject: str
    version: int
    attempts: int


_NEW = insert(timers).values(
    id=bindparam("id"),
    due_at=bindparam("due_at"),
    kind=bindparam("kind"),
    subject=bindparam("subject"),
    version=bindparam("version"),
)
_SET = ready(
    _NEW.on_conflict_do_update(
        index_elements=["kind", "subject"],
        set_={
            "id": _NEW.excluded.id,
            "due_at": _NEW.excluded.due_at,
            "version": _NEW.excluded.version,
            "attempts": 0,
        },
    )
)
_EARLIER = ready(
    _NEW.on_conflict_do_update(
        index_elements=["kind", "subject"],
        set_={"id": _NEW.excluded.id, "due_at": _NEW.excluded.due_at, "attempts": 0},
        where=_NEW.excluded.due_at < timers.c.due_at,
    )
)
_ONE = and_(timers.c.kind == bindparam("kind"), timers.c.subject == bindparam("subject"))
_DUE_AT = ready(select(timers.c.due_at).where(_ONE))
_VERSION = ready(select(timers.c.version).where(_ONE))
_STOP = ready(delete(timers).where(_ONE))
_BUT = timers.c.kind != bindparam("kind")
_ONLY = timers.c.kind == bindparam("kind")
_DUE, _DUE_OF_KIND = (
    ready(
        select(timers)
        .where(timers.c.due_at <= bindparam("now"), which)
        .order_by(timers.c.due_at)
        .limit(bindparam("most"))
    )
    for which in (_BUT, _ONLY)
)
_NEXT, _NEXT_OF_KIND = (
    ready(select(func.min(timers.c.due_at)).where(which)) for which in (_BUT, _ONLY)
)
_DONE = ready(delete(timers).where(timers.c.id == bindparam("timer")))
_LEASE = ready(
    update(timers)
    .where(timers.c.id == bindparam("timer"), timers.c.due_at == bindparam("was_due"))
    .values(due_at=bindparam("until"))
)
_LATER = ready(
    update(timers)
    .where(timers.c.id == bindparam("timer"), timers.c.attempts == bindparam("tried"))
    .values(due_at=bindparam("due"), attempts=timers.c.attempts + 1)
)
_FORWARD = ready(
    update(timers)
    .where(timers.c.kind == bindparam("kind"), timers.c.due_at > bindparam("due"))
    .values(due_at=bindparam("due"))
)
_SHIFT = ready(
    update(timers)
    .where(timers.c.due_at > bindparam("now"))
    .values(due_at=timers.c.due_at - bindparam("by"))
)


async def set_timer(
    tx: Transaction,
    kind: str,
    subject: str,
    *,
    due_at: int,
    version: int = 0,
    is_soon: bool = True,
) -> None:
    """Set the one timer of *kind* for *subject*; an earlier one is replaced.

    Unless it *is_soon*, in the next seconds, nobody is woken: the watch looks often enough.
    """
    key = (kind, subject)
    tx.forget(_STOP, key)
    tx.forget(_EARLIER, key)
    tx.later(_SET, key, id=new_id(), kind=kind, subject=subject, due_at=due_at, version=version)
    if is_soon:
        tx.touched.add("timers")


async def set_timer_by(tx: Transaction, kind: str, subject: str, *, due_at: int) -> None:
    """Have the one timer of *kind* for *subject* be due at *due_at*; an earlier one stays.

    Nobody is woken for it: the watch looks often enough.
    """
    key = (kind, subject)
    is_set_here = tx.waiting(_STOP, key) or tx.waiting(_SET, key)
    statement = _SET if is_set_here else _EARLIER
    before = tx.waiting(statement, key)
    if before is None or due_at < before["due_at"]:
        tx.forget(_STOP, key)
        values = {"kind": kind, "subject": subject, "due_at": due_at, "version": 0}
        tx.later(statement, key, id=new_id(), **values)


async def when_due(tx: Transaction, kind: str, subject: str) -> Instant | None:
    """Return when the timer of *kind* for *subject* is due, None if there is none."""
    row = await tx.one(_DUE_AT, kind=kind, subject=subject)
    return Instant(row[0]) if row else None


async def version_of(tx: Transaction, kind: str, subject: str) -> int | None:
    """Return the version that the timer of *kind* for *subject* was set with; None without one."""
    row = await tx.one(_VERSION, kind=kind, subject=subject)
    return int(row[0]) if row else None


async def versions_of(
    tx: Transaction, kinds: Sequence[str], subjects: Sequence[str]
) -> dict[str, dict[str, int]]:
    """Return for each of *subjects* the versions that its timers of *kinds* were set with."""
    found: dict[str, dict[str, int]] = {subject: {} for subject in subjects}
    for some in shares(subjects):
        statement = _of_many(tuple(kinds), size_for(len(some)))
        for row in await tx.all(statement, **answered(some)):
            found[row["subject"]][row["kind"]] = int(row["version"])
    return found


@cache
def _of_many(kinds: tuple[str, ...], size: int) -> Statement:
    is_of_kind = timers.c.kind.in_([literal(kind) for kind in kinds])
    columns = select(timers.c.kind, timers.c.subject, timers.c.version)
    return ready(columns.where(is_of_kind, timers.c.subject.in_(asked(size))))


async def stop_timer(tx: Transaction, kind: str, subject: str) -> None:
    """Take back the timer of *kind* for *subject*, if there is one."""
    key = (kind, subject)
    tx.forget(_SET, key)
    tx.forget(_EARLIER, key)
    tx.later(_STOP, key, kind=kind, subject=subject)


async def due_timers(
    tx: Transaction, *, now: Instant, only: str = "", but: str = "", most: int = 100
) -> Sequence[Timer]:
    """Return what is due, the longest overdue first: lateness never skips a timer.

    With *only*, the timers of that kind; with *but*, those of every other.
    """
    statement = _DUE_OF_KIND if only else _DUE
    rows = await tx.all(statement, now=now, most=most, kind=only or but)
    return [Timer(**dict(row)) for row in rows]


async def next_due(tx: Transaction, *, only: str = "", but: str = "") -> Instant | None:
    """Return when the next of these timers is due."""
    row = await tx.one(_NEXT_OF_KIND if only else _NEXT, kind=only or but)
    return Instant(row[0]) if row and row[0] is not None else None


async def finish_timer(tx: Transaction, timer: Timer) -> bool:
    """Take *timer* away; return False if it was stopped or set anew since it was read."""
    return await tx.run(_DONE, timer=timer.id) == 1


async def lease_timer(tx: Transaction, timer: Timer, *, until: int) -> bool:
    """Have nobody else look at *timer* before *until*; return False if somebody was first."""
    return await tx.run(_LEASE, timer=timer.id, was_due=timer.due_at, until=until) == 1


async def shift(tx: Transaction, by: int, *, now: Instant) -> None:
    """Bring what is not due yet nearer by *by*: the clock was put back that far."""
    await tx.run(_SHIFT, by=by, now=now)


async def bring_forward(tx: Transaction, kind: str, *, due_at: Instant) -> None:
    """Have every timer of *kind* be due at *due_at*, if it would be later."""
    if await tx.run(_FORWARD, kind=kind, due=due_at):
        tx.touched.add("timers")


async def postpone_timer(tx: Transaction, timer: Timer, *, due_at: int) -> None:
    """Look at *timer* again at *due_at*, unless somebody else has tried it since it was read."""
    await tx.run(_LATER, timer=timer.id, tried=timer.attempts, due=due_at)
