"""Several processes on one PostgreSQL: nobody is in another's way, and nothing is done twice."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from asyncpg import UndefinedTableError
from fake_telegram import WITHIN
from postgres import PostgresServer
from records import NOW, message_to, new_place, open_case, opened, session_of
from rows import sql
from sqlalchemy import text

from bot.domain.ids import HOUR, WorkerId
from storage import audit, cases, contacts, data_keys, leases, outbox, timers
from storage.database import DatabaseAwayError
from storage.reach import ROWS, Contacts
from storage.sealing import UnsealError, new_keys
from storage.statements import ready
from storage.upgrade import upgrade

pytestmark = pytest.mark.long


@pytest.fixture
def url(postgres):
    return postgres.url(postgres.new_database(like="lantern"))


@pytest.fixture
async def two(url, keys):
    """One database, opened by two processes."""
    async with AsyncExitStack() as stack:
        first, second = [await stack.enter_async_context(opened(url, keys)) for _ in range(2)]
        await first.write(data_keys.make_house_key)
        yield first, second


async def both(two, *works, reach=None):
    """What each of *works* gives when they are done by both processes in turn, all at once."""
    more = {"reach": reach} if reach else {}
    jobs = [two[number % 2].write(work, **more) for number, work in enumerate(works)]
    return await asyncio.gather(*jobs)


async def test_cases_opened_at_once_have_numbers_of_their_own_and_the_audit_is_one_chain(two):
    def opening(number):
        async def work(tx):
            place = await new_place(tx, f"{number}")
            case = await open_case(tx, place, number=await cases.next_number(tx), code=f"{number}")
            await audit.note(tx, "lantern", "opened", case.id, at=NOW)
            return case.number

        return work

    numbers = []
    for start in range(0, 60, 6):
        works = [opening(number) for number in range(start, start + 6)]
        reaches = [Contacts((("telegram", f"{start + n}"),)) for n in range(6)]
        jobs = [
            two[n % 2].write(work, reach=reach)
            for n, (work, reach) in enumerate(zip(works, reaches, strict=True))
        ]
        numbers += await asyncio.gather(*jobs)
    assert sorted(numbers) == list(range(1, 61))
    assert await two[0].read(audit.broken_at) is None


async def test_one_of_two_workers_has_the_case(two):
    case = await two[0].write(_new_case)

    def claiming(worker):
        return lambda tx: cases.claim(tx, case.id, WorkerId(worker), now=NOW)

    claims = await both(two, *(claiming(f"worker {number}") for number in range(8)))
    assert sorted(claims) == [False] * 7 + [True]


async def test_turns_of_one_contact_follow_each_other_wherever_they_arrive(two):
    place = await two[0].write(new_place)
    await two[0].write(lambda tx: contacts.save_session(tx, place.contact, session_of(""), now=NOW))

    async def say_one_more(tx):
        here = await contacts.find_place(tx, "telegram", "1001")
        said = f"{here.session.said[0].text}."
        await asyncio.sleep(0)
        await contacts.save_session(tx, here.contact, session_of(said), now=NOW)

    reach = Contacts((("telegram", "1001"),))
    await both(two, *[say_one_more] * 40, reach=reach)
    here = await two[1].read(lambda tx: contacts.find_place(tx, "telegram", "1001"))
    assert here.session.said[0].text == "." * 40


async def test_turns_of_different_contacts_do_not_wait_for_each_other(two):
    first_is_in, first_may_go_on = asyncio.Event(), asyncio.Event()
    post = lambda tx: outbox.post(tx, message_to("r"), key="house", now=NOW)  # noqa: E731

    async def long_one(tx):
        await new_place(tx, "1001")
        first_is_in.set()
        await first_may_go_on.wait()

    slow = asyncio.create_task(two[0].write(long_one, reach=Contacts((("telegram", "1001"),))))
    async with asyncio.timeout(WITHIN):
        await first_is_in.wait()
        await two[1].write(
            lambda tx: new_place(tx, "1002"), reach=Contacts((("telegram", "1002"),))
        )
        await two[1].write(post, reach=ROWS)
        first_may_go_on.set()
        await slow


async def test_what_may_touch_anything_waits_for_every_turn_under_way(two):
    is_in, may_go_on = asyncio.Event(), asyncio.Event()

    async def turn(tx):
        await new_place(tx, "1001")
        is_in.set()
        await may_go_on.wait()

    async def everything(tx):
        return await contacts.find_place(tx, "telegram", "1001") is not None

    slow = asyncio.create_task(two[0].write(turn, reach=Contacts((("telegram", "1001"),))))
    async with asyncio.timeout(WITHIN):
        await is_in.wait()
        waiting = asyncio.create_task(two[1].write(everything))
        for _ in range(50):
            await two[1].processes()
        assert not waiting.done()
        may_go_on.set()
        assert await waiting
        await slow


async def test_a_turn_that_needs_everything_is_done_again_with_it(two):
    reaches = []

    async def work(tx):
        reaches.append(1)
        await new_place(tx, "1001")
        await tx.reach_everything()
        return len(reaches)

    assert await two[0].write(work, reach=Contacts((("telegram", "1001"),))) == 2
    [(places,)] = sql(two[0].url, "SELECT count(*) FROM addresses")
    assert places == 1


async def test_nothing_is_sealed_with_a_key_that_another_process_has_destroyed(two):
    first, second = two
    place = await first.write(new_place)
    await first.write(lambda tx: open_case(tx, place))
    for round_ in range(5):
        said = session_of(f"round {round_}")
        await second.write(lambda tx, s=said: contacts.save_session(tx, place.contact, s, now=NOW))
        here = await first.read(lambda tx: contacts.place_at(tx, place.address))
        assert here.session == said
        await first.write(lambda tx, h=here: contacts.erase(tx, h, now=NOW))


async def test_a_message_is_taken_by_one_process_only(two):
    for number in range(30):
        message = message_to(f"r{number}")
        await two[0].write(lambda tx, m=message: outbox.post(tx, m, key="house", now=NOW))

    async def lease(tx):
        return (await outbox.lease_due(tx, now=NOW, until=NOW + HOUR, most=10)).messages

    taken = await both(two, *[lease] * 8, reach=ROWS)
    ids = [message.id for messages in taken for message in messages]
    assert len(ids) == len(set(ids)) == 30


async def test_what_a_process_that_is_gone_had_in_its_hands_can_be_given_back(two):
    first, second = two
    await first.write(lambda tx: outbox.post(tx, message_to("r"), key="house", now=NOW))
    await first.write(lambda tx: outbox.lease_due(tx, now=NOW, until=NOW + HOUR))
    assert await second.processes() == {first.process, second.process}
    assert await second.read(leases.lease_holders) == {first.process}
    await first.close()
    async with asyncio.timeout(WITHIN):
        while first.process in await second.processes():
            continue
    await second.write(lambda tx: leases.release_leases(tx, [first.process]))
    again = await second.write(lambda tx: outbox.lease_due(tx, now=NOW, until=NOW + HOUR))
    assert len(again.messages) == 1


async def test_a_timer_fires_in_one_process_only(two):
    await two[0].write(lambda tx: timers.set_timer(tx, "ladder", "c1", due_at=1))
    [timer] = await two[1].read(lambda tx: timers.due_timers(tx, now=NOW))
    done = await both(two, *[lambda tx: timers.finish_timer(tx, timer)] * 6)
    assert sorted(done) == [False] * 5 + [True]


async def test_a_commit_wakes_other_processes_without_saying_who_it_is_about(two):
    heard: asyncio.Queue[frozenset[str] | None] = asyncio.Queue()
    own = []
    two[1].on_commit_elsewhere(heard.put_nowait)
    two[0].on_commit_elsewhere(own.append)

    async def work(tx):
        tx.touched.add("a telegram number")

    async with asyncio.timeout(WITHIN):
        while True:
            await two[0].write(work)
            with_names = await heard.get()
            if with_names:
                break
    assert with_names == {two[1].digest("a telegram number")}
    assert "a telegram number" not in str(with_names)
    assert all(digests is None for digests in own)


async def test_a_very_large_commit_wakes_others_too(two):
    heard: asyncio.Queue[frozenset[str] | None] = asyncio.Queue()
    two[1].on_commit_elsewhere(heard.put_nowait)
    names = {f"contact {number}" for number in range(1000)}

    async def work(tx):
        tx.touched.update(names)

    told = set()
    async with asyncio.timeout(WITHIN):
        while len(told) < len(names):
            if not told:
                await two[0].write(work)
            told |= await heard.get() or set()
    assert told >= {two[1].digest(name) for name in names}


class Job:
    """Something that is done for as long as it may be."""

    def __init__(self):
        self.begun, self.ended = asyncio.Event(), asyncio.Event()

    async def do(self):
        self.begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.ended.set()


@pytest.mark.long
async def test_a_job_is_done_by_one_process_and_taken_over_when_that_ends(url, keys):
    job, other = Job(), Job()
    async with opened(url, keys) as first, opened(url, keys) as second, asyncio.timeout(WITHIN):
        one = asyncio.create_task(first.alone("poll", job.do))
        await job.begun.wait()
        two = asyncio.create_task(second.alone("poll", other.do))
        await second.alone("something else", _nothing)
        assert not other.begun.is_set()
        one.cancel()
        await job.ended.wait()
        await other.begun.wait()
        two.cancel()
        await asyncio.wait([one, two])
    assert other.ended.is_set()


async def test_a_statement_that_failed_leaves_nothing_though_the_work_goes_on(two):
    async def work(tx):
        await new_place(tx, "1001")
        try:
            await tx.all(ready(text("SELECT nothing FROM nowhere")))
        except UndefinedTableError:
            return "all is well"

    with pytest.raises(Exception, match="nothing of it was kept"):
        await two[0].write(work)
    assert await two[0].read(lambda tx: contacts.find_place(tx, "telegram", "1001")) is None


@pytest.mark.long
async def test_a_server_that_stops_is_told_as_away_and_found_again(keys):

    server = PostgresServer().make()
    try:
        upgrade(server.url("postgres"))
        async with opened(server.url("postgres"), keys) as database:
            place = await database.write(new_place)
            for how in (server.stop, server.kill):
                how()
                with pytest.raises(DatabaseAwayError):
                    await database.write(lambda tx: new_place(tx, "1002"))
                with pytest.raises(DatabaseAwayError):
                    await database.read(lambda tx: contacts.place_at(tx, place.address))
                server.start()
                assert await database.read(lambda tx: contacts.place_at(tx, place.address))
                await database.write(lambda tx: contacts.note_seen(tx, place, now=NOW))
            lost = await database.read(lambda tx: contacts.find_place(tx, "telegram", "1002"))
            assert lost is None
    finally:
        server.remove()


async def test_another_key_file_opens_nothing(url, two):

    place = await two[0].write(new_place)
    async with opened(url, new_keys()) as stranger:
        with pytest.raises(UnsealError):
            await stranger.read(lambda tx: contacts.place_at(tx, place.address))


async def _new_case(tx):
    return await open_case(tx, await new_place(tx))


async def _nothing():
    """Be done at once."""
