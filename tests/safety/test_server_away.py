"""PostgreSQL is killed, fails over, or its line breaks while a commit is under way.

What was acknowledged is there afterwards, once, and in its order.
"""

from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest
from away import all_taken_in, gives_up_after
from cutting import bad_line
from journeys.reading_desk import signed_in
from rows import sql
from running import running
from sqlalchemy import text

from bot.domain.case import EntryKind
from storage import case_log, contacts
from storage.server_url import ServerUrl
from storage.statements import ready

TROUBLE = "my father beats me"
AWAY = "Something on our side is not working"
IMPATIENT = 0.5
RUNGS = 6
CONTACTS = range(3001, 3005)


@asynccontextmanager
async def town(folder, fake, url):
    """A Lantern with its database at *url*, a worker's phone, and children."""
    people = [fake.person(id=number, language_code="en") for number in CONTACTS]
    phone = fake.person(id=2001)
    async with running(folder, fake, LANTERN_DATABASE=url.whole) as run:
        await phone.writes("hello")
        await fake.all_taken()
        await run.add_worker("Worker 1", telegram=phone.id)
        yield run, people, phone


async def say(fake, people, sayings):
    for words in sayings:
        for person in people:
            await person.writes(words)
    await fake.all_taken()


async def all_sent(run):
    """Wait until nothing is to be sent; alerts are made by a timer, so wait for those too."""
    waits = ready(
        text(
            "SELECT 1 FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL"
            " UNION ALL SELECT 1 FROM cases WHERE rung = 0"
        )
    )

    async def is_over():
        return not await run.lantern.house.database.read(lambda tx: tx.all(waits))

    await run.until(is_over)


async def said_by(run, person):
    async def work(tx):
        place = await contacts.find_place(tx, "telegram", str(person.id))
        log = await case_log.read_log(tx, place.case)
        return [entry.text for entry in log if entry.kind is EntryKind.SAID]

    return await run.lantern.house.database.read(work)


async def check_once(run, people, phone, said, *, url):
    """Check that everything is there once, and that everybody was told of it once."""
    for person in people:
        assert await said_by(run, person) == said
    found = sql(url, "SELECT number FROM cases ORDER BY number")
    assert found == [(number,) for number in range(1, len(people) + 1)]
    for (number,) in found:
        assert sum(f"L-{number:04d}" in text for text in phone.heard) == 1
    assert sql(url, "SELECT count(*) FROM inbox") == [(len(people) * len(said) + 1,)]
    assert sql(url, "SELECT count(*) FROM outbox WHERE failed_at IS NOT NULL") == [(0,)]


def unrecorded(url, phones):
    """How many messages of the outbox that people see nobody recorded as sent."""
    recorded = {reference for (reference,) in sql(url, "SELECT reference FROM outbox")}
    return sum(
        message.is_from_bot and str(message.id) not in recorded and AWAY not in message.text
        for phone in phones
        for message in phone.chat.messages.values()
    )


@pytest.mark.long
async def test_a_server_that_is_killed_under_load_loses_and_doubles_nothing(tmp_path, fake, server):
    url = server.url("lantern")
    said = [TROUBLE, *(f"line {number}" for number in range(8))]
    async with town(tmp_path, fake, url) as (run, people, phone):
        await say(fake, people, said[:2])
        with gives_up_after(run, IMPATIENT):
            for words in said[2:4]:
                for person in people:
                    await person.writes(words)
            server.kill()
            await say(fake, people, said[4:6])
        assert run.lantern.mailroom.away.is_away
        assert run.lantern.mailroom.kept
        server.start()
        await say(fake, people, said[6:])
        await all_taken_in(run)
        await all_sent(run)
        await check_once(run, people, phone, said, url=url)
        assert unrecorded(url, [phone, *people]) <= len(people) + 1


def killed(server):
    server.kill()


def made_read_only(server):
    """As it is when another is about to take over: connections stay, and can only read."""
    server.sql("ALTER SYSTEM SET default_transaction_read_only = on")
    server.sql("SELECT pg_reload_conf()")
    while server.sql("SHOW default_transaction_read_only") != "on":
        continue


