"""The page of the chat is loaded again: the question that waits is there, with its buttons."""

from dataclasses import replace

import pytest
from journeys.reading_desk import signed_in
from journeys.web_visitor import Visitor

from bot.channels.web_guard import address_for
from bot.web_exchange import make_exchange

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.long]


async def shown_again(town, visitor):
    """What the page shows when it is loaded again."""
    again = Visitor(http=visitor.http, address=town.run.address)
    await again.opens()
    return again.shown


async def test_a_question_stays_with_its_buttons_though_something_was_said_after_it(town, visitor):
    await visitor.opens()
    await visitor.answers(("1", "What would"), ("1", "in danger right now?"), ("3", "needs help?"))
    await visitor.answers(("1", "in your own words"), ("my dad hits me", "write on"))
    line = next(each for each in await town.run.desk.queue(town.watcher) if not each.owner)
    await town.run.desk.claim(town.watcher, line.id)
    await visitor.hears("A social worker is reading")

    shown = await shown_again(town, visitor)

    assert "You can write on" in shown[0]["text"]
    assert "That is all" in [button["label"] for row in shown[0]["buttons"] for button in row]
    assert "A social worker is reading" in shown[-1]["text"]


async def test_of_a_question_that_is_answered_nothing_is_shown_again(town, visitor):
    await visitor.opens()
    await visitor.answers(("1", "What would"), ("1", "in danger right now?"), ("3", "needs help?"))

    shown = await shown_again(town, visitor)

    assert len(shown) == 1
    assert "Who needs help?" in shown[0]["text"]


async def test_an_address_of_the_desk_at_which_there_is_nothing_says_so(town):
    reader = await town.run.add_worker("Reader of nothing", language="en")
    async with signed_in(town, reader) as page:
        text = await page("/desk/nothing", status=404)

    assert "There is nothing here, or not for you" in text
    assert 'href="/desk"' in text


async def test_whoever_leaves_amid_a_report_has_seen_the_way_back(visitor):
    await visitor.opens()
    await visitor.answers(("1", "What would"), ("my dad hits me", "in danger right now?"))
    code = visitor.way_back
    assert len(code.split()) == 4

    await visitor.leaves()
    await visitor.opens()
    await visitor.answers((code, "Your report is here"))


@pytest.mark.parametrize("goodbye", [("leave",), ("erase", "yes")])
async def test_whoever_left_is_told_the_code_again_only_once_they_came_back_with_it(
    visitor, goodbye
):
    await visitor.opens()
    await visitor.answers(("1", "What would"), ("my dad hits me", "in danger right now?"))
    code = visitor.way_back
    assert len(code.split()) == 4

    await visitor.answers(*((word, "") for word in goodbye))
    assert "delete" in [message["act"] for message in visitor.shown]
    assert visitor.way_back == ""

    await visitor.opens()
    await visitor.answers(("hi", ""))
    assert visitor.way_back == ""

    await visitor.answers((code, "Your report is here"))
    assert visitor.way_back == code


async def test_whoever_seems_to_have_taken_the_phone_reads_no_code_on_the_page(visitor):
    await visitor.opens()
    await visitor.answers(("1", "What would"), ("my dad hits me", "in danger right now?"))
    code = visitor.way_back
    assert len(code.split()) == 4

    await visitor.answers(("who is this why are you texting my daughter", "Lantern"))
    assert visitor.way_back == ""

    await visitor.answers((code, "Your report is here"))
    assert visitor.way_back == code


async def test_after_the_safe_word_nothing_on_the_page_tells_of_a_code(visitor):
    await visitor.opens()
    await visitor.answers(
        ("1", "What would"), ("my dad hits me", "in danger right now?"), ("the lamp is on", "")
    )

    assert visitor.way_back == ""


async def test_without_a_case_there_is_no_way_back_to_tell(visitor):
    await visitor.opens()
    await visitor.answers(("1", "What would you like"))

    assert visitor.way_back == ""


class CountedReads:
    """A database that counts how often it is read."""

    def __init__(self, database):
        self.database, self.count = database, 0

    async def read(self, work):
        self.count += 1
        return await self.database.read(work)


async def test_all_that_a_page_is_told_at_once_is_read_at_once(town, visitor):
    await visitor.opens()
    await visitor.answers(("1", "What would"), ("my dad hits me", "in danger right now?"))
    [cookie] = visitor.http.cookie_jar
    lantern = town.run.lantern
    reads = CountedReads(lantern.house.database)
    house = replace(lantern.house, database=reads)

    exchange = make_exchange(house, lantern.mailroom.take, lantern.mailroom.away)
    news = await exchange.news(address_for(cookie.value))

    assert reads.count == 1
    assert news.messages[-1].text == visitor.shown[-1]["text"]
    assert news.is_awaiting
    assert news.way_back == visitor.way_back


@pytest.mark.parametrize("word", ["change", "language"])
async def test_whoever_did_not_mean_to_change_anything_can_go_back(visitor, word):
    await visitor.opens()
    await visitor.answers(("1", "What would"), ("1", "in danger right now?"), (word, ""))

    await visitor.taps("Back")

    await visitor.hears("in danger right now?")


async def test_what_may_no_longer_stand_on_the_page_is_told_again(visitor):
    asked = "how many hours of sleep does a pupil need?"
    await visitor.opens()
    await visitor.answers(("1", "What would you like"), (asked, "anything else?"))

    answer = await visitor.answers((asked, "anything else?"))

    assert "further up" not in answer
    assert sum("Law:" in message["text"] for message in visitor.shown) > 1
