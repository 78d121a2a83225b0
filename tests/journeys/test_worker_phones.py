"""The phones of staff: nothing shows their numbers, and a group that is back is alerted again."""

import pytest
from sqlalchemy import select

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
