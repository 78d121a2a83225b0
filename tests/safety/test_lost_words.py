"""A message that nobody can open any more: its case says so, its owner hears, the rest arrives."""

import pytest
from journeys.lives import open_town
from sqlalchemy import text

from bot.desk import writing
from storage.statements import ready

SPOIL = ready(
    text("UPDATE outbox SET sealed_body = x'00' WHERE sent_at IS NULL AND case_id = :case")
)


@pytest.fixture
async def town(tmp_path):
    async with open_town(tmp_path, LANTERN_HEARTBEAT="off") as town:
        yield town


async def test_an_answer_that_cannot_be_opened_is_told_and_what_follows_arrives(town):
    anna, phone = await town.worker("Anna")
    child = town.contact()
    await child.writes("my dad hits me")
    await child.hears("")
    await town.quiet()
    [line] = await town.run.desk.queue(anna)
    await town.run.desk.claim(anna, line.id)
    await town.run.desk.read(anna, line.id)
    house = town.run.lantern.house
    version = (await town.run.desk.line(anna, line.id)).version

    async def answer_and_spoil(tx):
        words = "Where are you?"
        await writing.answer(tx, house, anna, line.id, text=words, version=version)
        await tx.flush()
        await tx.run(SPOIL, case=line.id)

    await house.database.write(answer_and_spoil)
    await phone.hears("could not be delivered")
    case = await town.run.desk.read(anna, line.id)
    assert "undelivered" in [entry.text for entry in case.entries]
    assert not case.line.is_waiting

    await town.run.desk.answer(anna, line.id, "I am here.", version=case.line.version)
    await child.hears("I am here.")
