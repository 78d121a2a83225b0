"""The alarm path: its tests, what became of them, and when it was broken."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, func, insert, select, update

from bot.domain.alarm import AlarmTest, Break, Call, Habit, Reason
from bot.domain.ids import SECOND, Instant, MessageId, WorkerId, new_id
from storage import data_keys
from storage.database import Transaction
from storage.schema import (
    alarm_breaks,
    alarm_calls,
    alarm_tests,
    cases,
    outbox,
    staff_addresses,
    to_send,
    workers,
)
from storage.statements import ready

_MAY_BE_AHEAD = 5 * SECOND
"""By how much another machine's clock may be ahead; what is later was put down before a clock was
put back, and says nothing of now."""

_NEW_TEST = ready(
    insert(alarm_tests).values({name: bindparam(name) for name in ("id", "made_at", "asked_by")})
)
_CALL = ready(
    insert(alarm_calls).values(
        {
            name: bindparam(name)
            for name in ("id", "test", "worker", "channel", "message", "taken_at", "answered_at")
        }
    )
)
_FIND = ready(select(alarm_tests).where(alarm_tests.c.id == bindparam("test")))
_LATEST = ready(select(alarm_tests).order_by(alarm_tests.c.id.desc()).limit(1))
_LATEST_ASKED_BY = ready(
    select(alarm_tests)
    .where(alarm_tests.c.asked_by == bindparam("asked_by"))
    .order_by(alarm_tests.c.id.desc())
    .limit(1)
)
_CALLS = ready(
    select(
        alarm_calls.c.worker,
        alarm_calls.c.channel,
        func.coalesce(alarm_calls.c.taken_at, outbox.c.sent_at).label("taken_at"),
        func.coalesce(alarm_calls.c.failed_at, outbox.c.failed_at).label("failed_at"),
        alarm_calls.c.answered_at,
    )
    .outerjoin(outbox, outbox.c.id == alarm_calls.c.message)
    .where(alarm_calls.c.test == bindparam("of_test"))
    .order_by(alarm_calls.c.id)
)
_SETTLE = ready(
    update(alarm_calls)
    .where(alarm_calls.c.test == bindparam("of_test"), alarm_calls.c.message.is_not(None))
    .values(
        {
            ours: func.coalesce(
                alarm_calls.c[ours],
                select(outbox.c[theirs])
                .where(outbox.c.id == alarm_calls.c.message)
                .scalar_subquery(),
            )
            for ours, theirs in (("taken_at", "sent_at"), ("failed_at", "failed_at"))
        }
    )
)
_ANSWER = ready(
    update(alarm_calls)
    .where(
        alarm_calls.c.test == bindparam("of_test"),
        alarm_calls.c.worker == bindparam("by_worker"),
        alarm_calls.c.channel == bindparam("by_channel"),
    )
    .values(answered_at=func.coalesce(alarm_calls.c.answered_at, bindparam("now")))
)
_HABITS = ready(
    select(
        alarm_calls.c.worker,
        func.min(alarm_tests.c.made_at),
        func.max(alarm_calls.c.answered_at),
    )
    .join(alarm_tests, alarm_tests.c.id == alarm_calls.c.test)
    .where(alarm_calls.c.worker.is_not(None))
    .group_by(alarm_calls.c.worker)
)
_LAST_ANSWER = ready(select(func.max(alarm_calls.c.answered_at)))
_LAST_CLAIM = ready(
    select(func.max(cases.c.acknowledged_at)).where(cases.c.acknowledged_at.is_not(None))
)
_AT_DESK = ready(
    update(workers).where(workers.c.id == bindparam("worker")).values(at_desk_at=bindparam("now"))
)
_LAST_AT_DESK = ready(
    select(func.max(workers.c.at_desk_at)).where(
        workers.c.removed_at.is_(None), workers.c.at_desk_at <= bindparam("latest")
    )
)
_THEIR_LAST_AT_DESK = ready(
    select(workers.c.at_desk_at).where(
        workers.c.id == bindparam("worker"), workers.c.at_desk_at <= bindparam("latest")
    )
)
_TAKEN = (
    select(func.count())
    .select_from(outbox)
    .join(staff_addresses, staff_addresses.c.id == outbox.c.recipient)
    .where(outbox.c.sent_at > bindparam("since"), outbox.c.sent_at <= bindparam("latest"))
)
_TAKEN_SINCE = ready(_TAKEN.where(outbox.c.key == data_keys.HOUSE))
_ALERT_TAKEN_SINCE = ready(_TAKEN.where(outbox.c.case_id == bindparam("case")))
_STUCK = ready(
    select(outbox.c.channel)
    .distinct()
    .join(staff_addresses, staff_addresses.c.id == outbox.c.recipient)
    .where(to_send, outbox.c.made_at < bindparam("before"))
)
_BREAK = ready(
    insert(alarm_breaks).values({name: bindparam(name) for name in ("id", "began_at", "reason")})
)
_BROKEN = ready(
    select(alarm_breaks)
    .where(alarm_breaks.c.ended_at.is_(None))
    .order_by(alarm_breaks.c.id)
    .limit(1)
)
_END = ready(
    update(alarm_breaks).where(alarm_breaks.c.ended_at.is_(None)).values(ended_at=bindparam("now"))
)
_OLD_TESTS = select(alarm_tests.c.id).where(alarm_tests.c.made_at < bindparam("before"))
_FORGET_CALLS = ready(delete(alarm_calls).where(alarm_calls.c.test.in_(_OLD_TESTS)))
_FORGET_TESTS = ready(delete(alarm_tests).where(alarm_tests.c.made_at < bindparam("before")))


async def add_test(tx: Transaction, test: str, *, asked_by: str, now: Instant) -> None:
    """Record that the test *test* begins."""
    await tx.run(_NEW_TEST, id=test, made_at=now, asked_by=asked_by)


async def add_call(
    tx: Transaction, test: str, worker: WorkerId | None, channel: str, message: MessageId
) -> None:
    """Record that *test* goes to *worker* on *channel* as the outbox's *message*."""
    await _add_call(tx, test, worker, channel, message=message)


