"""Nothing that a child wrote is closed over before somebody has read it, whoever closes."""

import re

import pytest
import pytest_asyncio
from journeys.lives import said
from journeys.reading_desk import signed_in

from bot.domain.errors import NotReadError
from bot.domain.worker import Role

pytestmark = pytest.mark.asyncio(loop_scope="module")

WORDS = "it was not true, he came back and I am locked in"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def staff(town):
    """A worker and their supervisor, each with a phone."""
    return await town.worker("Anna"), await town.worker("Boss", role=Role.SUPERVISOR)


async def owned(town, worker):
    """A child, and their case which *worker* has and has read."""
    child = await town.teller(danger="1")
    await child.writes("he has a knife")
    line = await town.run.desk.claim(worker, (await town.case_of(child)).line.id)
    await town.run.desk.read(worker, line.id)
    await town.quiet()
    return child, line


async def with_news(town, worker):
    """A case of *worker* in which there are words that nobody has read."""
    child, line = await owned(town, worker)
    await child.writes(WORDS)
    await town.quiet()
    return child, await town.run.desk.line(worker, line.id)


async def close(town, worker, line):
    version = (await town.run.desk.line(worker, line.id)).version
    return await town.run.desk.close(
        worker, line.id, outcome="helped", reason="The school called.", version=version
    )


async def test_a_supervisor_does_not_close_over_words_that_nobody_has_read(town, staff):
    (worker, _), (boss, _) = staff
    child, line = await with_news(town, worker)
    await town.run.desk.read(boss, line.id)

    with pytest.raises(NotReadError) as refusal:
        await close(town, boss, line)

    assert refusal.value.by == "Anna"
    line = await town.run.desk.line(worker, line.id)
    assert (line.is_closed, line.unread) == (False, 1)
    assert not [text for text in child.heard if "finished this for now" in text]


async def test_a_supervisor_who_takes_the_case_and_reads_it_closes_it(town, staff):
    (worker, _), (boss, _) = staff
    child, line = await with_news(town, worker)

    line = await town.run.desk.hand_over(
        boss, line.id, to=boss.id, summary="I close it.", version=line.version
    )
    assert WORDS in said(await town.run.desk.read(boss, line.id))
    line = await close(town, boss, line)

    assert line.is_closed
    await child.hears("finished this for now")


async def test_an_owner_hears_that_a_supervisor_has_closed_their_case(town, staff):
    (worker, phone), (boss, _) = staff
    _, line = await owned(town, worker)

    await close(town, boss, line)

    heard = await phone.hears(f"A supervisor has closed {line.code}")
    assert "I have it" not in heard.labels


async def test_an_owner_hears_that_a_supervisor_has_given_their_case_to_somebody_else(town, staff):
    (worker, phone), (boss, _) = staff
    bo, bos_phone = await town.worker("Bo")
    _, line = await owned(town, worker)

    await town.run.desk.hand_over(boss, line.id, to=bo.id, summary="Go on.", version=line.version)

    heard = await phone.hears(f"Bo has {line.code} now.")
    assert "I have it" not in heard.labels
    await bos_phone.hears(f"Emergency: {line.code} has been handed over to you.")


async def test_whoever_closes_their_own_case_is_told_nothing_of_it(town, staff):
    _, (boss, phone) = staff
    _, line = await owned(town, boss)
    await town.quiet()
    before = len(phone.heard)

    await close(town, boss, line)

    await town.quiet()
    assert phone.heard[before:] == []


async def test_the_desk_says_what_a_supervisor_does_first_and_they_can_do_it_there(town, staff):
    (worker, _), (boss, _) = staff
    _, line = await with_news(town, worker)
    address = f"/desk/cases/{line.id}"
    async with signed_in(town, boss) as page:
        shown = await page(address)
        form = {"csrf": hidden(shown, "csrf"), "version": hidden(shown, "version")}
        ending = {"outcome": "helped", "reason": "The school called."}
        refused = await page(f"{address}/close", data=form | ending, status=409)
        taking = {"to": boss.id, "summary": "I close it.", "sure": "yes"}
        await page(f"{address}/hand-over", data=form | taking)
        again = await page(address)
        form["version"] = hidden(again, "version")
        await page(f"{address}/close", data=form | ending | {"sure": "yes"})

    for text in (shown, refused):
        assert "Anna has not read what came in last" in text
        assert "hand it over to yourself" in text
    assert "The school called." in refused
    assert f'<option value="{boss.id}">You</option>' in shown
    assert "has not read what came in last" not in again
    assert (await town.run.desk.line(boss, line.id)).is_closed


async def test_a_supervisor_is_asked_whether_they_take_the_case_themselves(town, staff):
    (worker, _), (boss, _) = staff
    _, line = await owned(town, worker)
    address = f"/desk/cases/{line.id}"
    async with signed_in(town, boss) as page:
        shown = await page(address)
        form = {"csrf": hidden(shown, "csrf"), "version": hidden(shown, "version")}
        asked = await page(
            f"{address}/hand-over", data=form | {"to": boss.id, "summary": "I close it."}
        )

    assert f"Take {line.code} over yourself?" in asked
    assert "You no longer answer" not in asked


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]
