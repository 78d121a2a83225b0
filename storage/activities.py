"""Activities, and their places: taken only as long as there are some."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func, insert, select, update

from bot.domain.activity import Activity, Audience, Plan, Stage
from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.ids import ActivityId, Instant, new_id
from storage.database import Row, Transaction
from storage.schema import activities, sign_ups
from storage.statements import ready

_PLAN = ("audience", "title", "venue", "details", "starts_at", "places")
_ADD = ready(
    insert(activities).values(
        {name: bindparam(name) for name in ("id", "status", *_PLAN, "made_by", "made_at")}
    )
)
_FIND = ready(select(activities).where(activities.c.id == bindparam("activity")))
_ONE = activities.c.id == bindparam("activity")
_SEEN = activities.c.version == bindparam("seen")
_NEXT = activities.c.version + 1
_REWRITE = ready(
    update(activities)
    .where(_ONE, _SEEN)
    .values(version=_NEXT, **{name: bindparam(name) for name in _PLAN})
)
_SET_STAGE = ready(
    update(activities).where(_ONE, _SEEN).values(version=_NEXT, status=bindparam("stage"))
)
_TAKE = ready(
    update(activities)
    .where(
        _ONE,
        activities.c.status == Stage.PUBLISHED.value,
        activities.c.taken + bindparam("people") <= activities.c.places,
    )
    .values(taken=activities.c.taken + bindparam("people"))
)
_GIVE_BACK = ready(
    update(activities).where(_ONE).values(taken=activities.c.taken - bindparam("people"))
)
_WALK_INS = ready(update(activities).where(_ONE).values(walk_ins=bindparam("count")))
_COMING_UP = ready(
    select(activities)
    .where(activities.c.status == Stage.PUBLISHED.value, activities.c.starts_at > bindparam("now"))
    .order_by(activities.c.starts_at, activities.c.id)
    .limit(bindparam("most"))
)
_LATEST = ready(
    select(activities)
    .order_by(activities.c.starts_at.desc(), activities.c.id)
    .limit(bindparam("most"))
)
_STAGES = ready(
    select(
        func.count().filter(activities.c.status == Stage.DRAFT.value),
        func.count().filter(
            activities.c.status == Stage.PUBLISHED.value,
            activities.c.starts_at > bindparam("now"),
        ),
        func.count().filter(
            activities.c.status == Stage.PUBLISHED.value,
            activities.c.starts_at <= bindparam("now"),
        ),
        func.count().filter(activities.c.status == Stage.CANCELLED.value),
        func.coalesce(func.sum(activities.c.walk_ins), 0),
    )
)
_CAME = ready(select(func.coalesce(func.sum(sign_ups.c.came), 0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many activities there are, and how many people came to them in all."""

    drafts: int
    planned: int
    held: int
    cancelled: int
    attended: int


async def add(tx: Transaction, plan: Plan, *, by: str, now: Instant) -> ActivityId:
    """Keep a new activity, which only workers see until it is published."""
    id_ = ActivityId(new_id())
    values = {"id": id_, "status": Stage.DRAFT.value, "made_by": by, "made_at": now}
    await tx.run(_ADD, **values, **_values(plan))
    return id_


async def find(tx: Transaction, activity: ActivityId) -> Activity:
    """Return the activity with the id *activity*.

    Raises:
        NotAllowedError: there is none.

    """
    row = await tx.one(_FIND, activity=activity)
    if row is None:
        text = "there is no such activity"
        raise NotAllowedError(text)
    return _activity(row)


async def rewrite(tx: Transaction, activity: Activity, plan: Plan) -> None:
    """Keep *plan* instead of that of *activity*.

    Raises:
        ConflictError: somebody else changed it first.

    """
    seen = await tx.run(_REWRITE, activity=activity.id, seen=activity.version, **_values(plan))
    _must_be_seen(seen)


async def set_stage(tx: Transaction, activity: Activity, stage: Stage) -> None:
    """Publish or cancel *activity*.

    Raises:
        ConflictError: somebody else changed it first.

    """
    seen = await tx.run(_SET_STAGE, activity=activity.id, seen=activity.version, stage=stage.value)
    _must_be_seen(seen)


async def take(tx: Transaction, activity: ActivityId, people: int) -> bool:
    """Take places for *people*, if there are so many; return whether there were.

    One statement looks and takes, so however many come at once, no place is given twice.
    """
    return await tx.run(_TAKE, activity=activity, people=people) == 1


async def give_back(tx: Transaction, activity: ActivityId, people: int) -> None:
    """Make the places of *people* free again."""
    await tx.run(_GIVE_BACK, activity=activity, people=people)


async def note_walk_ins(tx: Transaction, activity: ActivityId, count: int) -> None:
    """Record how many came without having signed up."""
    await tx.run(_WALK_INS, activity=activity, count=count)


async def coming_up(tx: Transaction, *, now: Instant, most: int) -> Sequence[Activity]:
    """Return the published activities that have not begun, the next first."""
    return [_activity(row) for row in await tx.all(_COMING_UP, now=now, most=most)]


async def latest(tx: Transaction, *, most: int) -> Sequence[Activity]:
    """Return activities of every stage, that which begins last first."""
    return [_activity(row) for row in await tx.all(_LATEST, most=most)]


async def count(tx: Transaction, *, now: Instant) -> Counts:
    """Return how many there are of each kind, and how many people came."""
    row, came = await tx.one(_STAGES, now=now), await tx.one(_CAME)
    drafts, planned, held, cancelled, walk_ins = tuple(row) if row else (0, 0, 0, 0, 0)
    return Counts(
        drafts=drafts,
        planned=planned,
        held=held,
        cancelled=cancelled,
        attended=int(walk_ins) + int(came[0] if came else 0),
    )


def _must_be_seen(touched: int) -> None:
    if not touched:
        text = "somebody else changed this activity first; look again"
        raise ConflictError(text)


def _values(plan: Plan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in _PLAN} | {"audience": plan.audience.value}


def _activity(row: Row) -> Activity:
    plan = Plan(
        audience=Audience(row["audience"]),
        title=row["title"],
        venue=row["venue"],
        details=row["details"],
        starts_at=Instant(row["starts_at"]),
        places=row["places"],
    )
    return Activity(
        id=ActivityId(row["id"]),
        stage=Stage(row["status"]),
        plan=plan,
        taken=row["taken"],
        walk_ins=row["walk_ins"],
        version=row["version"],
    )
