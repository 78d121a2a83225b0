"""Workers say at the desk until when they are off duty; alerts go to colleagues until then."""

import pytest
from journeys.lives import open_town
from journeys.reading_desk import csrf_of, signed_in

from bot.domain.errors import RefusedError
from bot.domain.ids import HOUR, MINUTE
from storage import staff


@pytest.fixture
async def town(tmp_path):
    async with open_town(tmp_path, LANTERN_HEARTBEAT="off") as town:
        yield town


async def pass_by(town, *steps):
    for step in steps:
        town.later(step)
        await town.run.lantern.watch.look()
        await town.quiet()


async def case_of(town, words):
    child = town.contact()
    await child.writes(words)
    await child.hears("")
    await town.quiet()
    [line] = await town.run.desk.queue(town.watcher, "unclaimed")
    return child, line


async def is_on_duty(town, worker):
    found = await town.run.lantern.house.database.read(lambda tx: staff.find_worker(tx, worker.id))
    return found.is_on_duty


def alerts(phone):
    return [text for text in phone.heard if "Nobody has it yet" in text]


async def test_alerts_pass_by_whoever_is_off_duty_until_everybody_is_called(town):
    anna, off = await town.worker("Anna")
    bo, on = await town.worker("Bo")
    for phone, worker in ((off, anna), (on, bo)):
        assert await is_on_duty(town, worker), phone
    await town.run.desk.go_off_duty(anna, hours=8)

    for words in ("my dad hits me", "my mum beats me every day"):
        _, line = await case_of(town, words)
        await town.run.desk.claim(bo, line.id)

    assert alerts(off) == []
    assert len(alerts(on)) == 2


async def test_the_time_that_was_said_ends_being_off_duty(town):
    anna, _ = await town.worker("Anna")
    await town.run.desk.go_off_duty(anna, hours=8)

    await pass_by(town, 8 * HOUR - MINUTE)
    assert not await is_on_duty(town, anna)
    await pass_by(town, 2 * MINUTE)

    assert await is_on_duty(town, anna)
    assert (await town.run.desk.duty(anna)).until is None


async def test_whoever_is_on_duty_again_early_is_not_touched_by_the_time_they_had_said(town):
    anna, _ = await town.worker("Anna")
    await town.run.desk.go_off_duty(anna, hours=8)
    await town.run.desk.come_on_duty(anna)
    assert await is_on_duty(town, anna)
    await town.run.desk.go_off_duty(anna, hours=24)

    await pass_by(town, 9 * HOUR)

    assert not await is_on_duty(town, anna)


async def test_an_emergency_in_the_case_of_somebody_off_duty_calls_others_at_once(town):
    anna, _ = await town.worker("Anna")
    _, phone = await town.worker("Bo")
    child, line = await case_of(town, "my dad hits me")
    await town.run.desk.claim(anna, line.id)
    await town.run.desk.read(anna, line.id)
    await town.run.desk.go_off_duty(anna, hours=12)

    await child.writes("he has a knife now, help me")
    await town.quiet()
    await pass_by(town, 0)

    assert [text for text in phone.heard if "Anna has L-0001, but has not looked" in text]


@pytest.mark.parametrize("words", ["he hits me again", "he has a knife now, help me"])
async def test_what_is_new_in_the_case_of_somebody_off_duty_is_heard_by_a_colleague(town, words):
    anna, own = await town.worker("Anna")
    _, phone = await town.worker("Bo")
    child, line = await case_of(town, "my dad hits me")
    await town.run.desk.claim(anna, line.id)
    await town.run.desk.read(anna, line.id)
    await town.run.desk.go_off_duty(anna, hours=336)
    before = len(phone.heard)

    await child.writes(words)
    await town.quiet()
    await pass_by(town, HOUR + MINUTE)

    assert [text for text in phone.heard[before:] if "Anna has L-0001, but" in text]
    assert [text for text in own.heard if "something new in" in text]


async def test_an_owner_on_duty_is_reminded_alone_where_no_supervisor_has_a_phone(town):
    anna, own = await town.worker("Anna")
    _, phone = await town.worker("Bo")
    child, line = await case_of(town, "my dad hits me")
    await town.run.desk.claim(anna, line.id)
    await town.run.desk.read(anna, line.id)
    before = len(phone.heard)

    await child.writes("he hits me again")
    await town.quiet()
    await pass_by(town, HOUR + MINUTE)

    assert [text for text in own.heard if "has not been read yet" in text]
    assert len(phone.heard) == before


