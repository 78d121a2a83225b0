"""Nobody is locked out: insults and pranks are met calmly, and what is grave always passes."""

from datetime import timedelta

import pytest
from journeys.at_once import at_once
from journeys.lives import level_of, said

from bot.domain.ids import MINUTE
from bot.domain.level import Level
from bot.intake.flood import MANY

pytestmark = pytest.mark.asyncio(loop_scope="module")

CALM = "It is all right to be angry"


@at_once(
    ("language", "text", "calm", "question"),
    [
        ("en", "fuck you", CALM, "What would you like to do?"),
        ("en", "stupid bot!!", CALM, "What would you like to do?"),
        ("zh-hans", "垃圾机器人", "生气是可以的", "你想做什么？"),
        ("zh-hans", "la ji ji qi ren", "生气是可以的", "你想做什么？"),
        ("zh-hans", "你是傻逼", "生气是可以的", "你想做什么？"),
        ("zh-hans", "骗子", "生气是可以的", "你想做什么？"),
        ("zh-hans", "你们都是骗人的！", "生气是可以的", "你想做什么？"),
        ("zh-hans", "一群废物", "生气是可以的", "你想做什么？"),
    ],
)
async def test_an_insult_is_answered_calmly_and_the_question_asked_again(
    town, language, text, calm, question
):
    child = await town.child(language)

    await child.writes(text)

    answer = await child.hears(calm)
    assert question in answer.text
    assert await town.case_of(child) is None


@at_once(
    ("language", "text"),
    [
        ("en", "my mom says you are an idiot"),
        ("en", "dad said go to hell"),
        ("zh-hans", "后妈叫我滚远点"),
        ("zh-hans", "同学说你有病"),
        ("zh-hans", "我网上遇到骗子了"),
        ("zh-hans", "老师叫我闭嘴"),
        ("zh-hans", "hou ma jiao wo gun yuan dian"),
    ],
)
async def test_what_somebody_else_has_said_to_a_child_is_no_insult(town, language, text):
    child = await town.child(language)

    await child.writes(text)

    await child.hears("")
    assert not [heard for heard in child.heard if CALM in heard or "生气是可以的" in heard]


async def test_it_is_answered_so_once_in_an_hour(town):
    child = await town.child()
    await town.answers(child, ("fuck you", CALM))

    for _ in range(3):
        await child.writes("fuck you")
    await town.quiet()
    assert sum(CALM in text for text in child.heard) == 1

    for clock, step in ((town.run.clock, 61 * MINUTE), (town.fake.clock, timedelta(minutes=61))):
        clock.advance(step)
    await town.answers(child, ("fuck you", CALM))


async def test_as_the_first_message_it_is_answered_and_the_chat_begins_with_the_next(town):
    child = town.contact("en")

    await town.answers(child, ("fuck you", CALM), ("hello", "I am a program, not a person"))


async def test_in_a_report_the_words_of_others_are_told_and_not_taken_for_an_insult(town):
    child = await town.teller()

    await town.answers(child, ("you are stupid, useless", "write on"))

    assert not [text for text in child.heard if CALM in text]


async def test_whatever_came_before_what_is_grave_passes_and_is_answered(town):
    child = await town.child()
    for _ in range(MANY + 10):
        await child.writes("fuck you")
    await town.quiet()

    await child.writes("fuck you, he has a knife and wants to kill me")

    await child.hears("call 110 now")
    case = await town.case_of(child)
    assert level_of(case) is Level.EMERGENCY
    assert "fuck you, he has a knife and wants to kill me" in said(case)
