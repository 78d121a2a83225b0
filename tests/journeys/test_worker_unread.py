"""Who hears, and when, that the owner of a case does not look at what is new in it."""

import pytest
from journeys.lives import open_town

from bot.domain.ids import MINUTE
from bot.domain.worker import Role

IN_DANGER = (
    "he has a knife now, help me",
    "he says he will kill me",
    "I am bleeding, help",
    "he is going to kill us",
    "he has a knife, please help me",
)


@pytest.fixture
async def town(tmp_path):
    async with open_town(tmp_path, LANTERN_HEARTBEAT="off") as town:
        yield town


async def the_staff(town):
    """Anna and Bo, who are on duty, and Boss, who supervises: each with their phone."""
    return (
        await town.worker("Anna"),
        await town.worker("Bo"),
        await town.worker("Boss", role=Role.SUPERVISOR),
    )


async def case_of(town, owner, words):
    """A child who wrote *words*, and their case, which *owner* has and has read."""
    child = town.contact()
    await child.writes(words)
    await child.hears("")
    await town.quiet()
    [line] = await town.run.desk.queue(owner)
    await town.run.desk.claim(owner, line.id)
    await town.run.desk.read(owner, line.id)
    return child, await town.run.desk.line(owner, line.id)


async def pass_by(town, *, minutes):
    """Let so many minutes pass, and see what is due in each done and sent."""
    for _ in range(minutes):
        town.later(MINUTE)
        await town.run.lantern.watch.look()
        await town.quiet()


def about_unread(phone):
    """What the phone heard of a case that has an owner who does not look."""
    return [text for text in phone.heard if "L-0001" in text and "Anna has" in text]


async def test_a_child_who_goes_on_calling_keeps_nobody_from_being_alerted(town):
    (anna, _), (_, phone), (_, boss) = await the_staff(town)
    child, _ = await case_of(town, anna, "my dad hits me")
    before = len(about_unread(phone))
    heard = []

    for words in IN_DANGER:
        await child.writes(words)
        await town.quiet()
        await pass_by(town, minutes=4)
        heard.append((len(about_unread(boss)), len(about_unread(phone)) - before))

    at_minute_12, at_minute_16 = heard[2], heard[3]
    assert at_minute_12[0] > 0
    assert at_minute_16[1] > 0
