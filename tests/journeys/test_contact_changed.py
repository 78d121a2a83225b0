"""A message that is changed into a way out, or a code, is taken as if it had been written now."""

import pytest
from journeys.lives import happened, said
from journeys.test_contact_code import told

pytestmark = pytest.mark.asyncio(loop_scope="module")

SEEN = "I have read the changed message"


async def test_leave_spelt_right_afterwards_leaves(town):
    child = await town.teller()
    number = await child.writes("leav")
    await child.hears("write on")

    await child.edits(number, "leave")

    await child.hears("Bye")
    await child.chat.loses(number)


async def test_erase_spelt_right_afterwards_asks_whether_to_erase(town):
    child = await town.child()
    number = await child.writes("eraze")
    await child.hears("")

    await child.edits(number, "erase")

    await child.hears("Shall we erase")
    await child.edits(number, "erase!")
    await child.hears(SEEN)


async def test_a_code_corrected_afterwards_opens_its_report(town):
    child, code, case = await told(town)
    other = await town.child()
    await town.answers(other, ("I have a code", "What is your code?"))
    number = await other.writes("milk milk milk")
    await other.hears("")

    await other.edits(number, code)

    await other.hears("A worker")
    again = await town.run.desk.read(town.watcher, case.line.id)
    assert "came_back" in happened(again)
    assert code not in "".join(said(again))
    assert child.chat.unheard == []


async def test_while_a_worker_writes_leave_spelt_right_afterwards_leaves_as_well(town):
    child, _, case = await told(town)
    await town.run.desk.claim(town.watcher, case.line.id)
    await child.hears("A social worker is reading")
    number = await child.writes("leav")

    await child.edits(number, "leave")

    await child.hears("Bye")


async def test_a_code_that_is_changed_later_does_not_bring_the_case_back_to_an_old_phone(town):
    _, code, case = await told(town)
    old, new = await town.child(), await town.child()
    await town.answers(old, ("I have a code", "What is your code?"))
    number = await old.writes(code)
    await old.hears("A worker")
    await town.answers(new, ("I have a code", "What is your code?"), (code, "A worker"))
    before = happened(await town.run.desk.read(town.watcher, case.line.id))

    await old.edits(number, f"{code}!")

    await old.hears(SEEN)
    assert happened(await town.run.desk.read(town.watcher, case.line.id)) == before


async def test_an_older_message_that_is_changed_is_only_read(town):
    child = await town.child()
    number = await child.writes("leav")
    await child.hears("")
    await town.answers(child, ("menu", "What would you like to do?"))

    await child.edits(number, "leave")

    await child.hears(SEEN)
