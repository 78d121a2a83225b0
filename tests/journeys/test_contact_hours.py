"""Outside the reading hours nobody is left to believe that somebody reads; they hear when."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.ids import HOUR

pytestmark = pytest.mark.asyncio(loop_scope="module")

FRIDAY_NOON, FRIDAY_NIGHT, SATURDAY, MONDAY_DAWN = (4, 4), (4, 14), (5, 4), (0, 0)
"""A weekday and an hour by UTC: Kaili is eight hours ahead."""

HELLO = {"en": "I am a program", "zh-hans": "我是一个程序"}
READS_NOW = {"en": "Nobody is reading right now", "zh-hans": "现在没有人在看消息"}


def _go_to(town, weekday, hour):
    moment = datetime.fromtimestamp(town.run.clock() / 1_000_000, UTC)
    days = (weekday - moment.weekday()) % 7 or 7
    hours = 24 * days + hour - moment.hour
    town.run.clock.advance(hours * HOUR)
    town.fake.clock.advance(timedelta(hours=hours))


@pytest.mark.parametrize("when", [FRIDAY_NIGHT, SATURDAY])
@pytest.mark.parametrize(
    ("language", "next_time"), [("en", "Monday 09:00"), ("zh-hans", "星期一 09:00")]
)
async def test_at_the_weekend_the_greeting_says_that_nobody_reads_now_and_when_somebody_does(
    town, language, next_time, when
):
    _go_to(town, *when)
    child = town.contact(language)

    await child.writes("/start")

    hello = (await child.hears(HELLO[language])).text
    assert READS_NOW[language] in hello
    assert next_time in hello


async def test_before_the_morning_it_is_the_same_day(town):
    _go_to(town, *MONDAY_DAWN)
    child = town.contact("en")

    await child.writes("/start")

    assert "Somebody reads next on Monday 09:00" in (await child.hears(HELLO["en"])).text


async def test_within_the_hours_nothing_is_said_of_it(town):
    _go_to(town, *FRIDAY_NOON)
    child = town.contact("en")

    await child.writes("/start")

    assert READS_NOW["en"] not in (await child.hears(HELLO["en"])).text


async def test_it_is_said_at_the_end_of_a_report_and_behind_what_follows_a_signal(town):
    _go_to(town, *SATURDAY)
    child = await town.teller()
    felt = await town.answers(child, ("my dad hits me", "not your fault"))
    assert READS_NOW["en"] in felt

    await child.hears("write on")
    await town.answers(child, ("That is all", "happen last?"), ("3", "Where did"))
    for written in (*("skip",) * 3, "1"):
        await child.writes(written)
        await town.quiet()

    assert READS_NOW["en"] in next(text for text in child.heard if "Your code" in text)


async def test_where_a_worker_was_called_for_an_emergency_it_is_not_said(town):
    _go_to(town, *SATURDAY)
    child = await town.child()
    heard = len(child.heard)

    await town.answers(
        child,
        ("4", "in danger right now?"),
        ("yes", "What is it about?"),
        ("skip", "Your code to come back"),
    )

    assert READS_NOW["en"] not in "".join(child.heard[heard:])
