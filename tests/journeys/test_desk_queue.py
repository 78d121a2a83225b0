"""The queue tells what a case is about, who writes, and in which language; each worker's own."""

import pytest
from journeys.reading_desk import csrf_of, signed_in

from storage import data_keys

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_each_line_says_what_it_is_about_who_writes_and_the_language(town):
    in_danger = await town.teller(danger="1")
    await town.answers(in_danger, ("my dad hits me", ""))
    asking = await town.child()
    await town.answers(asking, ("talk to a person", ""))
    parent = town.contact("zh-hans")
    await town.answers(parent, ("/start", "110"), ("2", "您想做什么"))
    await parent.writes("我儿子在学校被同学打")
    await town.quiet()
    reader = await town.run.add_worker("Reader of the queue", language="en")

    lines = {line.code: line for line in await town.run.desk.queue(reader)}
    async with signed_in(town, reader) as page:
        text = await page("/desk")
        await page("/desk/language", data={"csrf": csrf_of(text), "language": "zh_CN"})
        chinese = await page("/desk")

    first, second, third = [(await town.case_of(each)).line for each in (in_danger, asking, parent)]
    assert lines[first.code].about == ("danger_told", "physical_abuse")
    assert lines[second.code].about == ("asked_for_person",)
    assert (lines[third.code].who, lines[third.code].language) == ("parent", "zh_CN")
    assert "Danger now, by their answer · Physical abuse" in text
    assert "Child · English" in text
    assert "Parent · Chinese" in text
    assert "hits me" not in text
    assert "接手（紧急 1 个）" in chinese


async def test_a_case_whose_key_is_destroyed_stands_in_the_queue_all_the_same(town):
    child = await town.teller()
    await town.answers(child, ("my dad hits me", "write on"))
    line = (await town.case_of(child)).line
    database, now = town.run.lantern.house.database, town.run.lantern.house.clock()
    await database.write(lambda tx: data_keys.destroy_key(tx, line.id, now=now))

    shown = {each.id: each for each in await town.run.desk.queue(town.watcher)}

    assert shown[line.id].level is line.level
    assert (shown[line.id].about, shown[line.id].who) == ((), "")


async def test_a_worker_s_language_is_kept_for_pages_and_alerts(town):
    reader = await town.run.add_worker("Reader of two languages", language="en")
    async with signed_in(town, reader) as page:
        before = await page("/desk")
        csrf = csrf_of(before)
        sent = {"csrf": csrf, "language": "zh_CN"}
        after = await page("/desk/language", data=sent, came_from="/desk/helplines")
        await page("/desk/language", data={"csrf": csrf, "language": "xx"})

    kept = next(each for each in await town.run.desk.workers() if each.id == reader.id)
    assert 'lang="en"' in before
    assert "热线</h1>" in after
    assert kept.language == "zh_CN"


async def test_nobody_is_led_elsewhere_by_the_page_that_they_came_from(town):
    reader = await town.run.add_worker("Reader who is led", language="en")
    async with signed_in(town, reader) as page:
        csrf = csrf_of(await page("/desk"))
        text = await page(
            "/desk/language",
            data={"csrf": csrf, "language": "en"},
            came_from="https://elsewhere.example//evil/desk",
        )

    assert "<h1>Cases</h1>" in text
