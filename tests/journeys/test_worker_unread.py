"""Who hears, and when, that the owner of a case does not look at what is new in it."""

import pytest
from journeys.lives import open_town

from bot.domain.ids import DAY, HOUR, MINUTE, SECOND
from bot.domain.level import Level
from bot.domain.worker import Role
from storage import alarm

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


async def lowered(town, supervisor, line):
    """The case of *line* after *supervisor* has found it to be a routine one."""
    return await town.run.desk.set_level(
        supervisor, line.id, Level.ROUTINE, reason="spoken with her", version=line.version
    )


async def pass_by(town, *steps):
    """Let time pass in these *steps*, and see what is due after each done and sent."""
    for step in steps:
        town.later(step)
        await town.run.lantern.watch.look()
        await town.quiet()


def about_unread(phone, owner="Anna"):
    """What the phone heard of a case that has an *owner* who does not look."""
    return [text for text in phone.heard if f"{owner} has L-0001, but" in text]


async def test_a_child_who_goes_on_calling_keeps_nobody_from_being_alerted(town):
    (anna, _), (_, phone), (_, boss) = await the_staff(town)
    child, _ = await case_of(town, anna, "my dad hits me")
    heard = []

    for words in IN_DANGER:
        await child.writes(words)
        await town.quiet()
        await pass_by(town, *[MINUTE] * 4)
        heard.append((len(about_unread(boss)), len(about_unread(phone))))

    at_minute_12, at_minute_16 = heard[2], heard[3]
    assert at_minute_12[0] > 0
    assert at_minute_16[1] > 0


async def test_a_case_handed_over_that_its_receiver_does_not_read_reaches_the_supervisor(town):
    (anna, _), (bo, phone), (_, boss) = await the_staff(town)
    child, line = await case_of(town, anna, "my dad hits me")
    await town.run.desk.hand_over(anna, line.id, to=bo.id, summary="here", version=line.version)
    await phone.hears("has been handed over to you")

    await pass_by(town, 50 * MINUTE)
    await child.writes("are you there? dad comes home tonight")
    await town.quiet()
    assert not about_unread(boss, "Bo")
    await pass_by(town, 11 * MINUTE)

    assert about_unread(boss, "Bo")


async def test_a_case_handed_over_that_was_read_rings_nobody(town):
    (anna, _), (bo, phone), (_, boss) = await the_staff(town)
    _, line = await case_of(town, anna, "he has a knife, help me")
    await town.run.desk.hand_over(anna, line.id, to=bo.id, summary="here", version=line.version)
    await phone.hears("has been handed over to you")
    before = len(boss.heard)

    await town.run.desk.read(bo, line.id)
    await pass_by(town, 5 * MINUTE, 5 * MINUTE, HOUR)

    assert len(boss.heard) == before


async def test_an_emergency_handed_over_climbs_until_its_receiver_looks(town):
    (anna, phone), (bo, _), (_, boss) = await the_staff(town)
    _, line = await case_of(town, anna, "he has a knife, help me")
    await town.run.desk.hand_over(anna, line.id, to=bo.id, summary="here", version=line.version)

    await pass_by(town, *[5 * MINUTE] * 2)
    assert [text for text in about_unread(boss, "Bo") if "Emergency" in text]
    await pass_by(town, 5 * MINUTE)
    assert [text for text in about_unread(phone, "Bo") if "Emergency" in text]

    await town.run.desk.read(bo, line.id)
    before = len(about_unread(boss, "Bo"))
    await pass_by(town, HOUR)
    assert len(about_unread(boss, "Bo")) == before


@pytest.mark.parametrize("owns", ["Anna", "Bo"])
async def test_the_next_on_the_rota_is_never_the_owner_who_does_not_look(town, owns):
    staff = await the_staff(town)
    owner, others = staff[owns == "Bo"], [one for one in staff[:2] if one[0].name != owns]
    child, _ = await case_of(town, owner[0], "he has a knife, help me")

    await child.writes(IN_DANGER[1])
    await town.quiet()
    await pass_by(town, 5 * MINUTE)

    assert [text for _, phone in others for text in about_unread(phone, owns)]


async def test_an_emergency_handed_to_somebody_without_a_phone_climbs_at_once(town):
    (anna, _), (_, _), (_, boss) = await the_staff(town)
    _, line = await case_of(town, anna, "he has a knife, help me")
    to = town.watcher.id

    await town.run.desk.hand_over(anna, line.id, to=to, summary="here", version=line.version)
    await pass_by(town, 0, 5 * MINUTE)

    assert [text for text in about_unread(boss, "Watcher") if "Emergency" in text]


async def test_new_words_after_a_message_that_did_not_arrive_reach_the_supervisor(town):
    (anna, phone), _, (_, boss) = await the_staff(town)
    child, line = await case_of(town, anna, "my dad hits me")
    child.disappears()
    await town.run.desk.answer(anna, line.id, "How are you?", version=line.version)
    await phone.hears("could not be delivered")
    await child.unblocks()

    await child.writes("are you there? I am so scared of tonight")
    await town.quiet()
    await pass_by(town, HOUR + MINUTE)

    assert about_unread(boss)


