"""A page has received what was handed to it, and nothing else."""

import pytest

from bot.channels.web import CHANNEL
from bot.channels.web_guard import COOKIE, address_for
from bot.domain.message import Message, Urgency
from storage import contacts, outbox

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_comes_from_a_process_whose_clock_is_behind_is_shown(town, visitor):
    earlier = outbox.new_message_id()
    await visitor.opens()
    await visitor.answers(("1", "What would"))
    jar = visitor.http.cookie_jar
    [address] = [address_for(cookie.value) for cookie in jar if cookie.key == COOKIE]

    async def answer(tx):
        place = await contacts.find_place(tx, CHANNEL, address)
        message = Message(
            id=earlier,
            channel=CHANNEL,
            recipient=place.address,
            address=address,
            urgency=Urgency.REPLY,
            text="Are you at home?",
        )
        await outbox.post(tx, message, key=place.contact, now=town.run.clock())

    await town.run.lantern.house.database.write(answer)

    await visitor.hears("Are you at home?")
