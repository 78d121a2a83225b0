"""The heartbeat of the alarm: a test that everybody gets, and what happens when it fails."""

import asyncio
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from fake_telegram import GENEROUS, FakeTelegram
from journeys.lives import Town, open_town
from running import prepare, running, settings_in

import bot
from bot.doctor.alarm import check_alarm
from bot.domain.alarm import Reason
from bot.domain.errors import ConfigError
from bot.domain.ids import DAY, HOUR, MINUTE, SECOND
from bot.domain.worker import Role
from storage import alarm, cases, staff, timers

pytestmark = pytest.mark.long

TEST = "Test of the alarm: nobody is in danger"
NOBODY = "none of our workers can be reached"
GONE = "现在我们的社工一个也联系不上"


@pytest.fixture
async def town(tmp_path):
    async with open_town(tmp_path) as town:
        yield town


async def a_morning_comes(town: Town) -> None:
    """Let time pass until just after the next test by the schedule."""
    house = town.run.lantern.house
    zone = house.directory.organisation.reading_hours.zone
    now = house.clock()
    due = house.heartbeat.after(now, zone)
    town.later(due - now + 1)

    async def has_begun():
        test = await house.database.read(alarm.latest_test)
        return test and test.made_at >= due

    await town.run.until(has_begun)
    await town.quiet()


async def broken(town: Town):
    return await town.run.lantern.house.database.read(alarm.find_break)


async def is_broken(town: Town, reason: Reason):
    async def it_is():
        found = await broken(town)
        return found and found.reason is reason

    return await town.run.until(it_is)


async def is_mended(town: Town):
    async def it_is():
        town.run.lantern.house.bell.ring("timers")
        return await broken(town) is None

    return await town.run.until(it_is)


async def contacts_are_told(town: Town, *, so: bool = True):
    async def it_is():
        return town.run.lantern.house.reach.is_lost is so

    return await town.run.until(it_is)


# The test


async def test_every_morning_the_alarm_reaches_every_worker_on_duty_or_not(town):
    worker, phone = await town.worker("Worker 1")
    _, other = await town.worker("Worker 2", language="zh_CN")
    house = town.run.lantern.house
    await house.database.write(lambda tx: staff.set_duty(tx, worker.id, is_on_duty=False))

    await a_morning_comes(town)

    heard = await phone.hears(TEST)
    assert heard.labels == ["It reaches me"]
    assert (await other.hears("紧急提醒测试")).labels == ["我收到了"]


async def test_whoever_presses_is_thanked_and_stands_in_the_supervisor_s_table(town):
    await town.worker("Worker 1")
    _, phone = await town.worker("Worker 2")
    await a_morning_comes(town)
    await phone.hears(TEST)

    tap = await phone.taps("It reaches me")

    assert await phone.notices(tap) == "Thank you. The alarm reaches you."
    view = await town.run.desk.alarm(town.watcher)
    lines = {line.name: line for line in view.lines}
    assert lines["Worker 2"].answered_at
    assert lines["Worker 1"].taken_at
    assert not lines["Worker 1"].answered_at


async def test_an_ordinary_worker_sees_nobody_else_s_answers(town):
    worker, phone = await town.worker("Worker 1")
    await a_morning_comes(town)
    await phone.hears(TEST)

    assert (await town.run.desk.alarm(worker)).lines == ()


async def test_a_test_that_was_missed_while_lantern_was_away_is_made_up(tmp_path):
    async with open_town(tmp_path) as town:
        _, phone = await town.worker("Worker 1")
        await a_morning_comes(town)
        await phone.hears(TEST)
    async with FakeTelegram(limits=GENEROUS) as fake:
        phone = fake.person(id=1001)
        await phone.writes("good morning")
        async with running(tmp_path, fake, ahead=3 * DAY):
            await phone.hears(TEST)


