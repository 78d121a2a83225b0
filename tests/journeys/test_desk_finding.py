"""A worker finds a case again by its number, its day or its place; no address holds the words."""

from datetime import UTC, datetime

import pytest
import pytest_asyncio
from journeys.reading_desk import csrf_of, signed_in

from bot.desk.finding import Sought
from bot.domain.ids import DAY
from storage import audit

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def told(town):
    """The line of the case of a child in danger who has said where they are."""
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"), ("1", ""), ("behind Lake School", ""))
    return (await town.case_of(child)).line


async def test_a_case_is_found_by_number_day_and_place(town, told):
    async with signed_in(town, town.watcher) as page:
        csrf = csrf_of(await page("/desk"))
        day = datetime.fromtimestamp(told.opened_at / 1_000_000, UTC).astimezone()
        by_number = await page("/desk/find", data={"csrf": csrf, "words": told.code.lower()})
        by_place = await page("/desk/find", data={"csrf": csrf, "words": "LAKE school"})
        elsewhere = await page("/desk/find", data={"csrf": csrf, "words": "lake hospital"})
        unknown = await page("/desk/find", data={"csrf": csrf, "words": "L-99999"})
        wrong = await page("/desk/find", data={"csrf": csrf, "words": "x", "day": "yesterday"})
        long_ago = {"csrf": csrf, "words": "lake", "day": f"{day.year - 1}-01-31"}
        before = await page("/desk/find", data=long_ago)

    assert f"<title>{told.code} · Desk</title>" in by_number
    assert f">{told.code}</a>" in by_place
    for nothing in (elsewhere, unknown, before):
        assert "No case was found." in nothing
        assert told.code not in nothing
    assert "Write the day like this" in wrong


async def test_cases_of_a_day_are_found_and_the_audit_knows_who_looked_and_not_for_what(town, told):
    lines = (
        await town.run.desk.find(
            town.watcher, Sought(since=told.opened_at, before=told.opened_at + DAY)
        )
    ).lines
    await town.run.desk.find(town.watcher, Sought(place="Lake School"))
    noted = await town.run.lantern.house.database.read(
        lambda tx: audit.lines_of(tx, town.watcher.id)
    )

    assert told.id in {line.id for line in lines}
    assert noted[-1]["action"] == "cases_sought"
    assert '"by":"place"' in noted[-1]["detail"]
    assert "Lake" not in noted[-1]["detail"]
