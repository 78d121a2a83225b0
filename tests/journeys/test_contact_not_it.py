"""Whoever was misunderstood says "That is not it", and nothing is taken back for it."""

import aiohttp
import pytest
from journeys.at_once import at_once
from journeys.lives import happened, level_of, said
from journeys.web_visitor import Visitor

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOT_IT = "That is not it"


@at_once(
    ("language", "text", "label", "thanks"),
    [
        ("en", "my dad hits me", NOT_IT, "Thank you for saying so. A person will still read"),
        ("zh-hans", "我爸打我", "不是这个意思", "谢谢说明。写过的话，社工还是会看"),
        ("en", "he has a knife and is at the door now", NOT_IT, "Thank you for saying so"),
    ],
)
async def test_whoever_was_misunderstood_says_so_with_a_button(town, language, text, label, thanks):
    child = town.contact(language)
    await child.writes(text)
    await child.hears("110")
    before = await town.case_of(child)

    await child.taps(label)

    await child.hears(thanks)
    after = await town.case_of(child)
    assert "not_meant" in happened(after)
    assert level_of(after) is level_of(before)
    assert after.signals == before.signals
    assert said(after)[0] == text


async def test_the_conversation_goes_on_where_it_was(town):
    child = await town.teller()
    await child.writes("my dad hits me")
    await child.hears("not your fault")
    await child.hears("write on")

    await child.taps(NOT_IT)

    answer = await child.hears("Thank you for saying so")
    assert "write on" in answer.text
    await town.answers(child, ("That is all", "When did it happen last?"))


@at_once("words", ["that's not it", "That is not what I meant.", "不是这个意思"])
async def test_it_may_be_typed_as_well(town, words):
    child = await town.child()
    await town.answers(child, ("my dad hits me", "not your fault"))

    await town.answers(child, (words, "Thank you for saying so"))

    case = await town.case_of(child)
    assert words in said(case)
    assert "not_meant" in happened(case)


async def test_where_nothing_was_raised_it_opens_no_case(town):
    child = await town.child()

    await town.answers(child, ("not what I meant", "Thank you for saying so"))

    assert await town.case_of(child) is None


async def test_the_worker_who_has_the_case_is_told(town):
    _, phone = await town.worker("Li Na")
    child = await town.child()
    await town.answers(child, ("my dad hits me", "not your fault"))
    case = await town.case_of(child)
    await phone.hears("Nobody has it yet")
    await phone.taps(f"have:{case.line.id}")
    await child.hears("A social worker is reading")

    await child.taps(NOT_IT)

    await phone.hears("something new")
    await child.hears("Thank you for saying so")
    assert "not_meant" in happened(await town.case_of(child))


async def test_without_a_signal_there_is_no_such_button(town):
    child = await town.child()
    await child.writes("my diary")
    await town.quiet()

    assert not [
        label for message in child.chat.screen for label in message.labels if label == NOT_IT
    ]


async def test_the_button_stands_on_the_page_beside_the_question_that_follows(town):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        visitor = Visitor(http=http, address=town.run.address)
        await visitor.opens()
        await visitor.answers(("1", "What would you like to do?"))
        await visitor.answers(
            ("1", "in danger right now?"), ("no", "Who needs help?"), ("me", "in your own words")
        )

        await visitor.says("my dad hits me")
        await visitor.hears("not your fault")
        assert NOT_IT in _labels(await visitor.hears("write on"))

        await visitor.taps(NOT_IT)
        assert NOT_IT not in _labels(await visitor.hears("Thank you for saying so"))


def _labels(message):
    return [button["label"] for row in message["buttons"] for button in row]


async def test_what_was_said_keeps_calling_until_a_person_has_it(town):
    child = await town.child()
    await town.answers(child, ("my dad hits me", "not your fault"))
    await child.taps(NOT_IT)
    await child.hears("Thank you for saying so")

    case = await town.case_of(child)
    assert level_of(case) is Level.URGENT
    assert not case.line.is_acknowledged


async def test_on_the_page_the_button_stands_behind_all_answers(town):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        visitor = Visitor(http=http, address=town.run.address)
        await visitor.opens()
        await visitor.says("I am scared to go home")
        await visitor.hears("not your fault")
        await visitor.hears("in danger right now?")

    asked = next(message for message in reversed(visitor.shown) if message["buttons"])
    labels = [button["label"] for row in asked["buttons"] for button in row]
    assert labels.index(NOT_IT) > labels.index("No, not right now")
