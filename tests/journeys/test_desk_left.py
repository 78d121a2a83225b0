"""Whoever chose "Leave now" on the web cannot be reached, and the desk says so."""

import pytest
import pytest_asyncio
from journeys.lives import happened
from journeys.reading_desk import csrf_of, signed_in
from yarl import URL

from bot.domain.ids import DAY, HOUR
from bot.domain.worker import Role

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def boss(town):
    worker, _ = await town.worker("Boss of those who left", role=Role.SUPERVISOR)
    return worker


async def in_danger(town, boss, visitor):
    """Have *visitor* tell of danger on the web; return the line of the case."""
    before = {line.id for line in await town.run.desk.queue(boss)}
    await visitor.opens()
    await visitor.answers(("1", "like to do?"), ("1", "in danger right now?"), ("1", "Where are"))

    async def new():
        return [line for line in await town.run.desk.queue(boss) if line.id not in before]

    [line] = await town.run.until(new)
    return line


async def left(town, boss, line):
    async def is_so():
        return (await town.run.desk.read(boss, line.id)).has_left

    assert await town.run.until(is_so)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "They left; nothing you write can reach them now."),
        ("zh_CN", "对方已经离开，现在写什么对方都收不到。"),
    ],
)
async def test_the_desk_says_that_they_left_in_place_of_the_reply_box(
    town, boss, visitor, language, told
):
    line = await in_danger(town, boss, visitor)
    await visitor.leaves()
    await left(town, boss, line)
    reader = await town.run.add_worker(f"Reader of the left {language}", language=language)
    await town.run.desk.claim(reader, line.id)

    async with signed_in(town, reader) as look:
        page = await look(f"/desk/cases/{line.id}")

    assert told in page.split('id="reply"')[1].split("<form")[0]
    assert "This goes to the contact&#39;s phone" not in page
    assert ("The contact chose: Leave now" if language == "en" else "对方选了：马上离开") in page


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("They left in a hurry", "The clock goes on", "whether it is a good moment")),
        ("zh_CN", ("对方急着离开了", "时限照常走", "先问现在方不方便")),
    ],
)
async def test_where_they_left_the_clock_goes_on_until_it_is_noted_what_was_decided(
    town, boss, visitor, language, texts
):
    gone, clock, asks = texts
    line = await in_danger(town, boss, visitor)
    await visitor.leaves()
    await left(town, boss, line)
    reader = await town.run.add_worker(f"Decides of the left {language}", language=language)
    await town.run.desk.claim(reader, line.id)
    await town.run.desk.read(reader, line.id)
    async with signed_in(town, reader) as look:
        page = await look(f"/desk/cases/{line.id}")
        assert gone in page.split('class="columns"')[0]
        assert asks not in page
        assert clock in page
        version = (await town.run.desk.line(reader, line.id)).version
        noted = {"reason": "The police look for them", "again": 1, "version": version}
        await town.run.desk.decide(reader, line.id, "reported", **noted)
        assert clock not in await look(f"/desk/cases/{line.id}")


async def test_what_is_kept_for_whoever_left_lets_the_clock_go_on(town, boss, visitor):
    line = await in_danger(town, boss, visitor)
    await visitor.leaves()
    await left(town, boss, line)
    claimed = await town.run.desk.claim(boss, line.id)

    after = await town.run.desk.answer(boss, line.id, "Come back!", version=claimed.version)

    assert after.status == "claimed"
    assert after.due_at == claimed.due_at
    entries = (await town.run.desk.read(boss, line.id)).entries
    assert [e.state for e in entries if e.text == "Come back!"] == ["kept"]


async def test_whoever_leaves_while_awaited_is_awaited_no_more(town, boss, visitor):
    line = await in_danger(town, boss, visitor)
    claimed = await town.run.desk.claim(boss, line.id)
    waiting = await town.run.desk.answer(boss, line.id, "I am here", version=claimed.version)
    town.later(HOUR)
    await visitor.leaves()
    await left(town, boss, line)

    now = (await town.run.desk.read(boss, line.id)).line

    assert waiting.is_waiting
    assert now.status == "claimed"
    assert now.unread == 0
    assert now.due_at > town.run.lantern.house.clock()


async def test_whoever_has_all_erased_while_awaited_is_awaited_no_more_and_that_is_news(town):
    worker, phone = await town.worker("Worker of the erased")
    child = await town.child()
    await child.writes("my uncle touches me at night")
    await town.quiet()
    line = await town.run.desk.claim(worker, (await town.case_of(child)).line.id)
    await town.run.desk.read(worker, line.id)
    waiting = await town.run.desk.answer(worker, line.id, "Is he at home?", version=line.version)
    await town.quiet()
    heard = len(phone.heard)

    await town.answers(child, ("/erase", "Shall we erase"))
    await child.taps("Yes, erase it")
    await child.hears("It is erased")
    await town.quiet()

    case = await town.run.desk.look(worker, line.id)
    assert waiting.is_waiting
    assert happened(case)[-1] == "asked_to_erase"
    assert (case.line.status, case.line.unread, case.can_reach) == ("claimed", 1, True)
    assert case.line.due_at < town.run.clock() + DAY
    assert phone.heard[heard:] == [f"⚠ Urgent: There is something new in {line.code}."]


