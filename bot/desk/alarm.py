"""What workers see of the alarm path: whether it is broken, its last test, and who answers."""

from collections.abc import Sequence

from bot.casework.duty import is_silent
from bot.casework.house import House
from bot.desk.views import AlarmLine, AlarmView
from bot.domain.alarm import AlarmTest, Call, Habit
from bot.domain.worker import Worker
from bot.triage.alarm import microseconds
from storage import alarm, staff
from storage.database import Transaction

CHANNEL = "desk"


async def view(tx: Transaction, house: House, worker: Worker) -> AlarmView:
    """Return how the alarm path stands, as *worker* may see it."""
    test = await alarm.latest_test(tx)
    calls = await alarm.calls_of(tx, test.id) if test else ()
    has_answered = any(call.worker == worker.id and call.answered_at for call in calls)
    is_fresh = test is not None and house.clock() - test.made_at < microseconds(
        house.alarm.answered_within
    )
    return AlarmView(
        broken=await alarm.find_break(tx),
        test=test,
        must_answer=is_fresh and not has_answered,
        lines=await _lines(tx, house, test, calls) if worker.may_supervise else (),
    )


async def answer(tx: Transaction, house: House, worker: Worker, test: str) -> None:
    """Record that *worker* saw the test on the desk's page."""
    await alarm.answer(tx, test, worker.id, CHANNEL, now=house.clock())


async def _lines(
    tx: Transaction, house: House, test: AlarmTest | None, calls: Sequence[Call]
) -> tuple[AlarmLine, ...]:
    if test is None:
        return ()
    habits = await alarm.habits(tx)
    return tuple(
        [
            await _line(
                tx,
                house,
                worker,
                [call for call in calls if call.worker == worker.id],
                habits.get(worker.id),
            )
            for worker in await staff.all_workers(tx)
        ]
    )


async def _line(
    tx: Transaction, house: House, worker: Worker, calls: Sequence[Call], habit: Habit | None
) -> AlarmLine:
    now, after = house.clock(), microseconds(house.alarm.worker_silent_after)
    return AlarmLine(
        name=worker.name,
        taken_at=min((call.taken_at for call in calls if call.taken_at), default=None),
        has_address=bool(calls),
        answered_at=habit.answered_at if habit else None,
        is_silent=habit is not None and await is_silent(tx, worker, habit, now=now, after=after),
    )