@pytest.mark.parametrize(
    ("language", "on_phone", "on_page"),
    [
        ("en", "You have L-0001, though you are off duty.", "You have it, though you are off"),
        ("zh_CN", "L-0001 由您跟进了，但您现在不值班。", "由您跟进了，但您现在不值班。"),
    ],
)
async def test_whoever_is_off_duty_and_has_it_is_told_so_and_that_nobody_else_is_called(
    town, language, on_phone, on_page
):
    anna, phone = await town.worker("Anna", language=language)
    _, other = await town.worker("Bo")
    _, line = await case_of(town, "my dad hits me")
    await pass_by(town, HOUR, HOUR)
    await town.run.desk.go_off_duty(anna, hours=8)

    told = await phone.notices(await phone.taps(f"have:{line.id}"))
    await town.quiet()
    before = len(other.heard)
    await pass_by(town, MINUTE)
    _, second = await case_of(town, "my mum beats me every day")
    async with signed_in(town, anna) as page:
        sent = {"csrf": csrf_of(await page("/desk"))}
        shown = await page(f"/desk/cases/{second.id}/claim", data=sent)
        again = await page(f"/desk/cases/{second.id}")

    assert told.startswith(on_phone)
    assert [text for text in other.heard[before:] if "L-0001" in text and "Nobody" in text] == []
    assert on_page in shown
    assert on_page not in again


async def test_only_the_times_that_stand_there_can_be_chosen(town):
    anna, _ = await town.worker("Anna")

    with pytest.raises(RefusedError):
        await town.run.desk.go_off_duty(anna, hours=1000)

    assert await is_on_duty(town, anna)


async def test_the_page_says_what_it_means_and_has_a_way_back(town):
    anna, _ = await town.worker("Anna")
    _, line = await case_of(town, "my dad hits me")
    await town.run.desk.claim(anna, line.id)
    async with signed_in(town, anna) as page:
        seen = await page("/desk/duty")
        assert "You are on duty" in seen
        assert "You have 1 open case." in seen
        form = {"csrf": csrf_of(seen)}
        refused = await page("/desk/duty/off", data=form, status=422)
        assert "Choose until when." in refused
        assert " data-brought>" in refused
        off = await page("/desk/duty/off", data={**form, "hours": "8"})
        assert "You are off duty until" in off
        assert ">Off duty</a>" in await page("/desk")
        assert "You are on duty" in await page("/desk/duty/on", data=form)


async def test_the_page_says_what_reaches_whoever_is_off_duty_all_the_same(town):
    anna, _ = await town.worker("Anna")
    for worker, said, unsaid in (
        (anna, "alerted to new cases only when everybody is", "called as a supervisor"),
        (town.watcher, "called as a supervisor", "only when everybody is"),
    ):
        async with signed_in(town, worker) as page:
            on = await page("/desk/duty")
            await town.run.desk.go_off_duty(worker, hours=8)
            for seen in (on, await page("/desk/duty")):
                assert said in seen
                assert unsaid not in seen
                assert "each test of the alarm" in seen


async def test_whoever_is_the_last_on_duty_reads_that_nobody_else_is(town):
    anna, _ = await town.worker("Anna")
    await town.run.desk.go_off_duty(town.watcher, hours=24)

    async with signed_in(town, anna) as page:
        assert "Nobody else is on duty." in await page("/desk/duty")


async def test_a_supervisor_off_duty_who_notes_the_last_colleague_off_duty_reads_that_nobody_is(
    town,
):
    anna, _ = await town.worker("Anna")
    await town.run.desk.go_off_duty(town.watcher, hours=24)

    async with signed_in(town, town.watcher) as page:
        seen = await page("/desk/duty")
        form = {"csrf": csrf_of(seen), "whom": anna.id, "hours": "24"}
        assert "Nobody is on duty." not in seen
        assert "Nobody is on duty." in await page("/desk/duty/off", data=form)


async def test_a_supervisor_notes_that_a_colleague_is_ill_and_finds_their_cases(town):
    anna, phone = await town.worker("Anna")
    _, other = await town.worker("Bo")
    _, mine = await case_of(town, "my dad hits me")
    await town.run.desk.claim(anna, mine.id)
    async with signed_in(town, town.watcher) as page:
        seen = await page("/desk/duty")
        assert f'1 open case: <a href="/desk/cases/{mine.id}">{mine.code}</a> (Urgent)' in seen
        form = {"csrf": csrf_of(seen), "whom": anna.id}
        assert "Choose until when." in await page("/desk/duty/off", data=form, status=422)
        assert "Off duty until" in await page("/desk/duty/off", data={**form, "hours": "24"})
    await phone.hears("Watcher has noted that you are off duty until")
    assert not await is_on_duty(town, anna)

    before = len(other.heard)
    await case_of(town, "my mum beats me every day")
    assert [text for text in other.heard[before:] if "Nobody has it yet" in text]

    async with signed_in(town, town.watcher) as page:
        await page("/desk/duty/on", data=form | {"csrf": csrf_of(await page("/desk/duty"))})
    await phone.hears("Watcher has noted that you are on duty again")
    assert await is_on_duty(town, anna)


async def test_whoever_is_no_supervisor_says_it_of_nobody_else(town):
    anna, _ = await town.worker("Anna")
    bo, _ = await town.worker("Bo")
    async with signed_in(town, anna) as page:
        seen = await page("/desk/duty")
        assert "Bo" not in seen.split("<main")[1]
        form = {"csrf": csrf_of(seen), "whom": bo.id}
        await page("/desk/duty/off", data={**form, "hours": "24"}, status=404)

    assert await is_on_duty(town, bo)
