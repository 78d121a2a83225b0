"""What is routine lets everybody sleep; what is pressing rings at any hour, as before."""

from dataclasses import replace

import pytest
from fake_telegram import Person
from journeys.owned_case import UNANSWERED, a_town, case_in, passes, passes_until, told
from running import the_book

from bot.casework.ringing import UNSEEN
from bot.directory.hours import read_opening
from bot.domain.ids import HOUR, MINUTE
from bot.domain.level import Level
from storage import timers

pytestmark = pytest.mark.long

FREE = "Nobody has it yet"
UNREAD_NEWS = "has not been read yet"
UNOPENED = "has not opened it yet"


def book_with(hours):
    """Our book, where people read in other *hours*."""
    book = the_book()
    reading = replace(book.directory.organisation.reading_hours, openings=(read_opening(hours),))
    organisation = replace(book.directory.organisation, reading_hours=reading)
    return replace(book, directory=replace(book.directory, organisation=organisation))


async def judged(run, boss, case, level):
    line = await run.desk.line(boss, case)
    if line.level is not level:
        given = {"reason": "spoken with her", "version": line.version}
        await run.desk.set_level(boss, case, level, **given)


async def given_back(run, worker, case):
    line = await run.desk.line(worker, case)
    await run.desk.release(worker, case, version=line.version)
    await passes(run, MINUTE)


async def test_a_routine_case_that_nobody_took_rings_nobody_at_night(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, phone), (boss, boss_phone)):
        await judged(run, boss, case, Level.ROUTINE)
        await passes_until(run, 0, 14)
        await given_back(run, worker, case)
        assert told(phone, FREE) == 2  # when it was opened, and now
        await passes_until(run, 0, 19)
        by_day = told(boss_phone, FREE)
        assert by_day == 1
        for day, hour in ((0, 22), (1, 3), (1, 7)):
            await passes_until(run, day, hour)
        assert (told(phone, FREE), told(boss_phone, FREE)) == (2, by_day)

        await passes_until(run, 1, 8)

        assert (told(phone, FREE), told(boss_phone, FREE)) == (3, by_day + 1)


async def test_a_routine_case_given_back_at_night_begins_to_ring_in_the_morning(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, phone), (boss, _)):
        await judged(run, boss, case, Level.ROUTINE)
        await passes_until(run, 0, 22)
        await given_back(run, worker, case)
        await passes(run, 8 * HOUR)
        assert told(phone, FREE) == 1  # when it was opened

        await passes_until(run, 1, 8)

        assert told(phone, FREE) == 2


async def test_a_routine_case_that_nobody_took_rings_by_day_over_a_weekend(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, _), (boss, boss_phone)):
        await judged(run, boss, case, Level.ROUTINE)
        await passes_until(run, 4, 18)
        before = told(boss_phone, FREE)
        await given_back(run, worker, case)
        for day, hour in ((4, 23), (5, 7)):
            await passes_until(run, day, hour)
        assert told(boss_phone, FREE) == before

        await passes_until(run, 5, 8)

        assert told(boss_phone, FREE) == before + 1


@pytest.mark.parametrize("hours", ["mon-fri 10:00-12:00", "tue 14:00-17:00"])
async def test_however_short_the_reading_hours_everybody_hears_of_it_within_a_day(tmp_path, hours):
    async with a_town(tmp_path, book_with(hours)) as (run, case, _, (worker, phone), (boss, _)):
        await judged(run, boss, case, Level.ROUTINE)
        await passes_until(run, 0, 11)
        await given_back(run, worker, case)
        assert told(phone, FREE) == 2  # when it was opened, and now
        for hour in (15, 16):
            await passes_until(run, 0, hour)
        assert told(phone, FREE) == 2  # it is the turn of the supervisors

        await passes_until(run, 0, 20)

        assert told(phone, FREE) == 3


@pytest.mark.parametrize("level", [Level.URGENT, Level.EMERGENCY])
async def test_what_becomes_pressing_at_night_rings_at_once(tmp_path, level):
    async with a_town(tmp_path) as (run, case, _, (worker, phone), (boss, _)):
        await judged(run, boss, case, Level.ROUTINE)
        await passes_until(run, 0, 20)
        await given_back(run, worker, case)
        before = told(phone, FREE)

        await judged(run, boss, case, level)
        await passes(run, MINUTE)

        assert told(phone, FREE) == before + 1


@pytest.mark.parametrize("level", [Level.URGENT, Level.EMERGENCY])
async def test_what_is_pressing_and_nobody_s_rings_everybody_all_night(tmp_path, level):
    async with a_town(tmp_path) as (run, case, _, (worker, phone), (boss, boss_phone)):
        await judged(run, boss, case, level)
        await passes_until(run, 0, 22)
        await given_back(run, worker, case)
        for _ in range(6):
            await passes(run, 30 * MINUTE)
        before = [told(each, FREE) for each in (phone, boss_phone)]
        for _ in range(4):
            await passes(run, 30 * MINUTE)

        assert [told(each, FREE) for each in (phone, boss_phone)] == [n + 4 for n in before]