async def command(folder: Path, *words: str) -> asyncio.subprocess.Process:
    """Type a command of Lantern's at the machine on which it runs."""
    environ = {
        "PATH": os.environ["PATH"],
        "CACHE_DIRECTORY": os.environ["CACHE_DIRECTORY"],
        "PYTHONPATH": str(Path(bot.__file__).parents[1]),
        "COLUMNS": "120",
        "LANTERN_DATABASE": str(folder / "lantern.sqlite3"),
        "LANTERN_KEY_FILE": str(folder / "lantern.key"),
    }
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli", *words),
        cwd=folder,
        env=environ,
        stdout=pipe,
        stderr=pipe,
    )


@pytest.mark.long
async def test_an_operator_tests_the_alarm_and_sees_who_answers(town, tmp_path):
    _, phone = await town.worker("Worker 1")
    _, other = await town.worker("Worker 2")
    await other.blocks()

    testing = await command(tmp_path, "staff", "test-alarm", "--wait", "60")
    await phone.hears(TEST)
    await phone.notices(await phone.taps("It reaches me"))
    out, _ = await testing.communicate()

    lines = out.decode().splitlines()
    assert testing.returncode == 0
    [first] = [line for line in lines if "Worker 1" in line]
    [second] = [line for line in lines if "Worker 2" in line]
    assert "telegram" in first
    assert "not yet" not in first
    assert "not yet" in second


@pytest.mark.long
async def test_a_test_that_no_phone_takes_has_failed(town, tmp_path):
    assert town.run.address
    testing = await command(tmp_path, "staff", "test-alarm", "--wait", "60")
    out, _ = await testing.communicate()

    assert "No address took it yet" in out.decode()
    assert testing.returncode == 1


@pytest.mark.long
async def test_an_operator_hears_that_lantern_does_not_run(tmp_path):
    prepare(settings_in(tmp_path))

    testing = await command(tmp_path, "staff", "test-alarm", "--wait", "1")
    _, told = await testing.communicate()

    assert testing.returncode == 2
    assert "no Lantern runs on this database" in " ".join(told.decode().split())


# Broken


async def test_a_child_is_told_plainly_when_no_phone_takes_the_alarm(town):
    _, phone = await town.worker("Worker 1")
    await phone.blocks()
    child = await town.teller(danger="1")
    await town.quiet()

    town.later(2 * MINUTE)

    heard = await child.hears(NOBODY)
    assert "110" in heard.text
    assert "120" in heard.text
    assert "coming" not in heard.text


async def test_whoever_begins_while_nobody_can_be_reached_is_told_at_once(town):
    await out_of_reach(town)
    child = town.contact("zh-hans")

    await child.writes("/start")

    await child.sees(GONE)
    await child.sees("我是一个程序")


async def test_a_child_who_tells_of_harm_meanwhile_is_told_again_then(town):
    await out_of_reach(town)
    child = await town.teller()
    await child.sees(NOBODY)
    count = sum(NOBODY in text for text in child.heard)

    await town.answers(child, ("my dad hits me", "not your fault"))
    await town.quiet()

    assert sum(NOBODY in text for text in child.heard) == count + 1


async def test_somebody_who_leaves_is_told_nothing_more(town):
    await out_of_reach(town)
    child = await town.teller()
    await town.answers(child, ("my dad hits me", "not your fault"), ("leave", "Bye"))

    await town.quiet()

    assert "Bye" in child.heard[-1]


async def test_nobody_is_told_while_a_worker_has_the_desk_open(town):
    await out_of_reach(town)
    await town.run.staff.note_at_desk(town.watcher.id)
    await contacts_are_told(town, so=False)

    child = await town.child()

    assert not [text for text in child.heard if NOBODY in text]
    assert await broken(town)


async def test_when_a_phone_takes_the_alarm_again_all_of_it_ends_by_itself(town):
    phone = await out_of_reach(town)
    await phone.unblocks()

    await phone.writes("hello")
    await town.quiet()
    town.later(MINUTE)
    await phone.hears(TEST)
    town.later(MINUTE)
    await is_mended(town)

    await phone.hears("alerts reach people again")
    await contacts_are_told(town, so=False)
    child = await town.child()
    assert not [text for text in child.heard if NOBODY in text]


