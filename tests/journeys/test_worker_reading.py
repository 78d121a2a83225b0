"""What a worker does while words have come in that they have not read."""

import asyncio
import re

import pytest
import pytest_asyncio
from journeys.lives import happened, said
from journeys.reading_desk import signed_in

from bot.casework.ringing import LADDER, UNREAD
from bot.domain.errors import NotReadError
from bot.domain.ids import HOUR
from bot.domain.level import Level
from bot.domain.worker import Role
from storage import timers

pytestmark = pytest.mark.asyncio(loop_scope="module")

WORDS = "he has a knife, he is breaking the door of the bathroom"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def staff(town):
    """A worker and two supervisors, each with a phone."""
    return (
        await town.worker("Anna"),
        await town.worker("Boss", role=Role.SUPERVISOR),
        await town.worker("Chief", role=Role.SUPERVISOR),
    )


async def owned(town, worker):
    """A child in an emergency, and their case, which *worker* has and has read."""
    child = await town.teller(danger="1")
    await child.writes("he has a knife")
    line = await town.run.desk.claim(worker, (await town.case_of(child)).line.id)
    await town.run.desk.read(worker, line.id)
    await town.quiet()
    return child, line


async def rings(town, line):
    """Whether somebody else is still to be alerted, and whether the owner is to be reminded."""
    database = town.run.lantern.house.database
    return [
        await database.read(lambda tx, kind=kind: timers.when_due(tx, kind, line.id)) is not None
        for kind in (LADDER, UNREAD)
    ]


async def hears(town, child, text):
    await child.hears(text)
    await town.quiet()


async def test_an_answer_over_words_that_were_not_read_leaves_and_stops_nothing(town, staff):
    (anna, _), *_ = staff
    child, line = await owned(town, anna)
    await child.writes(WORDS)
    await town.quiet()

    after = await town.run.desk.answer(anna, line.id, "How old are you?", version=line.version)

    await hears(town, child, "How old are you?")
    assert (after.unread, after.is_waiting) == (1, False)
    assert await rings(town, line) == [True, True]

    await town.run.desk.read(anna, line.id)
    after = await town.run.desk.answer(anna, line.id, "Lock the door.", version=line.version)
    assert (after.unread, after.is_waiting) == (0, True)
    assert await rings(town, line) == [False, False]


async def test_a_supervisors_answer_does_not_count_as_read_by_the_owner(town, staff):
    (anna, _), (boss, _), _ = staff
    child, line = await owned(town, anna)
    await child.writes(WORDS)
    await town.quiet()
    await town.run.desk.read(boss, line.id)

    after = await town.run.desk.answer(boss, line.id, "I am here.", version=line.version)

    assert (after.owner, after.unread, after.is_waiting) == (anna.id, 1, False)
    assert await rings(town, line) == [True, True]


async def test_an_owner_does_not_lower_a_level_over_words_they_have_not_read(town, staff):
    _, (boss, _), _ = staff
    child, line = await owned(town, boss)
    await child.writes(WORDS)
    await town.quiet()

    async def lower():
        return await town.run.desk.set_level(
            boss, line.id, Level.ROUTINE, reason="a joke", version=line.version
        )

    with pytest.raises(NotReadError):
        await lower()
    assert (await town.run.desk.line(boss, line.id)).level is Level.EMERGENCY

    assert WORDS in said(await town.run.desk.read(boss, line.id))
    assert (await lower()).level is Level.ROUTINE


async def test_a_page_that_stood_still_lowers_no_level_and_says_that_there_is_something_new(
    town, staff
):
    (anna, _), (boss, _), (chief, _) = staff
    child, line = await owned(town, anna)
    address = f"/desk/cases/{line.id}"
    async with signed_in(town, chief) as page:
        shown = await page(address)
        form = {name: hidden(shown, name) for name in ("csrf", "version", "seen")}
        form |= {"level": "routine", "level_reason": "a joke", "sure": "yes"}
        await child.writes(WORDS)
        await town.quiet()
        await town.run.desk.read(anna, line.id)  # the owner has read it, Chief has not
        refused = await page(f"{address}/level", data=form, status=409)

        assert "There is something new in this case." in refused
        assert "a joke" in refused
        form["seen"] = hidden(await page(address), "seen")
        await page(f"{address}/level", data=form)

    case = await town.run.desk.look(boss, line.id)
    assert case.line.level is Level.ROUTINE
    assert [text for text in happened(case) if text.startswith("level:")] == [
        "level:emergency:routine: a joke"
    ]