async def test_something_urgent_in_a_routine_case_is_to_be_read_in_the_time_of_an_urgent_one(town):
    (anna, phone), _, (chief, boss) = await the_staff(town)
    child, line = await case_of(town, anna, "my dad hits me")
    line = await lowered(town, chief, line)

    await child.writes("I want to kill myself")
    await phone.hears("has become more pressing")
    await pass_by(town, HOUR + MINUTE)

    assert about_unread(boss)


async def test_an_owner_who_raises_a_case_has_the_shorter_time_for_what_they_have_not_read(town):
    (anna, phone), _, (chief, boss) = await the_staff(town)
    child, line = await case_of(town, anna, "my dad hits me")
    line = await lowered(town, chief, line)
    await child.writes("are you there?")
    await phone.hears("something new")

    await town.run.desk.set_level(
        anna, line.id, Level.URGENT, reason="the school called", version=line.version
    )
    await pass_by(town, HOUR + MINUTE)

    assert about_unread(boss)


async def test_a_case_that_a_colleague_makes_an_emergency_climbs_until_its_owner_looks(town):
    (anna, phone), (bo, _), (_, boss) = await the_staff(town)
    _, line = await case_of(town, anna, "my dad hits me")

    await town.run.desk.set_level(
        bo, line.id, Level.EMERGENCY, reason="the school called", version=line.version
    )
    await phone.hears("has become more pressing")
    await pass_by(town, *[5 * MINUTE] * 2)

    assert [text for text in about_unread(boss) if "Emergency" in text]
    await town.run.desk.read(anna, line.id)
    before = len(boss.heard)
    await pass_by(town, HOUR)
    assert len(boss.heard) == before


async def test_a_reminder_that_reaches_neither_owner_nor_supervisor_reaches_everybody(town):
    anna, phone = await town.worker("Anna")
    _, other = await town.worker("Bo")
    child, _ = await case_of(town, anna, "my dad hits me")
    await phone.blocks()
    await town.quiet()

    await child.writes("he hit me again today")
    await town.quiet()
    await pass_by(town, HOUR + MINUTE)

    assert about_unread(other)


async def test_a_supervisor_who_takes_a_case_over_rings_nobody_and_its_owner_is_told(town):
    anna, phone = await town.worker("Anna")
    _, bos_phone = await town.worker("Bo")
    boss = await town.run.add_worker("Boss", role=Role.SUPERVISOR)
    _, line = await case_of(town, anna, IN_DANGER[0])
    await town.quiet()
    heard = len(phone.heard), len(bos_phone.heard)

    await town.run.desk.hand_over(
        boss, line.id, to=boss.id, summary="I go on", version=line.version
    )
    await pass_by(town, 2 * SECOND)

    assert phone.heard[heard[0] :] == [f"Boss has {line.code} now."]
    assert len(bos_phone.heard) == heard[1]


async def test_an_owner_without_a_phone_who_has_the_desk_open_has_the_time_of_the_ladder(town):
    _, bos_phone = await town.worker("Bo")
    anna = await town.run.add_worker("Anna")
    child, line = await case_of(town, anna, IN_DANGER[0])
    await town.quiet()
    heard = len(bos_phone.heard)
    await town.run.lantern.house.database.write(
        lambda tx: alarm.note_at_desk(tx, anna.id, now=town.run.clock())
    )

    await child.writes(IN_DANGER[2])
    await town.quiet()
    await pass_by(town, 2 * SECOND)
    assert len(bos_phone.heard) == heard
    await pass_by(town, 5 * MINUTE)

    assert len(bos_phone.heard) > heard
    assert line.id in {each.id for each in await town.run.desk.queue(anna)}


async def test_whoever_blocks_the_bot_is_not_awaited_and_an_answer_to_them_waits_for_the_code(town):
    (anna, _), _, _ = await the_staff(town)
    child, line = await case_of(town, anna, "my dad hits me")
    line = await town.run.desk.answer(anna, line.id, "Where are you?", version=line.version)
    await town.quiet()
    assert line.is_waiting

    await child.blocks()
    await town.quiet()

    case = await town.run.desk.read(anna, line.id)
    assert (case.line.is_waiting, case.can_reach) == (False, False)
    line = await town.run.desk.answer(anna, line.id, "Call me.", version=line.version)
    case = await town.run.desk.read(anna, line.id)
    assert not case.line.is_waiting
    assert case.line.due_at < town.run.clock() + 30 * DAY
    assert [entry.state for entry in case.entries if entry.text == "Call me."] == ["kept"]


async def test_an_answer_that_does_not_arrive_lets_the_clock_run_again(town):
    (anna, phone), _, _ = await the_staff(town)
    child, line = await case_of(town, anna, "my dad hits me")
    child.disappears()
    await town.run.desk.answer(anna, line.id, "Where are you?", version=line.version)
    await phone.hears("could not be delivered")

    case = await town.run.desk.read(anna, line.id)

    assert (case.line.is_waiting, case.can_reach) == (False, False)
