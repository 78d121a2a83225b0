"""A button that calls a person calls one for as long as it is seen, also after the talk is over."""

import pytest

from bot.domain.ids import MINUTE
from bot.domain.place import OwnerKind
from storage import contacts

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def _stopped(town):
    child = await town.child()
    await town.answers(child, ("stop", "We have stopped"))
    return child


async def _over(town):
    child = await town.teller()
    await town.answers(child, ("they shout", ""), ("that is all", ""))
    await town.quiet()
    for _ in range(12):
        if not (await _place(town, child)).session.state:
            return child
        await child.writes("skip")
        await town.quiet()
    raise AssertionError


async def _silent(town):
    child = await town.child()
    town.later(31 * MINUTE)
    await town.quiet()
    return child


async def _place(town, child):
    database = town.run.lantern.house.database
    return await database.read(lambda tx: contacts.find_place(tx, "telegram", str(child.id)))


@pytest.mark.parametrize("ended", [_stopped, _over, _silent])
async def test_an_old_button_calls_a_person_after_the_talk(town, ended):
    child = await ended(town)

    tap = await child.taps("Talk to a person")

    assert await child.notices(tap) == ""
    for text in ("no", "skip"):
        if (await _place(town, child)).owner_kind is OwnerKind.BOT:
            await child.writes(text)
        await town.quiet()
    assert (await _place(town, child)).owner == "person"
    assert (await town.case_of(child)) is not None


async def test_an_old_button_tapped_while_a_worker_is_there_says_so(town):
    worker, _ = await town.worker("Kind")
    child = await town.child()
    await child.writes("my dad hits me")
    await town.quiet()
    await child.writes("stop")
    await town.quiet()
    await town.run.desk.claim(worker, (await town.case_of(child)).line.id)
    await child.hears("A social worker is reading")

    await child.taps("Talk to a person")

    await child.hears("A social worker is reading")
