"""Amid an emergency a threat to somebody is not answered as one more thing that was added."""

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_whoever_threatens_somebody_amid_an_emergency_hears_what_to_do(town):
    father = town.contact()
    await town.answers(
        father,
        ("my ex wife took my son and i cant find them", "Where was the child last"),
        ("in kaili", "tell more"),
        ("she is crazy", "Added"),
    )

    await town.answers(father, ("i will kill her", "If it is you who is so angry"))


async def test_whoever_wants_to_die_is_not_answered_as_somebody_who_threatens(town):
    child = await town.child()
    await town.answers(child, ("i dont want to live anymore", "danger"), ("1", "Where are you"))

    await child.writes("i have a knife here and i kill myself")
    await town.quiet()

    assert not any("so angry" in text for text in child.heard)


async def test_whoever_is_threatened_is_not_answered_as_somebody_who_threatens(town):
    child = await town.child()
    await town.answers(child, ("he has a knife", "Where are you"))

    await child.writes("hes gone now")
    await town.quiet()

    assert not any("so angry" in text for text in child.heard)
