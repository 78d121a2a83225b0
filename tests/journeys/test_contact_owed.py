"""A plain question is answered, also where a report came first; "That is not it" leads to it."""

import aiohttp
import pytest
from journeys.at_once import at_once
from journeys.lives import happened, level_of, said
from journeys.web_visitor import Visitor

from bot.domain.ids import HOUR
from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOT_IT = "That is not it"
EN = {
    "text": "my stepdad beats me, and may a teacher look into my phone and my bag?",
    "danger": "in danger right now?",
    "more": "write on",
    "when": "When did it happen last?",
    "code": "Your code to come back",
    "asked": "You had also asked us something",
    "closest": "closest to your question",
    "not_it": NOT_IT,
    "thanks": "Thank you for saying so",
    "no": "no",
    "me": "me",
    "done": "That is all",
    "skip": "skip",
}
ZH = {
    "text": "我后爸打我，还有老师可以翻我的手机和书包吗？",
    "danger": "有危险",
    "more": "接着写",
    "when": "什么时候",
    "code": "回来时用的",
    "asked": "刚才还问了",
    "closest": "最接近",
    "not_it": "不是这个意思",
    "thanks": "谢谢说明",
    "no": "没有",
    "me": "我",
    "done": "就这些",
    "skip": "跳过",
}


async def _finishes(town, child, words):
    """Tell, and skip all that is asked behind it, until there is a code."""
    await town.answers(child, (words["no"], ""), (words["me"], ""), ("zzz", words["more"]))
    await town.answers(child, (words["done"], words["when"]))
    await _skips(town, child, words)


async def _skips(town, child, words):
    """Skip all that is asked until there is a code."""
    for _ in range(12):
        await child.writes(words["skip"])
        await town.quiet()
        if words["code"] in "".join(child.heard):
            return
    raise AssertionError(child.heard)


@pytest.mark.parametrize(("language", "words"), [("en", EN), ("zh-hans", ZH)])
async def test_a_question_beside_a_risk_is_answered_as_soon_as_the_report_ends(
    town, language, words
):
    child = await town.child(language)
    await child.writes(words["text"])
    await child.hears("110")
    await child.hears(words["danger"])

    await _finishes(town, child, words)

    assert words["asked"] in "".join(child.heard)
    assert level_of(await town.case_of(child)) is Level.URGENT


async def test_the_topic_that_was_meant_is_told_after_the_report(town):
    child = await town.child()
    await child.writes(EN["text"])
    await child.hears(EN["danger"])
    await _finishes(town, child, EN)

    await town.answers(child, ("1", "Law:"))

    await child.hears("anything else?")


@pytest.mark.parametrize(("language", "words"), [("en", EN), ("zh-hans", ZH)])
async def test_that_is_not_it_leads_back_to_the_question_and_not_into_the_report(
    town, language, words
):
    child = await town.child(language)
    await child.writes(words["text"])
    await child.hears(words["danger"])

    await child.taps(words["not_it"])

    answer = await child.hears(words["thanks"])
    assert words["closest"] in answer.text
    assert words["danger"] not in answer.text
    case = await town.case_of(child)
    assert "not_meant" in happened(case)
    assert level_of(case) is Level.URGENT
    await town.answers(child, ("1", "Law:" if language == "en" else "依据"))


async def test_where_nothing_was_asked_it_leads_back_to_where_they_were(town):
    child = await town.child()
    await town.answers(child, ("5", "three minutes"), ("my dad hits me", EN["danger"]))

    await child.taps(NOT_IT)

    answer = await child.hears("Thank you for saying so")
    assert "in danger right now?" not in answer.text
    assert "It takes three minutes" in answer.text


async def test_whoever_began_with_an_emergency_is_greeted_after_that_is_not_it(town):
    child = town.contact("en")
    await child.writes("he has a knife and is at the door now")
    await child.hears("Where are you, and are you safe right now?")

    await child.taps(NOT_IT)

    answer = await child.hears("Thank you for saying so")
    assert "I am a program" in answer.text
    assert "Who is writing?" in answer.text
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


async def test_a_question_put_amid_the_report_is_answered_behind_it(town):
    child = await town.child()
    await town.answers(child, ("5", "three minutes"), ("my dad hits me", EN["danger"]))
    await town.answers(child, ("no", "in your own words"))
    await town.answers(child, ("they shout", "write on"), ("that is all", "happen last?"))
    await town.answers(child, ("can my parents read my diary?", "kept"))

    await _skips(town, child, EN)

    heard = "".join(child.heard)
    assert EN["asked"] in heard
    assert "Law:" in heard
    assert "can my parents read my diary?" in said(await town.case_of(child))


