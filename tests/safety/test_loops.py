"""What must go on whatever happens: taking in, sending, and looking at the clock."""

import asyncio
import json
import sqlite3
from contextlib import closing
from functools import partial

import pytest
from away import is_impatient, locked_file, rows
from fake_telegram.refusal import RefusalError
from running import MovableClock, prepare, running, settings_in, the_book

from bot.app import open_lantern
from bot.casework.ringing import LADDER
from bot.delivery import Delivery
from bot.domain.case import EntryKind
from bot.domain.ids import DAY, HOUR, SECOND
from bot.domain.message import Message, Urgency
from bot.domain.update import Kind, Update
from bot.intake.beginning import begin_talk
from bot.intake.letters import Letter
from bot.intake.searching import look_for
from bot.intake.taking import take_letters
from bot.web_exchange import make_exchange
from storage import case_log, contacts, inbox, outbox, staff, timers
from storage.data_keys import HOUSE

SORRY = "We have received what you wrote, and a person will read it"
TIDYING = "SELECT id FROM timers WHERE kind = 'tidy'"
NOTHING_WAITS = "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE sent_at IS NULL)"
TROUBLE = "my father beats me every day"


async def tamper(run, statement):
    """Change the file from outside, as a failing disk or a person could."""

    def change():
        with closing(sqlite3.connect(run.lantern.settings.database)) as connection, connection:
            connection.execute(statement)

    await asyncio.to_thread(change)


async def goes_on_for(run, seconds):
    """Let everything run for so long."""
    assert not await run.lantern.house.bell.wait("nobody rings this", seconds)


async def said_in(run, worker, case):
    file = await run.desk.read(worker, case)
    return [entry.text for entry in file.entries if entry.kind is EntryKind.SAID]


def update_from(address, number, words):
    return Update(
        id=f"{address}:{number}",
        channel="telegram",
        address=address,
        sender=address,
        kind=Kind.TEXT,
        at=number,
        text=words,
    )


async def test_an_update_that_breaks_its_turn_is_set_aside_and_a_person_gets_the_words(run, fake):
    worker = await run.add_worker("Worker 1")
    child, other = (fake.person(id=number, language_code="en") for number in (1001, 1002))
    await child.writes("/start")
    await child.hears("I am a program")
    await tamper(run, "UPDATE sessions SET sealed_body = zeroblob(60)")
    await child.writes("the canary is 7351")
    await child.hears(SORRY)
    await other.writes("/start")
    await other.hears("I am a program")

    [line] = await run.desk.queue(worker)
    await child.writes("are you there")
    await fake.all_taken()
    assert await said_in(run, worker, line.id) == ["the canary is 7351", "are you there"]
    [(error, sealed)] = await rows(run, "SELECT error, sealed_update FROM set_aside")
    assert error == "UnsealError"
    assert b"canary" not in sealed


async def test_a_case_that_cannot_be_opened_still_lets_its_contact_hear_where_help_is(run, fake):
    child = fake.person(id=1001, language_code="en")
    await child.writes(TROUBLE)
    await fake.all_taken()
    await tamper(run, "UPDATE cases SET sealed_body = zeroblob(60)")
    await child.writes("it goes on")
    await child.hears(SORRY)
    assert await run.lantern.house.database.read(inbox.count_set_aside) == 1
    worker = await run.add_worker("Worker 1")
    await run.until(lambda: rows(run, "SELECT 1 FROM cases WHERE number = 2"))
    [(case,)] = await rows(run, "SELECT id FROM cases WHERE number = 2")

    await child.writes("and on")
    await fake.all_taken()
    assert (await said_in(run, worker, case))[-2:] == ["it goes on", "and on"]
    assert await run.lantern.house.database.read(inbox.count_set_aside) == 1


async def test_what_was_set_aside_keeps_all_that_came_and_is_erased_with_its_contact(run, fake):
    child = fake.person(id=1001, language_code="en")
    await child.writes("/start")
    await child.hears("I am a program")
    await tamper(run, "UPDATE sessions SET sealed_body = zeroblob(60)")
    await child.sends_photo(b"picture " * 100, caption="look")
    await child.hears(SORRY)
    database = run.lantern.house.database
    [aside] = await database.read(inbox.all_set_aside)
    held = json.loads(await database.read(lambda tx: inbox.open_set_aside(tx, aside.id)))
    assert (held["kind"], held["text"], held["address"]) == ("file", "look", "1001")
    assert held["file"]["reference"]

    await child.writes("erase")
    await child.hears("Shall we erase")
    await child.writes("yes")
    await child.hears("It is erased")
    assert await database.read(inbox.all_set_aside) == []


