"""When no alert arrives anywhere: Telegram is away, and families still hear the truth."""

import asyncio
from contextlib import asynccontextmanager

import aiohttp
import pytest
from fake_telegram import GENEROUS, FakeTelegram
from journeys.web_visitor import Visitor
from running import running
from sqlalchemy import select

from bot.domain.alarm import Reason
from bot.domain.ids import DAY, MINUTE, SECOND
from bot.watch.alarm_path import PROOF, break_path
from storage import alarm, cases, schema, timers
from storage.statements import ready

_PROOFS = ready(select(schema.timers.c.id).where(schema.timers.c.kind == PROOF))
NOBODY = "none of our workers can be reached"
EVER = 100_000


@asynccontextmanager
async def a_night(folder):
    """A worker on Telegram, a child on the web page, and Telegram that may go away."""
    async with (
        FakeTelegram(limits=GENEROUS) as fake,
        running(folder, fake) as run,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http,
    ):
        phone = fake.person(id=2001, language_code="en")
        await phone.writes("good evening")
        await phone.hears("")
        await run.add_worker("Worker", telegram=2001)
        child = Visitor(http=http, address=run.address)
        await child.opens()
        yield fake, run, phone, child


async def the_rung(run):
    async def work(tx):
        found = await cases.open_cases(tx)
        return found and found[0].rung

    return await run.until(lambda: run.lantern.house.database.read(work))


async def break_of(run):
    return await run.lantern.house.database.read(alarm.find_break)


def later(run, microseconds):
    run.clock.advance(microseconds)
    run.lantern.house.bell.ring("timers", "delivery")


async def test_an_emergency_that_no_phone_takes_within_two_minutes_is_told_to_the_child(tmp_path):
    async with a_night(tmp_path) as (fake, run, _, child):
        fake.mischief.fail("sendMessage", times=EVER)
        await child.says("he has a knife, help me")
        await the_rung(run)
        later(run, 115 * SECOND)
        assert await break_of(run) is None

        later(run, 10 * SECOND)

        told = await child.hears(NOBODY)
        assert "110" in told["text"]
        assert (await break_of(run)).reason is Reason.NOT_TAKEN


async def test_a_child_who_waits_is_told_only_once_the_last_open_desk_is_closed(tmp_path):
    async with a_night(tmp_path) as (fake, run, _, child):
        boss = await run.add_worker("Boss")
        fake.mischief.fail("sendMessage", times=EVER)
        await child.says("he has a knife, help me")
        await the_rung(run)
        later(run, MINUTE + 50 * SECOND)
        await run.staff.note_at_desk(boss.id)
        later(run, 20 * SECOND)
        await run.until(lambda: break_of(run))
        await child.answers(("by the school", "tell more now?"))
        assert not [message for message in child.shown if NOBODY in message["text"]]

        later(run, 3 * MINUTE)

        await child.hears(NOBODY)


async def test_an_alert_that_arrives_late_but_in_time_alarms_no_child(tmp_path):
    async with a_night(tmp_path) as (fake, run, phone, child):
        fake.mischief.fail("sendMessage", times=1)
        await child.says("he has a knife, help me")
        await the_rung(run)
        later(run, MINUTE)
        await phone.hears("Emergency")

        later(run, 2 * MINUTE)
        await run.until(lambda: nothing_is_to_be_proved(run))

        assert await break_of(run) is None


async def nothing_is_to_be_proved(run):
    rows = await run.lantern.house.database.read(lambda tx: tx.all(_PROOFS))
    return not rows


async def test_the_alarm_is_mended_by_the_alert_itself_once_telegram_is_back(tmp_path):
    async with a_night(tmp_path) as (fake, run, phone, child):
        gate = fake.mischief.hold("sendMessage")
        await child.says("he has a knife, help me")
        await the_rung(run)
        later(run, 3 * MINUTE)
        await run.until(lambda: break_of(run))

        gate.open()
        await phone.hears("Emergency")
        later(run, MINUTE)

        await phone.hears("alerts reach people again")
        assert await break_of(run) is None


