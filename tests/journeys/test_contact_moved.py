"""A case whose code was typed on another phone: neither phone shows anything of the other."""

import pytest
from journeys.lives import happened
from journeys.test_contact_code import told

pytestmark = pytest.mark.asyncio(loop_scope="module")

IN_DANGER = "he is hitting me right now"


async def moved(town, *, safe="yes"):
    """A child whose code was typed on another phone; return both phones, the code and the case."""
    child, code, case = await told(town, safe=safe)
    phone = await town.child()
    await town.answers(phone, (code, "A worker"), ("done", "Take care"))
    return child, phone, code, case.line


async def answered(town, worker, line, text):
    """Have *worker* answer in the case of *line*; return how it stands then."""
    before = await town.run.desk.read(worker, line.id)
    await town.run.desk.answer(worker, line.id, text, version=before.line.version)
    await town.quiet()
    return await town.run.desk.look(worker, line.id)


@pytest.mark.parametrize("how", [("leave",), ("erase", "yes")])
async def test_leaving_or_erasing_on_the_old_phone_cuts_nobody_off_on_the_new_one(town, how):
    child, phone, _, line = await moved(town)
    worker, _ = await town.worker(f"Worker of {line.code}")
    await answered(town, worker, line, "Are you at home?")
    await phone.hears("Are you at home?")

    for words in how:
        await child.writes(words)
        await town.quiet()
    await phone.writes(IN_DANGER)
    await town.quiet()
    heard = len(phone.heard)
    case = await answered(town, worker, line, "Go to your aunt.")

    assert case.can_reach
    assert ["Go to your aunt." in text for text in phone.heard[heard:]] == [True]
    assert not {"left", "asked_to_erase"}.intersection(happened(case))
    assert ("asked_to_erase_elsewhere" in happened(case)) is ("erase" in how)


async def test_leaving_where_two_cases_are_answered_is_noted_in_both(town):
    _, code, case = await told(town)
    friend, _, own = await told(town, story="It is dark")
    await town.answers(friend, (code, "A worker"), ("done", "Take care"))

    await town.answers(friend, ("leave", "Bye"))

    for line in (case.line, own.line):
        left = await town.run.desk.look(town.watcher, line.id)
        assert happened(left).count("left") == 1
        assert not left.can_reach
