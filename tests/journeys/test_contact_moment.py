"""What holds only for a while: who can be reached, who reads, and what somebody was taken for."""

from dataclasses import replace

import aiohttp
import pytest
from journeys.lives import level_of, open_town, said
from journeys.test_contact_hours import SATURDAY, _go_to
from journeys.web_visitor import Visitor
from running import the_book

from bot.domain.ids import HOUR
from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOT_IT = "That is not it"
CALLED = {"en": "called a worker", "zh-hans": "叫了社工"}
BEEN_CALLED = {"en": "has been called", "zh-hans": "已经叫了"}
HELP = {"en": "please help me", "zh-hans": "救救我"}
CAME_THROUGH = {"en": "This came through as well", "zh-hans": "这句也收到了"}
NOBODY = {"en": "none of our workers can be reached", "zh-hans": "社工一个也联系不上"}
EMERGENCY = {"en": "he has a knife and is at the door now", "zh-hans": "他拿着刀在门口要砍我"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
async def test_where_nobody_can_be_reached_it_is_not_said_that_somebody_was_called(
    tmp_path, language
):
    async with open_town(tmp_path) as town:
        child = await town.child(language)
        await town.alarm_breaks()
        heard = len(child.heard)
        await child.writes(EMERGENCY[language])
        await child.hears("110")
        await town.quiet()
        await child.writes("1")
        await town.quiet()

        told = "\n".join(child.heard[heard:])
        assert CALLED[language] not in told
        assert NOBODY[language] in told
        assert level_of(await town.case_of(child)) is Level.EMERGENCY


@pytest.mark.parametrize("language", ["en", "zh-hans"])
async def test_nor_is_it_said_to_whoever_cries_for_help_over_and_over(tmp_path, language):
    async with open_town(tmp_path) as town:
        child = await town.child(language)
        await town.alarm_breaks()
        for _ in range(3):
            await child.writes(HELP[language])
            await town.quiet()

        told = "\n".join(child.heard)
        assert CAME_THROUGH[language] in told
        assert not [words for words in (CALLED, BEEN_CALLED) if words[language] in told]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
async def test_where_somebody_can_be_reached_that_one_was_called_is_said(town, language):
    child = await town.child(language)

    await town.answers(child, (EMERGENCY[language], CALLED[language]))

    assert "{" not in "".join(child.heard)
    assert "  " not in "".join(child.heard)


async def test_once_the_emergency_is_closed_it_is_said_again_that_nobody_reads(town):
    _go_to(town, *SATURDAY)
    child = await town.child()
    await town.answers(child, (EMERGENCY["en"], "Where are you, and are you safe right now?"))
    case = await town.case_of(child)
    line = await town.run.desk.claim(town.watcher, case.line.id)
    await town.run.desk.close(
        town.watcher, line.id, outcome="helped", reason="done", version=line.version
    )
    await child.hears("finished this for now")
    town.run.clock.advance(13 * HOUR)

    await child.writes("menu")
    await child.hears("What would you like to do?")
    text = await town.answers(
        child, ("4", "in danger right now?"), ("no", "What is it about?"), ("skip", "Your code")
    )

    assert "Nobody is reading right now" in text


async def test_on_the_page_the_button_is_gone_once_the_report_is_over(town):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        visitor = Visitor(http=http, address=town.run.address)
        await visitor.opens()
        await visitor.answers(
            ("1", "What would you like to do?"), ("my dad hits me", "in danger right now?")
        )
        assert NOT_IT in _labels(visitor)

        await visitor.answers(("stop", "Your code"), ("menu", "What would you like to do?"))

        assert NOT_IT not in _labels(visitor)
        await visitor.answers(("5", "three minutes"))
        assert NOT_IT not in _labels(visitor)


async def test_after_an_hour_that_is_not_it_leads_nowhere_back(town):
    child = await town.child()
    await town.answers(child, ("5", "three minutes"), ("my dad hits me", "in danger right now?"))
    town.run.clock.advance(2 * HOUR)

    answer = await town.answers(child, ("not what I meant", "Thank you for saying so"))

    assert "three minutes" not in answer


async def test_what_names_a_section_and_tells_of_harm_is_seen_all_the_same(tmp_path):
    book = the_book()
    section = next(iter(book.topics.sections))
    named = replace(book.topics.sections[section], names={"en": "my dad hits me", "zh_CN": "家"})
    topics = replace(book.topics, sections={**book.topics.sections, section: named})
    async with open_town(tmp_path, book=replace(book, topics=topics)) as town:
        child = await town.child()

        await town.answers(child, ("my dad hits me", "not your fault"))

        assert "my dad hits me" in said(await town.case_of(child))


def _labels(visitor):
    """What stands on the buttons of the newest message that has any; the page shows only these."""
    rows = next(message["buttons"] for message in reversed(visitor.shown) if message["buttons"])
    return [button["label"] for row in rows for button in row]
