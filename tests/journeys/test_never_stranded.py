"""Nobody is left unheard: odd words, changed settings, changed flows, phones that were away."""

import pytest
from fake_telegram import GENEROUS, FakeTelegram
from journeys.lives import open_town, said
from running import running

from bot.domain.errors import ConflictError
from bot.domain.level import Level
from bot.domain.values import replace
from bot.domain.worker import Role
from storage import contacts, releases

UNREADABLE = {"flows": {"gone.yaml": "states: none"}, "texts": {}, "topics": [], "titles": {}}


@pytest.fixture
async def town(tmp_path):
    async with open_town(tmp_path) as town:
        yield town


async def stand_in_a_flow_that_is_gone(town, person):
    """Leave *person* in a state that no flow has, of a release that nothing can read."""
    house = town.run.lantern.house

    async def work(tx):
        now = house.clock()
        await releases.keep_release(tx, "gone", UNREADABLE, now=now)
        place = await contacts.find_place(tx, "telegram", str(person.id))
        session = replace(place.session, release="gone", state="gone.what_happened")
        await contacts.save_session(tx, place.contact, session, now=now)

    await house.database.write(work)


async def test_words_behind_a_stroke_reach_the_worker_as_all_others_do(town):
    child = await town.teller()
    await town.answers(child, ("he hits me every day", "write on"))

    for words in ("/he is on the stairs", "/救命", "/help"):
        await child.writes(words)

    assert said(await town.case_of(child))[-2:] == ["/he is on the stairs", "/救命"]


async def test_whoever_spoke_a_language_that_is_gone_is_answered_in_another(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake:
        child = fake.person(id=1001, language_code="en")
        async with running(tmp_path, fake):
            await child.writes("/start")
            await child.hears("110")

        async with running(tmp_path, fake, LANTERN_LANGUAGES="zh_CN") as run:
            worker = await run.add_worker("Worker 1", language="zh_CN")
            await child.writes("he hits me every day")
            await child.hears("谢谢你告诉我们")
            [line] = await run.desk.queue(worker)
            assert (await run.desk.claim(worker, line.id)).owner == worker.id


async def test_a_worker_of_a_language_that_is_gone_keeps_no_alert_from_anybody(town):
    phones = [town.contact(), town.contact()]
    for phone, language in zip(phones, ("en", "fr"), strict=True):
        await phone.writes("good morning")
        await phone.hears("")
        await town.run.add_worker(f"Worker {language}", telegram=phone.id, language=language)

    for _ in phones:
        child = await town.teller()
        await town.answers(child, ("he hits me every day", "write on"))

    for phone in phones:
        await phone.hears("L-000")


async def test_what_was_told_in_a_flow_that_is_gone_is_read_by_a_person(town):
    child = await town.teller()
    await town.answers(child, ("the canary sings", "write on"))
    await stand_in_a_flow_that_is_gone(town, child)

    await town.answers(child, ("are you there", "110"))

    assert said(await town.case_of(child))[-2:] == ["the canary sings", "are you there"]


async def test_where_nobody_of_a_rung_can_be_reached_everybody_is_alerted(town):
    await town.run.add_worker("Worker 1")
    _, phone = await town.worker("Supervisor", role=Role.SUPERVISOR)

    child = await town.teller()
    await town.answers(child, ("he hits me every day", "write on"))

    await phone.hears("L-0001")


async def test_a_worker_who_was_away_from_the_bot_is_alerted_again_after_writing_to_it(town):
    _, phone = await town.worker("Worker 1")
    await phone.blocks()
    child = await town.teller()
    await town.answers(child, ("he hits me every day", "write on"))
    await town.quiet()

    await phone.unblocks()
    await phone.writes("/start")
    await phone.hears("This chat is for alerts")
    other = await town.teller()
    await town.answers(other, ("he hits me every day", "write on"))

    await phone.hears("L-0002")


async def test_what_a_worker_makes_an_emergency_waits_with_the_emergencies(town):
    worker, _ = await town.worker("Worker 1")
    child = await town.teller()
    await town.answers(child, ("he hits me every day", "write on"))
    line = (await town.case_of(child)).line
    assert line.queue == "intake"

    line = await town.run.desk.set_level(
        worker, line.id, Level.EMERGENCY, reason="He is at the door.", version=line.version
    )

    assert line.queue == "emergency"


async def test_a_case_is_not_closed_over_words_that_its_owner_has_not_seen(town):
    boss, _ = await town.worker("Supervisor", role=Role.SUPERVISOR)
    child = await town.teller()
    await town.answers(child, ("he hits me every day", "write on"))
    desk, line = town.run.desk, (await town.case_of(child)).line
    line = await desk.claim(boss, line.id)
    await child.writes("I am at my aunt's now")
    await town.quiet()

    closing = {"outcome": "helped", "reason": "She is safe.", "version": line.version}
    with pytest.raises(ConflictError):
        await desk.close(boss, line.id, **closing)
    await desk.read(boss, line.id)

    assert (await desk.close(boss, line.id, **closing)).is_closed
