"""Two Lanterns on one PostgreSQL are as good as one, and one of them may be killed."""

import asyncio
from collections import Counter
from time import monotonic

import aiohttp
import pytest
from fake_telegram import WITHIN
from journeys.web_visitor import Visitor
from many import AtTheDesk, count_of, two_behind_a_balancer
from process import Machine, kept_of
from test_kill import sent_twice

from bot.domain.ids import AddressId
from bot.domain.message import Message, Urgency
from bot.housing import wall_clock
from storage import outbox
from storage.data_keys import HOUSE

TROUBLE = "my father beats me"
AT_ONCE = 4.5
"""Without being woken a page looks for news every five seconds."""


@pytest.fixture
def url(postgres):
    return postgres.url(postgres.new_database(like="lantern"))


def browser():
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))


def numbers_alerted(phone):
    """How often the phone rang for each case."""
    words = " ".join(phone.heard).replace(".", " ").replace(",", " ").split()
    return Counter(word for word in words if word.startswith("L-"))


@pytest.mark.long
async def test_order_is_kept_nothing_is_lost_or_doubled_and_both_take_their_part(
    tmp_path, url, fake
):
    people = [fake.person(id=number, language_code="en") for number in range(3001, 3007)]
    worker = fake.person(id=2001)
    said = [TROUBLE, *(f"line {number}" for number in range(9))]
    async with two_behind_a_balancer(tmp_path, fake, url) as (machine, two):
        await machine.add_worker(worker)
        for words in said:
            for person in people:
                await person.writes(words)
        await fake.all_taken(within=2 * WITHIN)
        await machine.everything_is_sent(two[0])
        for person in people:
            assert await kept_of(machine, person) == said
        assert machine.rows("SELECT count(*) FROM cases") == [(len(people),)]
        assert machine.rows("SELECT count(*) FROM inbox") == [(len(people) * len(said) + 1,)]
        assert list(numbers_alerted(worker).values()) == [1] * len(people)
        assert sum(sent_twice(machine, phone) for phone in (worker, *people)) == 0
        taken = [await count_of(process, "lantern_updates_taken_total") for process in two]
        assert min(taken) > sum(taken) / 3


@pytest.mark.long
async def test_each_rung_of_a_ladder_is_climbed_once(tmp_path, url, fake):
    people = [fake.person(id=number, language_code="en") for number in range(3001, 3004)]
    worker = fake.person(id=2001)
    async with two_behind_a_balancer(tmp_path, fake, url) as (machine, two):
        await machine.add_worker(worker)
        for person in people:
            await person.writes(TROUBLE)
        await fake.all_taken()
        for rung in (1, 2, 3):
            while machine.rows("SELECT min(rung) FROM cases") != [(rung,)]:
                await two[0].works_for(0.05)
            await machine.everything_is_sent(two[1])
            assert machine.rows("SELECT max(rung), count(*) FROM cases") == [(rung, len(people))]
            assert list(numbers_alerted(worker).values()) == [rung] * len(people)
            machine.rows("UPDATE timers SET due_at = 1 WHERE kind = 'ladder'")


@pytest.mark.long
async def test_of_workers_who_claim_at_once_at_both_exactly_one_has_the_case(tmp_path, url, fake):
    phones = [fake.person(id=number) for number in (2001, 2002)]
    child = fake.person(id=3001, language_code="en")
    async with two_behind_a_balancer(tmp_path, fake, url) as (machine, two):
        workers = [await machine.add_worker(phone) for phone in phones]
        async with browser() as one, browser() as other:
            desks = [
                await AtTheDesk(http, process).sign_in(machine, worker)
                for http, process, worker in zip((one, other), two, workers, strict=True)
            ]
            await child.writes(TROUBLE)
            await fake.all_taken()
            [(case,)] = machine.rows("SELECT id FROM cases")
            answers = await asyncio.gather(*(desk.claims(case) for desk in desks))
        assert sorted(answers) == [303, 409]
        [(owner,)] = machine.rows("SELECT owner FROM cases")
        assert owner == workers[answers.index(303)]


