"""A message that nobody can open any more: its case says so, its owner hears, the rest arrives."""

import pytest
from journeys.lives import open_town
from sqlalchemy import text

from bot.desk import closing, writing
from bot.domain.case import Status
from bot.domain.worker import Role
from storage import cases
from storage.statements import ready

SPOIL = ready(
    text("UPDATE outbox SET sealed_body = x'00' WHERE sent_at IS NULL AND case_id = :case")
)
FAILED = "lantern_messages_failed_total"


@pytest.fixture
async def town(tmp_path):
    async with open_town(tmp_path, LANTERN_HEARTBEAT="off") as town:
        yield town


async def a_case(town):
    """A supervisor and their phone, a child, and the case of the child, which they have."""
    worker, phone = await town.worker("Anna", role=Role.SUPERVISOR)
    child = town.contact()
    await child.writes("my dad hits me")
    await child.hears("")
    await town.quiet()
    [line] = await town.run.desk.queue(worker)
    await town.run.desk.claim(worker, line.id)
    await town.run.desk.read(worker, line.id)
    return worker, phone, child, await town.run.desk.line(worker, line.id)


async def spoiled(town, line, say):
    """Whatever *say* posts in the case of *line* cannot be opened when it is to be sent."""

    async def work(tx):
        await say(tx)
        await tx.flush()
        await tx.run(SPOIL, case=line.id)

    await town.run.lantern.house.database.write(work)


async def test_an_answer_that_cannot_be_opened_is_told_and_what_follows_arrives(town):
    worker, phone, child, line = await a_case(town)
    house, words = town.run.lantern.house, {"text": "Where are you?", "version": line.version}

    await spoiled(town, line, lambda tx: writing.answer(tx, house, worker, line.id, **words))

    await phone.hears("could not be delivered")
    case = await town.run.desk.read(worker, line.id)
    assert "undelivered" in [entry.text for entry in case.entries]
    assert not case.line.is_waiting
    labels = {"channel": "telegram", "urgency": "reply"}
    assert house.metrics.registry.get_sample_value(FAILED, labels) == 1
    await town.run.desk.answer(worker, line.id, "I am here.", version=case.line.version)
    await child.hears("I am here.")


async def test_a_closed_case_stays_closed_where_its_last_word_is_lost(town):
    worker, _, _, line = await a_case(town)
    house, ends = town.run.lantern.house, {"outcome": "helped", "reason": "ok"}
    ends["version"] = line.version

    await spoiled(town, line, lambda tx: closing.close(tx, house, worker, line.id, **ends))

    async def says_so():
        case = await town.run.desk.look(worker, line.id)
        return "undelivered" in [entry.text for entry in case.entries]

    await town.run.until(says_so)
    case = await house.database.read(lambda tx: cases.find_case(tx, line.id))
    assert (case.status, case.unread) == (Status.CLOSED, 0)
