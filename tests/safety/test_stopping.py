"""Whatever Lantern is doing when it is asked to stop, it stops."""

import asyncio

from running import running


async def test_asked_to_stop_while_it_learns_the_staffs_addresses_it_stops_at_once(tmp_path):
    async with running(tmp_path) as run:
        is_read, may_end = asyncio.Event(), asyncio.Event()

        async def hold(_):
            is_read.set()
            await may_end.wait()

        held = asyncio.create_task(run.lantern.house.database.read(hold))
        await is_read.wait()
        learning = asyncio.create_task(run.lantern.mailroom.away.keep_learning())
        await asyncio.sleep(0)

        learning.cancel()
        stopped, _ = await asyncio.wait([learning], timeout=2)

        assert stopped
        may_end.set()
        await held