async def test_what_is_only_perhaps_a_question_amid_the_report_is_not_answered_behind_it(town):
    child = await town.teller()
    await town.answers(child, ("may a teacher look into my phone and my bag?", "write on"))

    await _skips(town, child, EN)

    assert EN["asked"] not in "".join(child.heard)


@at_once(
    ("language", "asked", "who", "then"),
    [
        ("en", "Can my parents read my diary?", "Who is writing?", "Law:"),
        ("zh-hans", "爸妈可以看我的日记吗？", "你是", "依据"),
        ("zh-hans", "同学打我，爸妈可以看我的日记吗？", "你是", "现在有人有危险吗"),
    ],
)
async def test_a_question_that_comes_first_of_all_is_answered_once_they_said_who_they_are(
    town, language, asked, who, then
):
    child = town.contact(language)
    await child.writes(asked)
    await child.hears(who)

    await town.answers(child, ("1", then))


@pytest.mark.parametrize(
    ("language", "asked", "noted", "then"),
    [
        ("en", "May my parents read my diary?", "kept", "Law:"),
        ("zh-hans", "爸妈可以看我的日记吗", "记下了", "依据"),
    ],
)
async def test_a_question_put_where_they_are_asked_who_they_are_is_answered_too(
    town, language, asked, noted, then
):
    child = town.contact(language)
    await child.writes("/start")
    await child.hears("110")
    await child.writes(asked)
    await child.hears(noted)

    await town.answers(child, ("1", then))


@pytest.mark.parametrize("told", ["爸爸妈妈又吵架了，我躲在房间里", "爸爸今天又回来得很晚"])
@pytest.mark.parametrize("is_back", [False, True])
async def test_what_is_told_first_of_all_is_answered_also_if_it_is_not_pressing(
    town, told, is_back
):
    child = town.contact("zh-hans")
    if is_back:
        await town.answers(child, ("/start", "你是"), ("1", "你想做什么"), ("停", "停"))
    await child.writes(told)
    if not is_back:
        await child.hears("你是")
        await child.writes("1")

    answer = await child.hears("写的都收到了")

    assert "说说发生了什么" in answer.text


@at_once(
    "steps",
    [
        (("hello", "Who is writing?"), ("parent", "What would you like to do?")),
        (("hello", "Who is writing?"), ("mum of two", "What would you like to do?")),
        (("I am 12 years old", "What would you like to do?"),),
    ],
)
async def test_whoever_only_greets_or_says_who_they_are_comes_to_the_menu(town, steps):
    await town.answers(town.contact("en"), *steps)


async def test_a_question_asked_on_the_page_before_anything_else_is_answered(town):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        visitor = Visitor(http=http, address=town.run.address)
        await visitor.opens()
        await visitor.hears("Who is writing?")
        await visitor.says("May my parents read my diary?")
        await visitor.hears("kept")

        await visitor.says("1")

        await visitor.hears("Law:")


async def test_what_was_asked_long_ago_is_not_spoken_of(town):
    child = town.contact("en")
    await town.answers(child, ("Can my parents read my diary?", "Who is writing?"))
    town.run.clock.advance(2 * HOUR)

    await town.answers(child, ("1", "What would you like to do?"))


async def test_on_the_page_the_button_stays_until_it_is_used(town):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        visitor = Visitor(http=http, address=town.run.address)
        await visitor.opens()
        await visitor.answers(
            ("1", "What would you like to do?"), ("1", "in danger right now?"), ("no", "Who needs")
        )
        await visitor.says("my dad hits me")
        await visitor.hears("not your fault")
        await visitor.answers(("me", "in your own words"))

        assert NOT_IT in _labels(_last_asked(visitor))
        await visitor.answers(("it is loud", "write on"))
        assert NOT_IT in _labels(_last_asked(visitor))
        assert _labels(_last_asked(visitor)).index(NOT_IT) > 0

        await visitor.taps(NOT_IT)
        await visitor.hears("Thank you for saying so")
        assert NOT_IT not in _labels(_last_asked(visitor))
        await visitor.answers(("it is very loud", "write on"))
        assert NOT_IT not in _labels(_last_asked(visitor))


def _last_asked(visitor):
    """Return the newest message with buttons: its buttons stay when a notice comes behind it."""
    return next(message for message in reversed(visitor.shown) if message["buttons"])


def _labels(message):
    return [button["label"] for row in message["buttons"] for button in row]
