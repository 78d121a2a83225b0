"""Whom a complaint may be about does not get the case back once it was given away."""

import pytest
from journeys.lives import open_town
from journeys.reading_desk import csrf_of, signed_in

from bot.domain.errors import HadItError, RefusedError
from bot.domain.ids import MINUTE
from bot.domain.level import Level
from bot.domain.worker import Role
from storage import staff

WAITS = "waits for a colleague who has not had it yet, or for a supervisor."


@pytest.fixture
async def town(tmp_path):
    async with open_town(tmp_path, LANTERN_HEARTBEAT="off") as town:
        yield town


async def given_back(town, anna, boss, *, child=None):
    """A case that Anna had, in which they complain of her, and that Boss gave back to the queue."""
    child = child or town.contact()
    for words in ("my dad hits me", "i want to complain about you"):
        await child.writes(words)
        await town.quiet()
        [line] = await town.run.desk.queue(anna)
        await town.run.desk.claim(anna, line.id)
        await town.run.desk.read(anna, line.id)
    await town.run.desk.release(boss, line.id, version=line.version)
    return line


async def test_she_does_not_claim_it_on_her_phone_and_is_not_the_first_to_be_called(town):
    anna, hers = await town.worker("Anna")
    boss, _ = await town.worker("Boss", role=Role.SUPERVISOR)
    line = await given_back(town, anna, boss)
    bo, his = await town.worker("Bo")
    before = len(hers.heard)
    for minutes in (0, 5, 5, 5, 5, 5, 5, 5):
        town.later(minutes * MINUTE)
        await town.run.lantern.watch.look()
        await town.quiet()

    assert [text for text in his.heard if "Nobody has it yet" in text]
    assert not [text for text in hers.heard[before:] if "Nobody has it yet" in text]
    assert WAITS in await hers.notices(await hers.taps(f"have:{line.id}"))
    assert (await town.run.desk.line(boss, line.id)).owner is None
    assert "You have" in await his.notices(await his.taps(f"have:{line.id}"))
    assert (await town.run.desk.line(boss, line.id)).owner == bo.id


async def test_nor_does_she_at_the_desk_where_she_is_not_offered_to(town):
    anna, _ = await town.worker("Anna")
    boss, _ = await town.worker("Boss", role=Role.SUPERVISOR)
    line = await given_back(town, anna, boss)
    at = f"/desk/cases/{line.id}"

    async with signed_in(town, anna) as page:
        seen = await page(at)
        assert "It " + WAITS in seen
        assert f"{at}/claim" not in seen
        refused = await page(f"{at}/claim", data={"csrf": csrf_of(seen)}, status=409)
    assert "It " + WAITS in refused
    assert "complain" not in refused
    with pytest.raises(HadItError):
        await town.run.desk.answer(anna, line.id, "hello", version=line.version + 1)
    async with signed_in(town, boss) as page:
        assert f"{at}/claim" in await page(at)


async def test_nor_does_she_open_it_again_once_it_is_closed(town):
    anna, _ = await town.worker("Anna")
    boss, _ = await town.worker("Boss", role=Role.SUPERVISOR)
    line = await given_back(town, anna, boss)
    await town.run.desk.claim(boss, line.id)
    await town.run.desk.read(boss, line.id)
    version = (await town.run.desk.line(boss, line.id)).version
    closed = await town.run.desk.close(
        boss, line.id, outcome="complaint_answered", reason="talked", version=version
    )

    with pytest.raises(HadItError):
        await town.run.desk.reopen(anna, line.id, version=closed.version)
    async with signed_in(town, anna) as page:
        assert "/reopen" not in await page(f"/desk/cases/{line.id}")
    reopened = await town.run.desk.reopen(town.watcher, line.id, version=closed.version)
    assert reopened.owner == town.watcher.id


async def test_supervisors_hear_of_it_where_whom_it_may_be_about_closes_it(town):
    anna, hers = await town.worker("Anna")
    _, theirs = await town.worker("Boss", role=Role.SUPERVISOR)
    for words, is_told in (("i want to complain about you", True), ("see you", False)):
        child = town.contact()
        for said in ("my dad hits me", words):
            await child.writes(said)
            await town.quiet()
            [line] = await town.run.desk.queue(anna)
            await town.run.desk.claim(anna, line.id)
            await town.run.desk.read(anna, line.id)
        await town.run.desk.close(
            anna, line.id, outcome="reported_to_police", reason="No. 7", version=line.version
        )
        await town.quiet()

        told = f"Anna has closed {line.code}, in which somebody complains"
        assert bool([text for text in theirs.heard if told in text]) is is_told
        assert not [text for text in hers.heard if told in text]


async def emergency_given_back(town, anna, boss):
    """The same case, in which danger was told since, and everybody was called."""
    child = town.contact()
    line = await given_back(town, anna, boss, child=child)
    await child.writes("he has a knife now, help me")
    await town.quiet()
    for minutes in (0, 5, 5, 5):
        town.later(minutes * MINUTE)
        await town.run.lantern.watch.look()
        await town.quiet()
    line = await town.run.desk.line(boss, line.id)
    assert (line.level, line.owner) == (Level.EMERGENCY, None)
    return line