@pytest.mark.long
async def test_what_a_worker_answers_at_one_is_at_once_on_a_page_of_the_other(tmp_path, url, fake):
    phone = fake.person(id=2001)
    async with two_behind_a_balancer(tmp_path, fake, url) as (machine, (one, other)):
        worker = await machine.add_worker(phone)
        async with browser() as http, browser() as desk_http:
            visitor = Visitor(http=http, address=other.address)
            await visitor.opens()
            await visitor.says(TROUBLE)
            await visitor.hears("It is not your fault")
            desk = await AtTheDesk(desk_http, one).sign_in(machine, worker)
            [(case,)] = machine.rows("SELECT id FROM cases")
            assert await desk.claims(case) == 303
            await visitor.hears("A social worker is reading")
            for number in range(3):
                hearing = asyncio.create_task(visitor.hears(f"I am here, {number}"))
                began = monotonic()
                await desk.answers(case, f"I am here, {number}")
                await hearing
                assert monotonic() - began < AT_ONCE


@pytest.mark.long
async def test_what_a_killed_process_had_in_its_hands_is_taken_over_within_seconds(
    tmp_path, url, fake
):
    people = [fake.person(id=number, language_code="en") for number in range(3001, 3013)]
    async with two_behind_a_balancer(tmp_path, fake, url) as (machine, (killed, other)):
        gates = [fake.mischief.hold("sendMessage") for _ in people]
        for person in people:
            await person.writes(TROUBLE)
        await fake.all_taken()
        for gate in gates:
            await gate.reached()
        holders = "SELECT count(DISTINCT leased_by) FROM outbox WHERE leased_until > 0"
        assert machine.rows(holders) == [(2,)]
        for person in people:
            await person.writes("it hurts")
        await killed.kill()
        began = monotonic()
        for gate in gates:
            gate.open()
        await fake.all_taken()
        await machine.everything_is_sent(other)
        assert monotonic() - began < WITHIN  # a lease lasts two minutes
        for person in people:
            assert await kept_of(machine, person) == [TROUBLE, "it hurts"]
            assert sent_twice(machine, person) <= 1
        assert machine.rows("SELECT count(*) FROM outbox WHERE failed_at IS NOT NULL") == [(0,)]


@pytest.mark.long
async def test_only_one_polls_and_another_goes_on_when_it_is_killed(tmp_path, url, fake):
    machine = Machine(tmp_path, fake, database=url)
    child = fake.person(id=3001, language_code="en")
    poller = await machine.start()
    other = await machine.start_one("other")
    await child.writes(TROUBLE)
    await machine.everything_is_sent(other)
    assert len(fake.journal.calls("deleteWebhook")) == 1
    assert fake.journal.calls("getUpdates", code=409) == []
    await poller.kill()
    await child.writes("it hurts")
    await machine.everything_is_sent(other)
    assert await kept_of(machine, child) == [TROUBLE, "it hurts"]
    assert await other.stop() == 0


@pytest.mark.long
async def test_both_together_send_no_faster_than_telegram_allows(tmp_path, url, fake):
    people = [fake.person(id=number) for number in range(3001, 3161)]
    async with two_behind_a_balancer(tmp_path, fake, url) as (machine, two):
        for process in two:
            while await count_of(process, "lantern_processes") != len(two):
                await process.works_for(0.1)
        async with machine.database() as database:
            await database.write(lambda tx: _post_to(tx, people))
        await machine.everything_is_sent(two[0])
        times = [call.at for call in fake.journal.calls("sendMessage")]
        assert len(times) == len(people)
        assert max(times) - min(times) > (len(people) - 30) / 30 * 0.8
        sent = [await count_of(process, "lantern_messages_sent_total") for process in two]
        assert min(sent) > sum(sent) / 4


async def _post_to(tx, people):
    for person in people:
        person.chat.is_open = True
        message = Message(
            id=outbox.new_message_id(),
            channel="telegram",
            recipient=AddressId(f"r{person.id}"),
            address=str(person.id),
            urgency=Urgency.REPLY,
            text="hello",
        )
        await outbox.post(tx, message, key=HOUSE, now=wall_clock())


@pytest.mark.long
async def test_processes_that_start_at_the_same_moment_are_not_in_each_others_way(
    tmp_path, url, fake
):
    machine = Machine(tmp_path, fake, database=url)
    many = await asyncio.gather(*(machine.start_one(str(number)) for number in range(4)))
    child = fake.person(id=3001, language_code="en")
    await child.writes(TROUBLE)
    await machine.everything_is_sent(many[0])
    assert len(fake.journal.calls("deleteWebhook")) == 1
    assert [await process.stop() for process in many] == [0] * len(many)