async def test_an_update_that_cannot_even_be_read_does_not_stop_those_after_it(run, fake):
    fake.delivers({"message": {"canary": "7351"}})
    fake.delivers({"message": {"message_id": "seven", "text": "canary"}})
    child = fake.person(id=1001, language_code="en")
    await child.writes("/start")
    await child.hears("I am a program")
    await fake.all_taken()
    assert await run.lantern.house.database.read(inbox.count_set_aside) == 2


async def test_while_nothing_can_be_written_updates_wait_and_are_not_acknowledged(run, fake):
    await is_impatient(run)
    child = fake.person(id=1001, language_code="en")
    async with locked_file(run.lantern.settings.database):
        await child.writes("/start")
        await goes_on_for(run, 1)
        assert fake.world.updates.waiting
    await child.hears("I am a program")
    await fake.all_taken()
    assert await run.lantern.house.database.read(inbox.count_set_aside) == 0
    assert await rows(run, "SELECT count(*) FROM inbox") == [(1,)]


async def test_a_message_sent_while_nothing_can_be_written_is_recorded_afterwards(run, fake):
    await is_impatient(run)
    child = fake.person(id=1001, language_code="en")
    gate = fake.mischief.hold("sendMessage")
    await child.writes("/start")
    await gate.reached()
    async with locked_file(run.lantern.settings.database):
        gate.open()
        await child.hears("I am a program")
        await goes_on_for(run, 0.5)
    await run.until(lambda: rows(run, "SELECT 1 FROM outbox WHERE sent_at IS NOT NULL"))
    assert len(child.heard) == 1


@pytest.mark.long
async def test_whatever_telegram_does_to_a_message_it_arrives(run, fake):
    child = fake.person(id=1001, language_code="en")
    too_many = RefusalError(429, "Too Many Requests: retry after 1", {"retry_after": 1})
    fake.mischief.refuse("sendMessage", too_many)
    fake.mischief.fail("sendMessage", status=502)
    fake.mischief.drop_answer("sendMessage")
    await child.writes("/start")
    await child.hears("I am a program")
    await run.until(lambda: rows(run, "SELECT 1 FROM outbox WHERE sent_at IS NOT NULL"))
    assert 1 <= len(set(child.heard)) <= len(child.heard) <= 2


async def test_a_worker_is_told_when_what_they_wrote_does_not_arrive(run, fake):
    phone = fake.person(id=2001)
    await phone.writes("hello")
    worker = await run.add_worker("Worker 1", telegram=2001)
    child = fake.person(id=1001, language_code="en")
    await child.writes(TROUBLE)
    await phone.hears("L-0001")
    [line] = await run.desk.queue(worker)
    line = await run.desk.claim(worker, line.id)
    await child.hears("A social worker is reading")
    child.disappears()
    line = (await run.desk.read(worker, line.id)).line
    await run.desk.answer(worker, line.id, "I am here.", version=line.version)
    await phone.hears("A message in L-0001 could not be delivered")
    entries = (await run.desk.read(worker, line.id)).entries
    assert "undelivered" in [entry.text for entry in entries]
    assert await rows(run, "SELECT count(*) FROM addresses WHERE dead_at IS NOT NULL") == [(1,)]


async def test_an_alert_that_does_not_reach_a_colleague_is_told_apart_in_the_case(run, fake):
    phone = fake.person(id=2001)
    await phone.writes("hello")
    await phone.hears("110")
    worker = await run.add_worker("Worker 1", telegram=2001)
    await phone.blocks()
    child = fake.person(id=1001, language_code="en")
    await child.writes(TROUBLE)
    failed = "SELECT case_id FROM outbox WHERE failed_at IS NOT NULL AND case_id IS NOT NULL"
    [(case,)] = await run.until(lambda: rows(run, failed))
    entries = (await run.desk.read(worker, case)).entries
    happened = [entry.text for entry in entries if entry.kind is EntryKind.STATUS]
    assert "alert_undelivered" in happened
    assert "undelivered" not in happened
    assert await rows(run, "SELECT count(*) FROM addresses WHERE dead_at IS NOT NULL") == [(0,)]


async def test_a_group_that_has_moved_gets_the_alert_at_its_new_address(run, fake):
    group = fake.group(id=-500)
    moved = group.becomes_supergroup(-100500)
    house = run.lantern.house

    async def link(tx):
        await staff.link_address(tx, "telegram", "-500", None, now=house.clock())

    await house.database.write(link)
    children = [fake.person(id=number, language_code="en") for number in (1001, 1002)]
    for number, child in enumerate(children, 1):
        await child.writes(TROUBLE)
        await moved.hears(f"L-000{number}")
    refused = [call for call in fake.journal.calls("sendMessage") if call.code == 400]
    assert len(refused) == 1
    [address] = await house.database.read(staff.staff_addresses_of)
    assert address.where == "-100500"