async def test_a_broken_alarm_is_still_broken_after_a_crash(tmp_path):
    async with a_night(tmp_path) as (fake, run, _, child):
        fake.mischief.fail("sendMessage", times=EVER)
        await child.says("he has a knife, help me")
        await the_rung(run)
        later(run, 3 * MINUTE)
        await run.until(lambda: break_of(run))

    async with running(tmp_path) as run, aiohttp.ClientSession() as http:
        other = Visitor(http=http, address=run.address)
        await run.until(lambda: is_lost(run))
        await other.opens()
        await other.hears(NOBODY)


async def is_reached(run):
    return not run.lantern.house.reach.is_lost


async def is_lost(run):
    return run.lantern.house.reach.is_lost


AGAIN = "Our workers can be reached again"


async def test_whoever_was_told_that_nobody_is_there_is_told_once_when_somebody_is(tmp_path):
    async with a_night(tmp_path) as (fake, run, phone, child):
        gate = fake.mischief.hold("sendMessage")
        await child.says("he has a knife, help me")
        await the_rung(run)
        later(run, 3 * MINUTE)
        await child.hears(NOBODY)

        gate.open()
        await phone.hears("Emergency")
        later(run, MINUTE)
        await phone.hears("alerts reach people again")

        assert "110" in (await child.hears(AGAIN))["text"]
        later(run, MINUTE)
        await child.answers(("by the school", "tell more now?"))
        assert sum(AGAIN in message["text"] for message in child.shown) == 1


@pytest.mark.long
async def test_somebody_at_the_desk_is_somebody_and_later_nobody_is_told_anew(tmp_path):
    async with a_night(tmp_path) as (fake, run, _, child):
        boss = await run.add_worker("Boss")
        fake.mischief.fail("sendMessage", times=EVER)
        await child.says("he has a knife, help me")
        await the_rung(run)
        later(run, 3 * MINUTE)
        await child.hears(NOBODY)

        await run.staff.note_at_desk(boss.id)
        await run.until(lambda: is_reached(run))
        later(run, 40 * SECOND)
        await child.hears(AGAIN)
        later(run, 3 * MINUTE)

        await child.hears(NOBODY)


async def turn_clock(run, microseconds):
    later(run, microseconds)
    await run.lantern.watch.look()


async def test_a_desk_open_before_the_clock_was_put_back_hides_no_broken_alarm(tmp_path):
    async with (
        running(tmp_path) as run,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http,
    ):
        worker = await run.add_worker("At the desk")
        child = Visitor(http=http, address=run.address)
        await child.opens()
        await turn_clock(run, DAY)
        await run.staff.note_at_desk(worker.id)
        await turn_clock(run, -DAY)
        await child.says("he has a knife, help me")
        await the_rung(run)

        later(run, 3 * MINUTE)

        await child.hears(NOBODY)
        assert (await break_of(run)).reason is Reason.NOBODY


async def test_what_phones_took_before_the_clock_was_put_back_mends_no_alarm(tmp_path):
    async with a_night(tmp_path) as (fake, run, phone, child):
        await turn_clock(run, DAY)
        await child.says("my dad hits me")
        await phone.hears("Urgent")
        await turn_clock(run, -DAY)
        fake.mischief.fail("sendMessage", times=EVER)
        await run.lantern.house.database.write(
            lambda tx: break_path(tx, run.lantern.house, Reason.NOT_TAKEN)
        )

        await turn_clock(run, MINUTE)

        assert (await break_of(run)).reason is Reason.NOT_TAKEN


async def test_a_clock_put_back_brings_nothing_nearer_twice_when_two_look(tmp_path):
    async with running(tmp_path) as run:

        async def work(tx):
            await timers.set_timer(tx, "tidy", "far", due_at=run.clock() + 10 * DAY)

        async def waits(tx):
            return await timers.when_due(tx, "tidy", "far") - run.clock()

        await run.lantern.house.database.write(work)
        run.clock.advance(-DAY)

        await asyncio.gather(*(run.lantern.watch.look() for _ in range(3)))

        assert 9 * DAY < await run.lantern.house.database.read(waits) <= 10 * DAY
