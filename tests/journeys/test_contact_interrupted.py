"""Somebody comes while a child tells: few words, nothing asked, and nothing taken for an answer."""

import pytest
from journeys.at_once import at_once
from journeys.lives import level_of, said
from journeys.told_reports import child_who_told

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

PUT_AWAY = {"en": "put the phone away", "zh-hans": "先把手机收好"}
TOLD = {"en": "my dad hits me with a belt", "zh-hans": "我爸用皮带打我"}
COMES = {"en": "wait hes coming", "zh-hans": "等一下 我爸回来了"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
async def test_whoever_writes_that_somebody_comes_is_asked_nothing(town, language):
    child = await town.child(language)
    await child.writes(TOLD[language])
    await child.hears("")
    await town.quiet()
    before = len(child.heard)

    await child.writes(COMES[language])
    answer = (await child.hears(PUT_AWAY[language])).text

    await town.quiet()
    assert child.heard[before:] == [answer]
    assert "110" in answer
    assert "?" not in answer
    assert "？" not in answer
    assert said(await town.case_of(child))[-1] == COMES[language]


async def test_where_they_are_is_not_answered_by_it(town):
    child = await town.child("zh-hans")
    await town.answers(child, ("我爸要杀我，救命", "你在哪里"))

    await town.answers(child, (COMES["zh-hans"], PUT_AWAY["zh-hans"]))
    await town.answers(child, ("青石小学后面", "你的安全最要紧"))

    case = await town.case_of(child)
    assert dict(case.answers)["report_a_concern.where_now"] == "青石小学后面"


async def test_whoever_has_told_nothing_is_answered_as_ever(town):
    child = await town.child("zh-hans")

    await child.writes("他来了")
    await child.hears("")

    await town.quiet()
    assert not [text for text in child.heard if PUT_AWAY["zh-hans"] in text]


@at_once(
    ("language", "texts"),
    [
        ("en", ["my dad is here", "hes reading my phone"]),
        ("en", ["my dad beats me", "my mum is coming", "my dad is reading my phone"]),
        ("en", ["my dad beats me", "mum is behind me"]),
        ("en", ["1", "no", "me", "my mum is coming", "she saw it"]),
        ("zh-hans", ["1", "没有", "我", "我爸在看我手机"]),
        ("zh-hans", ["我爸打我", "他在我旁边", "他拿我手机看"]),
    ],
)
async def test_whoever_reads_along_sees_one_line(town, language, texts):
    """It speaks of nothing that was told, and asks nothing."""
    child = await town.child(language)
    said_first = [text for text in texts if text in {"1", "no", "me", "没有", "我"}]
    told = [text for text in texts if text in {"my dad beats me", "我爸打我"}]
    for text in (*said_first, *told):
        await child.writes(text)
        await town.quiet()

    for text in texts[len(said_first) + len(told) :]:
        before = len(child.heard)
        await child.writes(text)
        await town.quiet()
        [answer] = child.heard[before:]
        assert PUT_AWAY[language] in answer
        assert "?" not in answer
        assert "？" not in answer


@at_once(
    ("language", "told", "text"),
    [
        ("zh-hans", "我爸打我", "他又来了"),
        ("zh-hans", "继父晚上摸我", "继父又进来了"),
        ("en", "my dad hits me", "hes here again"),
        ("en", "my dad hits me", "wait he is coming back again"),
    ],
)
async def test_who_is_asked_about_danger_and_says_that_he_comes_again_has_a_worker_called(
    town, language, told, text
):
    """Nothing of it is on the screen that he may see."""
    child = await child_who_told(town, language, told)
    await town.quiet()
    before = len(child.heard)

    await child.writes(text)
    await town.quiet()

    [answer] = child.heard[before:]
    assert PUT_AWAY[language] in answer
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


@pytest.mark.parametrize(
    ("language", "told", "text"),
    [("zh-hans", "我爸打我", "我爸回来了"), ("en", "my dad hits me", "my dad is home")],
)
async def test_who_only_comes_home_calls_nobody(town, language, told, text):
    child = await child_who_told(town, language, told)

    await town.answers(child, (text, PUT_AWAY[language]))

    assert level_of(await town.case_of(child)) is Level.URGENT


@at_once(
    ("language", "told", "comes", "answer"),
    [
        ("zh-hans", "奶奶摔倒了 叫不醒", "有人来了", "让来的人打 120"),
        ("zh-hans", "爷爷晕倒了 叫不醒", "爸爸回来了", "先把手机收好"),
        ("zh-hans", "舅妈不给我们饭吃 弟弟晕倒了", "有人来了", "先把手机收好"),
        ("zh-hans", "奶奶摔倒了 叫不醒", "有人在旁边", "先把手机收好"),
        (
            "en",
            "uncle locked us in and my brother wont wake up",
            "someone is coming",
            "the phone away",
        ),
        ("zh-hans", "我妈妈晕倒了 是我爸打的", "有人来了", "先把手机收好"),
        ("zh-hans", "我妈妈晕倒了 是我爸打的", "我没有电话 这个手机没有卡", "请他们打 110"),
        ("zh-hans", "弟弟叫不醒 我爸推了他", "有人来了", "先把手机收好"),
        ("zh-hans", "奶奶摔倒了 叫不醒 我打不通120", "有人来了", "让来的人打 120"),
        ("zh-hans", "奶奶摔倒了 叫不醒", "我没有电话 这个手机没有卡", "请他们打 120"),
        (
            "en",
            "my grandma fell down and she wont wake up",
            "someone is coming",
            "have them call 120",
        ),
        ("en", "my grandma fell down and she wont wake up", "i cant call", "have them call 120"),
        ("zh-hans", "爸爸把妈妈打晕了 叫不醒", "他回来了", "先把手机收好"),
        ("zh-hans", "后爸喝醉了打我 奶奶叫不醒", "爸爸回来了", "先把手机收好"),
        ("en", "dad hit mum and she wont wake up", "hes coming", "put the phone away"),
        ("en", "im bleeding a lot and hiding", "someone is coming", "put the phone away"),
        ("en", "im bleeding a lot, he is at the door", "someone is coming", "the phone away"),
        (
            "en",
            "there was a fight my brother is unconscious",
            "someone is coming",
            "the phone away",
        ),
        ("en", "my sister is unconscious, it was him", "someone is coming", "put the phone away"),
        ("zh-hans", "弟弟晕倒了叫不醒 我躲在床底下", "有人来了", "先把手机收好"),
    ],
)
async def test_where_somebody_only_lies_ill_whoever_comes_is_a_help(
    town, language, told, comes, answer
):
    child = await town.child(language)
    await child.writes(told)
    await child.hears("120")
    await town.quiet()
    before = len(child.heard)

    await child.writes(comes)
    await town.quiet()

    assert answer in "\n".join(child.heard[before:])


async def test_who_says_no_to_telling_more_is_not_taken_for_one_who_must_stop(town):
    child = await town.child("zh-hans")
    await town.answers(child, ("我爸要杀我，救命", "你在哪里"), ("贵阳花溪区", "多说一些吗"))

    assert "安全吗" in await town.answers(child, ("不说了", "给你发消息"))


async def test_who_must_stop_where_more_is_awaited_puts_the_phone_away(town):
    child = await town.child("zh-hans")
    await town.answers(child, ("我爸要杀我，救命", "你在哪里"), ("贵阳花溪区", "多说一些吗"))

    await town.answers(child, ("他来了 不说了", PUT_AWAY["zh-hans"]))