async def test_a_flood_from_one_contact_keeps_no_other_waiting(run):
    take = run.lantern.mailroom.take
    flood = [
        asyncio.create_task(take(update_from("1001", number, f"flood {number}")))
        for number in range(2_000)
    ]
    await asyncio.wait(flood, return_when=asyncio.FIRST_COMPLETED)
    before = sum(task.done() for task in flood)
    await take(update_from("1002", 1, "hello"))
    assert sum(task.done() for task in flood) - before <= 60
    for task in flood:
        task.cancel()
    await asyncio.wait(flood)


async def test_the_event_loop_goes_on_while_a_long_question_is_searched(run):
    house = run.lantern.house
    await run.lantern.mailroom.take(update_from("1001", 1, "hello"))

    async def count_steps(tx):
        place = await contacts.find_place(tx, "telegram", "1001")
        talk = await begin_talk(tx, house, place, now=run.clock(), language="en")
        await look_for(talk, "may my teacher take my phone")  # all is ready from now on
        steps = 0

        async def step():
            nonlocal steps
            while True:
                steps += 1
                await asyncio.sleep(0)

        stepping = asyncio.create_task(step())
        await look_for(talk, "may my teacher take my phone, " * 140)
        stepping.cancel()
        return steps

    assert await house.database.read(count_steps) > 0


async def test_what_takes_long_is_parted_and_each_is_taken_once_and_in_its_order(run):
    mailroom, database = run.lantern.mailroom, run.lantern.house.database
    mailroom.longest_transaction = 0.0
    said = [f"my father beats me, part {number}" for number in range(12)]
    await asyncio.gather(
        *(mailroom.take(update_from("1001", n, text)) for n, text in enumerate(said, 1)),
        *(mailroom.take(update_from("1001", n, text)) for n, text in enumerate(said, 1)),
    )
    place = await database.read(lambda tx: contacts.find_place(tx, "telegram", "1001"))
    log = await database.read(lambda tx: case_log.read_log(tx, place.case))
    assert [entry.text for entry in log if entry.kind is EntryKind.SAID] == said


async def test_a_transaction_takes_no_more_when_its_time_is_up(run):
    house, loop = run.lantern.house, asyncio.get_running_loop()
    letters = [
        Letter(record=update_from("1001", number, "hello"), taken=loop.create_future())
        for number in range(1, 4)
    ]

    async def takes(within):
        return await house.database.write(
            partial(take_letters, house=house, letters=letters, within=within)
        )

    assert await takes(0.0) == 1
    assert await takes(60.0) == 3


async def test_two_taps_on_one_button_count_once(run, fake):
    child = fake.person(id=1001, language_code="en")
    await child.writes("/start")
    hello = await child.hears("I am a program")
    taps = [await child.taps("I am a child or teenager", on=hello) for _ in range(2)]
    notices = [await child.notices(tap) for tap in taps]
    await child.hears("What would you like to do?")
    await fake.all_taken()
    await run.until(lambda: rows(run, NOTHING_WAITS))
    place = await run.lantern.house.database.read(
        lambda tx: contacts.find_place(tx, "telegram", "1001")
    )
    assert list(place.session.trail) == ["welcome.who_are_you"]
    assert notices[0] == ""
    assert notices[1] != ""


@pytest.mark.long
async def test_a_clock_that_leaps_forward_fires_every_timer(run, fake):
    phone = fake.person(id=2001)
    await phone.writes("hello")
    await run.add_worker("Worker 1", telegram=2001)
    children = [fake.person(id=number, language_code="en") for number in range(1001, 1021)]
    for child in children:
        await child.writes(TROUBLE)
    for child in children:
        await phone.sees(f"L-{child.id - 1000:04d}")
    before = await rows(run, "SELECT id FROM timers WHERE kind IN ('ladder', 'silence')")
    assert len(before) >= 20

    async def is_each_anew():
        return not set(before) & set(await rows(run, "SELECT id FROM timers"))

    run.clock.advance(2 * DAY)
    await run.until(is_each_anew)
    assert min(await rows(run, "SELECT rung FROM cases")) > (1,)


@pytest.mark.long
async def test_a_clock_that_leaps_over_a_lease_sends_nothing_twice(run, fake):
    child = fake.person(id=1001, language_code="en")
    gate = fake.mischief.hold("sendMessage")
    await child.writes("/start")
    await gate.reached()
    run.clock.advance(HOUR)
    await goes_on_for(run, 1.2)
    gate.open()
    await child.hears("I am a program")
    await goes_on_for(run, 0.3)
    assert len(fake.journal.calls("sendMessage")) == 1


