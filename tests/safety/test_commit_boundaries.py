"""Killed just before or just after any commit, over and over, Lantern loses and doubles nothing."""

import asyncio
import os
import random
import signal

import pytest
from boundary import Cut, serve
from fake_telegram import GENEROUS, WITHIN, FakeTelegram
from forked import Forked
from process import Machine
from test_kill import kept_of, sent_twice

KILLS = int(os.environ.get("LANTERN_KILLS", "16"))
"""How often it is killed; set it higher for a long night."""

SAYINGS = ("it is loud at home", "my father beats me", "please come", "I do not like it")


async def ends_at_its_cut(process, fake):
    """Whether it ends by itself, at the latest some time after it took what was written."""
    taking = asyncio.create_task(fake.all_taken())
    ending = asyncio.create_task(process.ends(within=WITHIN))
    await asyncio.wait([taking, ending], return_when=asyncio.FIRST_COMPLETED)
    taking.cancel()
    ending.cancel()
    await asyncio.wait([taking, ending])
    return await process.ends(within=2)


@pytest.mark.long
async def test_killed_at_commit_after_commit_nothing_is_lost_and_nothing_taken_twice(tmp_path):
    chance = random.Random(3)  # noqa: S311 - it only chooses when to kill
    async with FakeTelegram(limits=GENEROUS) as fake:
        machine = Machine(tmp_path, fake)
        worker, child = fake.person(id=2001), fake.person(id=3001, language_code="en")
        await machine.add_worker(worker)
        said, cut_short = [], 0
        for number in range(KILLS):
            cut = Cut(commit=1 + number % 7, is_before=chance.random() < 0.5)
            process = Forked(serve, machine.environ, str(tmp_path), cut)
            said.append(f"{chance.choice(SAYINGS)}, time {number}")
            await child.writes(said[-1])
            if await ends_at_its_cut(process, fake):
                cut_short += 1
            else:
                process.kill()
                await process.wait()
        process = Forked(serve, machine.environ, str(tmp_path), Cut(commit=0, is_before=False))
        await machine.everything_is_sent(process)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0, (tmp_path / "log").read_text()

        assert await kept_of(machine, child) == said
        assert cut_short > KILLS // 4  # a busy machine may not come to that commit
        assert machine.rows("SELECT count(*) FROM cases") == [(1,)]
        assert machine.rows("SELECT count(*) FROM outbox WHERE failed_at IS NOT NULL") == [(0,)]
        assert [text for text in worker.heard if "L-0001" in text]
        # a chat's next message waits until its last one is recorded: one a chat is in the window
        assert max(sent_twice(machine, phone) for phone in (worker, child)) <= KILLS
