"""How many would come to an activity: said in one's own words, it calls nobody out."""

import pytest
import pytest_asyncio
from journeys.lives import level_of
from journeys.test_activities import desk_of, published, visitor

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def asked(town):
    """Somebody who is asked how many of them would come."""

    activity = await published(town, "Family day")

    async def ask(language):
        person = await visitor(town, "2", language)
        await person.hears("Coming up" if language == "en" else "Family day")
        await person.taps("Family day")
        await person.hears("How many" if language == "en" else "几个人")
        return person

    yield ask
    await desk_of(town).cancel(town.watcher, activity.id, version=activity.version)


@pytest.mark.parametrize(
    ("language", "text", "again"),
    [
        ("en", "me and my 2 kids", "one number for all of you"),
        ("en", "just me and my little sister", "one number for all of you"),
        ("zh-hans", "我和弟弟妹妹", "一共来几个人"),
        ("zh-hans", "我和弟弟妹妹三个人", "一共来几个人"),
    ],
)
async def test_who_comes_is_no_risk_and_the_number_is_asked_again(
    town, asked, language, text, again
):
    person = await asked(language)

    await person.writes(text)

    await person.hears(again)
    assert await town.case_of(person) is None


@pytest.mark.parametrize(
    ("language", "text", "level"),
    [
        ("en", "I can't come, he locked me in", Level.EMERGENCY),
        ("en", "me and my baby, we are alone", Level.EMERGENCY),
        ("zh-hans", "他又要来我房间了", Level.EMERGENCY),
        ("zh-hans", "爸爸把门锁了不让我出去", Level.URGENT),
        ("zh-hans", "我来不了，腿被打断了", Level.URGENT),
    ],
)
async def test_harm_that_only_the_second_opinion_hears_there_opens_a_case(
    town, asked, language, text, level
):
    person = await asked(language)

    await person.writes(text)

    await town.quiet()
    assert level_of(await town.case_of(person)) <= level


async def test_harm_that_is_told_there_is_seen_as_anywhere(town, asked):
    person = await asked("en")

    await person.writes("only me, my dad hits me")

    await person.hears("Thank you for telling us")
    assert (await town.case_of(person)).signals
