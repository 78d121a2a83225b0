"""Killed at any moment and started again, Lantern loses nothing and does nothing twice."""

import asyncio
import random
from collections import Counter
from contextlib import suppress
from time import monotonic

import pytest
from fake_telegram import GENEROUS, WITHIN, FakeTelegram
from process import SEEDS, Machine, kept_of

CONTACTS = range(3001, 3005)
SAYINGS = (
    "it is loud at home, says {}",
    "I do not like it, says {}",
    "my father beats me, says {}",
    "it hurts, says {}",
    "please come, says {}",
)
SOON = 20
"""Seconds; whoever runs it kills what has not stopped by then."""

PAST_THE_OUTBOX = ("Something on our side is not working", "The database ")
"""So begins what is said while a commit takes so long that the database counts as away."""


class OperatorsMachine(Machine):
    """What is killed here is started as an operator does."""

    is_loaded_anew = True


def sent_twice(machine, phone):
    """How many messages on the screen nobody recorded as sent; each is there once more."""
    references = {row[0] for row in machine.rows("SELECT reference FROM outbox")}
    shown = [
        message
        for message in phone.chat.messages.values()
        if message.is_from_bot and not message.text.startswith(PAST_THE_OUTBOX)
    ]
    recorded = Counter(message.text for message in shown if str(message.id) in references)
    again = [message.text for message in shown if str(message.id) not in references]
    assert all(recorded[text] for text in again)
    return len(again)


async def kill_before_it_acknowledges(process, fake, people, saying):
    """Kill it when it has taken in what was written, and Telegram does not know that."""
    polls = fake.world.updates
    with suppress(AssertionError):
        await fake.all_taken(within=0.5)
    await fake.world.pulse.until(lambda: polls.is_polled, WITHIN)
    gate = fake.mischief.hold("getUpdates")
    for person in people:
        await person.writes(saying.format(person.id))
    await gate.reached()
    await process.kill()
    gate.open()


async def kill_at_some_moment(process, fake, people, saying, *, chance):
    """Kill it after some time, or within a moment of some message's having been sent."""
    for person in people:
        await person.writes(saying.format(person.id))
    sent = len(fake.journal.calls("sendMessage"))
    with suppress(AssertionError):
        count = sent + chance.randrange(1, 8)
        await fake.journal.wait_for("sendMessage", count=count, within=chance.random() * 0.6)
    await process.kill()


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
async def test_killed_under_load_it_loses_nothing_and_keeps_nothing_twice(tmp_path, where, seed):
    chance = random.Random(seed)  # noqa: S311 - it only chooses when to kill
    async with FakeTelegram(limits=GENEROUS) as fake:
        machine = OperatorsMachine(tmp_path, fake, database=where)
        worker = fake.person(id=2001)
        await machine.add_worker(worker)
        people = [fake.person(id=number, language_code="en") for number in CONTACTS]
        for turn, saying in enumerate(SAYINGS):
            process = await machine.start()
            if turn == seed:
                await kill_before_it_acknowledges(process, fake, people, saying)
            else:
                await kill_at_some_moment(process, fake, people, saying, chance=chance)
        process = await machine.start()
        await machine.everything_is_sent(process)
        assert await process.stop() == 0

        for person in people:
            said = [saying.format(person.id) for saying in SAYINGS]
            assert await kept_of(machine, person) == said
        assert machine.rows("SELECT count(*) FROM outbox WHERE failed_at IS NOT NULL") == [(0,)]
        for (number,) in machine.rows("SELECT number FROM cases"):
            assert [text for text in worker.heard if f"L-{number:04d}" in text]
        assert machine.rows("SELECT count(*) FROM cases") == [(len(people),)]
        twice = sum(sent_twice(machine, phone) for phone in (worker, *people))
        assert twice <= len(SAYINGS) * (len(people) + 1)


@pytest.mark.long
async def test_asked_to_stop_it_ends_soon_and_finishes_what_is_under_way(tmp_path, where):
    async with FakeTelegram(limits=GENEROUS) as fake:
        machine = OperatorsMachine(tmp_path, fake, database=where)
        people = [fake.person(id=number, language_code="en") for number in CONTACTS]
        process = await machine.start()
        gates = [fake.mischief.hold("sendMessage") for _ in people]
        for person in people:
            await person.writes("/start")
        for gate in gates:
            await gate.reached()
        began = monotonic()
        stopping = asyncio.create_task(process.stop())
        await process.works_for(0.3)
        for gate in gates:
            gate.open()
        assert await stopping == 0
        assert monotonic() - began < SOON
        assert [len(person.heard) for person in people] == [1] * len(people)
        again = await machine.start()
        await machine.everything_is_sent(again)
        await again.stop()
        assert [sent_twice(machine, person) for person in people] == [0] * len(people)


@pytest.mark.long
async def test_asked_to_stop_while_telegram_does_not_answer_it_ends_soon(tmp_path, where):
    async with FakeTelegram(limits=GENEROUS) as fake:
        machine = OperatorsMachine(tmp_path, fake, database=where)
        child = fake.person(id=1001, language_code="en")
        process = await machine.start()
        gate = fake.mischief.hold("sendMessage")
        await child.writes("/start")
        await gate.reached()
        began = monotonic()
        assert await process.stop() == 0
        assert monotonic() - began < SOON
        gate.open()
        again = await machine.start()
        await machine.everything_is_sent(again)
        await again.stop()
        assert child.heard
