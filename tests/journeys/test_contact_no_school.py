"""A child who no longer wants to go to school: nobody is said to have bullied it."""

import pytest
from journeys.last_heard import to_the_last
from journeys.lives import level_of

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("text", "is_bullied"),
    [
        ("my son is 9 and he wont go to school anymore, he cries every morning", False),
        ("my son wont go to school anymore because the boys laugh at him", True),
    ],
)
async def test_how_to_keep_what_others_sent_is_said_where_somebody_spoke_of_others(
    town, text, is_bullied
):
    parent = town.contact("en")

    heard = await to_the_last(town, parent, "/start", "2", text)

    assert ("keep messages and pictures" in heard) is is_bullied
    assert level_of(await town.case_of(parent)) <= Level.URGENT
