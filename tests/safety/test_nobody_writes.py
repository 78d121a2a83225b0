"""The database goes away while nobody writes: those who are called out hear of it all the same."""

from contextlib import asynccontextmanager

import pytest
from away import all_taken_in, is_impatient, locked, status_of
from fake_telegram import FakeTelegram
from running import running

from bot.domain.ids import MINUTE

EMERGENCY = "he is going to kill me now"
AWAY = "The database cannot be written"
BACK = "The database is back"
PATIENT = 1.0
"""Seconds that a machine with much else to do does not take to write, where nothing is locked."""

NOTICED_WITHIN = 25.0
"""Seconds: it is looked every ten, and then waited for as long as *patience* says."""


@asynccontextmanager
async def killed(server):
    server.kill()
    yield
    server.start()


async def hear_of_it(run, fake: FakeTelegram, outage):
    phone = fake.person(id=2001)
    await phone.writes("hello")
    await fake.all_taken()
    await run.add_worker("Worker 1", telegram=2001)
    await run.lantern.mailroom.away.learn()  # as it does every minute
    child = fake.person(id=1001, language_code="en")
    await child.writes(EMERGENCY)
    await phone.hears("L-0001")
    await fake.all_taken()
    async with outage:
        await phone.hears(AWAY, within=NOTICED_WITHIN)
        status, body = await status_of(run, "/readyz")
        assert (status, "spooling" in body) == (503, True)
        later = fake.person(id=1002, language_code="en")
        await later.writes("hello")
        await later.hears("Something on our side is not working")
        assert not any(BACK in told for told in phone.heard)
    await phone.hears(BACK, within=NOTICED_WITHIN)


async def hear_that_it_is_back(run, fake: FakeTelegram, outage):
    """The same, with nothing in the spool that could be taken in."""
    phone = fake.person(id=2001)
    await phone.writes("hello")
    await fake.all_taken()
    await run.add_worker("Worker 1", telegram=2001)
    await run.lantern.mailroom.away.learn()  # as it does every minute
    async with outage:
        await phone.hears(AWAY, within=NOTICED_WITHIN)
        assert run.lantern.mailroom.away.is_away
        assert not run.lantern.mailroom.kept
    await phone.hears(BACK, within=NOTICED_WITHIN)


@pytest.mark.long
@pytest.mark.parametrize("lived", [hear_of_it, hear_that_it_is_back])
async def test_staff_hear_that_the_file_is_away_and_back_while_nobody_writes(tmp_path, fake, lived):
    async with running(tmp_path, fake, patience=PATIENT) as run:
        await is_impatient(run)
        await lived(run, fake, locked(run))


async def write_and_be_told(fake: FakeTelegram, number):
    contact = fake.person(id=number, language_code="en")
    await contact.writes("hello")
    await contact.hears("Something on our side is not working")


@pytest.mark.long
async def test_an_outage_that_lasts_is_told_of_also_if_it_followed_another(tmp_path, fake):
    async with running(tmp_path, fake, patience=PATIENT) as run:
        await is_impatient(run)
        phone = fake.person(id=2001)
        await phone.writes("hello")
        await fake.all_taken()
        await run.add_worker("Worker 1", telegram=2001)
        await run.lantern.mailroom.away.learn()  # as it does every minute
        async with locked(run):
            await write_and_be_told(fake, 1001)
            await phone.hears(AWAY)
            run.clock.advance(30 * MINUTE)
        await phone.hears(BACK)
        await all_taken_in(run)
        async with locked(run):
            await write_and_be_told(fake, 1002)
            assert not any(AWAY in told for told in phone.chat.unheard)
            run.clock.advance(31 * MINUTE)
            await phone.hears(AWAY, within=NOTICED_WITHIN)
        await phone.hears(BACK)


@pytest.mark.long
@pytest.mark.parametrize("lived", [hear_of_it, hear_that_it_is_back])
async def test_staff_hear_that_the_server_is_away_and_back_while_nobody_writes(
    tmp_path, fake, server, lived
):
    url = server.url("lantern").whole
    async with running(tmp_path, fake, patience=3, LANTERN_DATABASE=url) as run:
        await lived(run, fake, killed(server))


def told(phone, words):
    return sum(words in heard for heard in phone.heard)


@pytest.mark.long
async def test_of_several_processes_on_a_machine_one_tells_staff_of_an_outage(
    tmp_path, fake, server
):
    url = server.url("lantern").whole
    phone = fake.person(id=2001)
    async with (
        running(tmp_path, fake, patience=3, LANTERN_DATABASE=url) as one,
        running(tmp_path, fake, patience=3, LANTERN_DATABASE=url) as other,
    ):
        both = [run.lantern.mailroom.away for run in (one, other)]
        await phone.writes("hello")
        await fake.all_taken()
        await one.add_worker("Worker 1", telegram=2001)
        for away in both:
            await away.learn()

        async def are_away():
            return all(away.is_away for away in both)

        async def are_back():
            return not any(away.is_away for away in both)

        async with killed(server):
            await one.until(are_away, within=NOTICED_WITHIN)
            await phone.hears(AWAY)
        await one.until(are_back, within=NOTICED_WITHIN)
        await phone.hears(BACK)
        assert (told(phone, AWAY), told(phone, BACK)) == (1, 1)
