"""Activities and sign-ups on both databases; no place is ever given twice."""

import asyncio

import pytest
from records import NOW, new_place, opened

from bot.domain.activity import Audience, News, Plan, SignUp, Stage, Standing
from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.ids import DAY, ActivityId, Instant
from storage import activities, sign_ups
from storage.reach import ROWS

pytestmark = pytest.mark.long

PLAN = Plan(
    audience=Audience.PARENTS,
    title="Parents' class",
    venue="Hall",
    details="Bring tea.",
    starts_at=Instant(NOW + DAY),
    places=5,
)


async def made(database, *, stage=Stage.PUBLISHED):
    async def work(tx):
        id_ = await activities.add(tx, PLAN, by="w1", now=NOW)
        activity = await activities.find(tx, id_)
        if stage is not Stage.DRAFT:
            await activities.set_stage(tx, activity, stage)
        return id_

    return await database.write(work)


def sign_up_of(activity, contact, *, people=1, name="", standing=Standing.COMING):
    return SignUp(
        id=sign_ups.new_sign_up_id(),
        activity=activity,
        contact=contact,
        people=people,
        standing=standing,
        may_write=True,
        news=News.NONE,
        at=NOW,
        came=0,
        name=name,
    )


async def test_an_activity_is_kept_as_it_was_planned(database):
    id_ = await made(database)

    found = await database.read(lambda tx: activities.find(tx, id_))

    assert (found.plan, found.stage, found.taken) == (PLAN, Stage.PUBLISHED, 0)
    with pytest.raises(NotAllowedError):
        await database.read(lambda tx: activities.find(tx, ActivityId("none")))


async def test_a_change_of_what_somebody_else_changed_first_is_refused(database):
    id_ = await made(database, stage=Stage.DRAFT)
    found = await database.read(lambda tx: activities.find(tx, id_))
    await database.write(lambda tx: activities.rewrite(tx, found, PLAN))

    with pytest.raises(ConflictError):
        await database.write(lambda tx: activities.rewrite(tx, found, PLAN))
    with pytest.raises(ConflictError):
        await database.write(lambda tx: activities.set_stage(tx, found, Stage.PUBLISHED))


async def test_only_what_is_published_and_still_to_come_comes_up(database):
    published = await made(database)
    await made(database, stage=Stage.DRAFT)
    await made(database, stage=Stage.CANCELLED)

    soon = await database.read(lambda tx: activities.coming_up(tx, now=NOW, most=10))
    later = Instant(PLAN.starts_at)
    past = await database.read(lambda tx: activities.coming_up(tx, now=later, most=10))
    counts = await database.read(lambda tx: activities.count(tx, now=NOW))

    assert [each.id for each in soon] == [published]
    assert past == []
    assert (counts.drafts, counts.planned, counts.held, counts.cancelled) == (1, 1, 0, 1)


async def test_places_are_taken_only_as_long_as_there_are_some(database):
    id_ = await made(database)

    async def work(tx):
        taken = [await activities.take(tx, id_, people) for people in (3, 3, 2, 1)]
        await activities.give_back(tx, id_, 2)
        return [*taken, await activities.take(tx, id_, 2)]

    assert await database.write(work) == [True, False, True, False, True]


async def test_nothing_is_taken_of_a_draft(database):
    id_ = await made(database, stage=Stage.DRAFT)

    assert not await database.write(lambda tx: activities.take(tx, id_, 1))


async def test_of_many_who_sign_up_at_once_in_two_processes_no_more_come_than_there_are_places(
    database, where, keys
):
    """On PostgreSQL two processes write side by side; nothing but the statement itself decides."""
    id_ = await made(database)

    async def sign_up(one, number):
        async def numbered(tx):
            place = await new_place(tx, str(number))
            is_coming = await activities.take(tx, id_, 1)
            standing = Standing.COMING if is_coming else Standing.WAITING
            await sign_ups.add(tx, sign_up_of(id_, place.contact, standing=standing))
            return is_coming

        return await one.write(numbered, reach=ROWS)

    async with opened(where, keys) as other:
        both = [database, other]
        coming = await asyncio.gather(*(sign_up(both[n % 2], n) for n in range(40)))

    found = await database.read(lambda tx: activities.find(tx, id_))
    every = await database.read(lambda tx: sign_ups.of_activity(tx, id_))
    assert sum(coming) == found.taken == PLAN.places
    assert [one.standing for one in every].count(Standing.COMING) == PLAN.places
    assert len(every) == 40


async def test_a_name_is_sealed_and_gone_with_the_contact(database):
    id_ = await made(database)

    async def add(tx):
        place = await new_place(tx)
        await sign_ups.add(tx, sign_up_of(id_, place.contact, name="Auntie Yang"))
        return place.contact

    contact = await database.write(add)
    [before] = await database.read(lambda tx: sign_ups.of_activity(tx, id_))
    await database.write(lambda tx: sign_ups.unlink(tx, contact))
    [after] = await database.read(lambda tx: sign_ups.of_activity(tx, id_))

    assert (before.name, before.contact) == ("Auntie Yang", contact)
    assert (after.name, after.contact, after.people) == ("", None, 1)


async def test_whoever_cancelled_may_sign_up_again(database):
    id_ = await made(database)

    async def work(tx):
        place = await new_place(tx)
        first = sign_up_of(id_, place.contact)
        await sign_ups.add(tx, first)
        await sign_ups.set_standing(tx, first.id, Standing.CANCELLED)
        gone = await sign_ups.of(tx, id_, place.contact)
        second = sign_up_of(id_, place.contact, people=2)
        await sign_ups.add(tx, second)
        return gone, await sign_ups.of(tx, id_, place.contact)

    gone, found = await database.write(work)

    assert (gone, found.people) == (None, 2)


async def test_a_month_after_an_activity_only_numbers_are_left(database):
    id_ = await made(database)

    async def add(tx):
        place = await new_place(tx)
        sign_up = sign_up_of(id_, place.contact, name="Auntie Yang", people=3)
        await sign_ups.add(tx, sign_up)
        await sign_ups.note_came(tx, sign_up.id, 3)
        await activities.note_walk_ins(tx, id_, 2)

    await database.write(add)
    await database.write(lambda tx: sign_ups.forget(tx, before=PLAN.starts_at))
    [kept] = await database.read(lambda tx: sign_ups.of_activity(tx, id_))
    await database.write(lambda tx: sign_ups.forget(tx, before=Instant(PLAN.starts_at + 1)))
    [left] = await database.read(lambda tx: sign_ups.of_activity(tx, id_))

    assert (kept.name, left.name, left.contact, left.came) == ("Auntie Yang", "", None, 3)
    counts = await database.read(lambda tx: activities.count(tx, now=NOW))
    assert counts.attended == 5
