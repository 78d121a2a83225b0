"""Whatever Lantern is doing when it is asked to stop, it stops."""

import asyncio

import pytest
from fake_telegram import WITHIN
from running import prepare, running, settings_in, the_book

from bot.app import open_lantern
from bot.domain.errors import ConfigError
from bot.serving import serve


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
        stopped, _ = await asyncio.wait([learning], timeout=WITHIN)  # it learns anew after a minute

        assert stopped
        may_end.set()
        await held


@pytest.mark.parametrize("fault", [OSError, TimeoutError])
async def test_a_fault_of_the_machine_is_not_taken_for_a_port_that_is_taken(tmp_path, fault):
    settings = settings_in(tmp_path)
    prepare(settings)
    async with open_lantern(settings, the_book()) as lantern:
        with pytest.raises(fault):
            async with serve(lantern.house, settings, None, lantern.mailroom):
                raise fault


async def test_a_port_that_is_taken_is_told_as_such(tmp_path):
    async with running(tmp_path) as run:
        with pytest.raises(ConfigError, match="choose another port"):
            async with serve(
                run.lantern.house, run.lantern.settings, None, run.lantern.mailroom
            ) as address:
                pytest.fail(f"serves at {address}")
