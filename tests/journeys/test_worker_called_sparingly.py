"""A call stays a call: once about a case at a time, less and less often, and of use."""

import pytest
from fake_telegram import GENEROUS, FakeTelegram
from journeys.owned_case import (
    UNANSWERED,
    UNDECIDED,
    a_town,
    case_in,
    passes,
    passes_until,
    till_monday,
    told,
)
from running import running

from bot.casework.ringing import UNSEEN
from bot.domain.case import NOT_DUE
from bot.domain.ids import DAY, HOUR, MINUTE
from bot.domain.level import Level
from bot.domain.worker import Role
from storage import timers

pytestmark = pytest.mark.long

UNOPENED = "has not opened it yet"
UNREAD = "has not been read yet"


async def answers(run, worker, case):
    line = await run.desk.line(worker, case)
    return await run.desk.answer(worker, case, "I am here.", version=line.version)


async def decides(run, worker, case, *, again):
    line = await run.desk.line(worker, case)
    noted = {"reason": "we visit", "again": again, "version": line.version}
    return await run.desk.decide(worker, case, "goes_on", **noted)


async def sets_level(run, worker, case, level):
    line = await run.desk.line(worker, case)
    return await run.desk.set_level(worker, case, level, reason="told us", version=line.version)


@pytest.mark.long
async def test_who_does_not_answer_is_called_every_hour_at_most_and_never_no_more(tmp_path):
    async with a_town(tmp_path) as (run, _, _, _, (_, boss)):
        for _ in range(26):
            await passes(run, 30 * MINUTE)
        assert 11 <= told(boss, UNANSWERED) <= 13


@pytest.mark.long
async def test_what_nobody_decides_in_an_emergency_calls_less_and_less_and_not_all_night(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, _), (_, boss)):
        await sets_level(run, worker, case, Level.EMERGENCY)
        await answers(run, worker, case)
        for hour in range(11, 21):
            await passes_until(run, 0, hour)
        assert told(boss, UNDECIDED) == 4
        for hour in (23, 26, 29, 31):
            await passes_until(run, hour // 24, hour % 24)
        assert told(boss, UNDECIDED) == 4
        await passes_until(run, 1, 9)
        assert told(boss, UNDECIDED) == 5


async def test_who_has_not_opened_a_case_is_told_that_alone_and_of_the_answer_once_they_did(
    tmp_path,
):
    async with a_town(tmp_path) as (run, case, _, (worker, phone), (_, boss)):
        line = await run.desk.line(worker, case)
        await run.desk.release(worker, case, version=line.version)
        await passes(run, 0)
        await phone.taps("I have it")
        await run.until(lambda: is_expected(run, case))
        await passes(run, HOUR + 2 * MINUTE)
        await passes(run, MINUTE)
        await boss.hears(UNOPENED)
        assert not told(boss, UNANSWERED)
        await run.desk.read(worker, case)
        await passes(run, 31 * MINUTE)
        assert told(boss, UNANSWERED) == 1


async def test_who_opens_nothing_is_not_told_twice_when_more_comes_in(tmp_path):
    async with a_town(tmp_path) as (run, case, child, (worker, phone), (_, boss)):
        line = await run.desk.line(worker, case)
        await run.desk.release(worker, case, version=line.version)
        await passes(run, 0)
        await phone.taps("I have it")
        await run.until(lambda: is_expected(run, case))
        await child.writes("are you there?")
        await run.until(lambda: is_unread(run, case))
        for _ in range(3):
            await passes(run, 31 * MINUTE)
        assert told(boss, UNOPENED) == 1
        assert told(boss, UNREAD) == 2


async def is_expected(run, case):
    """Whether its owner, who said on a phone that they have it, is to open it."""
    return await run.lantern.house.database.read(lambda tx: timers.when_due(tx, UNSEEN, case))


async def test_a_day_that_somebody_chose_wakes_nobody_but_what_came_since_does(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, _), (supervisor, boss)):
        await sets_level(run, worker, case, Level.EMERGENCY)
        await answers(run, worker, case)
        await decides(run, worker, case, again=1)
        await passes_until(run, 0, 22)
        await decides(run, worker, case, again=1)
        await passes_until(run, 1, 23)
        assert not told(boss, UNDECIDED)
        await passes_until(run, 2, 8)
        assert told(boss, UNDECIDED) == 1

        await sets_level(run, supervisor, case, Level.URGENT)
        await decides(run, supervisor, case, again=7)
        await passes_until(run, 2, 22)
        await sets_level(run, worker, case, Level.EMERGENCY)
        await passes(run, HOUR + 2 * MINUTE)
        await passes(run, MINUTE)
        assert told(boss, UNDECIDED) == 2


async def test_after_the_safe_word_nobody_is_pressed_to_write(tmp_path):
    telegram = FakeTelegram(limits=GENEROUS)
    async with telegram as fake, running(tmp_path, fake, ahead=till_monday()) as run:
        phone = fake.person(id=2001, language_code="en")
        await phone.writes("hello")
        worker = await run.add_worker("Anna", role=Role.SUPERVISOR, telegram=2001)
        await fake.person(id=1001, language_code="en").writes("the lamp is on")
        [line] = await run.until(lambda: run.desk.queue(worker))
        await run.desk.claim(worker, line.id)
        await run.desk.read(worker, line.id)
        await passes(run, 17 * MINUTE)
        await passes(run, MINUTE)
        await phone.hears(UNDECIDED)
        await decides(run, worker, line.id, again=1)
        assert (await case_in(run, line.id)).due_at == NOT_DUE
        await passes(run, 2 * HOUR)
        assert not told(phone, UNANSWERED)


async def is_unread(run, case):
    return (await case_in(run, case)).unread


async def test_who_writes_again_after_it_was_closed_waits_from_then_on(tmp_path):
    async with a_town(tmp_path) as (run, case, child, (worker, phone), (supervisor, _)):
        line = await answers(run, worker, case)
        closed = {"outcome": "helped", "reason": "all is well", "version": line.version}
        await run.desk.close(supervisor, case, **closed)
        await passes(run, 8 * DAY)
        await child.writes("he hit me again")

        async def is_open():
            found = await case_in(run, case)
            return found.closed_at is None and found

        found = await run.until(is_open)
        assert found.look_by > run.clock()
        await passes(run, 0)
        assert [text for text in phone.heard if "L-0001" in text][-1].count("less than a minute")


async def test_what_its_own_words_raise_has_waited_since_it_was_opened(tmp_path):
    async with a_town(tmp_path) as (run, case, child, (worker, phone), _):
        line = await run.desk.line(worker, case)
        await run.desk.release(worker, case, version=line.version)
        await passes(run, 3 * HOUR)
        await child.writes("he has a knife, help me")
        await phone.hears("Emergency: L-0001. Waiting for 3 hours")


async def test_once_it_is_safe_to_write_what_was_left_unanswered_is_to_be_answered(tmp_path):
    async with a_town(tmp_path) as (run, case, _, (worker, _), (_, boss)):
        line = await run.desk.line(worker, case)
        line = await run.desk.note_safety(worker, case, "not_ok", version=line.version)
        noted = {"reason": "the teacher looks", "again": 3, "version": line.version}
        await run.desk.decide(worker, case, "goes_on", **noted)
        found = await case_in(run, case)
        assert found.due_at == NOT_DUE
        await run.desk.note_safety(worker, case, "ok", version=found.version)
        assert (await case_in(run, case)).due_at != NOT_DUE
        await passes(run, 2 * HOUR)
        await passes(run, MINUTE)
        await boss.hears(UNANSWERED)