async def test_in_an_emergency_she_is_called_and_claims_it_and_supervisors_hear_of_it(town):
    anna, hers = await town.worker("Anna")
    boss, his = await town.worker("Boss", role=Role.SUPERVISOR)
    before = len(hers.heard)
    line = await emergency_given_back(town, anna, boss)
    called = [text for text in hers.heard[before:] if f"Emergency: {line.code}" in text]
    told = f"In {line.code}, which Anna has, somebody complains"
    count = len([text for text in his.heard if told in text])

    assert len(called) > 0
    async with signed_in(town, anna) as page:
        assert f"/desk/cases/{line.id}/claim" in await page(f"/desk/cases/{line.id}")
    assert "You have" in await hers.notices(await hers.taps(f"have:{line.id}"))
    await town.quiet()
    assert (await town.run.desk.line(boss, line.id)).owner == anna.id
    assert len([text for text in his.heard if told in text]) == count + 1
    assert not [text for text in hers.heard if told in text]


async def test_in_an_emergency_she_answers_and_opens_it_again_too(town):
    anna, _ = await town.worker("Anna")
    boss, his = await town.worker("Boss", role=Role.SUPERVISOR)
    line = await emergency_given_back(town, anna, boss)
    answered = await town.run.desk.answer(anna, line.id, "Go outside.", version=line.version)
    assert answered.owner == anna.id
    await town.run.desk.read(boss, line.id)
    await town.run.desk.read(anna, line.id)
    version = (await town.run.desk.line(boss, line.id)).version
    closed = await town.run.desk.close(
        boss, line.id, outcome="helped", reason="safe now", version=version
    )
    await town.quiet()
    before = len(his.heard)

    reopened = await town.run.desk.reopen(anna, line.id, version=closed.version)
    await town.quiet()

    assert reopened.owner == anna.id
    assert [text for text in his.heard[before:] if f"In {line.code}, which Anna has" in text]


async def test_in_an_emergency_a_colleague_hands_it_to_her_and_supervisors_hear_of_it(town):
    anna, hers = await town.worker("Anna")
    boss, his = await town.worker("Boss", role=Role.SUPERVISOR)
    line = await emergency_given_back(town, anna, boss)
    bo, _ = await town.worker("Bo")
    told = f"In {line.code}, which Anna has, somebody complains"
    claimed = await town.run.desk.claim(bo, line.id)
    await town.quiet()
    before = len(his.heard)

    await town.run.desk.hand_over(
        bo, line.id, to=anna.id, summary="she is near", version=claimed.version
    )
    await town.quiet()

    assert (await town.run.desk.line(boss, line.id)).owner == anna.id
    assert len([text for text in his.heard[before:] if told in text]) == 1
    assert not [text for text in hers.heard if told in text]


async def test_nor_do_supervisors_hear_of_it_from_one_of_them_or_of_who_never_had_it(town):
    anna, _ = await town.worker("Anna")
    boss, his = await town.worker("Boss", role=Role.SUPERVISOR)
    line = await emergency_given_back(town, anna, boss)
    bo, _ = await town.worker("Bo")
    cy, _ = await town.worker("Cy")
    await town.run.desk.claim(bo, line.id)
    await town.quiet()
    before = len(his.heard)
    for by, to in ((bo, cy), (boss, anna)):
        version = (await town.run.desk.line(boss, line.id)).version
        await town.run.desk.hand_over(by, line.id, to=to.id, summary="look", version=version)
        await town.quiet()

    assert (await town.run.desk.line(boss, line.id)).owner == anna.id
    assert not [text for text in his.heard[before:] if "somebody complains" in text]


async def test_where_everybody_had_it_and_nobody_supervises_she_may_have_it_again(town):
    anna, hers = await town.worker("Anna")
    boss, _ = await town.worker("Boss", role=Role.SUPERVISOR)
    line = await given_back(town, anna, boss)
    now, database = town.run.clock(), town.run.lantern.house.database
    await database.write(lambda tx: staff.remove_worker(tx, boss.id, now=now))
    assert WAITS in await hers.notices(await hers.taps(f"have:{line.id}"))

    await database.write(lambda tx: staff.remove_worker(tx, town.watcher.id, now=now))

    async with signed_in(town, anna) as page:
        assert f"/desk/cases/{line.id}/claim" in await page(f"/desk/cases/{line.id}")
    assert "You have" in await hers.notices(await hers.taps(f"have:{line.id}"))


async def test_nor_is_it_handed_over_to_her_by_a_colleague_but_by_a_supervisor(town):
    anna, _ = await town.worker("Anna")
    boss, _ = await town.worker("Boss", role=Role.SUPERVISOR)
    line = await given_back(town, anna, boss)
    bo, _ = await town.worker("Bo")
    await town.run.desk.claim(bo, line.id)
    version = (await town.run.desk.line(bo, line.id)).version

    async with signed_in(town, bo) as page:
        assert f'value="{anna.id}"' not in await page(f"/desk/cases/{line.id}")
    with pytest.raises(RefusedError) as refused:
        await town.run.desk.hand_over(bo, line.id, to=anna.id, summary="hers", version=version)
    assert refused.value.missing == "to"
    assert (await town.run.desk.line(bo, line.id)).owner == bo.id

    async with signed_in(town, boss) as page:
        assert f'value="{anna.id}"' in await page(f"/desk/cases/{line.id}")
    handed = await town.run.desk.hand_over(
        boss, line.id, to=anna.id, summary="not about her", version=version
    )
    assert handed.owner == anna.id
