"""What a worker hears, and until when: linking, alerts, the ladder, two who tap at once."""

import re

import pytest
from journeys.lives import happened, open_town

from bot.domain.ids import DAY, HOUR, MINUTE
from bot.domain.level import Level
from bot.domain.worker import Role
from bot.intake.staff import LINK
from storage import cases, tokens

SECRET = "my uncle touches me at night"


@pytest.fixture
async def town(tmp_path):
    async with open_town(tmp_path, LANTERN_HEARTBEAT="off") as town:
        yield town


async def link_for(town, worker=None, *, lasts=DAY):
    house = town.run.lantern.house

    async def work(tx):
        owner = worker.id if worker else None
        return await tokens.make_token(tx, LINK, owner, now=house.clock(), lasts=lasts)

    return await house.database.write(work)


async def emergency(town, text="It is dark here"):
    """A child in danger, who goes on answering."""
    child = await town.teller(danger="1")
    await town.answers(child, (text, "write on"))
    return child, await town.case_of(child)


# Linking


async def test_a_worker_links_their_own_phone_once(town):
    worker = await town.run.add_worker("Worker 1", language="zh_CN")
    token = await link_for(town, worker)
    phone, other = town.contact("zh-hans"), town.contact("zh-hans")

    await phone.writes(f"/start staff_{token}")
    assert "Worker 1" in (await phone.hears("已绑定")).text
    await other.writes(f"/start staff_{token}")
    await other.hears("这个链接用过了")

    await emergency(town)
    await phone.hears("L-0001")
    await town.quiet()
    assert not [text for text in other.heard if "L-0001" in text]


async def test_a_link_that_is_too_old_links_nobody(town):
    worker = await town.run.add_worker("Worker 1")
    token = await link_for(town, worker, lasts=HOUR)
    town.later(2 * HOUR)
    phone = town.contact("zh-hans")

    await phone.writes(f"/start staff_{token}")

    await phone.hears("这个链接用过了，或者已过期")


@pytest.mark.parametrize("command", ["/link {}", "/link@lantern_test_bot {}"])
async def test_a_group_is_linked_and_hears_every_alert(town, command):
    _, admin = await town.worker("Worker 1")
    group = town.fake.group()

    await admin.writes(command.format(await link_for(town)), group=group)
    await group.hears("这个群")
    await emergency(town)

    await group.hears("L-0001")


async def test_a_group_s_link_does_not_work_for_one_person(town):
    phone = town.contact("zh-hans")

    await phone.writes(f"/link {await link_for(town)}")

    await phone.hears("这个链接用过了")


# The alert


async def test_an_alert_says_how_pressing_where_and_how_long_and_nothing_that_was_written(town):
    _, phone = await town.worker("Worker 1")

    child = town.contact("en")
    await child.writes(SECRET)

    alert = await phone.hears("Nobody has it yet")
    assert re.search(r"(Urgent|Emergency): L-0001, .+\. Waiting for [a-z0-9 ]+\.", alert.text)
    assert not {word for word in SECRET.split() if len(word) > 4} & set(alert.text.split())
    assert alert.labels == ["I have it", "Open"]


async def test_a_worker_is_alerted_in_their_own_language(town):
    _, phone = await town.worker("Worker 1", language="zh_CN")

    await emergency(town)

    alert = await phone.hears("L-0001")
    assert "紧急" in alert.text
    assert "I have it" not in alert.labels


@pytest.mark.parametrize(
    ("language", "once"), [("en", "Emergency: L-0001. Wait"), ("zh_CN", "紧急：L-0001。已等")]
)
async def test_an_alert_of_an_emergency_says_so_once(town, language, once):
    _, phone = await town.worker("Worker 1", language=language)

    await emergency(town)

    alert = await phone.hears("L-0001")
    assert once in alert.text
    assert alert.text.count(once[:2]) == 1


async def test_open_tells_where_the_case_is(town):
    _, phone = await town.worker("Worker 1")
    _, case = await emergency(town)
    await phone.hears("L-0001")

    tap = await phone.taps("Open")

    notice = await phone.notices(tap)
    assert f"/desk/cases/{case.line.id}" in notice
    assert len(notice) <= 200


async def test_of_two_who_tap_at_once_one_has_it_and_the_other_is_told_who(town):
    first, one = await town.worker("Worker 1")
    _, two = await town.worker("Worker 2")
    child, case = await emergency(town)
    await climbed(town, case, rungs=1)
    town.later(5 * MINUTE)
    await one.hears("L-0001")
    await two.hears("L-0001")

    taps = [await one.taps("I have it"), await two.taps("I have it")]

    assert await one.notices(taps[0]) == "You have L-0001."
    assert await two.notices(taps[1]) == "Worker 1 has L-0001 already."
    await child.hears("A social worker is reading")
    again = await town.run.desk.read(town.watcher, case.line.id)
    assert again.line.owner == first.id
    assert happened(again).count("claimed") == 1


async def test_a_tap_by_somebody_who_is_not_linked_is_refused(town):
    _, phone = await town.worker("Worker 1")
    group = town.fake.group()
    await phone.writes(f"/link {await link_for(town)}", group=group)
    await group.hears("")
    _, case = await emergency(town)
    await group.hears("L-0001")
    stranger = town.contact("en")

    tap = await stranger.taps(f"have:{case.line.id}", group=group)

    assert "没有绑定" in await stranger.notices(tap)
    assert (await town.run.desk.read(town.watcher, case.line.id)).line.owner is None


