"""Leaving in a hurry, while messages are on their way: nothing may appear afterwards."""

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


async def test_a_message_that_waits_for_its_turn_while_somebody_leaves_is_never_sent(tmp_path):
    slowly = Pace(to_a_chat=(1, 0.4))
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
