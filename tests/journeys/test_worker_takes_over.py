"""Whoever is called because a colleague does not look can take the case over, and answer."""

import asyncio
import re

import pytest
from journeys.lives import happened, open_town
from journeys.reading_desk import csrf_of, signed_in

from bot.domain.errors import ConflictError
from bot.domain.ids import HOUR, MINUTE
from bot.domain.worker import Role

NEW = "he has a knife now, help me"


@pytest.fixture
async def town(tmp_path):
    async with open_town(tmp_path, LANTERN_HEARTBEAT="off") as town:
        yield town


async def case_of(town, owner, words="he has a knife, help me"):
    """A child who wrote *words*, and their case, which *owner* has and has read."""
    child = town.contact()
    await child.writes(words)
    await child.hears("")
    await town.quiet()
    [line] = await town.run.desk.queue(owner)
    await town.run.desk.claim(owner, line.id)
    await town.run.desk.read(owner, line.id)
    return child, line.id


async def pass_by(town, *steps):
    for step in steps:
        town.later(step)
        await town.run.lantern.watch.look()
        await town.quiet()


async def left_unread(town):
    """A child in an emergency that Anna has and does not look at; Bo was called."""
    anna, phone = await town.worker("Anna")
    bo, others = await town.worker("Bo")
    child, case = await case_of(town, anna)
    await child.writes(NEW)
    await town.quiet()
    await pass_by(town, 5 * MINUTE)
    await others.hears("has not looked")
    return child, case, (anna, phone), bo


async def take_over(town, worker, case):
    line = await town.run.desk.line(worker, case)
    return await town.run.desk.take_over(worker, case, version=line.version)


async def test_whoever_was_called_takes_over_what_its_owner_does_not_look_at(town):
    child, case, (_, phone), bo = await left_unread(town)

    taken = await take_over(town, bo, case)

    assert (taken.owner, taken.unread) == (bo.id, 0)
    await phone.hears("Bo has L-0001 now")
    await child.hears("A social worker is reading")
    await town.run.desk.answer(bo, case, "I am here now.", version=taken.version)
    await child.hears("I am here now.")


async def test_what_was_taken_over_stands_in_the_case_and_calls_nobody_any_more(town):
    _, case, (_, phone), bo = await left_unread(town)
    await take_over(town, bo, case)
    await town.quiet()
    before = len(phone.heard)

    await pass_by(town, 5 * MINUTE, 5 * MINUTE, HOUR)

    assert len(phone.heard) == before
    file = await town.run.desk.read(bo, case)
    assert "taken_over:Anna" in happened(file)
    assert not file.line.may_take_over


async def test_a_case_whose_owner_has_looked_is_not_taken_away(town):
    _, case, (anna, _), bo = await left_unread(town)
    await town.run.desk.read(anna, case)

    with pytest.raises(ConflictError):
        await take_over(town, bo, case)


async def test_before_others_were_called_a_case_stays_with_its_owner(town):
    anna, _ = await town.worker("Anna")
    bo, _ = await town.worker("Bo")
    child, case = await case_of(town, anna)
    await child.writes(NEW)
    await town.quiet()

    with pytest.raises(ConflictError):
        await take_over(town, bo, case)


async def test_what_was_only_taken_on_a_phone_is_taken_over_once_supervisors_were_called(town):
    anna, _ = await town.worker("Anna")
    bo, phone = await town.worker("Bo")
    await town.worker("Boss", role=Role.SUPERVISOR)
    child = town.contact()
    await child.writes("my dad hits me")
    await child.hears("")
    await town.quiet()
    [line] = await town.run.desk.queue(bo)
    await phone.hears("Nobody has it yet")
    await phone.taps("I have it")
    await town.quiet()
    assert (await town.run.desk.line(anna, line.id)).owner == bo.id
    await pass_by(town, 61 * MINUTE)

    assert (await take_over(town, anna, line.id)).owner == anna.id


async def test_of_two_who_take_over_at_once_only_one_has_it(town):
    await only_one_of_two_has_it(town)


async def test_of_two_who_take_over_at_once_only_one_has_it_on_a_server(tmp_path, postgres):
    url = postgres.url(postgres.new_database(like="lantern"))
    more = {"LANTERN_HEARTBEAT": "off", "LANTERN_DATABASE": url.whole}
    async with open_town(tmp_path, **more) as town:
        await only_one_of_two_has_it(town)