async def answer(
    tx: Transaction, test: str, worker: WorkerId, channel: str, *, now: Instant
) -> bool:
    """Record that *worker* answered *test* on *channel*; return False if there is no such test."""
    if await tx.one(_FIND, test=test) is None:
        return False
    if not await tx.run(_ANSWER, of_test=test, by_worker=worker, by_channel=channel, now=now):
        await _add_call(tx, test, worker, channel, taken_at=now, answered_at=now)
    tx.touched.add("desk")
    return True


async def _add_call(
    tx: Transaction,
    test: str,
    worker: WorkerId | None,
    channel: str,
    *,
    message: MessageId | None = None,
    taken_at: Instant | None = None,
    answered_at: Instant | None = None,
) -> None:
    await tx.run(
        _CALL,
        id=new_id(),
        test=test,
        worker=worker,
        channel=channel,
        message=message,
        taken_at=taken_at,
        answered_at=answered_at,
    )


async def settle(tx: Transaction, test: str) -> None:
    """Keep with *test* what the outbox says of it, before the outbox forgets."""
    await tx.run(_SETTLE, of_test=test)


async def find_test(tx: Transaction, test: str) -> AlarmTest | None:
    """Return the test *test*, if it has begun."""
    row = await tx.one(_FIND, test=test)
    return AlarmTest(**dict(row)) if row else None


async def latest_test(tx: Transaction, *, asked_by: str = "") -> AlarmTest | None:
    """Return the last test, of all or of those *asked_by* asked for."""
    if asked_by:
        row = await tx.one(_LATEST_ASKED_BY, asked_by=asked_by)
    else:
        row = await tx.one(_LATEST)
    return AlarmTest(**dict(row)) if row else None


async def calls_of(tx: Transaction, test: str) -> Sequence[Call]:
    """Return what became of *test* at each address, as it stands now."""
    return [Call(**dict(row)) for row in await tx.all(_CALLS, of_test=test)]


async def habits(tx: Transaction) -> dict[WorkerId, Habit]:
    """Return how each worker who was ever called by a test that is kept has answered."""
    return {
        row[0]: Habit(worker=row[0], called_since=row[1], answered_at=row[2])
        for row in await tx.all(_HABITS)
    }


async def last_sign_of_life(tx: Transaction) -> Instant:
    """Return when somebody last answered a test or took a case, 0 if nobody ever did."""
    rows = [await tx.one(_LAST_ANSWER), await tx.one(_LAST_CLAIM)]
    return Instant(max((row[0] or 0 for row in rows if row), default=0))


async def note_at_desk(tx: Transaction, worker: WorkerId, *, now: Instant) -> None:
    """Record that *worker* has the desk open."""
    await tx.run(_AT_DESK, worker=worker, now=now)


async def last_at_desk(tx: Transaction, *, now: Instant) -> Instant:
    """Return when somebody last had the desk open, 0 if nobody ever had."""
    row = await tx.one(_LAST_AT_DESK, latest=now + _MAY_BE_AHEAD)
    return Instant((row[0] or 0) if row else 0)


async def at_desk(tx: Transaction, worker: WorkerId, *, now: Instant) -> Instant:
    """Return when *worker* last had the desk open, 0 if they never had."""
    row = await tx.one(_THEIR_LAST_AT_DESK, worker=worker, latest=now + _MAY_BE_AHEAD)
    return Instant((row[0] or 0) if row else 0)


async def is_taken_since(tx: Transaction, since: Instant, *, now: Instant, case: str = "") -> bool:
    """Whether a worker's or group's address took anything after *since*, or of *case* if named."""
    latest = now + _MAY_BE_AHEAD
    if case:
        row = await tx.one(_ALERT_TAKEN_SINCE, since=since, latest=latest, case=case)
    else:
        row = await tx.one(_TAKEN_SINCE, since=since, latest=latest)
    return bool(row and row[0])


async def stuck_channels(tx: Transaction, *, before: int) -> frozenset[str]:
    """Return the channels on which something for staff, made *before*, still waits to be sent."""
    return frozenset(row[0] for row in await tx.all(_STUCK, before=before))


async def begin_break(tx: Transaction, reason: Reason, *, now: Instant) -> None:
    """Record that alerts reach nobody from *now* on."""
    await tx.run(_BREAK, id=new_id(), began_at=now, reason=reason.value)


async def find_break(tx: Transaction) -> Break | None:
    """Return since when and why alerts reach nobody; None if they do."""
    row = await tx.one(_BROKEN)
    return Break(began_at=row["began_at"], reason=Reason(row["reason"])) if row else None


async def end_break(tx: Transaction, *, now: Instant) -> None:
    """Record that alerts reach people again."""
    await tx.run(_END, now=now)


async def forget(tx: Transaction, *, before: Instant) -> None:
    """Drop the tests made before *before*."""
    await tx.run(_FORGET_CALLS, before=before)
    await tx.run(_FORGET_TESTS, before=before)
