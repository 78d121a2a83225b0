"""Killed at any moment and started again, Lantern loses nothing and does nothing twice."""

import asyncio
import random
import time
from collections import Counter

import pytest
from fake_telegram import GENEROUS, FakeTelegram
from process import Machine

from bot.domain.case import EntryKind
from bot.domain.worker import Role
from storage import case_log, contacts, inbox, outbox, staff

CONTACTS = range(3001, 3007)
WORKER = 2001
SAYINGS = ("it is loud at home, says {}", "I do not like it, says {}", "my father beats me, says {}")
LATER = ("it hurts, says {}", "please come, says {}")


async def with_a_worker(machine, fake):
    phone = fake.person(id=WORKER)
    await phone.writes("hello")
    async with machine.database() as database:

        async def work(tx):
            worker = await staff.add_worker(tx, "Worker 1", Role.WORKER, "en", now=1)
            await staff.link_address(tx, "telegram", str(WORKER), worker, now=1)

        await database.write(work)
    return phone


async def everything_sent(machine):
    async with machine.database() as database, asyncio.timeout(12):
        while await database.read(outbox.count_waiting):
            await asyncio.wait([asyncio.create_task(asyncio.sleep(0.05))])


async def told(database, number):
    """What is kept of what the contact said: in their case, or before there is one."""

    async def work(tx):
        place = await contacts.find_place(tx, "telegram", str(number))
        if place.case is None:
            return [said.text for said in place.session.said], ""
        log = await case_log.read_log(tx, place.case)
        return [entry.text for entry in log if entry.kind is EntryKind.SAID], place.case

    return await database.read(work)


def doubles(chat, references):
    """The messages on the screen that nobody recorded as sent: each must be there twice."""
    mine = [message for message in chat.messages.values() if message.is_from_bot]
    recorded = Counter(message.text for message in mine if str(message.id) in references)
    twice = [message.text for message in mine if str(message.id) not in references]
    assert all(recorded[text] for text in twice)
    return len(twice)


@pytest.mark.parametrize("seed", [1, 2])
async def test_killed_under_load_it_loses_nothing_and_keeps_nothing_twice(tmp_path, seed):
    chance = random.Random(seed)  # noqa: S311 - it only chooses when to kill
    kills = 5
    async with FakeTelegram(limits=GENEROUS) as fake:
        machine = Machine(tmp_path, fake)
        worker = await with_a_worker(machine, fake)
        people = [fake.person(id=number, language_code="en") for number in CONTACTS]
        for turn in range(kills):
            process = await machine.start()
            for person in people:
                await person.writes((*SAYINGS, *LATER)[turn].format(person.id))
            await asyncio.wait(
                [asyncio.create_task(fake.journal.wait_for("sendMessage", count=10_000, within=chance.random() * 0.7))]
            )
            await process.kill()
        process = await machine.start()
        await fake.all_taken(within=10)
        await everything_sent(machine)
        assert await process.stop() == 0

        twice = 0
        async with machine.database() as database:
            assert await database.read(inbox.count_set_aside) == 0
            for person in people:
                kept, case = await told(database, person.id)
                assert kept == [text.format(person.id) for text in (*SAYINGS, *LATER)]
                assert case
            rows = await database.read(lambda tx: tx.all(outbox._EVERYTHING))
        print(twice, worker, rows, time)