async def only_one_of_two_has_it(town):
    _, case, _, bo = await left_unread(town)
    cy, _ = await town.worker("Cy")
    seen = (await town.run.desk.line(cy, case)).version

    taken = await asyncio.gather(
        *(town.run.desk.take_over(each, case, version=seen) for each in (bo, cy)),
        return_exceptions=True,
    )

    [refused] = [each for each in taken if isinstance(each, ConflictError)]
    [line] = [each for each in taken if each is not refused]
    assert (await town.run.desk.line(bo, case)).owner == line.owner
    assert [refused.by] == [each.name for each in (bo, cy) if each.id == line.owner]


async def test_whoever_is_handed_what_was_left_unread_has_their_full_time(town):
    child = town.contact()
    anna, phone = await town.worker("Anna")
    bo, _ = await town.worker("Bo")
    await child.writes("my dad hits me")
    await town.quiet()
    [line] = await town.run.desk.queue(anna)
    await town.run.desk.claim(anna, line.id)
    await town.run.desk.read(anna, line.id)
    await child.writes("he hits me again")
    await town.quiet()
    await pass_by(town, 61 * MINUTE)
    assert (await town.run.desk.line(bo, line.id)).may_take_over

    await hand_over(town, anna, line.id, to=bo)

    await pass_by(town, 59 * MINUTE)
    assert not (await town.run.desk.line(anna, line.id)).may_take_over
    assert not [text for text in phone.heard if "Bo has L-0001, but" in text]
    await pass_by(town, 2 * MINUTE)
    assert (await town.run.desk.line(anna, line.id)).may_take_over


async def test_in_an_emergency_too_whoever_left_it_unread_does_not_get_it_back_at_once(town):
    _, case, (anna, _), bo = await left_unread(town)

    await hand_over(town, anna, case, to=bo)

    assert not (await town.run.desk.line(anna, case)).may_take_over
    with pytest.raises(ConflictError):
        await take_over(town, anna, case)


async def hand_over(town, worker, case, *, to):
    version = (await town.run.desk.line(worker, case)).version
    await town.run.desk.hand_over(worker, case, to=to.id, summary="She waits.", version=version)
    await town.quiet()


async def test_an_open_page_of_a_colleague_hears_that_the_case_may_be_taken_over(town):
    anna, _ = await town.worker("Anna")
    bo, _ = await town.worker("Bo")
    child, case = await case_of(town, anna, "my dad hits me")
    await child.writes("he hits me again")
    await town.quiet()
    async with signed_in(town, bo) as page:
        version = shown(await page(f"/desk/cases/{case}"), "data-version")
        assert shown(await page(f"/desk/lines?case={case}"), "data-case") == version
        await pass_by(town, 61 * MINUTE)
        assert shown(await page(f"/desk/lines?case={case}"), "data-case") != version


def shown(page, name):
    """What the page holds in *name*, of those that are not the id of a case."""
    values = re.findall(f'{name}="([^"]*:[^"]*)"', page)
    return values[-1]


async def test_the_page_offers_it_asks_once_more_and_then_shows_the_answer_box(town):
    _, case, (anna, _), bo = await left_unread(town)
    path = f"/desk/cases/{case}"
    async with signed_in(town, bo) as page:
        seen = await page(path)
        assert "Anna has not looked at what is new" in seen
        version = (await town.run.desk.line(bo, case)).version
        form = {"csrf": csrf_of(seen), "version": str(version)}
        asked = await page(f"{path}/take-over", data=form)
        assert "Take L-0001 over yourself?" in asked
        assert (await town.run.desk.line(bo, case)).owner == anna.id
        mine = await page(f"{path}/take-over", data={**form, "sure": "yes"})

    assert 'id="answer"' in mine
    assert "Taken over from Anna" in mine


async def test_a_supervisor_who_takes_a_case_to_themselves_comes_to_the_case(town):
    anna, _ = await town.worker("Anna")
    _, case = await case_of(town, anna)
    path, boss = f"/desk/cases/{case}", town.watcher
    async with signed_in(town, boss) as page:
        seen = await page(path)
        version = (await town.run.desk.line(boss, case)).version
        form = {"csrf": csrf_of(seen), "version": str(version), "to": boss.id, "sure": "yes"}
        mine = await page(f"{path}/hand-over", data={**form, "summary": "Anna has gone home"})

    assert 'id="answer"' in mine
    assert (await town.run.desk.line(boss, case)).unread == 0