async def test_all_of_this_holds_on_a_database_server_as_well(tmp_path, postgres):
    url = postgres.url(postgres.new_database(like="lantern"))
    async with open_town(tmp_path, LANTERN_DATABASE=url.whole) as town:
        phone = await out_of_reach(town)
        child = town.contact("en")
        await child.writes("my dad hits me")
        await child.sees(NOBODY)
        await phone.unblocks()
        await phone.writes("hello")
        await town.quiet()
        town.later(MINUTE)
        await town.run.until(lambda: _is_tried(phone))
        if "It reaches me" in phone.chat.screen[-1].labels:
            await phone.notices(await phone.taps("It reaches me"))
            town.later(MINUTE)
        await is_mended(town)


async def _is_tried(phone):
    """Whether the way to *phone* was tried since: by a test, or by the alert that waited."""
    return any(TEST in text or "alerts reach people again" in text for text in phone.heard)


async def test_a_test_that_nobody_answers_for_a_day_breaks_the_alarm_and_an_answer_mends_it(town):
    _, phone = await town.worker("Worker 1")
    await a_morning_comes(town)
    await phone.hears(TEST)

    town.later(DAY + MINUTE)
    await is_broken(town, Reason.NOT_ANSWERED)
    await phone.hears("nobody has answered a test of the alarm")
    await phone.notices(await phone.taps("It reaches me"))
    town.later(MINUTE)

    await is_mended(town)


async def nobody_answered(town: Town):
    """A worker on duty whose phone is gone and one who is off, and a test without an answer."""
    _, gone = await town.worker("Worker 1")
    resting, phone = await town.worker("Worker 2")
    house = town.run.lantern.house
    for worker in (resting, town.watcher):
        await house.database.write(
            lambda tx, off=worker.id: staff.set_duty(tx, off, is_on_duty=False)
        )
    await a_morning_comes(town)
    await gone.hears(TEST)
    town.later(DAY + MINUTE)
    await is_broken(town, Reason.NOT_ANSWERED)
    await phone.hears("nobody has answered a test of the alarm")
    await town.quiet()
    gone.disappears()
    return phone


async def test_while_no_test_was_answered_an_alert_that_arrives_nowhere_goes_to_everybody(town):
    phone = await nobody_answered(town)
    child = town.contact("en")
    await child.writes("he has a knife, help me")
    await has_climbed(town, 1)
    await town.quiet()
    assert not [text for text in phone.heard if "Emergency" in text]

    town.later(2 * MINUTE + SECOND)

    await phone.hears("Emergency")


async def test_a_case_that_somebody_took_counts_as_an_answer(town):
    _, phone = await town.worker("Worker 1")
    await a_morning_comes(town)
    await phone.hears(TEST)
    await town.teller(danger="1")
    await phone.hears("Emergency")
    await phone.notices(await phone.taps("I have it"))

    town.later(DAY - HOUR)
    town.later(HOUR + MINUTE)
    await town.quiet()

    assert await broken(town) is None


async def named_in_the_morning(town, phone, boss):
    """What *boss*, who answers a morning's test, has heard of who does not answer them."""
    await a_morning_comes(town)
    await phone.hears(TEST)
    await boss.hears(TEST)
    await boss.notices(await boss.taps("It reaches me"))
    await town.quiet()
    return [text for text in boss.heard if "No test of the alarm was answered for days" in text]


async def test_a_worker_who_answers_nothing_for_days_is_named_to_the_supervisor(town):
    _, phone = await town.worker("Worker 1")
    _, boss = await town.worker("Boss", role=Role.SUPERVISOR)
    for _ in range(5):
        named = await named_in_the_morning(town, phone, boss)

    assert all("Worker 1" in text and "Boss" not in text for text in named)
    assert named
    assert not [text for text in phone.heard if "answered for days" in text]


async def test_whoever_comes_back_on_duty_is_not_named_for_the_days_they_were_away(town):
    worker, phone = await town.worker("Worker 1")
    _, boss = await town.worker("Boss", role=Role.SUPERVISOR)
    for morning in range(8):
        if morning == 1:
            town.later(2 * HOUR)  # so that they are back between two tests, and not at one
            await town.run.desk.go_off_duty(worker, hours=72)
        named = await named_in_the_morning(town, phone, boss)
        if morning < 7:
            assert not named, morning
        elif not named:
            await boss.hears("No test of the alarm was answered for days")


