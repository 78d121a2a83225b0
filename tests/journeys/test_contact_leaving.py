"""Leaving in a hurry, while messages are on their way: nothing may appear afterwards."""

import pytest
from journeys.lives import open_town

from bot.pace import Pace


async def test_a_message_on_its_way_while_somebody_leaves_is_removed_as_soon_as_it_arrives(
    tmp_path,
):
    async with open_town(tmp_path) as town:
        child = await town.child()
        gate = town.fake.mischief.hold("sendMessage")
        await child.writes("2")
        await town.fake.all_taken()
        await gate.reached()
        await child.writes("leave")
        await town.fake.all_taken()
        gate.open()

        await child.hears("Bye")
        await town.quiet()

        async def is_alone():
            return [message.text for message in child.chat.screen] == ["All right. Bye."]

        assert await town.run.until(is_alone)


@pytest.mark.long
async def test_a_message_that_waits_for_its_turn_while_somebody_leaves_is_never_sent(tmp_path):
    slowly = Pace(to_a_chat=(1, 1.5))
    async with open_town(tmp_path, pace=slowly) as town:
        child = town.contact("en")
        await child.writes("/start")
        await child.hears("Who is writing?")

        await child.writes("1")
        await town.fake.all_taken()
        await child.writes("leave")
        await child.hears("Bye")
        for _ in range(2):
            await child.writes("/start")
            await child.hears("Who is writing?")

        sent = [str(call.parameters) for call in town.fake.journal.calls("sendMessage")]
        assert not [call for call in sent if "What would you like" in call]


NOBODY = "none of our workers can be reached"
TOLD = ("my uncle touches me at night", "he is hitting me right now")
OUT = pytest.mark.parametrize("out", [("leave",), ("erase", "yes")])


async def writes(town, child, *words):
    """What *child* hears after writing all of *words*."""
    heard = len(child.heard)
    for each in words:
        await child.writes(each)
        await town.quiet()
    return child.heard[heard:]


async def told(town, child):
    """How often *child* hears that nobody can be reached once the alarm breaks."""
    heard = len(child.heard)
    await town.alarm_breaks()
    return sum(NOBODY in text for text in child.heard[heard:])


@OUT
async def test_whoever_takes_the_phone_is_not_told_unasked_that_nobody_can_be_reached(
    tmp_path, out
):
    async with open_town(tmp_path) as town:
        left, waiting = await town.child(), await town.child()
        for child in (left, waiting):
            await writes(town, child, TOLD[0])
        await writes(town, left, *out, "hi", "2")

        heard = len(left.heard)

        assert await told(town, waiting) == 1
        assert left.heard[heard:] == []


@OUT
@pytest.mark.parametrize("words", [(TOLD[1],), ("hi", "person"), ("hi", "1", "1", "yes")])
async def test_whoever_calls_again_after_leaving_is_told_as_anybody_is(tmp_path, out, words):
    async with open_town(tmp_path) as town:
        child = await town.child()
        await writes(town, child, TOLD[0], *out, *words)

        assert await told(town, child) == 1


@OUT
async def test_while_nobody_can_be_reached_whoever_left_hears_it_like_somebody_new(tmp_path, out):
    async with open_town(tmp_path) as town:
        child, new = await town.child(), town.contact()
        await writes(town, child, TOLD[1])
        assert await told(town, child) == 1

        assert not any(NOBODY in text for text in await writes(town, child, *out))
        for who in (child, new):
            heard = [await writes(town, who, each) for each in ("hi", "1", TOLD[1])]
            assert [any(NOBODY in text for text in each) for each in heard] == [True, False, True]
