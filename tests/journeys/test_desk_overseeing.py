"""Supervisors see who did what with a case, and the numbers of the weeks; nobody else does."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from journeys.reading_desk import signed_in

from bot.domain.errors import NotAllowedError
from bot.domain.ids import DAY, MINUTE, Instant
from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def case(town):
    """The id of the case of a child in danger whom nobody has answered yet."""
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"), ("1", ""))
    return (await town.case_of(child)).line.id


def plain(page: str) -> str:
    """The text of *page*, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("<main")[1]).split())


async def test_a_supervisor_sees_who_looked_at_a_case_and_who_did_what(town, case):
    worker, desk = await town.run.add_worker("Night"), town.run.desk
    await desk.claim(worker, case)
    for _ in range(3):
        await desk.read(worker, case)
    async with signed_in(town, town.watcher) as page:
        told = plain(await page(f"/desk/cases/{case}/deeds"))
        again = plain(await page(f"/desk/cases/{case}/deeds"))
        assert f"/desk/cases/{case}/deeds" in await page(f"/desk/cases/{case}")
    async with signed_in(town, worker) as page:
        await page(f"/desk/cases/{case}/deeds", status=404)
        own = await page(f"/desk/cases/{case}")

    assert "Night Looked at it 3 times in a row" in told
    assert told.index("Night Looked at it") < told.index("Night Took it") < told.index("Opened")
    assert again == told
    assert "/deeds" not in own
    with pytest.raises(NotAllowedError):
        await desk.deeds(worker, case)


async def test_the_numbers_of_a_week_are_those_of_its_cases(town, case):
    desk, now = town.run.desk, town.run.clock
    begins = [Instant(now() - 8 * DAY), Instant(now() - DAY)]
    before, fresh = await desk.spans(town.watcher, begins)
    town.later(7 * MINUTE)
    line = await desk.claim(town.watcher, case)
    opened, untaken = fresh.opened[Level.EMERGENCY], fresh.untaken[Level.EMERGENCY]
    await desk.close(
        town.watcher, case, outcome="reported_to_police", reason="No. 7", version=line.version
    )
    _, week = await desk.spans(town.watcher, begins)
    [alone] = await desk.spans(town.watcher, [line.opened_at])

    assert not before.opened
    assert not before.ended
    assert week.opened[Level.EMERGENCY] == opened
    assert week.untaken[Level.EMERGENCY] == untaken - 1
    assert alone.taken_after[Level.EMERGENCY] // MINUTE == 7
    assert week.ended["reported_to_police"] == fresh.ended.get("reported_to_police", 0) + 1


async def test_the_page_of_numbers_is_for_supervisors(town, case):
    worker = await town.run.add_worker("Day")
    await town.run.desk.claim(town.watcher, case)
    async with signed_in(town, town.watcher) as page:
        shown = plain(await page("/desk/numbers"))
        by_month = plain(await page("/desk/numbers?by=month"))
    async with signed_in(town, worker) as page:
        assert "/desk/numbers" not in await page("/desk")
        await page("/desk/numbers", status=404)

    assert "Numbers by week" in shown
    assert "half within" in shown
    now = datetime.fromtimestamp(town.run.clock() / 1_000_000, ZoneInfo("Asia/Shanghai"))
    assert "Numbers by month By week By month A case counts by" in by_month
    assert re.search(rf"{now:%B %Y} [1-9]\d* half within", by_month)