async def test_whoever_is_off_duty_at_night_is_named_all_the_same(town):
    worker, phone = await town.worker("Worker 1")
    _, boss = await town.worker("Boss", role=Role.SUPERVISOR)

    async def is_on_duty_again():
        return (await town.run.desk.duty(worker)).is_on

    for morning in range(5):
        named = await named_in_the_morning(town, phone, boss)
        lines = (await town.run.desk.alarm(town.watcher)).lines
        silent = [line.name for line in lines if line.is_silent]
        if morning != 3:  # to the minute three days after the first
            assert bool(named) == (morning > 3), morning
            assert silent == (["Worker 1"] if named else [])
        await town.run.desk.go_off_duty(worker, hours=16)
        town.later(16 * HOUR)
        await town.run.until(is_on_duty_again)


async def test_whoever_is_off_for_a_day_again_and_again_is_named_all_the_same(town):
    worker, phone = await town.worker("Worker 1")
    _, boss = await town.worker("Boss", role=Role.SUPERVISOR)
    for morning in range(4):
        if morning:
            await town.run.desk.come_on_duty(worker)
        named = await named_in_the_morning(town, phone, boss)
        assert bool(named) == (morning >= 3), morning
        await town.run.desk.go_off_duty(worker, hours=24)
        town.later(30 * HOUR)


async def test_a_worker_whose_phone_took_no_test_is_named_to_the_supervisor(town):
    _, phone = await town.worker("Worker 1")
    _, boss = await town.worker("Boss", role=Role.SUPERVISOR)
    phone.disappears()
    await a_morning_comes(town)
    await boss.hears(TEST)

    town.later(3 * MINUTE)

    assert "Worker 1" in (await boss.hears("did not reach")).text


async def test_an_alert_that_one_phone_refuses_goes_to_everybody_and_tells_no_child_so(town):
    _, first = await town.worker("Worker 1")
    _, second = await town.worker("Worker 2")
    child = await town.teller(danger="1")
    await town.quiet()
    heard = [phone for phone in (first, second) if any("Emergency" in t for t in phone.heard)]
    [other] = [phone for phone in (first, second) if phone not in heard]
    case = await town.case_of(child)
    assert case
    heard[0].disappears()
    town.later(5 * MINUTE)
    await other.hears("Emergency")
    town.later(3 * MINUTE)
    await town.quiet()

    assert await broken(town) is None
    assert not [text for text in child.heard if NOBODY in text]


