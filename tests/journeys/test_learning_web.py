"""Learning together on the web page: nothing is pushed; what is due is there when it opens."""

import aiohttp
import pytest
from journeys.web_visitor import Visitor
from running import running

from bot.desk.activities import ActivityDesk
from bot.domain.activity import Audience, Plan
from bot.domain.ids import DAY, HOUR, Instant
from bot.domain.worker import Role


@pytest.fixture
async def run(tmp_path):
    async with running(tmp_path) as run:
        yield run


@pytest.fixture
async def visitor(run):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        visitor = Visitor(http=http, address=run.address)
        await visitor.opens()
        await visitor.hears("Who is writing?")
        await visitor.answers(
            ("1", "What would you like to do?"), ("learn", "What would you like?")
        )
        yield visitor


async def begins(visitor):
    await visitor.taps("One right a day")
    offered = await visitor.hears("Somebody else may open it too.")
    assert "Nothing is sent." in offered["text"]
    await visitor.taps("Yes, please")
    await visitor.hears("When you open this page on another day")


async def comes_back(run, visitor, after=DAY):
    """Open the page again, *after* a while."""
    run.clock.advance(after)
    await visitor.opens()


async def test_a_page_is_told_when_it_is_opened_on_another_day_and_once_a_day(run, visitor):
    await begins(visitor)

    await comes_back(run, visitor)
    first = await visitor.hears("One right a day\n")
    await visitor.hears("What would you like to do?")
    await comes_back(run, visitor)
    second = await visitor.hears("One right a day\n")

    assert first["text"] != second["text"]
    assert [button["label"] for row in first["buttons"] for button in row] == [
        "No more of these",
        "Start again",
    ]


async def test_nothing_waits_for_a_page_that_nobody_opens(run, visitor):
    await begins(visitor)
    run.clock.advance(DAY + 12 * HOUR)

    assert not [each for each in visitor.shown if each["text"].startswith("One right a day\n")]


async def test_the_button_and_the_word_end_it_on_the_page(run, visitor):
    await begins(visitor)
    await comes_back(run, visitor)
    await visitor.hears("One right a day\n")

    await visitor.taps("daily:end_right")
    await visitor.hears("No more of these will come.")
    await comes_back(run, visitor)
    await visitor.hears("What would you like to do?")

    assert "One right a day" not in visitor.shown[-2]["text"]
    await visitor.answers(("unsubscribe", "No more daily messages will come."))


async def test_the_quiz_works_on_the_page_and_in_chinese(run, visitor):
    visitor.language = "zh_CN"
    await visitor.taps("A short quiz")
    question = await visitor.hears("?")
    await visitor.taps(question["buttons"][0][0]["label"])

    await visitor.hears("Law: ")
    assert run


async def test_nothing_on_the_page_speaks_of_a_button_that_is_not_there(run, visitor):
    await begins(visitor)
    await comes_back(run, visitor)

    daily = await visitor.hears("One right a day\n")

    assert "tap the button" not in daily["text"]
    assert 'write "unsubscribe"' in daily["text"]


async def test_whoever_signs_up_on_the_page_is_told_where_to_cancel(run, visitor):
    await _publish(run)
    await visitor.taps("Activities near you")
    await visitor.answers(("1", "How many of you would come?"))
    await visitor.taps("1")
    await visitor.answers(("skip", "May we write"), ("no", "You have signed up, for 1 in all."))

    told = next(each["text"] for each in visitor.shown if "You have signed up" in each["text"])

    assert "tap below" not in told
    assert 'under "Activities near you"' in told


async def _publish(run):
    boss = await run.add_worker("Boss", role=Role.SUPERVISOR)
    desk = ActivityDesk(run.lantern.house)
    plan = Plan(
        audience=Audience.EVERYBODY,
        title="Drawing together",
        venue="Children's home",
        details="",
        starts_at=Instant(run.clock() + 3 * DAY),
        places=5,
    )
    made = await desk.make(boss, plan)
    await desk.publish(boss, made, version=0)
