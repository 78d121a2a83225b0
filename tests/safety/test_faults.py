"""Telegram, the disk and the clock at their worst: nothing is lost, doubled or left hanging."""

import asyncio
import sqlite3
import threading
from contextlib import asynccontextmanager, closing

import pytest
from fake_telegram import FakeTelegram
from fake_telegram.limits import Limits, Rate
from running import prepare, running, settings_in
from small_town import SmallTown
from sqlalchemy import text

from bot.desk.staff import Staff
from bot.domain.ids import DAY, HOUR, MINUTE, SECOND
from bot.domain.message import Act, Urgency
from bot.domain.update import Kind
from bot.pace import Pace
from storage.backlog import STALE
from storage.statements import ready

TROUBLE = "my father beats me every day"
DANGER = "he is hitting me right now, help me"
OVERDUE = "SELECT count(*) FROM timers WHERE due_at < :before"
STRICT = Limits(
    per_chat=Rate(count=2, seconds=1),
    per_group=Rate(count=2, seconds=1),
    overall=Rate(count=6, seconds=1),
)


@pytest.fixture
def town(tmp_path):
    settings = settings_in(tmp_path)
    prepare(settings)
    town = SmallTown(settings)
    yield town
    town.close()


async def count(run, statement, **values):
    found = await run.lantern.house.database.read(
        lambda tx: tx.one(ready(text(statement)), **values)
    )
    return found[0]


async def everything_is_sent(run):
    waits = "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL"

    async def is_sent():
        return await count(run, waits) == 0

    await run.until(is_sent)


@pytest.mark.long
async def test_limits_stricter_than_known_delay_messages_and_lose_or_double_none(tmp_path):
    async with FakeTelegram(limits=STRICT) as fake, running(tmp_path, fake) as run:
        people = [fake.person(id=number, language_code="en") for number in range(1001, 1006)]
        for person in people:
            for words in ("/start", "help", "help"):
                await person.writes(words)
        await fake.all_taken()
        await everything_is_sent(run)
        assert fake.journal.calls("sendMessage", code=429)
        for person in people:
            assert [words.split()[0] for words in person.heard] == ["Hello.", "I", "I"]


async def test_updates_that_come_twice_and_backwards_count_once_and_in_their_order(run, fake):
    child = fake.person(id=1001, language_code="en")
    await child.writes("/start")
    await child.hears("I am a program")
    fake.mischief.reverse_updates(batches=3)
    fake.mischief.repeat_updates(batches=3)
    texts = [f"the {number}. thing" for number in range(1, 7)]
    for words in (*texts, TROUBLE):
        await child.writes(words)
    await fake.all_taken()
    worker = await run.add_worker("Worker 1")
    [line] = await run.desk.queue(worker)
    file = await run.desk.read(worker, line.id)
    assert [entry.text for entry in file.entries if entry.text in texts] == texts


@asynccontextmanager
async def slow_disk(run, seconds):
    """Let every commit wait for *seconds*, as on a disk that is slow to say that it has it."""
    ended = threading.Event()

    def hold():
        file = run.lantern.settings.database
        with closing(sqlite3.connect(file, isolation_level=None, timeout=10)) as other:
            while not ended.is_set():
                other.execute("BEGIN IMMEDIATE")
                ended.wait(seconds)
                other.execute("ROLLBACK")
                ended.wait(seconds / 4)

    holding = asyncio.create_task(asyncio.to_thread(hold))
    try:
        yield
    finally:
        ended.set()
        await holding


async def test_on_a_slow_disk_many_share_a_commit_and_all_are_answered(run, fake):
    people = [fake.person(id=number, language_code="en") for number in range(1001, 1101)]
    async with slow_disk(run, 0.02):
        for person in people:
            await person.writes("/start")
        await fake.all_taken()
        await everything_is_sent(run)
    assert all(len(person.heard) == 1 for person in people)


@pytest.mark.long
async def test_after_three_seconds_of_standing_still_every_timer_fires_and_nothing_doubles(
    run, fake
):
    phone = fake.person(id=2001)
    await phone.writes("hello")
    await phone.hears("110")
    await run.add_worker("Worker 1", telegram=2001)
    child = fake.person(id=1001, language_code="en")
    gate = fake.mischief.hold("sendMessage")
    await child.writes(TROUBLE)
    await gate.reached()
    threading.Event().wait(3)
    gate.open()
    await phone.hears("L-0001")
    await everything_is_sent(run)
    now = run.lantern.house.clock()

    async def nothing_is_overdue():
        return await count(run, OVERDUE, before=now) == 0

    await run.until(nothing_is_overdue)
    for person in (child, phone):
        assert len(person.heard) == len(set(person.heard))