@pytest.mark.long
async def test_a_clock_put_back_an_hour_delays_neither_messages_nor_alerts(run, fake):
    phone = fake.person(id=2001)
    await phone.writes("hello")
    await run.add_worker("Worker 1", telegram=2001)
    child = fake.person(id=1001, language_code="en")
    too_many = RefusalError(429, "Too Many Requests: retry after 2", {"retry_after": 2})
    fake.mischief.refuse("sendMessage", too_many)
    await child.writes("/start")
    await fake.journal.wait_for("sendMessage", code=429)

    async def work(tx):
        await timers.set_timer(tx, "tidy", "house", due_at=run.lantern.house.clock() + 2 * SECOND)

    await run.lantern.house.database.write(work)
    before = await rows(run, TIDYING)
    run.clock.advance(-HOUR)
    await child.hears("I am a program")

    async def is_anew():
        return await rows(run, TIDYING) != before

    await run.until(is_anew)


async def test_a_timer_that_fails_keeps_no_other_waiting(run):
    async def work(tx):
        now = run.lantern.house.clock()
        await timers.set_timer(tx, LADDER, "no such case", due_at=now - HOUR)
        await timers.set_timer(tx, "no such kind", "x", due_at=now - HOUR)
        await timers.set_timer(tx, "silence", "nobody", due_at=now)

    await run.lantern.house.database.write(work)
    gone = "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM timers WHERE kind = 'silence')"
    await run.until(lambda: rows(run, gone))
    failed = "SELECT attempts FROM timers WHERE kind IN ('ladder', 'no such kind')"

    async def is_each_postponed():
        return await rows(run, failed) == [(1,), (1,)]

    await run.until(is_each_postponed)


async def test_a_file_that_takes_long_to_fetch_delays_no_alert(run, fake):
    phone = fake.person(id=2001)
    await phone.writes("hello")
    await run.add_worker("Worker 1", telegram=2001)
    child, other = (fake.person(id=number, language_code="en") for number in (1001, 1002))
    gate = fake.mischief.hold("file")
    await child.sends_photo(b"picture " * 1000)
    await gate.reached()
    await other.writes(TROUBLE)
    await phone.hears("L-0002")
    gate.open()
    kept = "SELECT 1 FROM files WHERE sealed_content IS NOT NULL"
    await run.until(lambda: rows(run, kept))


class Odd:
    """A channel that fails in a way nobody foresaw, but for one recipient."""

    def __init__(self):
        self.sent = []

    async def send(self, message: Message) -> str:
        if message.recipient == "poor":
            raise ZeroDivisionError
        self.sent.append(message.text)
        return ""


async def test_a_channel_that_breaks_unforeseen_is_tried_again_and_in_the_end_given_up(tmp_path):
    settings, clock, channel = settings_in(tmp_path), MovableClock(), Odd()
    prepare(settings)
    async with open_lantern(settings, the_book(), clock=clock) as lantern:
        database, delivery = lantern.house.database, Delivery(lantern.house, {"odd": channel})

        async def post(tx):
            for recipient in ("poor", "rich"):
                message = Message(
                    id=outbox.new_message_id(),
                    channel="odd",
                    recipient=recipient,
                    address="x",
                    urgency=Urgency.REPLY,
                    text=f"to {recipient}",
                )
                await outbox.post(tx, message, key=HOUSE, now=clock())

        await database.write(post)
        for _ in range(21):
            await delivery.send_all()
            clock.advance(HOUR)
        waiting = await database.read(outbox.count_waiting)
    assert channel.sent == ["to rich"]
    assert waiting == {}


class NewsAfterTheLook:
    """Nothing for the page when it looks first; what there is comes right after that look."""

    is_away = False

    def __init__(self, bell):
        self.bell = bell
        self.looks = 0

    def page_message(self, address, _):
        self.looks += 1
        if self.looks == 1:
            self.bell.ring(address)
            return None
        return Message(
            id="1", channel="web", recipient="", address=address, urgency=Urgency.REPLY, text="News"
        )


async def test_what_comes_between_a_look_and_the_waiting_of_a_page_is_not_missed(tmp_path):
    async with running(tmp_path) as run:
        house = run.lantern.house
        news = NewsAfterTheLook(house.bell)
        exchange = make_exchange(house, run.lantern.mailroom.take, news)

        async with asyncio.timeout(4.5):  # it looks again after five seconds
            await exchange.wait_for_news("somebody", 30)

    assert news.looks == 2
