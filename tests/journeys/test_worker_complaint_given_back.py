"""Whom a complaint may be about does not get the case back once it was given away."""

import pytest
from journeys.lives import open_town
from journeys.reading_desk import csrf_of, signed_in

from bot.domain.errors import HadItError
from bot.domain.ids import MINUTE
from bot.domain.worker import Role

WAITS = "waits for a colleague who has not had it yet, or for a supervisor."


@pytest.fixture
async def town(tmp_path):
    async with open_town(tmp_path, LANTERN_HEARTBEAT="off") as town:
        yield town


async def given_back(town, anna, boss):
    """A case that Anna had, in which they complain of her, and that Boss gave back to the queue."""
    child = town.contact()
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
