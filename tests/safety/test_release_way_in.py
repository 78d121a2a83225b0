"""Whoever waits at a question that was moved is asked it anew with all that belongs to it."""

import pytest
from fake_telegram import GENEROUS, FakeTelegram
from journeys.lives import happened
from test_flow_release import CHANGED, Machine


@pytest.fixture
async def machine(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake:
        yield Machine(folder=tmp_path, fake=fake)


@pytest.mark.long
async def test_how_a_case_stands_is_looked_up_before_it_is_said_again(machine):
    async with machine.runs(machine.older) as town:
        child = await town.teller()
        left = await town.answers(child, ("my dad hits me", "write on"), ("stop", "any phone:"))
        code = left.split("any phone: ")[1].splitlines()[0]
        await town.quiet()
        asked = await town.answers(child, (code, "What would you like to do?"))
        await town.quiet()
    machine.damage()

    async with machine.runs() as town:
        again = await town.answers(child, ("is there any answer for me", asked))

        assert again.startswith(CHANGED)
        assert "{" not in again
        assert "came_back" in happened(await town.case_of(child))
