"""What happens when nobody looks, and what a supervisor has decided stays decided."""

from contextlib import asynccontextmanager

from fake_telegram import GENEROUS, FakeTelegram
from running import running

from bot.casework.ringing import UNREAD, UNSEEN
from bot.domain.ids import HOUR, MINUTE
from bot.domain.level import Level
from bot.domain.worker import Role
from storage import contacts, outbox, timers


@asynccontextmanager
async def a_town(folder):
    """A Lantern with a worker and a supervisor on Telegram, and a child who told of harm."""
    async with FakeTelegram(limits=GENEROUS) as fake, running(folder, fake) as run:
        phones = [fake.person(id=number, language_code="en") for number in (2001, 2002)]
        for phone in phones:
            await phone.writes("hello")
        worker = await run.add_worker("Worker", telegram=2001)
        boss = await run.add_worker("Supervisor", role=Role.SUPERVISOR, telegram=2002)
        child = fake.person(id=1001, language_code="en")
        await child.writes("my dad hits me")
        await child.hears("Who is writing?")
        yield fake, run, child, (worker, phones[0]), (boss, phones[1])


async def the_only(run, worker):
    [line] = await run.desk.queue(worker)
    return line


async def all_is_done(run):
    """Whether the reminder has been looked at, and nothing waits to be sent."""

    async def work(tx):
        is_looked_at = await timers.next_due(tx, only=UNREAD) is None
        return is_looked_at and not await outbox.count_waiting(tx)

    return await run.lantern.house.database.read(work)


async def test_news_that_nobody_reads_reaches_the_supervisor(tmp_path):
    async with a_town(tmp_path) as (_, run, child, (worker, phone), (_, boss_phone)):
        line = await the_only(run, worker)
        await run.desk.claim(worker, line.id)
        await run.desk.read(worker, line.id)
        await child.writes("are you there?")
        await phone.hears("There is something new in L-0001")
        run.clock.advance(HOUR + MINUTE)

        await boss_phone.hears("Worker has L-0001, but something new")
        await phone.hears("Worker has L-0001, but something new")


async def test_a_case_that_was_claimed_on_a_phone_is_to_be_opened_in_time(tmp_path):
    async with a_town(tmp_path) as (_, run, _, (worker, phone), (_, boss_phone)):
        line = await the_only(run, worker)
        await phone.hears("L-0001")
        await phone.taps("I have it")
        await run.until(lambda: is_awaited(run, line.id))
        run.clock.advance(HOUR + MINUTE)

        for each in (boss_phone, phone):
            await each.hears("Worker has L-0001, but has not opened it yet")
        assert await is_awaited(run, line.id)
        await run.desk.read(worker, line.id)
        assert not await is_awaited(run, line.id)


async def is_awaited(run, case):
    """Whether its owner is to open *case*, and is called again if they do not."""
    due = await run.lantern.house.database.read(lambda tx: timers.when_due(tx, UNSEEN, case))
    return due is not None


async def test_news_that_was_read_rings_nobody(tmp_path):
    async with a_town(tmp_path) as (_, run, child, (worker, phone), (_, boss_phone)):
        line = await the_only(run, worker)
        await run.desk.claim(worker, line.id)
        await run.desk.read(worker, line.id)
        await child.writes("are you there?")
        await phone.hears("There is something new in L-0001")
        await run.desk.read(worker, line.id)
        run.clock.advance(HOUR + MINUTE)
        await run.until(lambda: all_is_done(run))

        assert not [m for m in boss_phone.heard if "has not been read" in m]


async def test_a_level_that_a_supervisor_lowered_rises_only_by_something_new(tmp_path):
    async with a_town(tmp_path) as (_, run, child, (worker, _), (boss, _)):
        line = await the_only(run, worker)
        assert line.level is Level.URGENT
        await run.desk.set_level(
            boss, line.id, Level.ROUTINE, reason="spoken with her", version=line.version
        )

        await child.writes("I feel so lonely and sad")
        await child.hears("in danger right now?")
        assert (await the_only(run, worker)).level is Level.ROUTINE

        await child.writes("I want to kill myself")
        await child.hears("Thank you for telling us this as well")
        assert (await the_only(run, worker)).level is Level.URGENT


async def test_the_owner_hears_that_somebody_else_made_the_case_more_pressing(tmp_path):
    async with a_town(tmp_path) as (_, run, _, (worker, phone), (boss, _)):
        line = await the_only(run, worker)
        line = await run.desk.claim(worker, line.id)

        await run.desk.set_level(
            boss, line.id, Level.EMERGENCY, reason="the school called", version=line.version
        )

        await phone.hears("has become more pressing")


async def test_an_unfinished_report_reaches_a_person_though_nothing_arrives_there(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake, running(tmp_path, fake) as run:
        worker = await run.add_worker("Worker")
        child = fake.person(id=1001, language_code="en")
        for words, question in [
            ("/start", "Who is writing?"),
            ("child", "What would you like to do?"),
            ("tell", "in danger right now?"),
            ("no", "Who needs help?"),
        ]:
            await child.writes(words)
            await child.hears(question)
        database = run.lantern.house.database
        place = await database.read(lambda tx: contacts.find_place(tx, "telegram", "1001"))
        now = run.lantern.house.clock()
        await database.write(lambda tx: contacts.mark_dead(tx, place.address, now=now))
        run.clock.advance(31 * MINUTE)

        async def opened():
            return await run.desk.queue(worker)

        assert await run.until(opened)


async def test_colleagues_who_were_alerted_hear_who_has_it(tmp_path):
    async with a_town(tmp_path) as (_, run, _, (_, phone), (boss, boss_phone)):
        await phone.hears("Waiting for less than a minute. Nobody has it yet")
        line = await the_only(run, boss)

        await run.desk.claim(boss, line.id)

        await phone.hears("Supervisor has L-0001 now.")
        assert not [m for m in boss_phone.heard if "has L-0001 now" in m]


async def test_whoever_has_a_case_never_hears_that_there_is_no_answer(tmp_path):
    async with a_town(tmp_path) as (_, _, child, _, _):
        await child.writes("child")
        await child.hears("in danger right now?")
        await child.writes("menu")
        await child.hears("What would you like to do?")

        await child.writes("when will you answer, zzz qqq")

        await child.hears("This has been passed on. A worker will read it.")
        assert not [m for m in child.heard if "no good answer" in m]
