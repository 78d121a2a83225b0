"""Whoever reads a case whose contact asked to have all erased sees what comes next."""

import re

import pytest
from journeys.reading_desk import signed_in, unmarked

pytestmark = pytest.mark.asyncio(loop_scope="module")

ASKED, NEXT = "They asked that what they told be erased", "Next: ask your supervisor what follows"


async def test_a_worker_is_told_what_comes_next_and_a_supervisor_that_it_is_theirs(town):
    anna, _ = await town.worker("Anna")
    child = await town.teller()
    await child.writes("they bully me every day")
    await town.quiet()
    line = (await town.case_of(child)).line
    at = f"/desk/cases/{line.id}"
    async with signed_in(town, anna) as page:
        assert ASKED not in await page(at)
        await town.answers(child, ("erase", "Shall we erase"), ("1", ""))
        await town.quiet()
        asked = await page(at)
    async with signed_in(town, town.watcher) as page:
        by_supervisor = await page(at)
        assert NEXT not in by_supervisor
        assert "Next: decide what follows" in by_supervisor

    assert ASKED in asked
    assert NEXT in asked
    assert "Lantern erases no case by itself." in asked
    newest = re.search(r"<dt>Newest words</dt>(.*?)</dd>", unmarked(asked), re.DOTALL)[1]
    assert "they bully me every day" in newest
    assert ">1<" not in newest
