"""A case that a worker has and lets lie, from a Monday morning on, and what is said of it."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fake_telegram import GENEROUS, FakeTelegram
from running import running

from bot.casework.bell import TIMERS
from bot.domain.worker import Role
from bot.housing import wall_clock
from storage import cases, outbox, timers

UNANSWERED = "The time for an answer is over"
UNDECIDED = "It is time to decide what follows"
_ZONE = ZoneInfo("Asia/Shanghai")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def till_monday():
    """How far ahead ten o'clock on the next Monday lies, in microseconds."""
    now = _EPOCH + timedelta(microseconds=wall_clock())
    day = now.astimezone(_ZONE).date() + timedelta(days=7 - now.astimezone(_ZONE).weekday())
    return (datetime.combine(day, time(10), tzinfo=_ZONE) - now) // timedelta(microseconds=1)


@asynccontextmanager
async def a_town(folder, book=None):
    """A worker who has read a child's case, and a supervisor, both on Telegram."""
    async with (
        FakeTelegram(limits=GENEROUS) as fake,
        running(folder, fake, ahead=till_monday(), book=book) as run,
    ):
        phones = [fake.person(id=number, language_code="en") for number in (2001, 2002)]
        for phone in phones:
            await phone.writes("hello")
        worker = await run.add_worker("Anna", telegram=2001)
        boss = await run.add_worker("Supervisor", role=Role.SUPERVISOR, telegram=2002)
        child = fake.person(id=1001, language_code="en")
        await child.writes("my dad hits me")
        await child.hears("")
        await phones[0].hears("Nobody has it yet")  # a claim would overtake it, and nobody hears it
        [line] = await run.desk.queue(worker)
        await run.desk.claim(worker, line.id)
        await run.desk.read(worker, line.id)
        yield run, line.id, child, (worker, phones[0]), (boss, phones[1])


async def passes(run, time):
    """*time* goes by, and all that became due in it has been done and sent."""

    async def is_calm(tx):
        now = run.clock()
        due = await timers.next_due(tx)
        return (due is None or due > now) and not await outbox.count_waiting(tx)

    run.clock.advance(time)
    run.lantern.house.bell.ring(TIMERS)
    await run.until(lambda: run.lantern.house.database.read(is_calm))


async def case_in(run, case_id):
    return await run.lantern.house.database.read(lambda tx: cases.find_case(tx, case_id))


async def passes_until(run, day, hour):
    """It becomes *hour* o'clock, so many *day*s after the Monday on which all began."""
    moment = _EPOCH + timedelta(microseconds=run.clock())
    local = moment.astimezone(_ZONE)
    monday = local.date() - timedelta(days=local.weekday())
    then = datetime.combine(monday + timedelta(days=day), time(hour), tzinfo=_ZONE)
    await passes(run, (then - moment) // timedelta(microseconds=1))
    await passes(run, 61 * 1_000_000)
    await passes(run, 61 * 1_000_000)


def told(phone, words):
    return sum(words in text for text in phone.heard)
