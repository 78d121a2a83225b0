"""When an open desk rings about a case that somebody has."""

import re

import pytest
from journeys.lives import open_town
from journeys.reading_desk import signed_in

from bot.domain.ids import DAY, MINUTE

IN_DANGER = "he has a knife now, help me"


@pytest.fixture
async def town(tmp_path):
    async with open_town(tmp_path, LANTERN_HEARTBEAT="off") as town:
        yield town


async def two_workers(town):
    """Two who have no phone: they sit at the desk."""
    return await town.run.add_worker("Anna"), await town.run.add_worker("Bo")


async def case_of(town, owner):
    """A child in an urgent case, which *owner* has and has read."""
    child = town.contact()
    await child.writes("my dad hits me")
    await child.hears("")
    await town.quiet()
    [line] = await town.run.desk.queue(owner)
    await town.run.desk.claim(owner, line.id)
    await town.run.desk.read(owner, line.id)
    return child, await town.run.desk.line(owner, line.id)


async def rings(town, worker):
    """For how many emergencies and urgent cases the desk of *worker* rings, and what it shows."""
    async with signed_in(town, worker) as page:
        text = await page("/desk/lines")
    found = re.search(r'data-emergencies="(\d+)" data-urgent="(\d+)"', text)
    return int(found[1]), int(found[2]), "something new not read yet" in text


async def test_an_emergency_in_a_claimed_case_rings_at_its_owners_desk_until_it_is_read(town):
    anna, bo = await two_workers(town)
    child, line = await case_of(town, anna)
    assert await rings(town, anna) == (0, 0, False)

    await town.run.staff.note_at_desk(anna.id)
    await child.writes(IN_DANGER)
    await town.quiet()
    assert await rings(town, anna) == (1, 0, True)
    assert await rings(town, bo) == (0, 0, False)

    await town.run.desk.read(anna, line.id)
    assert await rings(town, anna) == (0, 0, False)


async def test_an_emergency_that_its_owner_does_not_read_rings_at_every_desk(town):
    anna, bo = await two_workers(town)
    child, line = await case_of(town, anna)

    await child.writes(IN_DANGER)
    await town.quiet()
    town.later(6 * MINUTE)
    await town.run.lantern.watch.look()
    assert await rings(town, bo) == (1, 0, True)

    await town.run.desk.read(anna, line.id)
    assert await rings(town, bo) == (0, 0, False)


async def test_a_desk_that_was_open_before_the_clock_was_put_back_counts_as_closed(town):
    anna, bo = await two_workers(town)
    child, _ = await case_of(town, anna)
    town.later(DAY)
    await town.run.lantern.watch.look()
    await town.run.staff.note_at_desk(anna.id)
    town.later(-DAY)

    await child.writes(IN_DANGER)
    await town.quiet()
    await town.run.lantern.watch.look()

    assert await rings(town, bo) == (1, 0, True)


async def test_a_pressing_case_handed_over_rings_at_its_receivers_desk(town):
    anna, bo = await two_workers(town)
    _, line = await case_of(town, anna)

    await town.run.desk.hand_over(anna, line.id, to=bo.id, summary="here", version=line.version)

    assert await rings(town, bo) == (0, 1, True)
    assert await rings(town, anna) == (0, 0, False)