async def test_whoever_left_on_telegram_can_be_reached_and_a_worker_is_warned(town, boss):
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"), ("1", "Where are you now?"))
    await town.answers(child, ("leave", "Bye"))
    line = (await town.case_of(child)).line
    await town.run.desk.claim(boss, line.id)
    async with signed_in(town, boss) as look:
        page = await look(f"/desk/cases/{line.id}")

    case = await town.case_of(child)
    assert case.has_left
    assert case.can_reach
    assert "They left in a hurry" in page

    await child.writes("hello")
    await town.quiet()
    assert not (await town.case_of(child)).has_left


async def test_who_left_without_a_line_is_known_to_have_left_once_any_page_asks(
    town, boss, visitor
):
    line = await in_danger(town, boss, visitor)
    visitor.http.cookie_jar.update_cookies({"g": "1"}, URL(visitor.address))

    assert [await visitor.news(), await visitor.news()] == [401, 401]
    await left(town, boss, line)
    visitor.shown.clear()
    visitor.heard_up_to = 0
    await visitor.opens()

    assert "Who is writing?" in (await visitor.hears("I am a program"))["text"]
    assert await visitor.news() == 200
    reader = await town.run.add_worker("Reader of the unheard", language="en")
    await town.run.desk.claim(reader, line.id)
    async with signed_in(town, reader) as look:
        page = await look(f"/desk/cases/{line.id}")
    assert page.count("The contact chose: Leave now") == 1


@pytest.mark.parametrize("out", [("leave",), ("erase", "yes")])
async def test_whoever_writes_after_they_left_hears_nothing_of_the_case_until_the_code_is_typed(
    town, boss, out
):
    desk, child = town.run.desk, await town.child()
    await child.writes("my uncle touches me at night")
    await town.quiet()
    code = (await town.answers(child, ("stop", "Your code"))).split("any phone: ")[1].splitlines()
    await desk.claim(boss, (await town.case_of(child)).line.id)
    await child.hears("A social worker is reading")
    for words in (*out, "what is this?"):
        await child.writes(words)
        await town.quiet()
    heard, line = len(child.heard), (await town.case_of(child)).line

    line = await desk.release(boss, line.id, version=line.version)
    line = await desk.claim(boss, line.id)
    await desk.answer(boss, line.id, "Is he at home?", version=line.version)
    await town.quiet()

    case = await desk.read(boss, line.id)
    assert child.heard[heard:] == []
    assert (case.may_be_another, case.can_reach, case.line.is_waiting) == (True, False, False)
    async with signed_in(town, boss) as look:
        assert "perhaps somebody else writes now" in await look(f"/desk/cases/{line.id}")
    await town.answers(child, (code[0], "Is he at home?"))
    case = await desk.read(boss, line.id)
    assert (case.may_be_another, case.can_reach) == (False, True)


async def test_a_worker_is_asked_before_they_write_where_somebody_left_and_never_heard_the_code(
    town, boss
):
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"), ("1", "Where are you now?"))
    await town.answers(child, ("leave", "Bye"), ("hello", ""))
    heard, line = len(child.heard), (await town.case_of(child)).line
    line = await town.run.desk.claim(boss, line.id)

    async with signed_in(town, boss) as look:
        page = await look(f"/desk/cases/{line.id}")
        csrf = csrf_of(page)
        sent = {"csrf": csrf, "version": str(line.version), "answer": "Are you there?"}
        asked = await look(f"/desk/cases/{line.id}/answer", data=sent)

    await town.quiet()
    assert "Is it safe to write now?" in asked
    assert "perhaps somebody else writes now" in asked
    assert child.heard[heard:] == []


@pytest.mark.parametrize("is_blocked", [False, True])
async def test_who_asked_to_erase_is_looked_for_only_where_nothing_reaches_them(
    town, boss, is_blocked
):
    child = await town.child()
    await child.writes("my uncle touches me at night")
    await town.quiet()
    line = await town.run.desk.claim(boss, (await town.case_of(child)).line.id)
    await town.answers(child, ("/erase", "Shall we erase"))
    await child.taps("Yes, erase it")
    await child.hears("It is erased")
    await town.quiet()
    if is_blocked:
        child.disappears()
        await town.run.desk.read(boss, line.id)
        version = (await town.run.desk.line(boss, line.id)).version
        await town.run.desk.answer(boss, line.id, "Are you there?", version=version)
        await town.quiet()
    async with signed_in(town, boss) as look:
        page = await look(f"/desk/cases/{line.id}")

    case = await town.run.desk.look(boss, line.id)
    assert (case.asked_to_erase, case.can_reach) == (True, not is_blocked)
    assert "They asked that what they told be erased" in page
    assert ("look for another way to them" in page) is is_blocked
    assert ("If a child may be in danger, go on. If not" in page) is not is_blocked


async def test_who_typed_the_code_after_asking_to_erase_is_there(town, boss):
    child = await town.child()
    await child.writes("my uncle touches me at night")
    await town.quiet()
    case = await town.case_of(child)
    code = await town.code_of(case)
    await town.answers(child, ("/erase", "Shall we erase"))
    await child.taps("Yes, erase it")
    await child.hears("It is erased")
    await town.quiet()
    assert (await town.run.desk.look(boss, case.line.id)).asked_to_erase

    await child.writes(code)
    await town.quiet()

    assert happened(await town.run.desk.look(boss, case.line.id))[-1] == "came_back"
    assert not (await town.run.desk.look(boss, case.line.id)).asked_to_erase
