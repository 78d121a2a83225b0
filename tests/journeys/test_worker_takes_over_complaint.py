"""Whom a complaint may be about does not take the case over, and is not offered to."""

import pytest
from journeys.lives import open_town
from journeys.reading_desk import signed_in

from bot.domain.errors import ConflictError
from bot.domain.ids import HOUR, MINUTE
from bot.domain.worker import Role
from storage import staff

OFFERED = "I take it over"
READING = "A social worker is reading"
COMPLAINT = "i want to complain about your worker"


@pytest.fixture
async def town(tmp_path):
    async with open_town(tmp_path, LANTERN_HEARTBEAT="off") as town:
        yield town


async def pass_by(town, *steps):
    for step in steps:
        town.later(step)
        await town.run.lantern.watch.look()
        await town.quiet()


async def writes(town, person, *texts):
    for text in texts:
        await person.writes(text)
        await town.quiet()


async def take_over(town, worker, case):
    line = await town.run.desk.line(worker, case)
    return await town.run.desk.take_over(worker, case, version=line.version)


async def is_offered(town, worker, case):
    async with signed_in(town, worker) as page:
        return OFFERED in await page(f"/desk/cases/{case}")


async def had_by_anna_then_boss(town, anna, boss):
    """A case that Anna had, in which they complain of her, and that Boss has and leaves unread."""
    child = town.contact()
    await writes(town, child, "my dad hits me")
    [line] = await town.run.desk.queue(anna)
    await town.run.desk.claim(anna, line.id)
    await town.run.desk.read(anna, line.id)
    await writes(town, child, "i want to complain about you")
    version = (await town.run.desk.line(boss, line.id)).version
    await town.run.desk.hand_over(
        boss, line.id, to=boss.id, summary="they complain", version=version
    )
    await town.run.desk.read(boss, line.id)
    return child, line.id


async def test_whom_a_contact_complained_about_does_not_get_the_case_back(town):
    anna, _ = await town.worker("Anna")
    boss, _ = await town.worker("Boss", role=Role.SUPERVISOR)
    child, case = await had_by_anna_then_boss(town, anna, boss)
    await writes(town, child, "are you there")
    await pass_by(town, 5 * HOUR)
    before = len(child.heard)

    assert await is_offered(town, town.watcher, case)
    assert not await is_offered(town, anna, case)
    with pytest.raises(ConflictError):
        await take_over(town, anna, case)
    await town.quiet()

    assert (await town.run.desk.line(boss, case)).owner == boss.id
    assert not [text for text in child.heard[before:] if READING in text]
    assert (await take_over(town, town.watcher, case)).owner == town.watcher.id


async def test_nor_a_case_that_nobody_had_when_they_complained(town):
    anna, _ = await town.worker("Anna")
    boss, _ = await town.worker("Boss", role=Role.SUPERVISOR)
    parent = town.contact()
    await writes(town, parent, "/start", "2", COMPLAINT)
    [line] = await town.run.desk.queue(boss)
    await town.run.desk.claim(boss, line.id)
    await town.run.desk.read(boss, line.id)
    await writes(town, parent, "she was rude to me")
    await pass_by(town, 9 * HOUR)

    assert await is_offered(town, town.watcher, line.id)
    assert not await is_offered(town, anna, line.id)
    with pytest.raises(ConflictError):
        await take_over(town, anna, line.id)


async def test_in_an_emergency_only_whoever_never_had_it_takes_it_over(town):
    anna, _ = await town.worker("Anna")
    bo, _ = await town.worker("Bo")
    boss, _ = await town.worker("Boss", role=Role.SUPERVISOR)
    child, case = await had_by_anna_then_boss(town, anna, boss)
    await writes(town, child, "he has a knife now, help me")
    await pass_by(town, 5 * MINUTE)

    assert not await is_offered(town, anna, case)
    assert await is_offered(town, bo, case)
    with pytest.raises(ConflictError):
        await take_over(town, anna, case)
    assert (await take_over(town, bo, case)).owner == bo.id


async def test_where_nobody_else_is_left_whoever_had_it_takes_it_over(town):
    anna, _ = await town.worker("Anna")
    boss, _ = await town.worker("Boss", role=Role.SUPERVISOR)
    child, case = await had_by_anna_then_boss(town, anna, boss)
    await writes(town, child, "are you there")
    await pass_by(town, 5 * HOUR)
    assert not await is_offered(town, anna, case)

    now, database = town.run.clock(), town.run.lantern.house.database
    await database.write(lambda tx: staff.remove_worker(tx, town.watcher.id, now=now))

    assert await is_offered(town, anna, case)
    bo, _ = await town.worker("Bo")
    assert not await is_offered(town, anna, case)
    assert await is_offered(town, bo, case)
