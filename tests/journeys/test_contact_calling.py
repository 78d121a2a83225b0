"""Whoever asks for a person, after they were asked whether anyone is in danger."""

import pytest

from bot.domain.ids import MINUTE
from bot.domain.place import OwnerKind
from storage import contacts

pytestmark = pytest.mark.asyncio(loop_scope="module")

FIRST, PLACE = "is anyone in danger right now?", "Where are you now?"
PAUSE = 25 * MINUTE
"""Not so long that it counts as silence."""


async def test_that_nobody_is_in_danger_holds_for_an_hour_whatever_is_asked_after_it(town):
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"), ("no", "Who needs help?"))
    await town.answers(child, ("me", "in your own words"))
    for text in ("they shout", "every evening", "the neighbours hear it"):
        town.later(PAUSE)
        await town.answers(child, (text, ""))

    await town.answers(child, ("person", FIRST))


async def test_where_they_are_is_asked_alone_only_within_an_hour_of_the_danger(town):
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"), ("yes", PLACE))
    await town.answers(child, ("behind the school", "tell more now?"))
    for text in ("it is cold", "the shop is closed", "I sit down"):
        town.later(PAUSE)
        await town.answers(child, (text, ""))

    await town.answers(child, ("person", FIRST))


async def test_words_of_danger_count_as_the_answer_and_are_not_asked_about(town):
    child = await town.child()
    await town.answers(child, ("he has a knife at the door", "Where are you"))

    text = await town.answers(child, ("person", PLACE))

    assert FIRST not in text


async def test_whoever_calls_a_person_where_the_place_is_asked_waits_for_one_as_anywhere(town):
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"), ("yes", PLACE))
    before = await town.case_of(child)

    await town.answers(child, ("person", PLACE))

    its_words, its_call = 1, 1
    after = before.line.unread + its_words + its_call
    assert (await town.case_of(child)).line.unread == after
    place = await town.run.lantern.house.database.read(
        lambda tx: contacts.find_place(tx, "telegram", str(child.id))
    )
    assert place.owner_kind is OwnerKind.QUEUE