async def test_where_nobody_works_yet_a_child_is_told_as_soon_as_there_is_a_case(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake, running(tmp_path, fake):
        child = fake.person(id=1001, language_code="en")

        await child.writes("my dad hits me")

        await child.sees(NOBODY)


async def out_of_reach(town: Town):
    """A worker whose phone refuses everything, and an alarm that is known to be broken."""
    _, phone = await town.worker("Worker 1")
    await phone.blocks()
    await a_morning_comes(town)
    town.later(3 * MINUTE)
    await is_broken(town, Reason.NOBODY)
    await contacts_are_told(town)
    return phone


# Every other medium, and the machines


@dataclass
class Pager:
    """Something outside of Lantern that takes what Apprise sends."""

    got: list[str] = field(default_factory=list)
    url: str = ""


@pytest.fixture
async def pager():
    pager = Pager()

    async def take(request: web.Request) -> web.Response:
        pager.got.append((await request.json())["message"])
        return web.Response()

    app = web.Application()
    app.add_routes([web.post("/pager", take)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    pager.url = f"json://127.0.0.1:{runner.addresses[0][1]}/pager"
    yield pager
    await runner.cleanup()


async def test_staff_are_told_outside_of_lantern_and_told_that_it_is_over(tmp_path, pager):
    async with open_town(tmp_path, LANTERN_STAFF_ALARM_URLS=pager.url) as town:
        phone = await out_of_reach(town)
        await got(town, pager, "小橘灯")
        await phone.unblocks()
        await phone.writes("hello")
        await town.quiet()
        town.later(MINUTE)
        await phone.hears(TEST)
        town.later(MINUTE)
        await got(town, pager, "提醒又能收到了")


async def test_the_last_rung_of_a_ladder_rings_outside_of_lantern_without_contents(tmp_path, pager):
    async with open_town(tmp_path, LANTERN_STAFF_ALARM_URLS=pager.url) as town:
        await town.worker("Worker 1")
        await town.teller(danger="1")
        for rung in range(4):
            await has_climbed(town, rung + 1)
            town.later(5 * MINUTE)

        text = await got(town, pager, "L-0001")

        assert "school" not in text


async def test_a_reminder_that_reaches_no_phone_rings_outside_of_lantern(tmp_path, pager):
    async with open_town(tmp_path, LANTERN_STAFF_ALARM_URLS=pager.url) as town:
        child = await town.teller()
        await town.answers(child, ("my dad hits me", "not your fault"))
        [line] = await town.run.desk.queue(town.watcher)
        await town.run.desk.claim(town.watcher, line.id)
        await child.writes("he hit me again today")
        await town.quiet()
        town.later(HOUR + MINUTE)

        text = await got(town, pager, "Watcher 在跟进 L-0001")

        assert "hit" not in text


async def has_climbed(town: Town, rungs: int) -> None:
    async def it_has():
        found = await town.run.lantern.house.database.read(cases.open_cases)
        return bool(found) and found[0].rung >= rungs

    await town.run.until(it_has)


async def got(town: Town, pager: Pager, words: str) -> str:
    async def it_has():
        return next((text for text in pager.got if words in text), "")

    return await town.run.until(it_has)


async def test_while_no_test_was_answered_it_rings_outside_of_lantern_as_well(tmp_path, pager):
    async with open_town(tmp_path, LANTERN_STAFF_ALARM_URLS=pager.url) as town:
        await nobody_answered(town)
        await town.contact("en").writes("he has a knife, help me")
        await has_climbed(town, 1)
        await town.quiet()

        town.later(2 * MINUTE + SECOND)

        assert "knife" not in await got(town, pager, "L-0001")


async def test_machines_are_told(town):
    async def ask(path):
        async with aiohttp.ClientSession() as session, session.get(town.run.address + path) as got:
            return got.status, await got.text()

    assert (await ask("/healthz/alarm"))[0] == 200
    assert "lantern_alarm_broken 0.0" in (await ask("/metrics"))[1]
    await out_of_reach(town)

    status, text = await ask("/healthz/alarm")

    assert (status, text) == (503, '{"status": "broken"}')
    assert "lantern_alarm_broken 1.0" in (await ask("/metrics"))[1]
    assert (await ask("/readyz"))[0] == 200


async def test_the_doctor_says_it_and_what_to_do(tmp_path):
    async with open_town(tmp_path) as town:
        await out_of_reach(town)
        settings = town.run.lantern.settings

    [check] = await check_alarm(settings)

    assert "there is nobody whom an alert could reach" in check.says
    assert "lantern staff link" in check.advice


# The schedule


@pytest.mark.parametrize("wrong", ["morning", "25:00", "fri-mon 08:30", "8:30", "mon 08:30-09:00"])
def test_a_schedule_that_is_none_is_told(tmp_path, wrong):
    with pytest.raises(ConfigError, match="LANTERN_HEARTBEAT: is no time of day"):
        settings_in(tmp_path, LANTERN_HEARTBEAT=wrong)


async def test_a_heart_that_is_switched_off_does_not_beat(tmp_path):
    async with open_town(tmp_path, LANTERN_HEARTBEAT="off") as town:
        due = await town.run.lantern.house.database.read(timers.next_due)
        assert due is not None
        _, phone = await town.worker("Worker 1")
        town.later(2 * DAY)
        await town.quiet()

        assert not [text for text in phone.heard if TEST in text]