@pytest.mark.long
@pytest.mark.parametrize("jump", [HOUR, -HOUR])
async def test_a_clock_that_jumps_does_not_hold_up_what_waits_for_its_turn(tmp_path, fake, jump):
    slowly = Pace(to_a_chat=(1, 0.2))
    async with running(tmp_path, fake, pace=slowly) as run:
        child = fake.person(id=1001, language_code="en")
        for words in ("/start", "help", "language", "help"):
            await child.writes(words)
        await child.hears("I am a program")
        run.clock.advance(jump)
        await everything_is_sent(run)
        assert len(fake.journal.calls("sendMessage")) == 4


def test_a_clock_put_back_lets_a_sign_in_link_live_no_longer_than_by_that(town):
    worker = town.add_worker(2001)

    def invite():
        [token] = town.at_desk(lambda desk: Staff(desk.house).invite(worker.id, lasts=HOUR))
        return token

    def signs_in(token):
        [came] = town.at_desk(lambda desk: Staff(desk.house).sign_in(token))
        return came is not None

    first, second = invite(), invite()
    town.clock.advance(-HOUR)
    assert signs_in(first)
    town.clock.advance(2 * HOUR + SECOND)
    assert not signs_in(second)


def comes_in(town, who, *texts):
    for words in texts:
        town.take(town.new_update(who, Kind.TEXT, text=words))
        town.deliver()


def is_away_for_a_day(town):
    """Let somebody write each hour, and somebody else be in danger, while nothing can be sent."""
    town.post.is_away = True
    for hour in range(24):
        comes_in(town, "1001", f"are you there, hour {hour}")
        if hour == 10:
            comes_in(town, "1002", DANGER)
        town.clock.advance(HOUR)
        town.look()
        town.deliver()
    town.post.is_away = False
    town.clock.advance(STALE)
    town.deliver()


@pytest.mark.long
def test_after_a_day_without_telegram_what_keeps_people_safe_leaves_first(town):
    town.add_worker(2001)
    comes_in(town, "1001", "/start")
    before = len(town.post.sent)
    is_away_for_a_day(town)
    sent = town.post.sent[before:]
    assert sent[0].urgency is Urgency.SAFETY
    for who in ("1001", "1002", "2001"):
        keys = [(message.urgency, message.id) for message in sent if message.address == who]
        assert keys == sorted(keys)
    assert any("This sounds dangerous" in message.text for message in town.post.to("1002"))
    assert any("L-0001" in message.text for message in town.post.to("2001"))


@pytest.mark.long
def test_after_a_day_without_telegram_only_the_last_question_is_still_asked(town):
    comes_in(town, "1001", "/start")
    before = len(town.post.to("1001"))
    is_away_for_a_day(town)
    [question] = [m for m in town.post.to("1001")[before:] if m.act is Act.SAY]
    session = town.place("1001").session
    assert any(f"a:{session.step}:" in b.data for row in question.buttons for b in row)


def test_what_a_person_wrote_and_what_is_no_question_arrives_however_late(town):
    worker = town.add_worker(2001)
    comes_in(town, "1001", "/start", TROUBLE)
    town.post.is_away = True
    comes_in(town, "1001", "hm", "hm hm")
    [case] = town.see().cases
    town.at_desk(lambda desk: desk.answer(worker, case.id, "We come.", version=case.version))
    comes_in(town, "1001", "/help")
    town.clock.advance(DAY)
    town.post.is_away = False
    before = len(town.post.sent)
    town.deliver()
    heard = "\n".join(message.text for message in town.post.sent[before:])
    assert "We come." in heard
    assert "Words that always work" in heard


def test_a_question_that_waited_only_a_little_is_not_left_out(town):
    comes_in(town, "1001", "/start")
    before = len(town.post.to("1001"))
    town.post.is_away = True
    comes_in(town, "1001", "hm", "hm hm")
    town.post.is_away = False
    town.clock.advance(STALE - 10 * MINUTE)
    town.deliver()
    assert len(town.post.to("1001")) == before + 2


@pytest.mark.parametrize("word", ["leave", "erase"])
def test_what_is_to_be_removed_is_removed_even_if_they_leave_again_before_that(town, word):
    comes_in(town, "1001", "/start")
    assert town.post.in_sight("1001", 0) == {"1"}
    for text_ in ("leave", "/start", word, "yes"):
        town.take(town.new_update("1001", Kind.TEXT, text=text_))
    town.deliver()
    assert "1" not in town.post.in_sight("1001", 0)


def test_a_case_that_cannot_be_opened_is_alerted_on(town):
    town.add_worker(2001)
    comes_in(town, "1001", "/start", TROUBLE)
    town.look()
    before = len(town.post.to("2001"))

    spoil = ready(text("UPDATE cases SET sealed_body = zeroblob(60)"))
    town.write(lambda tx: tx.run(spoil))
    town.clock.advance(DAY)
    town.look()
    town.deliver()

    assert len(town.post.to("2001")) > before