async def test_news_of_a_routine_case_that_nobody_read_is_called_for_in_the_morning(tmp_path):
    async with a_town(tmp_path) as (run, case, child, (_, phone), (boss, boss_phone)):
        await judged(run, boss, case, Level.ROUTINE)
        await passes_until(run, 0, 16)
        await child.writes("are you there?")
        await phone.hears("There is something new in L-0001")
        for day, hour in ((1, 1), (1, 4), (1, 7)):
            await passes_until(run, day, hour)
        assert (told(phone, UNREAD_NEWS), told(boss_phone, UNREAD_NEWS)) == (0, 0)

        await passes_until(run, 1, 8)

        assert (told(phone, UNREAD_NEWS), told(boss_phone, UNREAD_NEWS)) == (1, 1)


async def test_news_of_a_routine_case_on_a_friday_is_called_for_on_saturday_morning(tmp_path):
    async with a_town(tmp_path) as (run, case, child, (_, phone), (boss, boss_phone)):
        await judged(run, boss, case, Level.ROUTINE)
        await passes_until(run, 4, 17)
        await child.writes("are you there?")
        await phone.hears("There is something new in L-0001")
        for day, hour in ((5, 2), (5, 7)):
            await passes_until(run, day, hour)
        assert (told(phone, UNREAD_NEWS), told(boss_phone, UNREAD_NEWS)) == (0, 0)

        await passes_until(run, 5, 8)

        assert (told(phone, UNREAD_NEWS), told(boss_phone, UNREAD_NEWS)) == (1, 1)


async def test_what_was_claimed_on_a_friday_and_not_opened_is_called_for_on_saturday(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, phone), (boss, boss_phone)):
        await judged(run, boss, case, Level.ROUTINE)
        await passes_until(run, 4, 17)
        await given_back(run, worker, case)
        await phone.taps("I have it")
        await run.until(lambda: _when_opened(run, case))
        await passes_until(run, 5, 7)
        assert told(boss_phone, UNOPENED) == 0

        await passes_until(run, 5, 8)

        assert told(boss_phone, UNOPENED) == 1


async def test_what_nobody_has_opened_is_to_be_opened_sooner_once_it_is_pressing(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, phone), (boss, _)):
        await judged(run, boss, case, Level.ROUTINE)
        await given_back(run, worker, case)
        await phone.taps("I have it")
        await run.until(lambda: _when_opened(run, case))
        await passes_until(run, 0, 22)
        assert await _when_opened(run, case) - run.clock() > 9 * HOUR

        await judged(run, boss, case, Level.URGENT)

        assert (await case_in(run, case)).level is Level.URGENT
        assert await _when_opened(run, case) - run.clock() <= HOUR


async def _when_opened(run, case):
    return await run.lantern.house.database.read(lambda tx: timers.when_due(tx, UNSEEN, case))


def newcomer(known, number):
    """Somebody else on the same Telegram."""
    user = {**known.user, "id": number}
    chat = known.world.open_chat({**user, "type": "private"}, is_open=False)
    return Person(user=user, chat=chat, world=known.world)


async def overdue(run, boss, case, level):
    """The case is of *level*, and the time for an answer in it is over, by day."""
    await judged(run, boss, case, level)
    await passes_until(run, 1, 12)


async def test_of_a_routine_case_whoever_is_on_duty_hears_and_an_owner_off_duty_does_not(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, phone), (boss, boss_phone)):
        await run.desk.go_off_duty(worker, hours=72)
        await overdue(run, boss, case, Level.ROUTINE)

        assert told(boss_phone, f"Anna has L-0001. {UNANSWERED}") > 0
        assert told(phone, UNANSWERED) == 0


async def test_a_colleague_on_duty_hears_where_supervisors_are_off_duty_too(tmp_path):
    async with a_town(tmp_path) as (run, case, child, (worker, phone), (boss, boss_phone)):
        ben = newcomer(child, 2003)
        await ben.writes("hello")
        await run.add_worker("Ben", telegram=2003)
        for away in (worker, boss):
            await run.desk.go_off_duty(away, hours=72)
        await overdue(run, boss, case, Level.ROUTINE)

        for each in (ben, boss_phone):
            assert told(each, f"Anna has L-0001. {UNANSWERED}") > 0
        assert told(phone, UNANSWERED) == 0


async def test_an_owner_off_duty_is_called_where_nobody_is_on_duty(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, phone), (boss, boss_phone)):
        for away in (worker, boss):
            await run.desk.go_off_duty(away, hours=72)
        await overdue(run, boss, case, Level.ROUTINE)

        assert told(phone, UNANSWERED) > 0
        assert told(boss_phone, UNANSWERED) > 0


async def test_about_what_is_pressing_an_owner_off_duty_is_called_as_before(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, phone), (boss, boss_phone)):
        await run.desk.go_off_duty(worker, hours=72)
        await overdue(run, boss, case, Level.URGENT)

        assert told(phone, UNANSWERED) > 0
        assert told(boss_phone, UNANSWERED) > 0