async def test_an_answer_from_a_page_that_stood_still_leaves_the_clock_running(town, staff):
    (anna, _), (boss, _), _ = staff
    child, line = await owned(town, anna)
    address = f"/desk/cases/{line.id}"
    async with signed_in(town, boss) as page:
        shown = await page(address)
        await child.writes(WORDS)
        await town.quiet()
        await town.run.desk.read(anna, line.id)
        form = {name: hidden(shown, name) for name in ("csrf", "version", "seen")}
        form |= {"answer": "Who is there?", "sure": "yes"}
        await page(f"{address}/answer", data=form)

    await hears(town, child, "Who is there?")
    assert not (await town.run.desk.line(anna, line.id)).is_waiting


async def test_an_answer_that_claims_over_words_that_were_not_shown_leaves_the_alerts_going(
    town, staff
):
    (anna, phone), *_ = staff
    child = await town.teller(danger="1")
    await child.writes("he has a knife")
    await town.quiet()
    shown = await town.run.desk.read(anna, (await town.case_of(child)).line.id)
    for words in (WORDS, "hurry"):
        await child.writes(words)
        await town.quiet()
    alerts = len(phone.heard)

    line = await town.run.desk.answer(
        anna, shown.line.id, "How old are you?", version=shown.line.version, seen=shown.words
    )

    await town.quiet()
    assert (line.owner, line.unread, line.is_waiting) == (anna.id, 2, False)
    assert await rings(town, line) == [True, True]
    assert "something new" in "\n".join(phone.heard[alerts:])
    await town.run.desk.read(anna, line.id)
    assert await rings(town, line) == [False, False]


async def test_an_answer_that_claims_what_was_wholly_shown_rings_nobody(town, staff):
    (anna, _), *_ = staff
    child = await town.teller(danger="1")
    await child.writes("he has a knife")
    await town.quiet()
    shown = await town.run.desk.read(anna, (await town.case_of(child)).line.id)

    line = await town.run.desk.answer(
        anna, shown.line.id, "How old are you?", version=shown.line.version, seen=shown.words
    )

    assert (line.owner, line.unread, line.is_waiting) == (anna.id, 0, True)
    assert await rings(town, line) == [False, False]


async def test_the_same_form_sends_its_answer_once_and_another_answer_too(town, staff):
    (anna, _), *_ = staff
    child, line = await owned(town, anna)
    address = f"/desk/cases/{line.id}"
    async with signed_in(town, anna) as page:
        shown = await page(address)
        form = {name: hidden(shown, name) for name in ("csrf", "version", "seen", "form")}
        form |= {"answer": "Is your mum at home?", "sure": "yes"}
        await asyncio.gather(*(page(f"{address}/answer", data=form) for _ in range(2)))
        await page(f"{address}/answer", data=form)
        await page(f"{address}/answer", data=form | {"answer": "And your aunt?"})

    await hears(town, child, "And your aunt?")
    assert len([text for text in child.heard if "Is your mum at home?" in text]) == 1


@pytest.mark.parametrize("words", ["the lamp is on", "妈妈你看，小橘灯亮了", WORDS])
async def test_the_safe_word_in_an_emergency_that_somebody_has_rings_like_any_other(
    town, staff, words
):
    (anna, phone), *_ = staff
    child, line = await owned(town, anna)
    await child.writes("are you there?")
    await town.quiet()
    alerts = len(phone.heard)

    await child.writes(words)
    await town.quiet()

    assert phone.heard[alerts:] == [f"🛑 Emergency: There is something new in {line.code}."]
    assert await rings(town, line) == [True, True]


@pytest.mark.parametrize(("answer", "is_pressing"), [("yes", True), ("no", False)])
async def test_danger_told_once_more_in_an_emergency_that_somebody_has_rings(
    town, staff, answer, is_pressing
):
    (anna, phone), *_ = staff
    child, line = await owned(town, anna)
    town.later(26 * HOUR)
    await town.run.lantern.watch.look()
    await town.answers(child, ("are you there?", "passed on"), ("/menu", "like to do?"))
    await town.answers(child, ("1", "in danger right now?"))
    await town.quiet()
    alerts = len(phone.heard)

    await child.writes(answer)
    await town.quiet()

    told = [text for text in phone.heard[alerts:] if f"something new in {line.code}" in text]
    assert bool(told) is is_pressing
    assert await rings(town, line) == [is_pressing, True]


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]
