"""Activities at the desk: making, publishing and cancelling them, and who has signed up."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.casework.house import House
from bot.casework.joining import move_up
from bot.casework.notices import place_to_tell, set_reminder, tell
from bot.domain.activity import Activity, News, Plan, SignUp, Stage, Standing
from bot.domain.errors import ConflictError, RefusedError
from bot.domain.ids import ActivityId, SignUpId
from bot.domain.worker import Worker
from storage import activities, audit, sign_ups, subscriptions
from storage.activities import Counts
from storage.database import Transaction

T = TypeVar("T")
MOST_SHOWN = 200
MOST_PLACES = 500
MOST_CAME = 500
_LONGEST = {"title": 60, "venue": 120, "details": 1000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Learners:
    """Counts alone: how many get something once a day, how many activities, and how many came."""

    subscribed: Mapping[str, int]
    activities: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUps:
    """An activity, and who has signed up for it, in the order in which they did.

    ``untold`` are those who are not told of a change: they did not want it, have left, or said
    that it is not safe to write to them.
    """

    activity: Activity
    coming: Sequence[SignUp]
    waiting: Sequence[SignUp]
    came: int
    untold: frozenset[SignUpId]


@dataclass(frozen=True, slots=True)
class ActivityDesk:
    """What workers do with activities. Each deed is in the audit.

    Every method raises NotAllowedError when there is no such activity, RefusedError when a field
    is missing or cannot be so, and ConflictError when somebody else changed it first.
    """

    house: House

    async def latest(self) -> Sequence[Activity]:
        """Return the activities, that which begins last first."""
        return await self._read(lambda tx: activities.latest(tx, most=MOST_SHOWN))

    async def counts(self) -> Learners:
        """Return how much is learned and joined in; nobody can be found in it."""

        async def work(tx: Transaction) -> Learners:
            return Learners(
                subscribed=await subscriptions.count(tx),
                activities=await activities.count(tx, now=self.house.clock()),
            )

        return await self._read(work)

    async def find(self, activity: ActivityId) -> Activity:
        """Return the activity without who signed up, which is not recorded."""
        return await self._read(lambda tx: activities.find(tx, activity))

    async def sign_ups(self, worker: Worker, activity: ActivityId) -> SignUps:
        """Return who has signed up; that *worker* looked is recorded."""

        async def work(tx: Transaction) -> SignUps:
            found = await activities.find(tx, activity)
            every = await sign_ups.of_activity(tx, activity)
            await self._note(tx, worker, "sign_ups_read", activity)
            return SignUps(
                activity=found,
                coming=[each for each in every if each.standing is Standing.COMING],
                waiting=[each for each in every if each.standing is Standing.WAITING],
                came=sum(each.came for each in every) + found.walk_ins,
                untold=frozenset(
                    [
                        each.id
                        for each in every
                        if each.standing is not Standing.CANCELLED
                        and await place_to_tell(tx, each) is None
                    ]
                ),
            )

        return await self._write(work)

    async def make(self, worker: Worker, plan: Plan) -> ActivityId:
        """Keep a new activity, which families do not see until it is published."""
        _must_be_whole(plan)

        async def work(tx: Transaction) -> ActivityId:
            made = await activities.add(tx, plan, by=worker.id, now=self.house.clock())
            await self._note(tx, worker, "activity_made", made)
            return made

        return await self._write(work)

    async def change(
        self, worker: Worker, activity: ActivityId, plan: Plan, *, version: int
    ) -> None:
        """Change an activity; whoever signed up and can be told hears of another time or place."""
        _must_be_whole(plan)

        async def work(tx: Transaction) -> None:
            before = await self._seen(tx, activity, version)
            if plan.places < before.taken:
                text = f"{before.taken} places are taken already"
                raise RefusedError(text, missing="places")
            await activities.rewrite(tx, before, plan)
            await self._note(tx, worker, "activity_changed", activity)
            after = await activities.find(tx, activity)
            await self._tell_of_change(tx, before, after)
            await move_up(tx, self.house, after)

        await self._write(work)

    async def publish(self, worker: Worker, activity: ActivityId, *, version: int) -> None:
        """Let families see it and sign up."""

        async def work(tx: Transaction) -> None:
            found = await self._seen(tx, activity, version)
            if found.plan.starts_at <= self.house.clock():
                text = "it has begun already"
                raise RefusedError(text, missing="starts_at")
            await activities.set_stage(tx, found, Stage.PUBLISHED)
            await self._note(tx, worker, "activity_published", activity)

        await self._write(work)

    async def cancel(self, worker: Worker, activity: ActivityId, *, version: int) -> None:
        """Call it off; whoever signed up and can be told is told."""

        async def work(tx: Transaction) -> None:
            found = await self._seen(tx, activity, version)
            await activities.set_stage(tx, found, Stage.CANCELLED)
            await self._note(tx, worker, "activity_cancelled", activity)
            if found.is_open(self.house.clock()):
                for each in await _standing(tx, activity):
                    await tell(tx, self.house, each, found, News.CALLED_OFF)

        await self._write(work)

    async def note_came(
        self, worker: Worker, activity: ActivityId, came: Mapping[SignUpId, int], walk_ins: int
    ) -> None:
        """Record how many of each sign-up came, and how many came without one.

        Before the activity begins nobody has come: it is refused until then.
        """

        async def work(tx: Transaction) -> None:
            found = await activities.find(tx, activity)
            if not found.has_begun(self.house.clock()):
                text = "it has not begun yet"
                raise RefusedError(text, missing="came")
            for each in await sign_ups.of_activity(tx, activity):
                await sign_ups.note_came(tx, each.id, _within(came.get(each.id, 0)))
            await activities.note_walk_ins(tx, activity, _within(walk_ins))
            await self._note(tx, worker, "attendance_noted", activity)

        await self._write(work)

    async def _tell_of_change(self, tx: Transaction, before: Activity, after: Activity) -> None:
        is_same = (before.plan.starts_at, before.plan.venue) == (
            after.plan.starts_at,
            after.plan.venue,
        )
        if is_same or not after.is_open(self.house.clock()):
            return
        for each in await _standing(tx, after.id):
            await tell(tx, self.house, each, after, News.CHANGED)
            if each.standing is Standing.COMING:
                await set_reminder(tx, self.house, each, after)

    async def _seen(self, tx: Transaction, activity: ActivityId, version: int) -> Activity:
        found = await activities.find(tx, activity)
        if found.version != version or found.stage is Stage.CANCELLED:
            text = "somebody else changed this activity first; look again"
            raise ConflictError(text)
        return found

    async def _note(
        self, tx: Transaction, worker: Worker, action: str, activity: ActivityId
    ) -> None:
        await audit.note(tx, worker.id, action, activity, at=self.house.clock())

    async def _read(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        return await self.house.database.read(work)

    async def _write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        return await self.house.database.write(work)


async def _standing(tx: Transaction, activity: ActivityId) -> Sequence[SignUp]:
    every = await sign_ups.of_activity(tx, activity)
    return [each for each in every if each.standing is not Standing.CANCELLED]


def _must_be_whole(plan: Plan) -> None:
    for field, longest in _LONGEST.items():
        text: str = getattr(plan, field)
        if len(text) > longest or (not text.strip() and field != "details"):
            fault = f"it needs 1 to {longest} characters"
            raise RefusedError(fault, missing=field)
    if not 0 < plan.places <= MOST_PLACES:
        fault = f"a number from 1 to {MOST_PLACES}"
        raise RefusedError(fault, missing="places")


def _within(count: int) -> int:
    return min(max(count, 0), MOST_CAME)