async def test_a_tap_on_a_closed_case_says_so(town):
    _, phone = await town.worker("Worker 1")
    _, case = await emergency(town)
    await phone.hears("L-0001")
    line = await town.run.desk.claim(town.watcher, case.line.id)
    await town.run.desk.close(
        town.watcher, line.id, outcome="helped", reason="here", version=line.version
    )

    tap = await phone.taps("I have it")

    assert await phone.notices(tap) == "L-0001 is closed."


# The ladder


async def test_an_emergency_climbs_until_somebody_says_that_they_have_it(town):
    workers = [await town.worker(f"Worker {number}") for number in (1, 2)]
    phones = [phone for _, phone in workers]
    _, boss = await town.worker("Boss", role=Role.SUPERVISOR)
    _, case = await emergency(town)
    heard = {}

    def count():
        return [
            len([text for text in phone.heard if "Nobody has it yet" in text])
            for phone in (*phones, boss)
        ]

    for minutes in (0, 5, 5, 5, 5, 5):
        town.later(minutes * MINUTE)
        await climbed(town, case, rungs=len(heard) + 1)
        await town.quiet()
        heard[len(heard)] = count()

    first = [sum(heard[0][:2]), sum(heard[1][:2]), heard[1][2]]
    assert first == [1, 2, 0]
    assert sorted(heard[1][:2]) == [1, 1]
    assert heard[2] == [1, 1, 1]
    assert heard[3] == [2, 2, 2]
    assert heard[4] == [3, 3, 3]
    assert heard[5] == [4, 4, 4]
    tap = await boss.taps("I have it")
    await boss.notices(tap)
    town.later(HOUR)
    await town.run.lantern.watch.look()
    await town.quiet()
    assert count() == heard[5]


async def climbed(town, case, *, rungs):
    house = town.run.lantern.house

    async def has_climbed():
        found = await house.database.read(lambda tx: cases.find_case(tx, case.line.id))
        return found.rung >= rungs

    await town.run.until(has_climbed)


async def test_a_case_that_becomes_more_pressing_alerts_again(town):
    _, phone = await town.worker("Worker 1")
    child = await town.teller()
    await town.answers(child, ("my dad hits me", "not your fault"))
    await phone.hears("Urgent")

    await child.writes("he has a knife now, help me")

    await phone.hears("Emergency: L-0001")


async def test_a_claimed_case_that_becomes_more_pressing_alerts_its_owner(town):
    worker, phone = await town.worker("Worker 1")
    child = await town.teller()
    await town.answers(child, ("my dad hits me", "not your fault"))
    await phone.hears("Urgent")
    await phone.notices(await phone.taps("I have it"))

    await child.writes("he has a knife now, help me")

    alert = await phone.hears("has become more pressing")
    assert "Worker 1 has it" in alert.text
    case = await town.case_of(child)
    assert case.line.level is Level.EMERGENCY
    assert case.line.owner == worker.id


async def test_an_emergency_that_its_owner_does_not_look_at_climbs_until_they_do(town):
    owner, phone = await town.worker("Worker 1")
    _, boss = await town.worker("Boss", role=Role.SUPERVISOR)
    child = await town.teller()
    await town.answers(child, ("my dad hits me", "not your fault"))
    await phone.hears("Urgent")
    await phone.notices(await phone.taps("I have it"))
    await child.writes("he has a knife now, help me")
    await phone.hears("has become more pressing")
    case = await town.case_of(child)

    town.later(5 * MINUTE)
    await climbed(town, case, rungs=2)
    town.later(5 * MINUTE)
    alert = await boss.hears("Worker 1 has L-0001, but has not looked at what is new")

    assert "Emergency" in alert.text
    await town.run.desk.read(owner, case.line.id)
    await town.run.lantern.watch.look()
    await town.quiet()
    count = len(boss.heard)
    town.later(HOUR)
    await town.run.lantern.watch.look()
    await town.quiet()
    assert len(boss.heard) == count


async def test_a_worker_who_writes_to_the_bot_is_pointed_to_the_desk_and_reaches_nobody(town):
    _, phone = await town.worker("Worker 1")
    child, _ = await emergency(town)
    await phone.hears("L-0001")
    await phone.notices(await phone.taps("I have it"))
    await child.hears("A social worker is reading")

    await phone.writes("Hello, where are you? My dad hits me")

    answer = await phone.hears("/desk")
    assert "Sign in" in answer.text or "desk" in answer.text
    await town.hears_nothing(child)
    assert await town.count_cases() == 1


async def test_talk_in_a_linked_group_is_none_of_the_bot_s_business(town):
    _, phone = await town.worker("Worker 1")
    group = town.fake.group()
    await phone.writes(f"/link {await link_for(town)}", group=group)
    await group.hears("")
    count = len(group.heard)

    await phone.writes("who is on tonight? my dad hits me", group=group)
    await town.quiet()

    assert len(group.heard) == count
    assert await town.count_cases() == 0
