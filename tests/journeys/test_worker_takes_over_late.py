"""Whoever is called because a colleague does not answer in time can take the case over."""

from types import SimpleNamespace

import pytest
from journeys.lives import happened, open_town
from journeys.owned_case import UNANSWERED, UNDECIDED, a_town, passes
from journeys.reading_desk import csrf_of, signed_in

from bot.desk.reading import queue
from bot.domain.errors import ConflictError
from bot.domain.ids import DAY, HOUR, MINUTE
from bot.domain.level import Level
from bot.domain.worker import Role
from storage import staff


async def is_late(run, boss):
    """Nobody has answered in an hour, and a supervisor was called."""
    await passes(run, HOUR - 2 * MINUTE)
    await passes(run, 4 * MINUTE)
    await passes(run, MINUTE)
    await boss.hears(UNANSWERED)


async def take_over(run, worker, case):
    line = await run.desk.line(worker, case)
    return await run.desk.take_over(worker, case, version=line.version)


@pytest.mark.parametrize(
    ("language", "left", "first", "taken"),
    [
        (
            "en",
            "Anna has not seen to it in time",
            ("Ask Anna first, if you can.", "You are off duty, and stay so"),
            "Taken over from Anna, who had not seen to it",
        ),
        (
            "zh_CN",
            "Anna 过了时间还没处理",
            ("能联系上的话，先问问 Anna。", "您现在不值班，接手后也还是不值班"),
            "从 Anna 那里接手，之前过了时间还没处理",
        ),
    ],
)
async def test_whoever_was_called_takes_over_what_its_owner_does_not_answer(
    tmp_path, language, left, first, taken
):
    async with a_town(tmp_path) as (run, case, child, (_, phone), (boss, boss_phone)):
        cy = await run.add_worker("Cy", role=Role.SUPERVISOR, language=language)
        at = f"/desk/cases/{case}"
        await is_late(run, boss_phone)
        town = SimpleNamespace(run=run)
        await run.desk.go_off_duty(cy, hours=8)
        async with signed_in(town, cy) as page:
            row = (await page("/desk")).split('class="cell-owner')[1]
            shown = await page(at)
            version = (await run.desk.line(cy, case)).version
            form = {"csrf": csrf_of(shown), "version": str(version)}
            asked = await page(f"{at}/take-over", data=form, came_from=at)
            after = await page(f"{at}/take-over", data=form | {"sure": "yes"}, came_from=at)

        assert left.removeprefix("Anna ") in row
        assert f'action="{at}/take-over"' in row
        assert left in shown
        assert first[0] in shown
        assert all(words in asked for words in first)
        assert taken in after
        assert (await run.desk.line(boss, case)).owner == cy.id
        await phone.hears("Cy has L-0001 now")
        await child.hears("A social worker is reading")


@pytest.mark.parametrize(
    ("language", "asks_first"), [("en", "Ask Anna first"), ("zh_CN", "先问问 Anna")]
)
async def test_nobody_is_pressed_to_answer_where_it_is_not_safe_to_write(
    tmp_path, language, asks_first
):
    async with a_town(tmp_path) as (run, case, _, (anna, _), (_, boss_phone)):
        version = (await run.desk.line(anna, case)).version
        await run.desk.note_safety(anna, case, "not_ok", version=version)
        await passes(run, HOUR + 2 * MINUTE)
        await passes(run, MINUTE)
        await boss_phone.hears(UNDECIDED)
        cy = await run.add_worker("Cy", language=language)
        async with signed_in(SimpleNamespace(run=run), cy) as page:
            shown = (await page(f"/desk/cases/{case}")).split('id="moment"')[1]
        shown = shown.split("</section>")[0]

        assert asks_first in shown
        assert not any(words in shown for words in ("answer", "回复"))


async def test_a_colleague_takes_it_over_only_once_others_were_called_in_vain(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (anna, _), (_, boss_phone)):
        bo = await run.add_worker("Bo")
        with pytest.raises(ConflictError):
            await take_over(run, bo, case)
        await is_late(run, boss_phone)
        assert (await run.desk.line(bo, case)).may_take_over
        assert not (await run.desk.line(anna, case)).may_take_over

        line = await run.desk.line(anna, case)
        await run.desk.answer(anna, case, "I am here.", version=line.version)
        assert not (await run.desk.line(bo, case)).may_take_over
        with pytest.raises(ConflictError):
            await take_over(run, bo, case)


