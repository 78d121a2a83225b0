"""Whoever wrote something of their own, and falls silent or leaves, is read by a person."""

import pytest
from journeys.lives import said

from bot.casework.ringing import LADDER
from bot.domain.ids import HOUR, MINUTE, Instant
from bot.domain.level import Level
from storage import contacts, timers

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def falls_silent(town, child, after):
    town.later(after)

    async def has_case():
        return await town.case_of(child)

    return await town.run.until(has_case)


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "something is different at home"), ("zh-hans", "我想说说家里的事")],
)
async def test_what_was_told_as_the_first_words_is_a_case_after_an_hour(town, language, told):
    child = town.contact(language)
    await child.writes(told)
    await town.quiet()
    town.later(50 * MINUTE)
    await town.quiet()
    assert await town.case_of(child) is None

    case = await falls_silent(town, child, 11 * MINUTE)

    assert told in said(case)
    assert case.line.level is Level.ROUTINE


async def test_tears_before_a_report_are_a_case_when_nothing_more_comes(town):
    child = await town.child("zh-hans")
    await child.writes("😭")
    await child.writes("💔")
    await town.answers(child, ("说说发生了什么", "危险"))
    await child.writes("😢")
    await town.quiet()

    case = await falls_silent(town, child, 31 * MINUTE)

    assert {"😭", "💔", "😢"} <= set(said(case))


@pytest.mark.parametrize(
    "written",
    [
        "Do I have to go to school?",
        "hello",
        "👍",
        "thank you",
        "help",
        "2",
    ],
)
async def test_a_mere_question_a_greeting_or_a_choice_is_no_case(town, written):
    child = await town.child()
    await child.writes(written)
    await town.quiet()

    for _ in range(3):
        town.later(61 * MINUTE)
        await town.quiet()

    assert await town.case_of(child) is None


async def test_whoever_told_and_then_ends_the_talk_is_read_as_well(town):
    child = await town.child()
    await child.writes("something is different at home")
    await town.quiet()
    await town.answers(child, ("stop", "We have stopped"))

    case = await falls_silent(town, child, 61 * MINUTE)

    assert "something is different at home" in said(case)


async def test_whoever_told_and_leaves_in_a_hurry_is_read_as_well(town):
    child = await town.child()
    await child.writes("something is different at home")
    await town.quiet()

    await child.writes("leave")

    async def has_case():
        return await town.case_of(child)

    case = await town.run.until(has_case)
    assert "something is different at home" in said(case)


async def test_a_case_is_not_made_twice_of_the_same_words(town):
    child = await town.child()
    await child.writes("something is different at home")
    await town.quiet()
    case = await falls_silent(town, child, 61 * MINUTE)
    line = await town.run.desk.claim(town.watcher, case.line.id)
    await town.run.desk.close(
        town.watcher, line.id, outcome="helped", reason="ok", version=line.version
    )
    before = await town.count_cases()
    await child.writes("menu")
    await town.quiet()

    town.later(61 * MINUTE)
    await town.quiet()

    assert await town.count_cases() == before


async def test_at_night_nobody_is_alerted_before_somebody_reads(town):
    house = town.run.lantern.house
    hours = house.directory.organisation.reading_hours
    child = await town.child()
    while hours.includes(Instant(house.clock() + 61 * MINUTE)):
        town.later(HOUR)
    await child.writes("something is different at home")
    await town.quiet()
    case = await falls_silent(town, child, 61 * MINUTE)
    now = house.clock()
    assert not hours.includes(now)

    due = await house.database.read(
        lambda tx: timers.due_timers(tx, now=hours.next_after(now) - 1, only=LADDER)
    )

    assert case.line.id not in {timer.subject for timer in due}
    due = await house.database.read(
        lambda tx: timers.due_timers(tx, now=hours.next_after(now), only=LADDER)
    )
    assert case.line.id in {timer.subject for timer in due}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "why is there never anything to eat at home?"),
        ("en", "nobody to talk to"),
        ("zh-hans", "没人喜欢"),
    ],
)
async def test_what_a_child_tells_in_few_words_or_by_asking_why_reaches_a_person(
    town, language, told
):
    child = await town.child(language)
    await child.writes(told)
    await town.quiet()

    case = await falls_silent(town, child, 61 * MINUTE)

    assert told in said(case)


async def test_a_topic_that_a_parent_names_is_no_case(town):
    parent = town.contact("en")
    await parent.writes("hello")
    await parent.writes("2")
    await parent.writes("child support")
    await town.quiet()
    for _ in range(3):
        town.later(61 * MINUTE)
        await town.quiet()

    assert await town.case_of(parent) is None


async def test_questions_asked_again_and_again_are_not_kept(town):
    child = await town.child()
    for _ in range(3):
        await child.writes("Do I have to go to school?")
        await town.answers(child, ("stop", ""), ("hello", ""))
    await town.quiet()

    place = await town.run.lantern.house.database.read(
        lambda tx: contacts.find_place(tx, "telegram", str(child.id))
    )
    assert [each.text for each in place.session.said if "school" in each.text] == []


async def test_what_is_told_before_a_question_is_kept_when_the_talk_ends(town):
    child = await town.child()
    await child.writes("The grey cat came to our yard again last night. What now?")
    await town.answers(child, ("stop", ""))
    await town.quiet()

    place = await town.run.lantern.house.database.read(
        lambda tx: contacts.find_place(tx, "telegram", str(child.id))
    )
    assert "grey cat" in "".join(each.text for each in place.session.said)
