"""A worker reads the talk as it went: told, tapped and said, from its first message on."""

import re

import pytest
from journeys.reading_desk import page_of

from bot.domain.case import EntryKind
from bot.intake.turns import ANYWHERE
from storage import case_log

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_talk_before_the_case_is_read_in_its_order(town):
    child = town.contact()
    await child.writes("/start")
    await child.hears("110")
    await child.taps("I am a child or teenager")
    await child.hears("What would you like to do?")
    await child.taps("Ask about rights and help")
    await child.hears("like to know")
    await town.answers(
        child, ("how long may I play games", ""), ("my dad hits me", "not your fault")
    )

    case = await town.case_of(child)

    talk = [(entry.kind, entry.text.split("\t")[0].split("\n")[0]) for entry in case.entries]
    told, tapped, said = EntryKind.TOLD, EntryKind.TAPPED, EntryKind.SAID
    assert talk[:6] == [
        (told, "welcome.hello.say"),
        (tapped, "child"),
        (told, "welcome.child_menu.ask"),
        (tapped, "ask"),
        (told, "rights.choose_topic.ask"),
        (said, "how long may I play games"),
    ]
    assert talk[6][0] is told
    assert (said, "my dad hits me") in talk
    assert talk.index((said, "my dad hits me")) < talk.index((told, "always.felt_urgent.say"))
    assert [entry.id for entry in case.entries] == sorted(entry.id for entry in case.entries)


async def test_what_was_tapped_is_shown_as_what_was_tapped(town):
    child = await town.child()
    await child.taps("Tell what is happening")
    await child.hears("in danger right now?")
    await child.taps("No, not right now")
    await child.hears("Who needs help?")
    await town.answers(child, ("1", "in your own words"), ("my dad hits me", "write on"))

    page = await page_of(town, child, "zh_CN")

    chosen = re.findall(r"对方选的是.*?entry-text[^>]*>([^<]+)<", page, re.DOTALL)
    assert "没有，现在没有" in " ".join(chosen)
    assert "= 我自己" in page


async def test_what_was_filled_in_is_read_too_but_never_the_code(town):
    child = await town.teller()
    await town.answers(child, ("It is loud", "write on"), ("done", "last?"))
    await town.answers(
        child,
        ("skip", "Where did"),
        ("skip", "How old"),
        ("skip", "May someone"),
        ("skip", "Is it safe"),
    )
    text = await town.answers(child, ("yes", "Your code to come back"))
    code = text.split("from any phone: ")[1].splitlines()[0]

    page = await page_of(town, child, "en")

    assert "from any phone: ▢▢▢▢" in page
    assert "It is the contact's secret" in page
    assert code not in page
    assert "…" not in page.split('id="log"')[1].split("</ol>")[0]


async def test_what_lantern_said_does_not_count_in_how_much_is_shown(town):
    child = await town.teller()
    for number in range(12):
        await town.answers(child, (f"it was loud again, {number}", ""))
    await child.writes("my dad hits me")
    await child.hears("write on")
    await town.quiet()
    case = (await town.case_of(child)).line.id

    log = await town.run.lantern.house.database.read(
        lambda tx: case_log.read_log(tx, case, most=10)
    )

    counted = [entry for entry in log if entry.kind not in {EntryKind.TOLD, EntryKind.TAPPED}]
    assert len(counted) == 10
    assert len(log) > len(counted)
    assert log[0] == counted[0]


async def test_a_word_that_was_tapped_is_no_news_to_the_worker(town):
    child = await town.teller()
    await town.answers(child, ("my dad hits me", "write on"))
    worker, _ = await town.worker("Reader of taps")
    before = (await town.case_of(child)).line.unread
    await child.taps("Back")
    await town.quiet()

    case = await town.case_of(child)

    assert case.line.unread == before
    tapped = [entry for entry in case.entries if entry.kind is EntryKind.TAPPED]
    assert (tapped[-1].state, tapped[-1].text) == (ANYWHERE, "back")
    claimed = await town.run.desk.claim(worker, case.line.id)
    told = [e.text for e in (await town.case_of(child)).entries if e.kind is EntryKind.TOLD]
    assert claimed.owner == worker.id
    assert told[-1] == "always.worker_has_it.say"


async def test_what_was_heard_in_a_talk_without_a_case_is_forgotten_with_its_end(town):
    child = await town.child()
    await child.taps("Ask about rights and help")
    await town.answers(child, ("how long may I play games", ""), ("stop", ""))
    await town.answers(child, ("hello again", ""), ("my dad hits me", "not your fault"))

    case = await town.case_of(child)

    assert "how long may I play games" not in [entry.text for entry in case.entries]
    assert "rights.choose_topic.ask" not in str([entry.text for entry in case.entries])


async def test_what_is_told_to_a_worker_is_not_shown_as_an_answer_to_the_bot(town):
    worker = await town.run.add_worker("Listener")
    child = await town.teller()
    await town.answers(child, ("my dad hits me", "write on"))
    line = (await town.case_of(child)).line
    claimed = await town.run.desk.claim(worker, line.id)
    await town.run.desk.answer(worker, line.id, "Can you write now?", version=claimed.version)
    await child.hears("Can you write now?")

    await child.writes("yes he is out")
    await town.quiet()

    page = await page_of(town, child, "en")
    assert "yes he is out" in page
    assert "Asked: Thank you for telling us" not in page


async def test_whether_they_wished_to_tell_more_is_no_fact(town):
    child = await town.teller(danger="1")

    facts = (await page_of(town, child, "en")).split('id="facts"')[1]

    assert "Where are you now?" in facts
    assert "Would you like to tell more now?" not in facts