async def test_a_case_in_which_nothing_was_decided_in_time_is_taken_over_as_well(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (anna, phone), (_, boss_phone)):
        bo = await run.add_worker("Bo")
        version = (await run.desk.line(anna, case)).version
        await run.desk.answer(anna, case, "I am here.", version=version)
        await passes(run, DAY - 2 * MINUTE)
        assert not (await run.desk.line(bo, case)).may_take_over
        for time in (4 * MINUTE, MINUTE):
            await passes(run, time)
        await boss_phone.hears(UNDECIDED)
        assert (await run.desk.line(bo, case)).may_take_over
        assert not (await run.desk.line(anna, case)).may_take_over
        taken = await take_over(run, bo, case)

        assert taken.owner == bo.id
        await phone.hears("Bo has L-0001 now")
        assert not (await run.desk.line(anna, case)).may_take_over
        assert "taken_over_late:Anna" in happened(await run.desk.read(bo, case))


async def test_whoever_is_called_as_its_owner_is_off_duty_takes_a_routine_case_over(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (anna, _), (boss, _)):
        bo = await run.add_worker("Bo")
        version = (await run.desk.line(boss, case)).version
        await run.desk.set_level(boss, case, Level.ROUTINE, reason="It is over.", version=version)
        await passes(run, 3 * DAY)
        for _ in range(2):
            await passes(run, MINUTE)
        assert not (await run.desk.line(bo, case)).may_take_over
        await run.desk.go_off_duty(anna, hours=24)

        assert (await run.desk.line(bo, case)).may_take_over


async def test_the_queue_asks_the_database_no_more_often_the_more_cases_lie(tmp_path):
    async with open_town(tmp_path) as town:
        anna, bo = [await town.run.add_worker(name) for name in ("Anna", "Bo")]
        for _ in range(3):
            child = town.contact()
            await child.writes("my dad hits me")
            await child.hears("")
        await town.quiet()
        for line in await town.run.desk.queue(anna):
            await town.run.desk.claim(anna, line.id)
            await town.run.desk.read(anna, line.id)
        for time in (HOUR + MINUTE, MINUTE):
            town.later(time)
            await town.run.lantern.watch.look()
            await town.quiet()
        one, all_of_them = [await asked_for(town.run, bo, most) for most in (1, 3)]

    assert [len(lines) for lines, _ in (one, all_of_them)] == [1, 3]
    assert all(line.may_take_over and not line.is_left_unread for line in all_of_them[0])
    assert one[1] == all_of_them[1]


async def asked_for(run, worker, most):
    """The *most* pressing cases as *worker* sees them, and how often the database was asked."""
    count = 0

    async def look(tx):
        ask = tx.all

        async def ask_counted(statement, **values):
            nonlocal count
            count += 1
            return await ask(statement, **values)

        tx.all = ask_counted
        return await queue(tx, run.lantern.house, worker, "all", most=most)

    return await run.lantern.house.database.read(look), count


async def test_whoever_took_it_over_has_time_to_answer(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (anna, _), (_, boss_phone)):
        bo = await run.add_worker("Bo")
        await is_late(run, boss_phone)
        taken = await take_over(run, bo, case)

        assert (taken.owner, taken.unread) == (bo.id, 0)
        assert not (await run.desk.line(anna, case)).may_take_over
        assert "taken_over_late:Anna" in happened(await run.desk.read(bo, case))


async def test_the_owner_is_told_even_if_no_alert_about_it_had_reached_them(tmp_path):
    async with open_town(tmp_path, LANTERN_HEARTBEAT="off") as town:
        bo, others = await town.worker("Bo", role=Role.SUPERVISOR)
        dan = await town.run.add_worker("Dan")
        child, phone = town.contact(), town.contact()
        await child.writes("my dad hits me")
        await town.quiet()
        case = (await town.case_of(child)).line.id
        await town.run.desk.claim(dan, case)
        await town.run.desk.read(dan, case)
        await passes(town.run, HOUR + 2 * MINUTE)
        await passes(town.run, 2 * MINUTE)
        await others.hears(UNANSWERED)
        await phone.writes("hello")
        await link(town.run, dan, phone)
        await take_over(town.run, bo, case)

        await phone.hears("Bo has L-0001 now")


async def link(run, worker, phone):
    house = run.lantern.house
    at = str(phone.id)
    await house.database.write(
        lambda tx: staff.link_address(tx, "telegram", at, worker.id, now=house.clock())
    )