async def _is_left(server):
    """Whether nobody listens at *server*, or holds a lock there, any more."""
    what = " OR ".join(f"query LIKE '%{words}%'" for words in ("SHOW", "LISTEN", "pg_try_"))
    others = f"({what}) AND pid <> pg_backend_pid()"
    count = f"SELECT count(*) FROM pg_stat_activity WHERE {others}"  # noqa: S608 - all its own
    return not server.is_running or server.sql(count) == "0"


@pytest.mark.long
@pytest.mark.parametrize("ended", [killed, made_read_only])
async def test_a_failover_under_load_loses_nothing_that_was_acknowledged(
    tmp_path, fake, server, ended
):
    standby = server.make_standby()
    try:
        both = f"127.0.0.1:{server.port},127.0.0.1:{standby.port}"
        url = ServerUrl(f"postgresql://lantern@{both}/lantern")
        said = [TROUBLE, *(f"line {number}" for number in range(8))]
        async with town(tmp_path, fake, url) as (run, people, phone):
            await say(fake, people, said[:2])
            with gives_up_after(run, IMPATIENT):
                for words in said[2:4]:
                    for person in people:
                        await person.writes(words)
                ended(server)
                await say(fake, people, said[4:6])
            await people[0].hears(AWAY)
            assert run.lantern.mailroom.away.is_away
            await run.until(lambda: _is_left(server))
            standby.promote()
            await say(fake, people, said[6:])
            await all_taken_in(run)
            await all_sent(run)
            await check_once(run, people, phone, said, url=standby.url("lantern"))
    finally:
        standby.remove()


@pytest.mark.long
@pytest.mark.parametrize("forgets", [False, True], ids=["unanswered", "unheard"])
async def test_a_line_that_breaks_at_a_commit_doubles_nothing(tmp_path, fake, postgres, forgets):
    url = postgres.url(postgres.new_database(like="lantern"))
    said = [TROUBLE, *(f"line {number}" for number in range(5))]
    with bad_line(postgres.port, every=4, forgets=forgets) as line:
        database = url.whole.replace(str(postgres.port), str(line.address))
        line.is_good = True
        async with town(tmp_path, fake, ServerUrl(database)) as (run, people, phone):
            line.is_good = False
            for words in said:
                await say(fake, people, [words])
            await all_sent(run)
            assert line.breaks > len(said)
            line.is_good = True
            await check_once(run, people, phone, said, url=url)
            assert unrecorded(url, [phone, *people]) == 0


@pytest.mark.long
@pytest.mark.parametrize("forgets", [False, True], ids=["unanswered", "unheard"])
async def test_on_such_a_line_every_rung_is_climbed_at_once_and_only_once(
    tmp_path, fake, postgres, forgets
):
    url = postgres.url(postgres.new_database(like="lantern"))
    with bad_line(postgres.port, every=3, forgets=forgets) as line:
        database = url.whole.replace(str(postgres.port), str(line.address))
        line.is_good = True
        async with town(tmp_path, fake, ServerUrl(database)) as (run, people, phone):
            await say(fake, people, [TROUBLE])
            line.is_good = False

            for rung in range(1, RUNGS + 1):
                await run.until(lambda rung=rung: _is_climbed(url, rung))
                if rung < RUNGS:
                    sql(url, "UPDATE timers SET due_at = 1 WHERE kind = 'ladder'")
            line.is_good = True
            await all_sent(run)
            assert sql(url, "SELECT DISTINCT rung FROM cases") == [(RUNGS,)]
            for number in range(1, len(people) + 1):
                assert sum(f"L-{number:04d}" in text for text in phone.heard) == RUNGS


async def _is_climbed(url, rung):
    return sql(url, "SELECT min(rung) FROM cases") == [(rung,)]


async def test_the_desk_shows_again_what_was_typed_when_the_server_is_gone(tmp_path, fake, server):
    async with town(tmp_path, fake, server.url("lantern")) as (run, _, _):
        worker = await run.add_worker("Li Na")
        async with signed_in(SimpleNamespace(run=run), worker) as page:
            server.kill()
            sent = {"csrf": "x", "version": "1", "answer": "I am here, take your time."}
            told = await page("/desk/cases/c1/answer", data=sent, status=503)
            asked = await page("/desk", status=503)

    assert "I am here, take your time.</textarea>" in told
    assert 'href="/desk">' in asked.split('id="problem"')[1]
