"""What whoever signed up for an activity is told, and what waits, or is not overwritten."""

import dataclasses

import pytest
from journeys.reading_desk import signed_in
from journeys.test_activities import (
    desk_of,
    go_to,
    list_of,
    nothing_else,
    published,
    settled,
    signs_up,
)

from bot.domain.ids import DAY, HOUR
from bot.domain.level import Level

__all__ = ["nothing_else"]

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.long]

HALL = "School hall, Main Street"
NOTED = "All right, I have noted it."


async def move_to_the_hall(town, activity):
    """Have it take place elsewhere."""
    found = await desk_of(town).find(activity.id)
    plan = dataclasses.replace(found.plan, venue=HALL)
    await desk_of(town).change(town.watcher, found.id, plan, version=found.version)
    await settled(town)


async def call_off(town, activity):
    found = await desk_of(town).find(activity.id)
    await desk_of(town).cancel(town.watcher, found.id, version=found.version)
    await settled(town)


async def signed_up_and_quiet(town, **more):
    """Somebody who signed up, and then used the safe word."""
    activity = await published(town, **more)
    person, _ = await signs_up(town)
    await town.answers(person, ("the lamp is on", NOTED))
    return activity, person


async def test_after_the_safe_word_a_change_is_told_only_once_a_worker_has_written(town):
    activity, person = await signed_up_and_quiet(town, days=4)

    await move_to_the_hall(town, activity)
    town.later(2 * HOUR)
    await settled(town)

    await town.hears_nothing(person)
    [coming] = (await list_of(town, activity)).coming
    assert (await list_of(town, activity)).untold == {coming.id}

    case = await town.case_of(person)
    await town.run.desk.answer(town.watcher, case.line.id, "Hello?", version=case.line.version)
    await person.hears("Hello?")
    town.later(2 * HOUR)
    await settled(town)

    assert HALL in (await person.hears("Something has changed.")).text


async def test_after_the_safe_word_that_it_is_called_off_is_told_once_the_case_is_closed(town):
    activity, person = await signed_up_and_quiet(town, days=4)

    await call_off(town, activity)
    town.later(2 * HOUR)
    await settled(town)

    await town.hears_nothing(person)

    case = await town.case_of(person)
    line = await town.run.desk.claim(town.watcher, case.line.id)
    await town.run.desk.close(
        town.watcher, line.id, outcome="not_a_concern", reason="spoke to them", version=line.version
    )
    town.later(2 * HOUR)
    await settled(town)

    await person.hears("this does not take place")


async def test_after_the_safe_word_nobody_is_reminded_however_little_it_presses(town):
    _, person = await signed_up_and_quiet(town, days=4)
    case = await town.case_of(person)
    await town.run.desk.set_level(
        town.watcher,
        case.line.id,
        level=Level.ROUTINE,
        reason="tried it out",
        version=case.line.version,
    )

    town.later(3 * DAY + HOUR)
    await settled(town)

    await town.hears_nothing(person)


async def test_whoever_moved_up_at_night_hears_that_also_if_the_place_changes_then(town):
    activity = await published(town, places=1, days=5)
    first, _ = await signs_up(town)
    waiting, _ = await signs_up(town, says="You are on the waiting list")

    await go_to(town, 22, 30)
    await first.taps("I cannot come")
    await first.hears("no longer on the list")
    await move_to_the_hall(town, activity)
    await town.hears_nothing(waiting)
    await go_to(town, 10)

    told = await waiting.hears("A place has become free, and it is yours.")
    assert HALL in told.text
    await town.hears_nothing(waiting)


async def test_whoever_heard_that_they_moved_up_hears_of_a_change_behind_it(town):
    activity = await published(town, places=1, days=5)
    first, _ = await signs_up(town)
    waiting, _ = await signs_up(town, says="You are on the waiting list")
    await first.taps("I cannot come")
    await waiting.hears("A place has become free")

    await move_to_the_hall(town, activity)

    assert HALL in (await waiting.hears("Something has changed.")).text


async def test_what_is_called_off_is_told_instead_of_that_they_moved_up(town):
    activity = await published(town, places=1, days=5)
    first, _ = await signs_up(town)
    waiting, _ = await signs_up(town, says="You are on the waiting list")

    await go_to(town, 22, 30)
    await first.taps("I cannot come")
    await first.hears("no longer on the list")
    await call_off(town, activity)
    await go_to(town, 10)

    await waiting.hears("this does not take place")
    await town.hears_nothing(waiting)


@pytest.mark.parametrize("done", ["changed", "cancelled"])
async def test_a_worker_is_not_told_that_everybody_hears_of_it(town, done):
    activity = await published(town, days=4)

    async with signed_in(town, town.watcher) as page:
        shown = await page(f"/desk/activities/{activity.id}?done={done}")

    assert "whoever signed up and may be written to is told." in shown.lower()
