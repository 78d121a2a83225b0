"""The phones of staff: nothing shows their numbers, and a group that is back is alerted again."""

import pytest
from sqlalchemy import select

from bot.domain.update import Kind, Update
from bot.domain.worker import Role
from storage import staff
from storage.schema import outbox
from storage.statements import ready

pytestmark = pytest.mark.asyncio(loop_scope="module")

_RECIPIENTS = ready(select(outbox.c.recipient))


async def test_where_who_writes_to_the_bot_is_reached_stands_nowhere_in_clear(town):
    _, phone = await town.worker("Nobody reads their number")
    stranger = town.contact()
    await phone.writes("hello")
    await stranger.writes("/link nonsense")
    await town.quiet()

    rows = await town.run.lantern.house.database.read(lambda tx: tx.all(_RECIPIENTS))

    recipients = {row["recipient"] for row in rows}
    assert recipients
    assert not recipients & {str(phone.id), str(stranger.id)}


@pytest.mark.parametrize(("kind", "tap"), [(Kind.TEXT, ""), (Kind.TAP, "have:nothing")])
async def test_a_group_that_was_dead_is_alerted_again_once_somebody_is_heard_there(town, kind, tap):
    house = town.run.lantern.house
    _, phone = await town.worker(f"In the group {kind}")
    where, now = f"-100777{len(tap)}", house.clock()

    async def have_dead(tx):
        await staff.link_address(tx, "telegram", where, None, now=now)
        for address in await staff.staff_addresses_of(tx):
            if address.where == where:
                await staff.mark_dead(tx, address.id, now=now)

    async def is_alerted():
        addresses = await house.database.read(staff.staff_addresses_of)
        return where in {address.where for address in addresses}

    await house.database.write(have_dead)
    assert not await is_alerted()
    update = Update(
        id=f"group {kind}", channel="telegram", address=where, sender=str(phone.id), kind=kind,
        at=now, text="" if tap else "we are here", tap=tap, tap_id=tap, is_group=True,
    )  # fmt: skip

    await town.run.lantern.mailroom.take(update)

    assert await town.run.until(is_alerted)


async def test_supervisors_hear_once_that_a_group_is_not_reached_any_more(town):
    _, boss = await town.worker("Boss of a group", role=Role.SUPERVISOR)
    _, colleague = await town.worker("Colleague of a group")
    now = town.run.clock()

    async def have_one_group(tx):
        for address in await staff.staff_addresses_of(tx):
            if address.worker is None:
                await staff.mark_dead(tx, address.id, now=now)
        await staff.link_address(tx, "telegram", "-100888", None, now=now)

    await town.run.lantern.house.database.write(have_one_group)
    child = await town.child()

    await child.writes("my uncle touches me at night")
    await boss.hears("Alerts do not reach a group any more")
    await child.writes("he is hitting me right now")
    await town.quiet()

    heard = [text for phone in (boss, colleague) for text in phone.heard]
    assert len([text for text in heard if "do not reach a group" in text]) == 1
